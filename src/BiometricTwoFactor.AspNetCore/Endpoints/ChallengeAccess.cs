using Microsoft.AspNetCore.Antiforgery;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Http;

namespace BiometricTwoFactor.AspNetCore;

/// <summary>
/// Finds the challenge of a route for its own caller (protocol 1.2): the whole binding, or nothing. Whether an id exists
/// is told to nobody else.
/// </summary>
internal sealed class ChallengeAccess(IStepUpStore store, BindingReader bindings, IAntiforgery antiforgery)
{
    /// <summary>The challenge of the route's id, for the caller it is bound to, or for the subject who is to confirm it after a review.</summary>
    public async Task<(StepUpChallenge? Challenge, StepUpBinding? Caller)> FindAsync(HttpContext context)
    {
        if (context.Request.RouteValues["id"] is not string id || !ChallengeIds.HasShape(id))
        {
            return (null, await bindings.ReadAsync(context).ConfigureAwait(false));
        }

        var challenge = await store.FindAsync(id, context.RequestAborted).ConfigureAwait(false);
        // Who is signed in otherwise gets the same answer as for an id that never was.
        var caller = await bindings.ReadAsync(context, challenge?.Binding.Scheme).ConfigureAwait(false) ?? await bindings.ReadAsync(context).ConfigureAwait(false);
        return challenge is not null && caller is not null && (challenge.Binding == caller || ReviewConfirmation.IsFor(challenge, caller))
            ? (challenge, caller)
            : (null, caller);
    }

    /// <summary>Where nobody is signed in, the application's own sign-in comes first; it leads back here.</summary>
    public static Task SignInAsync(HttpContext context) => context.ChallengeAsync();

    /// <summary>True when a POST is our own page's: its antiforgery token, or a bearer token instead of a cookie.</summary>
    public async Task<bool> IsOwnPostAsync(HttpContext context) =>
        await bindings.IsTokenCallerAsync(context).ConfigureAwait(false) || await antiforgery.IsRequestValidAsync(context).ConfigureAwait(false);
}
