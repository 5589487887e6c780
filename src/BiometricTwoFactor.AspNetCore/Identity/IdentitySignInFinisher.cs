using System.Security.Claims;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authentication.Cookies;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Identity;
using Microsoft.AspNetCore.WebUtilities;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace BiometricTwoFactor.AspNetCore;

/// <summary>Finds whom Identity knows by the password alone, and has Identity sign them in after the face.</summary>
internal sealed class IdentitySignInFinisher<TUser>(
    SignInManager<TUser> signIn,
    IdentitySubject<TUser> subjects,
    Tenants tenants,
    IOptionsMonitor<CookieAuthenticationOptions> cookies,
    ILogger<IdentitySignInFinisher<TUser>> logger) : ISignInFinisher
    where TUser : class
{
    public string Name => "identity";

    public async Task<PartialSignIn?> FindPartialAsync(HttpContext context)
    {
        if (await signIn.GetTwoFactorAuthenticationUserAsync().ConfigureAwait(false) is not { } user
            || await subjects.OfAsync(user).ConfigureAwait(false) is not { } subject)
        {
            return null;
        }

        // Named where an external provider signed the person in: what that one checked is not known here, and not claimed.
        var ticket = await context.AuthenticateAsync(IdentityConstants.TwoFactorUserIdScheme).ConfigureAwait(false);
        var isByPassword = ticket.Principal?.FindFirst(ClaimTypes.AuthenticationMethod) is null;
        return new PartialSignIn(subject, isByPassword ? [SignInClaims.Password] : []);
    }

    public async Task<string> FinishAsync(HttpContext context, StepUpChallenge consumed, SignInPlan plan, CancellationToken cancellationToken)
    {
        var returnUrl = LocalUrl.OrStartPage(context, plan.ReturnUrl);

        // Asked first: a failed try would be counted against whoever the cookie names now.
        if (!string.Equals((await FindPartialAsync(context).ConfigureAwait(false))?.Subject, consumed.Binding.Subject, StringComparison.Ordinal))
        {
            Log.IdentityRefused(logger, consumed.Id, "its own cookie is gone, or names another user");
            return SignInPage(context, returnUrl);
        }

        var result = await signIn.TwoFactorSignInAsync(
            BiometricIdentityBuilderExtensions.ProviderName, consumed.Id, plan.IsPersistent, consumed.RememberClient).ConfigureAwait(false);
        if (result.Succeeded)
        {
            return returnUrl;
        }

        Log.IdentityRefused(logger, consumed.Id, result.IsLockedOut ? "locked out" : result.IsNotAllowed ? "not allowed" : "failed");
        return result.IsLockedOut && tenants.Of(context).SignIn.LockedOutUrl is { } lockedOut && LocalUrl.IsSafe(lockedOut)
            ? context.Request.PathBase + lockedOut
            : SignInPage(context, returnUrl);
    }

    private string SignInPage(HttpContext context, string returnUrl)
    {
        var cookie = cookies.Get(signIn.AuthenticationScheme);
        return QueryHelpers.AddQueryString(context.Request.PathBase + cookie.LoginPath, cookie.ReturnUrlParameter, returnUrl);
    }
}
