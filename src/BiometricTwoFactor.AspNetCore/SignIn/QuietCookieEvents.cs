using Microsoft.AspNetCore.Authentication.Cookies;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Options;

namespace BiometricTwoFactor.AspNetCore;

/// <summary>
/// Keeps the SDK's own routes from renewing the application's session (protocol 1.2): a waiting page that polls would
/// otherwise keep an unattended browser signed in.
/// </summary>
internal sealed class QuietCookieEvents : IPostConfigureOptions<CookieAuthenticationOptions>
{
    public void PostConfigure(string? name, CookieAuthenticationOptions options)
    {
        var events = options.Events;
        var renew = events.OnCheckSlidingExpiration;
        events.OnCheckSlidingExpiration = async context =>
        {
            await renew(context).ConfigureAwait(false);
            if (context.HttpContext.GetEndpoint()?.Metadata.GetMetadata<BiometricRouteMetadata>() is not null
                || context.HttpContext.Items.ContainsKey(BiometricRouteMetadata.Instance)) // the handler's route is no endpoint
            {
                context.ShouldRenew = false;
            }
        };
    }
}
