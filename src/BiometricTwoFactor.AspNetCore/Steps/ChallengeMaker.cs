using Microsoft.Extensions.Logging;

namespace BiometricTwoFactor.AspNetCore;

/// <summary>
/// Makes challenges, within the limits of protocol 2.4; the same question of the same binding gets the same one
/// (protocol 2.3). The only place where one is made.
/// </summary>
internal sealed class ChallengeMaker(
    IStepUpStore store,
    ChallengeWriter writer,
    EnrolmentService enrolments,
    DeclineLimits declines,
    EvidenceRecorder evidence,
    StepUpMetrics metrics,
    Tenants tenants,
    TimeProvider timeProvider,
    ILogger<ChallengeMaker> logger)
{
    public async Task<StepUpChallengeOutcome> MakeAsync(ChallengeOrder order, CancellationToken cancellationToken)
    {
        using var scope = TenantScope.Begin(logger, order.Binding.Tenant);
        using var activity = Traces.Begin("biometric.challenge");
        var outcome = await MakeOrFindAsync(order, cancellationToken).ConfigureAwait(false);
        if (outcome.Succeeded(out var challenge))
        {
            activity.Concerns(challenge);
        }
        else
        {
            activity.CameTo("refused");
            metrics.Refused(order.Question.Reason, outcome.Refusal, order.Binding.Tenant);
        }

        return outcome;
    }

    private async Task<StepUpChallengeOutcome> MakeOrFindAsync(ChallengeOrder order, CancellationToken cancellationToken)
    {
        var binding = order.Binding;
        var current = tenants.Of(binding.Tenant);
        var now = timeProvider.GetUtcNow();
        if (order.WithoutFace is null && order.Kind is not (ChallengeKind.Enrolment or ChallengeKind.FaceEnrolment)
            && !await enrolments.IsEnrolledAsync(binding.Tenant, binding.Subject, tenants.VendorDataOf(binding.Tenant, binding.Subject), cancellationToken).ConfigureAwait(false))
        {
            return new StepUpChallengeOutcome(ChallengeRefusal.NotEnrolled);
        }

        var limit = await declines.FindAsync(binding, order.Device.Group, cancellationToken).ConfigureAwait(false);
        if (order.WithoutFace is null && limit.IsReached)
        {
            Log.ChallengeRefused(logger, order.Question.Reason, limit.RetryAfter is null ? "blocked until somebody lifts it" : "declined too often");
            return new StepUpChallengeOutcome(ChallengeRefusal.Blocked, limit.RetryAfter);
        }

        var challenge = ChallengeOf(order, current, now);
        var stored = await store.AddOrGetAsync(
            challenge, current.MaxChallengesPerUser, now - current.CaptureLifetime, current.MaxChallengesPerDevice, evidence.Asked(challenge), cancellationToken).ConfigureAwait(false);
        if (stored is null)
        {
            Log.ChallengeRefused(logger, order.Question.Reason, "too many challenges");
            return new StepUpChallengeOutcome(ChallengeRefusal.TooMany, current.CaptureLifetime);
        }

        if (stored.Id == challenge.Id)
        {
            Log.ChallengeMade(logger, challenge.Id, order.Question.Reason);
            await writer.TellAsync(new StepUpEvent(StepUpEventKind.Challenged, challenge), cancellationToken).ConfigureAwait(false);
            return new StepUpChallengeOutcome(stored);
        }

        // Asked again by the same browser: what it sent last is what comes back, not what it sent first.
        stored = await writer.ChangeAsync(
            stored,
            open => open.IsOpen && (order.Original is not null || order.SealedSignIn is not null || IsFaceBack(order, open))
                ? open with { Original = order.Original ?? open.Original, SealedSignIn = order.SealedSignIn ?? open.SealedSignIn, WithoutFace = open.WithoutFace && order.WithoutFace is not null }
                : null,
            cancellationToken).ConfigureAwait(false) ?? stored;
        return new StepUpChallengeOutcome(stored);
    }

    /// <summary>What would be made, for a look at it; it is stored nowhere.</summary>
    public StepUpChallenge Draft(ChallengeOrder order) => ChallengeOf(order, tenants.Of(order.Binding.Tenant), timeProvider.GetUtcNow());

    /// <summary>A face can be asked meanwhile: the person enrolled, or has waited.</summary>
    private static bool IsFaceBack(ChallengeOrder order, StepUpChallenge open) => open.WithoutFace && order.WithoutFace is null;

    private StepUpChallenge ChallengeOf(ChallengeOrder order, BiometricStepUpOptions options, DateTimeOffset now) => new()
    {
        Id = ChallengeIds.New(),
        Kind = order.Kind,
        Binding = order.Binding,
        VendorData = tenants.VendorDataOf(order.Binding.Tenant, order.Binding.Subject),
        Reason = order.Question.Reason,
        Transaction = order.Question.Transaction,
        Action = order.Question.Action,
        Title = order.Question.Title,
        Digest = order.Question.DigestFor(order.Binding.Tenant),
        WorkflowId = order.Demand.Workflow.Id,
        Environment = options.Environment,
        DemandedMethod = order.Demand.Workflow.LivenessMethod ?? LivenessMethod.Unknown,
        DemandsIpAnalysis = order.Demand.Workflow.RequireIpAnalysis,
        FaceMatchFloorPercent = order.Demand.FaceMatchFloorPercent,
        LivenessFloorPercent = order.Demand.LivenessFloorPercent,
        // Only a face for one action can do without a claim, and only by the option that says so (protocol 5.5).
        ClaimRequired = order.Kind != ChallengeKind.StepUp || order.Demand.ClaimRequired,
        CreatedAt = now,
        Deadline = now + options.CaptureLifetime,
        Original = order.Original ?? new OriginalRequest("GET", "/"),
        AskedFrom = order.Device,
        SealedSignIn = order.SealedSignIn,
        Factors = order.Factors,
        // Before there is a session, only a reminder can be due by itself.
        NextReadAt = now + options.Reconciler.RemindAfter,
        WithoutFace = order.WithoutFace is not null,
        ReasonCodes = order.WithoutFace is { } reason ? [reason] : [],
    };
}
