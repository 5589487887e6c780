using System.Globalization;
using Microsoft.AspNetCore.Http;

namespace BiometricTwoFactor.AspNetCore;

/// <summary>The way to the face: the confirm page, start, cancel, the confirmation after a review, the way back.</summary>
internal sealed class ConfirmEndpoints(
    ChallengeAccess access,
    SessionOpener opener,
    ReviewConfirmation review,
    StartCookie startCookie,
    StepUpService service,
    StepUpPages pages,
    Problems problems,
    OriginalRequests originals,
    StartingDevice startingDevice,
    BiometricRoutes routes,
    TimeProvider timeProvider)
{
    public async Task ShowAsync(HttpContext context)
    {
        var (challenge, caller) = await access.FindAsync(context).ConfigureAwait(false);
        if (caller is null)
        {
            await ChallengeAccess.SignInAsync(context).ConfigureAwait(false);
        }
        else if (challenge is null)
        {
            await problems.WriteAsync(context, Problem.NotFound, api: false).ConfigureAwait(false);
        }
        else
        {
            await pages.WriteConfirmAsync(context, challenge).ConfigureAwait(false);
        }
    }

    public async Task StartAsync(HttpContext context)
    {
        var api = BindingReader.ShowsToken(context);
        if (await OwnChallengeAsync(context, api).ConfigureAwait(false) is not { } challenge)
        {
            return;
        }

        var device = await startingDevice.ReadAsync(context, challenge).ConfigureAwait(false);
        var result = await opener.StartAsync(challenge, device, code => routes.Callback(context, code), context.RequestAborted).ConfigureAwait(false);
        switch (result.Outcome)
        {
            case StartOutcome.Started when api:
                await Json.WriteAsync(context, StatusCodes.Status200OK, new StartedJson(result.Url!.AbsoluteUri)).ConfigureAwait(false);
                return;
            case StartOutcome.Started:
                startCookie.Set(context, challenge);
                StepUpResponder.SeeOther(context, result.Url!.AbsoluteUri);
                return;
            case StartOutcome.NotEnrolled when !api:
                StepUpResponder.SeeOther(context, routes.Enrol(context, challenge.Original.LocalUrl));
                return;
            case StartOutcome.NotEnrolled:
                await problems.WriteAsync(context, Problem.NotEnrolled, api).ConfigureAwait(false);
                return;
            case StartOutcome.Busy:
                context.Response.StatusCode = StatusCodes.Status409Conflict;
                await pages.WriteBusyAsync(context, challenge).ConfigureAwait(false);
                return;
            case StartOutcome.Blocked:
                await problems.WriteAsync(context, Problem.Blocked, api).ConfigureAwait(false);
                return;
            case StartOutcome.Ended:
                StepUpResponder.SeeOther(context, routes.Confirm(context, challenge.Id));
                return;
            default:
                context.Response.Headers.RetryAfter = Math.Ceiling((result.RetryAfter ?? TimeSpan.FromSeconds(5)).TotalSeconds).ToString(CultureInfo.InvariantCulture);
                await problems.WriteAsync(context, Problem.Unavailable, api).ConfigureAwait(false);
                return;
        }
    }

    public async Task CancelAsync(HttpContext context)
    {
        if (await OwnChallengeAsync(context, api: false).ConfigureAwait(false) is { } challenge)
        {
            await service.CancelAsync(context, challenge.Id, context.RequestAborted).ConfigureAwait(false);
            StepUpResponder.SeeOther(context, routes.Confirm(context, challenge.Id));
        }
    }

    /// <summary>The subject's word after a review (protocol 6.7).</summary>
    public async Task ConfirmAsync(HttpContext context)
    {
        if (!await access.IsOwnPostAsync(context).ConfigureAwait(false))
        {
            await problems.WriteAsync(context, Problem.CrossSite, api: false).ConfigureAwait(false);
            return;
        }

        var (challenge, caller) = await access.FindAsync(context).ConfigureAwait(false);
        if (challenge is null || caller is null)
        {
            await problems.WriteAsync(context, Problem.NotFound, api: false).ConfigureAwait(false);
            return;
        }

        await review.ConfirmAsync(challenge, caller, context.RequestAborted).ConfigureAwait(false);
        StepUpResponder.SeeOther(context, routes.Confirm(context, challenge.Id));
    }

    public async Task ResumeAsync(HttpContext context)
    {
        var (challenge, caller) = await access.FindAsync(context).ConfigureAwait(false);
        if (caller is null)
        {
            await ChallengeAccess.SignInAsync(context).ConfigureAwait(false);
        }
        else if (challenge is null || challenge.Binding != caller || challenge.Kind != ChallengeKind.StepUp)
        {
            await problems.WriteAsync(context, Problem.NotFound, api: false).ConfigureAwait(false);
        }
        else if (!challenge.IsUsableAt(timeProvider.GetUtcNow()) || !LocalUrl.IsSafe(challenge.Original.LocalUrl))
        {
            StepUpResponder.SeeOther(context, routes.Confirm(context, challenge.Id));
        }
        else if (HttpMethods.IsGet(challenge.Original.Method))
        {
            StepUpResponder.SeeOther(context, challenge.Original.LocalUrl);
        }
        else if (originals.Open(challenge.Original) is { } fields)
        {
            await pages.WriteResumeAsync(context, challenge, fields).ConfigureAwait(false);
        }
        else
        {
            await problems.WriteAsync(context, Problem.Unavailable, api: false).ConfigureAwait(false);
        }
    }

    private async Task<StepUpChallenge?> OwnChallengeAsync(HttpContext context, bool api)
    {
        if (!await access.IsOwnPostAsync(context).ConfigureAwait(false))
        {
            await problems.WriteAsync(context, Problem.CrossSite, api).ConfigureAwait(false);
            return null;
        }

        var (challenge, caller) = await access.FindAsync(context).ConfigureAwait(false);
        if (challenge is null || challenge.Binding != caller)
        {
            await problems.WriteAsync(context, Problem.NotFound, api).ConfigureAwait(false);
            return null;
        }

        return challenge;
    }
}
