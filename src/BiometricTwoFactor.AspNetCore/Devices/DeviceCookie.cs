using System.Security.Cryptography;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.Http;

namespace BiometricTwoFactor.AspNetCore;

/// <summary>
/// The long-lived cookie by which a browser is recognised (protocol 9): a random id under Data Protection, and nothing
/// about who uses the browser. By itself it proves nothing; the store says for whom an approval was used on it.
/// </summary>
internal sealed class DeviceCookie(IDataProtectionProvider protection, Tenants tenants)
{
    private const string Name = ".Biometric.Device";

    private static readonly object WrittenKey = new();

    private readonly IDataProtector _protector = protection.CreateProtector("BiometricTwoFactor.DeviceCookie.v1");

    /// <summary>The browser's id; null where it has none, or one that was changed or that keys no longer open.</summary>
    public string? Read(HttpContext context)
    {
        if (context.Items[WrittenKey] is string written)
        {
            return written;
        }

        if (!context.Request.Cookies.TryGetValue(OwnCookieNames.For(context, Name), out var text) || string.IsNullOrEmpty(text))
        {
            return null;
        }

        try
        {
            var id = _protector.Unprotect(text);
            return ChallengeIds.HasShape(id) ? id : null;
        }
        catch (CryptographicException)
        {
            return null;
        }
    }

    /// <summary>Gives the browser an id where it has none, or renews its time; returns the id. Null where it has none and a cookie comes too late.</summary>
    public string? Write(HttpContext context)
    {
        if (context.Response.HasStarted)
        {
            return Read(context);
        }

        var id = Read(context) ?? ChallengeIds.New();
        context.Items[WrittenKey] = id;
        context.Response.Cookies.Append(OwnCookieNames.For(context, Name), _protector.Protect(id), new CookieOptions
        {
            HttpOnly = true,
            IsEssential = true,
            // The way back from the provider is a cross-site navigation, and it must not look like a new device.
            SameSite = SameSiteMode.Lax,
            Secure = context.Request.IsHttps,
            Path = context.Request.PathBase.HasValue ? context.Request.PathBase.Value : "/",
            MaxAge = tenants.Of(context).Devices.RememberFor,
        });
        return id;
    }
}
