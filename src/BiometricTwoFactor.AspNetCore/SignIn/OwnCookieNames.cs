using Microsoft.AspNetCore.Http;

namespace BiometricTwoFactor.AspNetCore;

/// <summary>
/// The names of the SDK's own cookies. Over https, and where the application is alone on its host, they have the prefix of
/// which a browser takes a cookie from no subdomain and from no http page, so that nobody can put his own there: with the
/// pre-authentication cookie of his own sign-in, an attacker could claim what the owner shows her face for.
/// </summary>
internal static class OwnCookieNames
{
    private const string HostPrefix = "__Host-";

    public static string For(HttpContext context, string name) =>
        context.Request.IsHttps && !context.Request.PathBase.HasValue ? HostPrefix + name : name;
}
