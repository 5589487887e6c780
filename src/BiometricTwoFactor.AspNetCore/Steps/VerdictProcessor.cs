using Microsoft.Extensions.Logging;

namespace BiometricTwoFactor.AspNetCore;

/// <summary>
/// Takes a decision, has it judged, and stores what follows. The only place that writes an approval, and it does so only
/// on the judge's word. Idempotent: the same decision again changes nothing. What changes nothing is recorded here too
/// (VerdictProcessor.Recording.cs).
/// </summary>
internal sealed partial class VerdictProcessor(
    IStepUpStore store,
    JudgePolicies policies,
    ChallengeWriter writer,
    EvidenceRecorder recorder,
    Tenants tenants,
    TimeProvider timeProvider,
    ILogger<VerdictProcessor> logger)
{
    private const int MaxTries = 16;

    public async Task<VerdictEffect> ApplyAsync(
        StepUpChallenge challenge, SessionDecision decision, DecisionSource source, DeliveryProof? delivery, CancellationToken cancellationToken)
    {
        var effect = await DecideAsync(challenge, decision, source, delivery, cancellationToken).ConfigureAwait(false);
        return effect.Unrecorded is null ? effect : await RecordAsync(effect, decision, delivery, cancellationToken).ConfigureAwait(false);
    }

    private async Task<VerdictEffect> DecideAsync(
        StepUpChallenge challenge, SessionDecision decision, DecisionSource source, DeliveryProof? delivery, CancellationToken cancellationToken)
    {
        using var activity = Traces.Begin("biometric.judge", challenge);
        var effect = await DecideUntilStoredAsync(challenge, decision, source, delivery, cancellationToken).ConfigureAwait(false);
        activity.CameTo(StepUpMetrics.WordOf(effect.Challenge.State));
        return effect;
    }

    private async Task<VerdictEffect> DecideUntilStoredAsync(
        StepUpChallenge challenge, SessionDecision decision, DecisionSource source, DeliveryProof? delivery, CancellationToken cancellationToken)
    {
        var current = challenge;
        for (var attempt = 0; attempt < MaxTries; attempt++)
        {
            if (current.Alternative is not null)
            {
                await AfterAlternativeAsync(current, decision, cancellationToken).ConfigureAwait(false);
                return new VerdictEffect(current, NeedsRead: false) { Unrecorded = Note };
            }

            if (!current.IsOpen)
            {
                // Deliveries overtake each other: a review that is heard of after the use may be the one that ended well before it.
                var mayBeLate = current is { State: ChallengeState.Consumed, IsEnrolment: true } && decision.Status == SessionStatus.InReview && source == DecisionSource.Delivery;
                if (!mayBeLate)
                {
                    await AfterTheEndAsync(current, decision, cancellationToken).ConfigureAwait(false);
                }

                return !mayBeLate && await IsReversalAsync(current, decision, delivery, cancellationToken).ConfigureAwait(false)
                    ? new VerdictEffect(current, NeedsRead: false) { IsReversal = true, Unrecorded = () => recorder.Noted(current, decision, source, delivery, EvidenceKind.ReversedAfterUse) }
                    : new VerdictEffect(current, NeedsRead: mayBeLate) { Unrecorded = Note };
            }

            var now = timeProvider.GetUtcNow();
            var policy = await policies.ForAsync(current, decision, source, cancellationToken).ConfigureAwait(false);
            var judgement = VerdictJudge.Judge(current, decision, policy, now);
            var next = current.State == ChallengeState.Approved
                ? AfterApproval(current, judgement, decision.Status, source, now)
                : BeforeApproval(current, judgement, now);
            if (ReferenceEquals(next, current))
            {
                return new VerdictEffect(current, NeedsRead: false) { Unrecorded = () => recorder.Judged(current, current, decision, source, delivery, judgement, policy) };
            }

            next = next with { Version = current.Version + 1 };
            var evidence = recorder.Judged(current, next, decision, source, delivery, judgement, policy);
            // In the verdict's own write: in between, nobody must be able to start on a face that is to go.
            var deletion = current.State == next.State ? null : SessionEnding.DeletionOf(next, decision.Status, now);
            switch (await store.TryReplaceAsync(next, delivery?.Mark, evidence, deletion, cancellationToken).ConfigureAwait(false))
            {
                case ReplaceResult.Replaced:
                    await writer.FollowAsync(current, next, cancellationToken).ConfigureAwait(false);
                    await ForgetExpiredEnrolmentAsync(next, decision, cancellationToken).ConfigureAwait(false);
                    return new VerdictEffect(next, NeedsRead: next.FrozenAt is not null) { IsRecorded = true, IsDeliveryKept = true };
                case ReplaceResult.NotAllowed:
                    return new VerdictEffect(current, NeedsRead: false) { Unrecorded = Note };
                case ReplaceResult.EventChanged:
                    return new VerdictEffect(current, NeedsRead: true);
                case ReplaceResult.DuplicateDelivery or ReplaceResult.Missing:
                    return new VerdictEffect(current, NeedsRead: false);
            }

            current = await store.FindAsync(challenge.Id, cancellationToken).ConfigureAwait(false) ?? current;
        }

        throw new InvalidOperationException("A challenge changed too often to be judged.");

        EvidenceDraft Note() => recorder.Noted(current, decision, source, delivery);
    }

    private StepUpChallenge BeforeApproval(StepUpChallenge challenge, Judgement judgement, DateTimeOffset now)
    {
        var current = tenants.Of(challenge.Binding.Tenant);
        var judged = challenge with { ReasonCodes = judgement.Reasons };
        return judgement.Verdict switch
        {
            Verdict.Approve => judged with
            {
                State = ChallengeState.Approved,
                ApprovedAt = now,
                CameOutOfReview = challenge.CameOutOfReview || challenge.State == ChallengeState.InReview,
                // Out of review, the time for the use begins with the subject's confirmation (protocol 3.4, 6.7).
                ExecuteBy = challenge.State == ChallengeState.InReview ? null : now + current.ExecutionLifetime,
                Demand = judgement.Demand,
                DemandMetAt = judgement.IsDemandMet ? now : null,
            },
            // Nobody waits a day before a sign-in page: a new face is needed (protocol 6.7).
            Verdict.Hold when !challenge.AwaitsReview =>
                judged with { State = ChallengeState.NotFinished, ReasonCodes = [JudgementReason.ReviewNotAwaited, .. judgement.Reasons] },
            Verdict.Hold when challenge.State == ChallengeState.InReview => HeldFurther(challenge, judgement),
            Verdict.Hold => judged with { Demand = judgement.Demand, State = ChallengeState.InReview, ReviewDeadline = now + current.ReviewLifetime },
            Verdict.Decline => judged with { State = ChallengeState.Declined },
            Verdict.NotFinished when judgement.Reasons.Contains(JudgementReason.TooLate, StringComparer.Ordinal) => judged with { State = ChallengeState.Expired },
            Verdict.NotFinished => judged with { State = ChallengeState.NotFinished },
            Verdict.Violate => judged with { State = ChallengeState.Violated },
            _ => challenge,
        };
    }

    /// <summary>What is found during a review is added to what holds it; a release covers only what was known when it was given.</summary>
    private static StepUpChallenge HeldFurther(StepUpChallenge challenge, Judgement judgement)
    {
        var found = judgement.Reasons.Where(reason => VerdictRisk.IsHoldOfOurs(reason) && !challenge.ReasonCodes.Contains(reason, StringComparer.Ordinal)).ToArray();
        return found.Length == 0 && judgement.Demand == challenge.Demand
            ? challenge
            : challenge with
            {
                ReasonCodes = [.. challenge.ReasonCodes, .. found],
                Demand = judgement.Demand,
                HoldReleasedAt = found.Length == 0 ? challenge.HoldReleasedAt : null,
            };
    }

    /// <summary>After an approval any other word only freezes it, until a decision that we read ourselves settles it (protocol 6.6).</summary>
    private StepUpChallenge AfterApproval(StepUpChallenge challenge, Judgement judgement, SessionStatus status, DecisionSource source, DateTimeOffset now)
    {
        if (judgement.Verdict == Verdict.Approve)
        {
            var demanding = WithDemand(challenge, judgement, now);
            return challenge.FrozenAt is not null && source == DecisionSource.Read ? demanding with { FrozenAt = null } : demanding;
        }

        if (source == DecisionSource.Read)
        {
            return challenge with { State = ChallengeState.Revoked, ReasonCodes = [JudgementReason.Reversed, .. judgement.Reasons] };
        }

        // A review that is heard of only now, because its delivery was overtaken by the approval, was a review all the same:
        // the subject confirms once more (protocol 6.7).
        var cameOutOfReview = challenge.CameOutOfReview || status is SessionStatus.InReview or SessionStatus.Resubmitted;
        if (cameOutOfReview && !challenge.CameOutOfReview)
        {
            return challenge with
            {
                FrozenAt = challenge.FrozenAt ?? now,
                CameOutOfReview = true,
                ReviewDeadline = challenge.ReviewDeadline ?? now + tenants.Of(challenge.Binding.Tenant).ReviewLifetime,
            };
        }

        return challenge.FrozenAt is null ? challenge with { FrozenAt = now } : challenge;
    }

    /// <summary>An approval that is not used yet can come to be worth less by a later decision, never more (protocol 9).</summary>
    private static StepUpChallenge WithDemand(StepUpChallenge challenge, Judgement judgement, DateTimeOffset now) =>
        judgement.Demand == challenge.Demand
            ? challenge
            : challenge with { Demand = judgement.Demand, DemandMetAt = judgement.IsDemandMet ? now : null, ReasonCodes = judgement.Reasons };

    /// <summary>
    /// An ended challenge never opens again. What comes late is still worth something: an approval of ours that was
    /// reversed is an event, and a provider approval that nobody here made leaves a face that must go (protocol 8.4).
    /// </summary>
    private async Task AfterTheEndAsync(StepUpChallenge challenge, SessionDecision decision, CancellationToken cancellationToken)
    {
        if (challenge.State == ChallengeState.Consumed)
        {
            await ForgetOwnEnrolmentAsync(challenge, decision, cancellationToken).ConfigureAwait(false);
        }
        else if (decision.Status == SessionStatus.Approved
            && SessionEnding.DeletionOf(challenge, decision.Status, timeProvider.GetUtcNow()) is { } deletion)
        {
            // The session goes there; what it said stays here (protocol 8.4).
            await store.QueueDeletionAsync(deletion, cancellationToken).ConfigureAwait(false);
        }
    }

    /// <summary>The enrolment itself was taken back, or has aged: its face counts no longer. A newer one of the same person stays.</summary>
    private async Task ForgetOwnEnrolmentAsync(StepUpChallenge challenge, SessionDecision decision, CancellationToken cancellationToken)
    {
        if (challenge.IsEnrolment
            && decision.Status is SessionStatus.Declined or SessionStatus.InReview or SessionStatus.Resubmitted or SessionStatus.KycExpired
            && await store.FindEnrolmentAsync(challenge.Binding.Tenant, challenge.VendorData, cancellationToken).ConfigureAwait(false) is { } enrolment
            && string.Equals(enrolment.ChallengeId, challenge.Id, StringComparison.Ordinal))
        {
            await store.SetEnrolmentAsync(challenge.Binding.Tenant, challenge.VendorData, enrolment: null, cancellationToken).ConfigureAwait(false);
        }
    }

    private async Task ForgetExpiredEnrolmentAsync(StepUpChallenge challenge, SessionDecision decision, CancellationToken cancellationToken)
    {
        if (decision.Status == SessionStatus.KycExpired && !challenge.IsOpen)
        {
            await store.SetEnrolmentAsync(challenge.Binding.Tenant, challenge.VendorData, enrolment: null, cancellationToken).ConfigureAwait(false);
        }
    }
}

/// <summary>What became of a decision.</summary>
/// <param name="Challenge">The challenge as it is now.</param>
/// <param name="NeedsRead">True when a decision read must settle it.</param>
internal sealed record VerdictEffect(StepUpChallenge Challenge, bool NeedsRead)
{
    /// <summary>True when this decision left an entry in the evidence.</summary>
    public bool IsRecorded { get; init; }

    /// <summary>True when the delivery's key and event were written with its effect.</summary>
    public bool IsDeliveryKept { get; init; }

    /// <summary>True when it takes back what was used.</summary>
    public bool IsReversal { get; init; }

    /// <summary>What it is still to leave there, where it changed nothing.</summary>
    public Func<EvidenceDraft>? Unrecorded { get; init; }
}
