using Microsoft.AspNetCore.Authentication.Cookies;
using Microsoft.AspNetCore.Identity;
using Microsoft.Extensions.Options;

namespace BiometricTwoFactor.AspNetCore;

/// <summary>
/// Identity's cookie for the user between the factors lives as long as our own (<see cref="PreSignIn"/>): capture and use may
/// take 10 minutes each (protocol 3.4), an enrolment before them longer, and Identity gives it 5.
/// </summary>
internal sealed class TwoFactorCookieLifetime : IPostConfigureOptions<CookieAuthenticationOptions>
{
    public void PostConfigure(string? name, CookieAuthenticationOptions options)
    {
        if (string.Equals(name, IdentityConstants.TwoFactorUserIdScheme, StringComparison.Ordinal) && options.ExpireTimeSpan < PreSignIn.Lifetime)
        {
            options.ExpireTimeSpan = PreSignIn.Lifetime;
        }
    }
}
