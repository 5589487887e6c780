using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Options;

namespace BiometricTwoFactor.AspNetCore;

/// <summary>
/// Lets a caller through while the window of account access is open, and says what to ask when it is not. One question for
/// the whole application: whichever endpoint asked first, a binding has one such challenge at a time (protocol 2.3).
/// </summary>
internal sealed class AccessGate(
    BindingReader bindings,
    AccessWindows windows,
    IStepUpStore store,
    ChallengeWriter writer,
    CrossSiteGuard crossSite,
    DeviceRecognition devices,
    StepUpDemands demands,
    SignInPlans plans,
    EvidenceRecorder recorder,
    IAuthenticationSchemeProvider schemes,
    IOptionsMonitor<BiometricAuthenticationOptions> handlers,
    Tenants tenants,
    TimeProvider timeProvider)
{
    private const string Action = "access";

    /// <summary>True while the window is open. What stands in the way is kept on the request otherwise.</summary>
    public async Task<bool> TryPassAsync(HttpContext context, string? title)
    {
        if (await bindings.ReadAsync(context).ConfigureAwait(false) is not { } binding)
        {
            return StepUpGate.Refuse(context, new PendingStepUp(Question(title), tenants.NobodyIn(context)));
        }

        // A page of another site can open a connection with this person's cookies, and there read what it calls.
        if (ConnectionRequest.Is(context) && !await crossSite.IsOwnRequestAsync(context).ConfigureAwait(false))
        {
            return StepUpGate.Refuse(context, new PendingStepUp(Question(title), PendingCause.CrossSite));
        }

        if (await OpenWindowAsync(context, binding).ConfigureAwait(false) is { } window)
        {
            RequestIdentity.Add(context, FactorEvidence.Of(window), tenants.Of(binding.Tenant));
            return true;
        }

        return StepUpGate.Refuse(context, await AskAsync(context, binding, await HandlerOfAsync(binding).ConfigureAwait(false), title, original: null).ConfigureAwait(false));
    }

    /// <summary>The open window of a binding, or the one that the approval opens which the request names as API callers do.</summary>
    public async Task<AccessWindow?> OpenWindowAsync(HttpContext context, StepUpBinding binding)
    {
        var cancellationToken = context.RequestAborted;
        if (await windows.TouchAsync(binding, cancellationToken).ConfigureAwait(false) is { } open)
        {
            return open;
        }

        // A header that no other site's page can send.
        if (context.Request.Headers[StepUpGate.ChallengeHeader] is not [{ Length: > 0 } named]
            || await UseAsync(context, binding, named).ConfigureAwait(false) is not { } consumed)
        {
            return null;
        }

        await windows.OpenAsync(binding, consumed, cancellationToken).ConfigureAwait(false);
        return await windows.TouchAsync(binding, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>What to ask; or that the request is not the application's own, so that no challenge is made for it (protocol 2.2).</summary>
    public async Task<PendingStepUp> AskAsync(HttpContext context, StepUpBinding binding, string handler, string? title, OriginalRequest? original)
    {
        var question = Question(title);
        if (!await crossSite.IsOwnRequestAsync(context).ConfigureAwait(false))
        {
            return new PendingStepUp(question, PendingCause.CrossSite);
        }

        var device = await devices.ReadAsync(context, binding).ConfigureAwait(false);
        return new PendingStepUp(question, PendingCause.Face, new StepUpAsker(binding, device, demands.For(binding.Tenant, question, device))
        {
            Kind = ChallengeKind.Access,
            Handler = handler,
            SealedSignIn = plans.Seal(new SignInPlan { Handler = handler, ReturnUrl = original?.LocalUrl ?? "/" }),
            Original = original,
        });
    }

    private static StepUpQuestion Question(string? title) => new(StepUpReason.LoginNewDevice, Action, Transaction: null, title);

    private async Task<StepUpChallenge?> UseAsync(HttpContext context, StepUpBinding binding, string challengeId)
    {
        var digest = Question(title: null).DigestFor(binding.Tenant);
        var request = recorder.Using(new ConsumeRequest(binding, StepUpReason.LoginNewDevice, digest, "access:" + challengeId, challengeId, timeProvider.GetUtcNow()));
        var result = await store.TryConsumeAsync(request, context.RequestAborted).ConfigureAwait(false);
        if (result is not { Outcome: ConsumeOutcome.Consumed, Challenge: { } consumed })
        {
            return null;
        }

        await devices.RememberAsync(context, binding).ConfigureAwait(false);
        await writer.TellAsync(new StepUpEvent(StepUpEventKind.Consumed, consumed), context.RequestAborted).ConfigureAwait(false);
        return consumed;
    }

    /// <summary>The handler that completes it: the one of the caller's own cookie, where there are several. The start-up check saw to it that there is one.</summary>
    private async Task<string> HandlerOfAsync(StepUpBinding binding)
    {
        var ours = BiometricSchemeCheck.Ours(await schemes.GetAllSchemesAsync().ConfigureAwait(false)).ToArray();
        return Array.Find(ours, name => string.Equals(handlers.Get(name).SignInScheme, binding.Scheme, StringComparison.Ordinal))
            ?? (ours.Length > 0 ? ours[0] : BiometricDefaults.AuthenticationScheme);
    }
}
