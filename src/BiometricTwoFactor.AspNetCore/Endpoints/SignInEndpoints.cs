using Microsoft.AspNetCore.Http;

namespace BiometricTwoFactor.AspNetCore;

/// <summary>The ways of a partial sign-in beside the confirm page: on to the face after an enrolment, and the page that says to wait.</summary>
internal sealed class SignInEndpoints(
    ChallengeAccess access,
    SignInChallenges challenges,
    SignInPlans plans,
    StepUpPages pages,
    Problems problems,
    BiometricRoutes routes,
    Tenants tenants,
    TimeProvider timeProvider)
{
    /// <summary>
    /// The enrolment of a partial sign-in is done: now the face itself. What the sign-in is completed with was kept in the
    /// enrolment; it can be gone on with for as long as an approval could be used.
    /// </summary>
    public async Task ContinueAsync(HttpContext context)
    {
        var (challenge, caller) = await access.FindAsync(context).ConfigureAwait(false);
        if (caller is null)
        {
            await ChallengeAccess.SignInAsync(context).ConfigureAwait(false);
        }
        else if (challenge is not { Kind: ChallengeKind.Enrolment } || challenge.Binding != caller || plans.Open(challenge) is not { } plan)
        {
            await problems.WriteAsync(context, Problem.NotFound, api: false).ConfigureAwait(false);
        }
        else if (challenge is { State: ChallengeState.Consumed, ConsumedAt: { } done } && timeProvider.GetUtcNow() < done + tenants.Of(challenge.Binding.Tenant).ExecutionLifetime)
        {
            var partial = new PartialSignIn(challenge.Binding.Subject, challenge.Factors);
            StepUpResponder.SeeOther(context, (await challenges.BeginAsync(context, partial, plan, context.RequestAborted).ConfigureAwait(false)).Url);
        }
        else
        {
            StepUpResponder.SeeOther(context, routes.Confirm(context, challenge.Id));
        }
    }

    /// <summary>One page for too many declined captures and for too many challenges: what to do next is the same.</summary>
    public Task PausedAsync(HttpContext context)
    {
        context.Response.StatusCode = StatusCodes.Status429TooManyRequests;
        var returnUrl = context.Request.Query["returnUrl"] is [{ } url] ? url : null;
        return pages.WritePausedAsync(context, LocalUrl.OrStartPage(context, returnUrl));
    }
}
