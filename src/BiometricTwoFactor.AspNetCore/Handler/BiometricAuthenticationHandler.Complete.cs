using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Http;

namespace BiometricTwoFactor.AspNetCore;

/// <summary>The callback path: whatever became of a challenge is carried out here, once.</summary>
internal sealed partial class BiometricAuthenticationHandler
{
    /// <summary>GET alone: a HEAD, or what a form sends, must not use an approval.</summary>
    public override Task<bool> ShouldHandleRequestAsync() =>
        Task.FromResult(HttpMethods.IsGet(Request.Method) && ChallengeId() is not null);

    protected override async Task<HandleRequestResult> HandleRemoteAuthenticateAsync()
    {
        // As on all of the SDK's own routes, the application's session is not renewed (protocol 1.2).
        Context.Items[BiometricRouteMetadata.Instance] = true;
        var challenge = await Of<IStepUpStore>().FindAsync(ChallengeId()!, Context.RequestAborted).ConfigureAwait(false);
        var caller = challenge is null ? null : await Of<BindingReader>().ReadAsync(Context, challenge.Binding.Scheme).ConfigureAwait(false);
        if (challenge is not { Kind: ChallengeKind.SignIn or ChallengeKind.Access } || challenge.Binding != caller)
        {
            await Of<Problems>().WriteAsync(Context, Problem.NotFound, BindingReader.ShowsToken(Context)).ConfigureAwait(false);
            return HandleRequestResult.Handle();
        }

        var plan = Of<SignInPlans>().Open(challenge);
        if (plan is not null && !string.Equals(plan.Handler, Scheme.Name, StringComparison.Ordinal))
        {
            return HandleRequestResult.SkipHandler();
        }

        var now = TimeProvider.GetUtcNow();
        return challenge switch
        {
            { State: ChallengeState.Consumed } => await GoOnAsync(challenge, ReturnUrl(challenge, plan)).ConfigureAwait(false), // nothing happens a second time
            { IsOpen: false } => await EndedAsync(challenge).ConfigureAwait(false),
            _ when challenge.IsUsableAt(now) => await CompleteAsync(challenge, plan, now).ConfigureAwait(false),
            _ => await GoOnAsync(challenge, Of<BiometricRoutes>().Confirm(Context, challenge.Id)).ConfigureAwait(false),
        };
    }

    private async Task<HandleRequestResult> CompleteAsync(StepUpChallenge challenge, SignInPlan? plan, DateTimeOffset now)
    {
        // Everything that can be known to be missing is looked for before the approval is used up.
        var ticket = plan is { Finisher: null } ? Of<SignInTickets>().Open(challenge, plan) : null;
        var finisher = plan?.Finisher is { } name ? Context.RequestServices.GetServices<ISignInFinisher>().FirstOrDefault(one => string.Equals(one.Name, name, StringComparison.Ordinal)) : null;
        if (plan is null || (challenge.Kind == ChallengeKind.SignIn && ticket is null && finisher is null))
        {
            Log.PlanGone(Logger, challenge.Id);
            var ended = await Of<ChallengeWriter>().EndAsync(challenge, ChallengeState.Abandoned, JudgementReason.PlanGone, Context.RequestAborted).ConfigureAwait(false);
            return await EndedAsync(ended ?? challenge).ConfigureAwait(false);
        }

        // The challenge is its own operation: who comes second, or again, gets nothing (attack 3).
        var request = new ConsumeRequest(challenge.Binding, challenge.Reason, challenge.Digest, "complete:" + challenge.Id, challenge.Id, now);
        var used = await Of<IStepUpStore>().TryConsumeAsync(Of<EvidenceRecorder>().Using(request, challenge.Factors), Context.RequestAborted).ConfigureAwait(false);
        if (used is not { Outcome: ConsumeOutcome.Consumed, Challenge: { } consumed })
        {
            var elsewhere = used.Outcome == ConsumeOutcome.NotUsable ? Of<BiometricRoutes>().Confirm(Context, challenge.Id) : ReturnUrl(challenge, plan);
            return await GoOnAsync(challenge, elsewhere).ConfigureAwait(false);
        }

        Context.Features.Set<IBiometricApprovalFeature>(new UsedApproval(consumed));
        await Of<DeviceRecognition>().RememberAsync(Context, consumed.Binding).ConfigureAwait(false);
        await Of<ChallengeWriter>().TellAsync(new StepUpEvent(StepUpEventKind.Consumed, consumed), Context.RequestAborted).ConfigureAwait(false);
        if (consumed.Kind == ChallengeKind.SignIn)
        {
            PreSignIn.End(Context);
        }

        var principal = ticket is null ? null : Of<SignInTickets>().Truthful(ticket.Principal, consumed);
        var approved = new BiometricApprovedContext(Context, Scheme, Options, consumed, principal, ReturnUrl(consumed, plan));
        await Events.Approved(approved).ConfigureAwait(false);
        if (approved.Result is { } result)
        {
            return result;
        }

        var returnUrl = LocalOr(approved.ReturnUrl, "/");
        if (consumed.Kind == ChallengeKind.Access)
        {
            return await OpenAsync(consumed, returnUrl).ConfigureAwait(false);
        }

        if (finisher is not null)
        {
            plan.ReturnUrl = returnUrl;
            var next = await finisher.FinishAsync(Context, consumed, plan, Context.RequestAborted).ConfigureAwait(false);
            return await GoOnAsync(consumed, LocalOr(next, "/")).ConfigureAwait(false);
        }

        // The framework's own way from here: OnTicketReceived, sign-in, redirect. The window opens with the sign-in (SignInTransitions).
        var properties = ticket!.Properties;
        properties.IsPersistent |= plan.IsPersistent;
        properties.RedirectUri = returnUrl;
        return HandleRequestResult.Success(new AuthenticationTicket(approved.Principal ?? principal!, properties, Scheme.Name));
    }

    /// <summary>Opens the window, gives the session a new cookie, and leads back to the request that asked.</summary>
    private async Task<HandleRequestResult> OpenAsync(StepUpChallenge consumed, string returnUrl)
    {
        await Of<AccessWindows>().OpenAsync(consumed.Binding, consumed, Context.RequestAborted).ConfigureAwait(false);
        await Of<SessionReissue>().ReissueAsync(Context, consumed.Binding).ConfigureAwait(false);
        var original = consumed.Original;
        // Only a plain form travels in the page itself; anything else is fetched while an approval waits, and this one is used.
        if (HttpMethods.IsGet(original.Method) || !LocalUrl.IsSafe(original.LocalUrl) || Of<OriginalRequests>().Open(original) is not { Fields: not null, Files.Count: 0 } form)
        {
            return await GoOnAsync(consumed, returnUrl).ConfigureAwait(false);
        }

        // The page's new antiforgery token is the user's; at this point of the pipeline nobody has said yet who that is.
        if (await Context.AuthenticateAsync(consumed.Binding.Scheme).ConfigureAwait(false) is { Succeeded: true, Principal: { } user })
        {
            Context.User = user;
        }

        await Of<StepUpPages>().WriteResumeAsync(Context, consumed, form).ConfigureAwait(false);
        return HandleRequestResult.Handle();
    }

    private async Task<HandleRequestResult> EndedAsync(StepUpChallenge challenge)
    {
        var confirm = Of<BiometricRoutes>().Confirm(Context, challenge.Id);
        var context = new BiometricEndedContext(Context, Scheme, Options, challenge, confirm);
        await (challenge.State switch
        {
            _ when challenge.ReasonCodes.Contains(JudgementReason.ReviewNotAwaited, StringComparer.Ordinal) => Events.Held(context),
            ChallengeState.Declined or ChallengeState.Violated or ChallengeState.Revoked => Events.Declined(context),
            _ => Events.Failure(context),
        }).ConfigureAwait(false);
        return context.Result ?? await GoOnAsync(challenge, LocalOr(context.RedirectUrl, confirm)).ConfigureAwait(false);
    }

    /// <summary>A browser goes on; a caller with a token is told where it could.</summary>
    private async Task<HandleRequestResult> GoOnAsync(StepUpChallenge challenge, string url)
    {
        if (BindingReader.ShowsToken(Context))
        {
            await Json.WriteAsync(Context, StatusCodes.Status200OK, new ClaimJson(OutwardState.Of(challenge), url)).ConfigureAwait(false);
        }
        else
        {
            StepUpResponder.SeeOther(Context, url);
        }

        return HandleRequestResult.Handle();
    }

    /// <summary>Where the challenge leads back to; checked again now that it is used (attack 8).</summary>
    private static string ReturnUrl(StepUpChallenge challenge, SignInPlan? plan)
    {
        if (challenge.Kind == ChallengeKind.SignIn)
        {
            return LocalOr(plan?.ReturnUrl, "/");
        }

        var original = challenge.Original;
        return LocalOr(HttpMethods.IsGet(original.Method) ? original.LocalUrl : original.BackUrl, "/");
    }

    private string? ChallengeId() =>
        Request.Path.StartsWithSegments(Options.CallbackPath, StringComparison.OrdinalIgnoreCase, out var rest) && rest.Value is ['/', .. var id] && ChallengeIds.HasShape(id) ? id : null;

    private sealed record UsedApproval(StepUpChallenge Challenge) : IBiometricApprovalFeature;
}
