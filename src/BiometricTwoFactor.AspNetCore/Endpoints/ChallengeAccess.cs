using Microsoft.AspNetCore.Antiforgery;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Http;

namespace BiometricTwoFactor.AspNetCore;

/// <summary>
/// Finds the challenge of a route for its own caller (protocol 1.2): the whole binding, or nothing. Whether an id exists
/// is told to nobody else.
/// </summary>
internal sealed class ChallengeAccess(IStepUpStore store, BindingReader bindings, BindingTakeOver takeOver, IAntiforgery antiforgery)
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
        if (challenge is not null && caller is not null)
        {
            challenge = await takeOver.TryAsync(context, challenge, caller).ConfigureAwait(false);
        }

        return challenge is not null && caller is not null && (challenge.Binding == caller || ReviewConfirmation.IsFor(challenge, caller))
            ? (challenge, caller)
            : (null, caller);
    }

    /// <summary>Where nobody is signed in, the application's own sign-in comes first; it leads back here.</summary>
    public static Task SignInAsync(HttpContext context) => context.ChallengeAsync();

    /// <summary>True when a POST is our own page's: its antiforgery token, or a bearer token instead of a cookie.</summary>
    /// <param name="context">The request.</param>
    /// <param name="code">The code that it claims with, where its route names no challenge.</param>
    public async Task<bool> IsOwnPostAsync(HttpContext context, string? code = null) =>
        await bindings.IsTokenCallerAsync(context).ConfigureAwait(false)
        || await IsItsTokenCallerAsync(context, code).ConfigureAwait(false)
        || await antiforgery.IsRequestValidAsync(context).ConfigureAwait(false);

    /// <summary>The challenge of the route's id for a POST of its own caller's page, and of nobody else; otherwise the refusal is written, and null.</summary>
    public async Task<StepUpChallenge?> FindForPostAsync(HttpContext context, Problems problems, bool api)
    {
        if (!await IsOwnPostAsync(context).ConfigureAwait(false))
        {
            await problems.WriteAsync(context, Problem.CrossSite, api).ConfigureAwait(false);
            return null;
        }

        var (challenge, caller) = await FindAsync(context).ConfigureAwait(false);
        if (challenge is null || challenge.Binding != caller)
        {
            await problems.WriteAsync(context, Problem.NotFound, api).ConfigureAwait(false);
            return null;
        }

        return challenge;
    }

    /// <summary>These routes demand no scheme, so that a token of one that is not the default is recognised by the challenge's.</summary>
    private async Task<bool> IsItsTokenCallerAsync(HttpContext context, string? code)
    {
        if (!BindingReader.ShowsToken(context))
        {
            return false;
        }

        var challenge = code is not null ? await store.FindByCodeAsync(ChallengeIds.Hash(code), context.RequestAborted).ConfigureAwait(false)
            : context.Request.RouteValues["id"] is string id && ChallengeIds.HasShape(id) ? await store.FindAsync(id, context.RequestAborted).ConfigureAwait(false)
            : null;
        return challenge is not null && await bindings.IsTokenCallerAsync(context, challenge.Binding.Scheme).ConfigureAwait(false);
    }
}
