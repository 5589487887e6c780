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
    private const string Name = ".Biometric.Start";
    private readonly IDataProtector _protector = protection.CreateProtector("BiometricTwoFactor.StartCookie.v1");

    public void Set(HttpContext context, StepUpChallenge challenge)
    {
        var content = new Content(challenge.Id, challenge.Binding.Tenant, challenge.Binding.Subject);
        var text = _protector.Protect(JsonSerializer.Serialize(content, CookieJson.Default.Content));
        context.Response.Cookies.Append(Name, text, Options(context, challenge.Deadline));
    }

    /// <summary>The content, or null when there is none or it is not ours.</summary>
    public Content? Read(HttpContext context)
    {
        if (!context.Request.Cookies.TryGetValue(Name, out var text) || string.IsNullOrEmpty(text))
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

    public static void Delete(HttpContext context) => context.Response.Cookies.Delete(Name, Options(context, expires: null));

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
