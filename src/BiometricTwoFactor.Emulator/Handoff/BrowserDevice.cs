using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;

namespace BiometricTwoFactor.Emulator;

/// <summary>
/// Tells browsers apart: by a cookie, and where a page may keep none (embedded in another site's page) by the field or
/// query <c>device</c> that the page carries along. It is a name and no secret: the right to a session is its token.
/// </summary>
internal static class BrowserDevice
{
    public const string Field = "device";

    private const string Cookie = "emulator_device";
    private const int Length = 22;

    /// <summary>The browser's id; null when it does not say.</summary>
    public static string? Known(HttpContext context) => OfCookie(context)
        ?? Read(context.Request.Query[Field])
        ?? (context.Features.Get<IFormFeature>()?.Form is { } form ? Read(form[Field]) : null);

    /// <summary>The browser's id, a new one when it does not say; the browser is asked to keep it.</summary>
    public static string Named(HttpContext context)
    {
        var device = Known(context) ?? EmulatorSettings.RandomText(Length);
        if (OfCookie(context) is null)
        {
            // One for all sessions: a developer's browser meets thousands. Lax, since None needs https.
            context.Response.Cookies.Append(Cookie, device, new CookieOptions
            {
                HttpOnly = true,
                SameSite = SameSiteMode.Lax,
                Secure = context.Request.IsHttps,
                Path = "/",
                IsEssential = true,
            });
        }

        return device;
    }

    /// <summary>What an address of ours must carry for this browser; empty when it keeps the cookie.</summary>
    public static string Query(HttpContext context, string device) => OfCookie(context) is null ? $"?{Field}={device}" : "";

    private static string? OfCookie(HttpContext context) => Read(context.Request.Cookies[Cookie]);

    private static string? Read(string? text) =>
        text is { Length: Length } && text.All(c => char.IsAsciiLetterOrDigit(c) || c is '-' or '_') ? text : null;
}
