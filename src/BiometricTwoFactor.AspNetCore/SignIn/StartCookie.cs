using System.Text.Json;
using System.Text.Json.Serialization;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.Http;

namespace BiometricTwoFactor.AspNetCore;

/// <summary>
/// The protected cookie that <c>POST start</c> sets (protocol 1.5): it names the challenge and its subject, so that the
/// same person signing in again in this browser, after an idle sign-out during the capture, takes the challenge over.
/// </summary>
internal sealed partial class StartCookie(IDataProtectionProvider protection)
{
    /// <summary>
    /// Two cookies: who is signed out during a payment's capture has to show the face for the sign-in first, and finds the
    /// payment again afterwards.
    /// </summary>
    private const string Name = ".Biometric.Start";

    private const string PartialName = ".Biometric.StartPre";

    private readonly IDataProtector _protector = protection.CreateProtector("BiometricTwoFactor.StartCookie.v1");

    public void Set(HttpContext context, StepUpChallenge challenge)
    {
        var content = new Content(challenge.Id, challenge.Binding.Tenant, challenge.Binding.Subject);
        var text = _protector.Protect(JsonSerializer.Serialize(content, CookieJson.Default.Content));
        context.Response.Cookies.Append(NameFor(context, challenge.Binding.Scheme), text, Options(context, challenge.Deadline));
    }

    /// <summary>The content, or null when there is none or it is not ours.</summary>
    public Content? Read(HttpContext context, string? scheme = null)
    {
        if (!context.Request.Cookies.TryGetValue(NameFor(context, scheme), out var text) || string.IsNullOrEmpty(text))
        {
            return null;
        }

        try
        {
            return JsonSerializer.Deserialize(_protector.Unprotect(text), CookieJson.Default.Content);
        }
        catch (Exception unreadable) when (unreadable is System.Security.Cryptography.CryptographicException or JsonException)
        {
            // A cookie that was changed, or that keys no longer open, is no cookie.
            return null;
        }
    }

    /// <summary>True when this browser started the challenge, for the subject that it is bound to.</summary>
    public bool Names(HttpContext context, StepUpChallenge challenge) =>
        Read(context, challenge.Binding.Scheme) is { } started
        && string.Equals(started.ChallengeId, challenge.Id, StringComparison.Ordinal)
        && string.Equals(started.Tenant, challenge.Binding.Tenant, StringComparison.Ordinal)
        && string.Equals(started.Subject, challenge.Binding.Subject, StringComparison.Ordinal);

    public static void Delete(HttpContext context, string? scheme = null) => context.Response.Cookies.Delete(NameFor(context, scheme), Options(context, expires: null));

    private static string NameFor(HttpContext context, string? scheme) =>
        OwnCookieNames.For(context, string.Equals(scheme, PreSignIn.Scheme, StringComparison.Ordinal) ? PartialName : Name);

    private static CookieOptions Options(HttpContext context, DateTimeOffset? expires) => new()
    {
        HttpOnly = true,
        IsEssential = true,
        SameSite = SameSiteMode.Strict,
        Secure = context.Request.IsHttps,
        // The sign-in page lies anywhere in the application.
        Path = context.Request.PathBase.HasValue ? context.Request.PathBase.Value : "/",
        Expires = expires,
    };

    internal sealed record Content(string ChallengeId, string Tenant, string Subject);

    [JsonSerializable(typeof(Content))]
    private sealed partial class CookieJson : JsonSerializerContext;
}
