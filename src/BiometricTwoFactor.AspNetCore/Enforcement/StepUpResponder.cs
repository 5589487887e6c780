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
        var api = IsApi(context);
        if (StepUpReplies.ProblemOf(pending.Cause) is { } problem)
        {
            await RefuseAsync(context, new StepUpReply(problem), api, original: null).ConfigureAwait(false);
            return null;
        }

        var asker = pending.Asker!;
        // API callers repeat the request themselves.
        var original = asker.Original ?? (api ? null : await originals.OfBrowserAsync(context).ConfigureAwait(false));
        var order = StepUpReplies.OrderOf(pending, original)!;
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

        await RefuseAsync(context, StepUpReplies.Of(outcome), api, original).ConfigureAwait(false);
        return null;
    }

    /// <summary>True when the endpoint is one that does not redirect, or the caller is one that cannot follow.</summary>
    public static bool IsApi(HttpContext context)
    {
        if (BindingReader.ShowsToken(context))
        {
            return true;
        }

        if (GrpcAnswer.IsFor(context.Request))
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

    private async Task RefuseAsync(HttpContext context, StepUpReply reply, bool api, OriginalRequest? original)
    {
        switch (reply.Problem)
        {
            case Problem.NotSignedIn:
                Log.NoBinding(logger);
                await context.ChallengeAsync().ConfigureAwait(false);
                return;
            case Problem.NotEnrolled when original is not null:
                SeeOther(context, routes.Enrol(context, OriginalRequests.BackOf(original)));
                return;
            default:
                await problems.WriteAsync(context, reply.Problem, api, reply.RetryAfter).ConfigureAwait(false);
                return;
        }
    }
}
