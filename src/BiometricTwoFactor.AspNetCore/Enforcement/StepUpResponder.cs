using System.Globalization;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Metadata;
using Microsoft.Extensions.Logging;

namespace BiometricTwoFactor.AspNetCore;

/// <summary>
/// Answers a request that lacks a face: a browser is sent to the confirm page, an API caller gets 401 with the header of
/// RFC 9470 and problem details. Which of the two is decided by the endpoint's metadata (design 6), not by guessing.
/// </summary>
internal sealed class StepUpResponder(
    FacelessChallenges challenges,
    SignInChallenges signIns,
    OriginalRequests originals,
    BiometricRoutes routes,
    Problems problems,
    ILogger<StepUpResponder> logger)
{
    public async Task RespondAsync(HttpContext context, PendingStepUp pending)
    {
        try
        {
            await TellAsync(context, pending).ConfigureAwait(false);
        }
        catch (StepUpStoreException failure) when (!context.Response.HasStarted)
        {
            Log.StoreFailed(logger, failure);
            await problems.WriteAsync(context, Problem.Unavailable, IsApi(context)).ConfigureAwait(false);
        }
    }

    private async Task TellAsync(HttpContext context, PendingStepUp pending)
    {
        if (pending.Asker is { Kind: ChallengeKind.Access, Handler: { } scheme })
        {
            // Asked for by its handler, whose events the application may have set.
            await context.ChallengeAsync(scheme).ConfigureAwait(false);
        }
        else if (await MakeAsync(context, pending).ConfigureAwait(false) is { } challenge)
        {
            await AnswerAsync(context, challenge).ConfigureAwait(false);
        }
    }

    /// <summary>Tells the caller of a challenge.</summary>
    public Task AnswerAsync(HttpContext context, StepUpChallenge challenge)
    {
        if (IsApi(context))
        {
            return problems.WriteChallengeAsync(context, challenge);
        }

        SeeOther(context, routes.Confirm(context, challenge.Id));
        return Task.CompletedTask;
    }

    /// <summary>The challenge that the request needs; null when there is none, which the caller has been told then.</summary>
    public async Task<StepUpChallenge?> MakeAsync(HttpContext context, PendingStepUp pending)
    {
        switch (pending.Cause)
        {
            case PendingCause.NoBinding:
                Log.NoBinding(logger);
                await context.ChallengeAsync().ConfigureAwait(false);
                return null;
            case PendingCause.CrossSite:
                await problems.WriteAsync(context, Problem.CrossSite, IsApi(context)).ConfigureAwait(false);
                return null;
            case PendingCause.AlreadyUsed:
                await problems.WriteAsync(context, Problem.AlreadyUsed, IsApi(context)).ConfigureAwait(false);
                return null;
            case PendingCause.Changed:
                await problems.WriteAsync(context, Problem.Changed, IsApi(context)).ConfigureAwait(false);
                return null;
            case PendingCause.TooLarge:
                await problems.WriteAsync(context, Problem.TooLarge, IsApi(context)).ConfigureAwait(false);
                return null;
            case PendingCause.Unavailable:
                await problems.WriteAsync(context, Problem.Unavailable, IsApi(context)).ConfigureAwait(false);
                return null;
            case PendingCause.Unreadable:
                await problems.WriteAsync(context, Problem.BadRequest, IsApi(context)).ConfigureAwait(false);
                return null;
        }

        var api = IsApi(context);
        // API callers repeat the request themselves.
        var asker = pending.Asker!;
        var original = asker.Original ?? (api ? null : await originals.OfBrowserAsync(context).ConfigureAwait(false));
        var order = new ChallengeOrder(asker.Binding, asker.Kind, pending.Question, asker.Demand)
        {
            Device = asker.Device,
            Original = original,
            SealedSignIn = asker.SealedSignIn,
            Factors = asker.Factors,
        };
        var outcome = await challenges.MakeAsync(order, context.RequestAborted).ConfigureAwait(false);
        if (outcome.Succeeded(out var challenge))
        {
            return challenge;
        }

        if (asker.Kind == ChallengeKind.SignIn && !api)
        {
            // Nobody is signed in yet: the enrolment is the partial sign-in's own, and keeps what it is to be completed with.
            var step = await signIns.OfRefusalAsync(context, order, outcome, context.RequestAborted).ConfigureAwait(false);
            SeeOther(context, step.Url);
            return null;
        }

        await RefuseAsync(context, outcome, api, original).ConfigureAwait(false);
        return null;
    }

    /// <summary>True when the endpoint is one that does not redirect, or the caller is one that cannot follow.</summary>
    public static bool IsApi(HttpContext context)
    {
        if (BindingReader.ShowsToken(context))
        {
            return true;
        }

        var metadata = context.GetEndpoint()?.Metadata;
        return metadata?.GetMetadata<IDisableCookieRedirectMetadata>() is not null && metadata.GetMetadata<IAllowCookieRedirectMetadata>() is null;
    }

    public static void SeeOther(HttpContext context, string location)
    {
        context.Response.StatusCode = StatusCodes.Status303SeeOther;
        context.Response.Headers.Location = location;
        context.Response.Headers.CacheControl = "no-store";
    }

    private async Task RefuseAsync(HttpContext context, StepUpChallengeOutcome outcome, bool api, OriginalRequest? original)
    {
        if (outcome.RetryAfter is { } pause)
        {
            context.Response.Headers.RetryAfter = Math.Ceiling(pause.TotalSeconds).ToString(CultureInfo.InvariantCulture);
        }

        switch (outcome.Refusal)
        {
            case ChallengeRefusal.NotEnrolled when original is not null:
                SeeOther(context, routes.Enrol(context, OriginalRequests.BackOf(original)));
                return;
            case ChallengeRefusal.NotEnrolled:
                await problems.WriteAsync(context, Problem.NotEnrolled, api).ConfigureAwait(false);
                return;
            case ChallengeRefusal.TooMany:
                await problems.WriteAsync(context, Problem.TooMany, api).ConfigureAwait(false);
                return;
            case ChallengeRefusal.Blocked:
                await problems.WriteAsync(context, Problems.OfBlock(outcome.RetryAfter), api).ConfigureAwait(false);
                return;
            default:
                await context.ChallengeAsync().ConfigureAwait(false);
                return;
        }
    }
}
