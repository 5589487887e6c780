using Microsoft.AspNetCore.Identity;
using Microsoft.Extensions.Options;

namespace BiometricTwoFactor.AspNetCore;

/// <summary>
/// Keeps what a sign-in's principal says about the face when Identity checks the security stamp, every half hour by default,
/// and builds a new principal from the user's record. The application's own handler, if any, runs first.
/// </summary>
internal sealed class StampRefreshClaims : IPostConfigureOptions<SecurityStampValidatorOptions>
{
    public void PostConfigure(string? name, SecurityStampValidatorOptions options)
    {
        var former = options.OnRefreshingPrincipal;
        options.OnRefreshingPrincipal = async context =>
        {
            if (former is not null)
            {
                await former(context).ConfigureAwait(false);
            }

            SignInClaims.Keep(context.CurrentPrincipal, context.NewPrincipal);
        };
    }
}
