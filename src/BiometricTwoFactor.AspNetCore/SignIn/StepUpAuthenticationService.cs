using System.Security.Claims;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Http;

namespace BiometricTwoFactor.AspNetCore;

/// <summary>
/// Decorates the application's authentication service: what a sign-in and a sign-out mean for step-ups is
/// <see cref="SignInTransitions"/>, which only those two make. Every request of the application comes by here.
/// </summary>
internal sealed class StepUpAuthenticationService(IAuthenticationService inner) : IAuthenticationService
{
    /// <summary>The request that is being authenticated; the service is one for each.</summary>
    private HttpContext? _authenticating;

    public async Task<AuthenticateResult> AuthenticateAsync(HttpContext context, string? scheme)
    {
        var outer = _authenticating;
        _authenticating = context;
        try
        {
            return await inner.AuthenticateAsync(context, scheme).ConfigureAwait(false);
        }
        finally
        {
            _authenticating = outer;
        }
    }

    public Task ChallengeAsync(HttpContext context, string? scheme, AuthenticationProperties? properties) => inner.ChallengeAsync(context, scheme, properties);

    public Task ForbidAsync(HttpContext context, string? scheme, AuthenticationProperties? properties) => inner.ForbidAsync(context, scheme, properties);

    public Task SignInAsync(HttpContext context, string? scheme, ClaimsPrincipal principal, AuthenticationProperties? properties) => IsAuthenticating(context)
        ? inner.SignInAsync(context, scheme, principal, properties)
        : Transitions(context).SignInAsync(inner, context, scheme, principal, properties ?? new AuthenticationProperties());

    public async Task SignOutAsync(HttpContext context, string? scheme, AuthenticationProperties? properties)
    {
        if (!IsAuthenticating(context))
        {
            await Transitions(context).BeforeSignOutAsync(context, scheme).ConfigureAwait(false);
        }

        await inner.SignOutAsync(context, scheme, properties).ConfigureAwait(false);
    }

    private static SignInTransitions Transitions(HttpContext context) => context.RequestServices.GetRequiredService<SignInTransitions>();

    /// <summary>
    /// True within an authentication, such as the check of the security stamp, which signs out whom it rejects. That is
    /// nobody's hand, and to authenticate once more to see who it was would never end.
    /// </summary>
    private bool IsAuthenticating(HttpContext context) => ReferenceEquals(_authenticating, context);
}
