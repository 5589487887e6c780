using System.Globalization;
using Microsoft.AspNetCore.Http;

namespace BiometricTwoFactor.AspNetCore;

/// <summary>The way to the face: the confirm page, start, cancel, the confirmation after a review.</summary>
internal sealed class ConfirmEndpoints(
    ChallengeAccess access,
    SessionOpener opener,
    ReviewConfirmation review,
    StartCookie startCookie,
    StepUpService service,
    SignInChallenges signIns,
    ChallengeWriter writer,
    StepUpPages pages,
    Problems problems,
    DeviceRecognition devices,
    StartingDevice startingDevice,
    CaptureFrame capture,
    NativeCallbacks nativeCallbacks,
    BiometricRoutes routes)
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
            if (string.Equals(context.Request.Headers["Sec-Fetch-Site"], "cross-site", StringComparison.Ordinal))
            {
                // On the way back from an identity provider the start cookie, by which it is taken over, was missing. It is there
                // when this page, whatever the id, asks once more for itself.
                context.Response.Headers["Refresh"] = "0";
            }

            await problems.WriteAsync(context, Problem.NotFound, api: false).ConfigureAwait(false);
        }
        else
        {
            await devices.MarkAsync(context).ConfigureAwait(false);
            await pages.WriteConfirmAsync(context, challenge).ConfigureAwait(false);
        }
    }

    public async Task StartAsync(HttpContext context)
    {
        var api = BindingReader.ShowsToken(context);
        if (await access.FindForPostAsync(context, problems, api).ConfigureAwait(false) is not { } challenge)
        {
            return;
        }

        if (challenge.HandOver is not null)
        {
            // Another device was chosen, and that one alone opens the session (protocol 4.2): this page says how.
            StepUpResponder.SeeOther(context, routes.Confirm(context, challenge.Id));
            return;
        }

        if (await nativeCallbacks.ChooseAsync(context, challenge).ConfigureAwait(false) is not { } callbackOf)
        {
            await problems.WriteAsync(context, Problem.BadRequest, api).ConfigureAwait(false);
            return;
        }

        challenge = await RememberAsAskedAsync(context, challenge).ConfigureAwait(false);
        var device = await startingDevice.ReadAsync(context, challenge).ConfigureAwait(false);
        await devices.MarkAsync(context).ConfigureAwait(false);
        var from = await devices.ReadAsync(context, challenge.Binding).ConfigureAwait(false);
        var result = await opener.StartAsync(challenge, device, from, callbackOf, context.RequestAborted).ConfigureAwait(false);
        switch (result.Outcome)
        {
            case StartOutcome.Started when api:
                await Json.WriteAsync(context, StatusCodes.Status200OK, new StartedJson(result.Url!.AbsoluteUri)).ConfigureAwait(false);
                return;
            case StartOutcome.Started:
                startCookie.Set(context, challenge);
                await (await capture.IsAskedForAsync(context).ConfigureAwait(false)
                    ? Json.WriteAsync(context, StatusCodes.Status200OK, new StartedJson(result.Url!.AbsoluteUri))
                    : LeadAsync(context, result.Url!.AbsoluteUri)).ConfigureAwait(false);
                return;
            case StartOutcome.NotEnrolled when !api:
                var enrolment = await signIns.ToEnrolmentAsync(
                    context, challenge.Binding, OriginalRequests.BackOf(challenge.Original), challenge.SealedSignIn, challenge.Factors, context.RequestAborted).ConfigureAwait(false);
                await LeadAsync(context, enrolment.Url).ConfigureAwait(false);
                return;
            case StartOutcome.NotEnrolled:
                await problems.WriteAsync(context, Problem.NotEnrolled, api).ConfigureAwait(false);
                return;
            case StartOutcome.Busy:
                context.Response.StatusCode = StatusCodes.Status409Conflict;
                await pages.WriteBusyAsync(context, challenge).ConfigureAwait(false);
                return;
            case StartOutcome.Blocked when challenge.Binding.Scheme == PreSignIn.Scheme:
                await LeadAsync(context, routes.Paused(context, challenge.Original.LocalUrl)).ConfigureAwait(false);
                return;
            case StartOutcome.Blocked:
                if (result.RetryAfter is { } wait)
                {
                    context.Response.Headers.RetryAfter = Math.Ceiling(wait.TotalSeconds).ToString(CultureInfo.InvariantCulture);
                }

                await problems.WriteAsync(context, Problems.OfBlock(result.RetryAfter), api).ConfigureAwait(false);
                return;
            case StartOutcome.Ended:
                await LeadAsync(context, routes.Confirm(context, challenge.Id)).ConfigureAwait(false);
                return;
            default:
                context.Response.Headers.RetryAfter = Math.Ceiling((result.RetryAfter ?? TimeSpan.FromSeconds(5)).TotalSeconds).ToString(CultureInfo.InvariantCulture);
                await problems.WriteAsync(context, Problem.Unavailable, api).ConfigureAwait(false);
                return;
        }
    }

    /// <summary>On to another page: by a redirect, or by the script that cannot follow one out of its own page.</summary>
    private async Task LeadAsync(HttpContext context, string url)
    {
        if (await capture.IsAskedForAsync(context).ConfigureAwait(false))
        {
            await Json.WriteAsync(context, StatusCodes.Status200OK, new StartedJson(Url: null, url)).ConfigureAwait(false);
        }
        else
        {
            StepUpResponder.SeeOther(context, url);
        }
    }

    public async Task CancelAsync(HttpContext context)
    {
        if (await access.FindForPostAsync(context, problems, api: false).ConfigureAwait(false) is { } challenge)
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

    /// <summary>The box of a sign-in's start form; where the form has none, nothing is remembered.</summary>
    private async Task<StepUpChallenge> RememberAsAskedAsync(HttpContext context, StepUpChallenge challenge)
    {
        if (challenge.Kind != ChallengeKind.SignIn || !context.Request.HasFormContentType)
        {
            return challenge;
        }

        var form = await context.Request.ReadFormAsync(context.RequestAborted).ConfigureAwait(false);
        var remember = form[StepUpPages.RememberField] is ["true"];
        return await writer.ChangeAsync(
            challenge,
            current => current.State == ChallengeState.Pending && current.RememberClient != remember ? current with { RememberClient = remember } : null,
            context.RequestAborted).ConfigureAwait(false) ?? challenge;
    }
}
