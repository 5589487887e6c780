using System.Security.Cryptography;
using System.Text.Json;
using System.Text.Json.Serialization;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.DataProtection;

namespace BiometricTwoFactor.AspNetCore;

/// <summary>What a sign-in or an access is to be completed with once the face is there; kept sealed in its challenge.</summary>
internal sealed class SignInPlan
{
    /// <summary>The authentication scheme of the handler that completes it.</summary>
    public required string Handler { get; set; }

    /// <summary>The name of the <see cref="ISignInFinisher"/>; null signs the kept ticket in.</summary>
    public string? Finisher { get; set; }

    /// <summary>The principal and properties that the application handed over, serialized; null for a finisher that makes its own.</summary>
    public byte[]? Ticket { get; set; }

    /// <summary>A local path to go on to; checked again when it is used.</summary>
    public required string ReturnUrl { get; set; }

    /// <summary>Whether the sign-in outlives the browser.</summary>
    public bool IsPersistent { get; set; }

    // The generated writer makes an empty text of no bytes.
    public AuthenticationTicket? OpenTicket() => Ticket is { Length: > 0 } bytes ? TicketSerializer.Default.Deserialize(bytes) : null;

    /// <summary>Principals name people.</summary>
    public override string ToString() => Handler;
}

/// <summary>Seals and opens plans with Data Protection, under a purpose of their own.</summary>
internal sealed partial class SignInPlans(IDataProtectionProvider protection)
{
    private readonly IDataProtector _protector = protection.CreateProtector("BiometricTwoFactor.SignInPlan.v1");

    public byte[] Seal(SignInPlan plan) => _protector.Protect(JsonSerializer.SerializeToUtf8Bytes(plan, SignInPlanJson.Default.SignInPlan));

    /// <summary>The plan; null when there is none, or its key is gone: the person signs in anew.</summary>
    public SignInPlan? Open(StepUpChallenge challenge)
    {
        if (challenge.SealedSignIn is not { } bytes)
        {
            return null;
        }

        try
        {
            return JsonSerializer.Deserialize(_protector.Unprotect(bytes), SignInPlanJson.Default.SignInPlan);
        }
        catch (Exception unreadable) when (unreadable is CryptographicException or JsonException)
        {
            return null;
        }
    }

    [JsonSerializable(typeof(SignInPlan))]
    private sealed partial class SignInPlanJson : JsonSerializerContext;
}
