using System.Diagnostics.CodeAnalysis;
using System.Security.Cryptography;
using System.Text.Json;
using Microsoft.AspNetCore.SignalR;

namespace BiometricTwoFactor.AspNetCore;

/// <summary>
/// What a hub's method is called in a digest: title, hub, method and a hash over the arguments that the client sent (protocol
/// 7.2): one changed value is another action.
/// </summary>
internal static class HubAction
{
    /// <summary>Tuples and structures keep their values in fields.</summary>
    private static readonly JsonSerializerOptions Everything = new() { IncludeFields = true };

    public static string Of(HubInvocationContext invocation, string? title) => string.Join(
        '\n', title ?? "", "HUB", invocation.HubMethod.DeclaringType?.FullName ?? "", invocation.HubMethodName, HashOf(invocation.HubMethodArguments));

    // Hubs bind their arguments by reflection themselves: what is not there for us was not there for the framework.
    [UnconditionalSuppressMessage("Trimming", "IL2026", Justification = "The types of a hub's parameters are kept by the hub, which binds them from JSON itself.")]
    [UnconditionalSuppressMessage("AOT", "IL3050", Justification = "As above.")]
    private static string HashOf(IReadOnlyList<object?> arguments)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        foreach (var argument in arguments)
        {
            var json = JsonSerializer.SerializeToUtf8Bytes(argument, argument?.GetType() ?? typeof(object), Everything);
            hash.AppendData(BitConverter.GetBytes(json.Length));
            hash.AppendData(json);
        }

        return Convert.ToHexStringLower(hash.GetHashAndReset());
    }
}
