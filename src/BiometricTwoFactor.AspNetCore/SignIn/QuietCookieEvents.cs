using Microsoft.AspNetCore.Authentication.Cookies;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Options;

namespace BiometricTwoFactor.AspNetCore;

/// <summary>
/// Keeps the SDK's own routes from renewing the application's session (protocol 1.2): a waiting page that polls would
/// otherwise keep an unattended browser signed in. The framework renews when half of the time is over, and whenever the
/// application's validation asks for it, as the security stamp of ASP.NET Core Identity does.
/// </summary>
internal sealed class QuietCookieEvents : IPostConfigureOptions<CookieAuthenticationOptions>
{
    public void PostConfigure(string? name, CookieAuthenticationOptions options)
    {
        if (options.EventsType is { } type)
        {
            // The framework would take an object of that type and look at nothing that is set below.
            options.EventsType = null;
            options.Events = Forwarding(context => (CookieAuthenticationEvents)context.RequestServices.GetRequiredService(type));
        }
        else if (options.Events is { } own && own.GetType() != typeof(CookieAuthenticationEvents))
        {
            options.Events = Forwarding(_ => own); // it may override the methods, and never come to what is set below
        }

        var events = options.Events;
        var (validate, renew) = (events.OnValidatePrincipal, events.OnCheckSlidingExpiration);
        events.OnValidatePrincipal = async context =>
        {
            await validate(context).ConfigureAwait(false);
            context.ShouldRenew &= !IsOurs(context.HttpContext);
        };
        events.OnCheckSlidingExpiration = async context =>
        {
            await renew(context).ConfigureAwait(false);
            context.ShouldRenew &= !IsOurs(context.HttpContext);
        };
    }

    private static bool IsOurs(HttpContext context) =>
        context.GetEndpoint()?.Metadata.GetMetadata<BiometricRouteMetadata>() is not null
        || context.Items.ContainsKey(BiometricRouteMetadata.Instance); // the handler's route is no endpoint

    private static CookieAuthenticationEvents Forwarding(Func<HttpContext, CookieAuthenticationEvents> events) => new()
    {
        OnValidatePrincipal = context => events(context.HttpContext).ValidatePrincipal(context),
        OnCheckSlidingExpiration = context => events(context.HttpContext).CheckSlidingExpiration(context),
        OnSigningIn = context => events(context.HttpContext).SigningIn(context),
        OnSignedIn = context => events(context.HttpContext).SignedIn(context),
        OnSigningOut = context => events(context.HttpContext).SigningOut(context),
        OnRedirectToLogin = context => events(context.HttpContext).RedirectToLogin(context),
        OnRedirectToAccessDenied = context => events(context.HttpContext).RedirectToAccessDenied(context),
        OnRedirectToLogout = context => events(context.HttpContext).RedirectToLogout(context),
        OnRedirectToReturnUrl = context => events(context.HttpContext).RedirectToReturnUrl(context),
    };
}
