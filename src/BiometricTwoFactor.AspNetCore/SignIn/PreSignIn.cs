using System.Text.Json;
using System.Text.Json.Serialization;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.Http;

namespace BiometricTwoFactor.AspNetCore;

/// <summary>
/// The pre-authentication cookie (protocol 1.1): who has given the password, or asks to get back in, before there is a
/// sign-in session. It names one subject and a random session of its own, and outlives the challenge. It admits to nothing
/// but the SDK's own routes.
/// </summary>
internal sealed partial class PreSignIn(IDataProtectionProvider protection, Tenants tenants, TimeProvider timeProvider)
{
    /// <summary>What stands for the scheme in such a binding; never the name of a registered scheme.</summary>
    public const string Scheme = ".biometric.pre";

    private const string Name = ".Biometric.Pre";

    /// <summary>Longer than capture and use together (protocol 3.4).</summary>
    public static readonly TimeSpan Lifetime = TimeSpan.FromMinutes(30);

    private readonly IDataProtector _protector = protection.CreateProtector("BiometricTwoFactor.PreSignIn.v1");

    /// <summary>The binding of the browser's partial sign-in; null when there is none.</summary>
    public StepUpBinding? Read(HttpContext context) =>
        Open(context) is { } content ? BindingOf(content) : null;

    /// <summary>Begins a partial sign-in; the same subject in the same browser keeps the one it has, so that its challenge stays its own.</summary>
    public StepUpBinding Begin(HttpContext context, string tenant, string subject)
    {
        var present = Open(context);
        var same = present is not null
            && string.Equals(present.Tenant, tenant, StringComparison.Ordinal)
            && string.Equals(present.Subject, subject, StringComparison.Ordinal);
        var content = new Content(same ? present!.Id : ChallengeIds.New(), tenant, subject, timeProvider.GetUtcNow() + Lifetime);
        context.Response.Cookies.Append(OwnCookieNames.For(context, Name), _protector.Protect(JsonSerializer.Serialize(content, PreSignInJson.Default.Content)), Options(context));
        return BindingOf(content);
    }

    /// <summary>Ends it: the sign-in is complete, or given up.</summary>
    public static void End(HttpContext context) => context.Response.Cookies.Delete(OwnCookieNames.For(context, Name), Options(context));

    private static StepUpBinding BindingOf(Content content) => new()
    {
        Tenant = content.Tenant,
        Scheme = Scheme,
        Subject = content.Subject,
        SessionHash = StepUpBinding.HashSession(content.Id),
    };

    private Content? Open(HttpContext context)
    {
        if (!context.Request.Cookies.TryGetValue(OwnCookieNames.For(context, Name), out var text) || string.IsNullOrEmpty(text))
        {
            return null;
        }

        try
        {
            return JsonSerializer.Deserialize(_protector.Unprotect(text), PreSignInJson.Default.Content) is { } content && timeProvider.GetUtcNow() < content.ExpiresAt
                && string.Equals(content.Tenant, tenants.NameOf(context), StringComparison.Ordinal)
                ? content
                : null;
        }
        catch (Exception unreadable) when (unreadable is System.Security.Cryptography.CryptographicException or JsonException)
        {
            // A cookie that was changed, or that keys no longer open, is no cookie.
            return null;
        }
    }

    private static CookieOptions Options(HttpContext context) => new()
    {
        HttpOnly = true,
        IsEssential = true,
        SameSite = SameSiteMode.Strict,
        Secure = context.Request.IsHttps,
        Path = context.Request.PathBase.HasValue ? context.Request.PathBase.Value : "/",
    };

    internal sealed record Content(string Id, string Tenant, string Subject, DateTimeOffset ExpiresAt);

    [JsonSerializable(typeof(Content))]
    private sealed partial class PreSignInJson : JsonSerializerContext;
}
