using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace BiometricTwoFactor.AspNetCore;

/// <summary>
/// Lets a request through by using up an approval for exactly its question. What stands in the way is kept on the request
/// (<see cref="Pending"/>), for the response that asks for a face.
/// </summary>
internal sealed partial class StepUpGate(
    BindingReader bindings,
    IStepUpStore store,
    ChallengeWriter writer,
    CrossSiteGuard crossSite,
    DeviceRecognition devices,
    StepUpDemands demands,
    SessionReissue sessions,
    EvidenceRecorder recorder,
    StepUpMetrics metrics,
    Tenants tenants,
    TimeProvider timeProvider,
    ILogger<StepUpGate> logger)
{
    /// <summary>The header with which an API caller names the challenge that it repeats its request for.</summary>
    public const string ChallengeHeader = "Biometric-Challenge";

    /// <summary>The form field with which a resumed form does the same.</summary>
    public const string ChallengeField = "__BiometricChallenge";

    private const string OperationHeader = "Idempotency-Key";
    private static readonly object PendingKey = new();

    /// <summary>The step-up that the present request lacks; null when it lacks none.</summary>
    public static PendingStepUp? Pending(HttpContext context) => context.Items[PendingKey] as PendingStepUp;

    /// <summary>True when the request may run, once.</summary>
    public async Task<bool> TryPassAsync(HttpContext context, StepUpQuestion question)
    {
        if (await bindings.ReadAsync(context).ConfigureAwait(false) is not { } binding)
        {
            return Refuse(context, new PendingStepUp(question, tenants.NobodyIn(context)));
        }

        using var scope = TenantScope.Begin(logger, binding.Tenant);
        var digest = question.DigestFor(binding.Tenant);
        if (context.Features.Get<IBiometricApprovalFeature>() is Approval { Challenge: var admitted }
            && string.Equals(admitted.Digest, digest, StringComparison.Ordinal))
        {
            return true; // evaluated again within the same request
        }

        var joined = question.Endpoint is { UseInTransaction: true };
        if (joined && context.Features.Get<IBiometricApprovalToUse>() is { Request: { } given } && string.Equals(given.Digest, digest, StringComparison.Ordinal))
        {
            return true;
        }

        if (!await crossSite.IsOwnRequestAsync(context).ConfigureAwait(false))
        {
            return Refuse(context, new PendingStepUp(question, PendingCause.CrossSite));
        }

        var device = await devices.ReadAsync(context, binding).ConfigureAwait(false);
        var demand = demands.For(binding.Tenant, question, device);
        var named = await NamedChallengeAsync(context).ConfigureAwait(false);
        var request = new ConsumeRequest(binding, question.Reason, digest, OperationOf(context, binding, named), named, timeProvider.GetUtcNow());
        request = demand.IsAsked ? Demanding(request, demand) : request;
        using var activity = Traces.Begin("biometric.use");
        var result = joined
            ? await store.FindUsableAsync(request, context.RequestAborted).ConfigureAwait(false)
            : await store.TryConsumeAsync(recorder.Using(request), context.RequestAborted).ConfigureAwait(false);
        activity.CameTo(result.Outcome.ToString());
        if (result.Challenge is { } used)
        {
            activity.Concerns(used);
        }

        switch (result.Outcome)
        {
            case ConsumeOutcome.Consumed when joined:
                ApprovalToUse.Give(context, recorder.Using(request with { ChallengeId = result.Challenge!.Id }), used => AdmitAsync(context, used));
                return true;
            case ConsumeOutcome.Consumed:
                await AdmitAsync(context, result.Challenge!).ConfigureAwait(false);
                return true;
            case ConsumeOutcome.AlreadyYours or ConsumeOutcome.AlreadyUsed:
                metrics.Replayed("approval", binding.Tenant);
                return Refuse(context, new PendingStepUp(question, PendingCause.AlreadyUsed));
            default:
                var cause = await CauseAsync(context, binding, named, digest).ConfigureAwait(false);
                // Only here may it pass without a face: an operation that was carried out with one, on a device that this made
                // known, would otherwise run a second time.
                if (!demand.IsAsked && cause == PendingCause.Face)
                {
                    if (joined)
                    {
                        ApprovalToUse.Give(context, request: null, _ => Task.CompletedTask);
                    }

                    return true;
                }

                return Refuse(context, new PendingStepUp(question, cause, new StepUpAsker(binding, device, demand)));
        }
    }

    private static ConsumeRequest Demanding(ConsumeRequest request, StepUpDemand demand) => request with
    {
        WorkflowId = demand.Workflow.Id,
        StrongerWorkflowId = demand.Stronger?.Id,
        FaceMatchFloorPercent = demand.FaceMatchFloorPercent,
        LivenessFloorPercent = demand.LivenessFloorPercent,
    };

    /// <summary>What follows from a use, whoever asked for it.</summary>
    private async Task AdmitAsync(HttpContext context, StepUpChallenge consumed)
    {
        context.Items.Remove(PendingKey);
        context.Features.Set<IBiometricApprovalFeature>(new Approval(consumed));
        if (await IsShownHereAsync(context, consumed).ConfigureAwait(false))
        {
            await devices.RememberAsync(context, consumed.Binding).ConfigureAwait(false);
        }

        await writer.TellAsync(new StepUpEvent(StepUpEventKind.Consumed, consumed), context.RequestAborted).ConfigureAwait(false);
        await sessions.ReissueAsync(context, consumed.Binding).ConfigureAwait(false);
        RequestIdentity.Add(context, FactorEvidence.Of(consumed), tenants.Of(consumed.Binding.Tenant));
    }

    /// <summary>
    /// Unclaimed (protocol 5.5), nothing says that the face was shown to whoever sits at this device. Confirmed after a review,
    /// it may be another sign-in's than the one that claimed it: only the device that asked has shown it.
    /// </summary>
    private async ValueTask<bool> IsShownHereAsync(HttpContext context, StepUpChallenge consumed) =>
        consumed.ClaimedAt is not null
        && (consumed.ConfirmedAt is null
            || (consumed.AskedFrom.DeviceHash is { } asked
                && string.Equals(asked, (await devices.ReadAsync(context, consumed.Binding).ConfigureAwait(false)).DeviceHash, StringComparison.Ordinal)));

    /// <summary>Keeps what stands in the way, for the response; false, as the answer to who asks.</summary>
    public static bool Refuse(HttpContext context, PendingStepUp pending)
    {
        context.Items[PendingKey] = pending;
        return false;
    }

    /// <summary>An approval that is presented for other facts than its own is void from then on, and that is an alarm.</summary>
    private async Task<PendingCause> CauseAsync(HttpContext context, StepUpBinding binding, string? named, string digest)
    {
        if (named is null
            || await store.FindAsync(named, context.RequestAborted).ConfigureAwait(false) is not { } challenge
            || challenge.Binding != binding
            || string.Equals(challenge.Digest, digest, StringComparison.Ordinal))
        {
            return PendingCause.Face;
        }

        await writer.EndAsync(challenge, ChallengeState.Violated, JudgementReason.TransactionChanged, context.RequestAborted).ConfigureAwait(false);
        return PendingCause.Changed;
    }

    /// <summary>A name that cannot be one is a name still: it must find nothing, not everything.</summary>
    private static async Task<string?> NamedChallengeAsync(HttpContext context)
    {
        if (context.Request.Headers[ChallengeHeader] is [{ Length: > 0 } header])
        {
            return header;
        }

        if (!context.Request.HasFormContentType)
        {
            return null;
        }

        var form = await context.Request.ReadFormAsync(context.RequestAborted).ConfigureAwait(false);
        return form[ChallengeField] is [{ Length: > 0 } field] ? field : null;
    }

    private static string OperationOf(HttpContext context, StepUpBinding binding, string? named)
    {
        if (context.Request.Headers[OperationHeader] is [{ Length: > 0 and <= 255 } key])
        {
            return "key:" + Hash(binding, key);
        }

        // A resumed form that is sent twice is one operation; anything else is a new one each time.
        return named is not null && context.Request.HasFormContentType ? "resume:" + named : "once:" + ChallengeIds.New();
    }

    private sealed record Approval(StepUpChallenge Challenge) : IBiometricApprovalFeature;
}

/// <summary>What a request lacks.</summary>
/// <param name="Question">What it asked.</param>
/// <param name="Cause">Why it did not pass.</param>
/// <param name="Asker">Who asked, and how it is to be asked; null where there is nobody to ask.</param>
internal sealed record PendingStepUp(StepUpQuestion Question, PendingCause Cause, StepUpAsker? Asker = null);

/// <summary>Who asks, from which device, and what is demanded there.</summary>
internal sealed record StepUpAsker(StepUpBinding Binding, AskingDevice Device, StepUpDemand Demand)
{
    /// <summary>What for.</summary>
    public ChallengeKind Kind { get; init; }

    /// <summary>The authentication scheme that completes it; null for a step-up, which the endpoint completes.</summary>
    public string? Handler { get; init; }

    /// <summary>What it is completed with.</summary>
    public byte[]? SealedSignIn { get; init; }

    /// <summary>Where to come back to; null for the present request.</summary>
    public OriginalRequest? Original { get; init; }

    /// <summary>What was evidenced before the face.</summary>
    public IReadOnlyList<string> Factors { get; init; } = [];

    public override string ToString() => Kind.ToString();
}

/// <summary>Why a request did not pass.</summary>
internal enum PendingCause
{
    /// <summary>It needs a face.</summary>
    Face = 0,

    /// <summary>The caller has no sign-in session to bind to.</summary>
    NoBinding,

    /// <summary>It belongs to no tenant of the application.</summary>
    NoTenant,

    /// <summary>It came from another site, or without a valid antiforgery token.</summary>
    CrossSite,

    /// <summary>Its approval was used already.</summary>
    AlreadyUsed,

    /// <summary>It names an approval for other facts.</summary>
    Changed,

    /// <summary>Its body is larger than what a face may approve.</summary>
    TooLarge,

    /// <summary>Its body is not what it says to be.</summary>
    Unreadable,

    /// <summary>The store cannot say whether it may pass.</summary>
    Unavailable,
}
