using Microsoft.Extensions.Logging;

namespace BiometricTwoFactor.AspNetCore;

/// <summary>
/// Writes changes of challenges: reads again and decides again when another change came first, and does what follows from
/// an end (deletion at the provider and the lease in the same write, then observers). Approvals are written only by <see cref="VerdictProcessor"/>.
/// </summary>
internal sealed class ChallengeWriter(
    IStepUpStore store,
    TimeProvider timeProvider,
    IEnumerable<IStepUpObserver> observers,
    DeclineLimits declines,
    EvidenceRecorder recorder,
    EvidenceSignal written,
    StepUpMetrics metrics,
    ILogger<ChallengeWriter> logger)
{
    private const int MaxTries = 16;

    /// <summary>A change that is evidence only where it ends the challenge; see the other form.</summary>
    public Task<StepUpChallenge?> ChangeAsync(StepUpChallenge challenge, Func<StepUpChallenge, StepUpChallenge?> change, CancellationToken cancellationToken) =>
        ChangeAsync(challenge, change, EndOf, cancellationToken);

    /// <summary>A change that no delivery made; see the other form.</summary>
    public Task<StepUpChallenge?> ChangeAsync(
        StepUpChallenge challenge, Func<StepUpChallenge, StepUpChallenge?> change, Func<StepUpChallenge, StepUpChallenge, EvidenceDraft?> evidenceOf, CancellationToken cancellationToken) =>
        ChangeAsync(challenge, change, evidenceOf, delivery: null, cancellationToken);

    /// <summary>Applies a change to the present value; null from <paramref name="change"/> leaves it as it is. Returns the present value.</summary>
    /// <param name="challenge">The challenge.</param>
    /// <param name="change">Makes the new value from the present one.</param>
    /// <param name="evidenceOf">What the evidence says of it, from the values before and after; null for a change that only keeps the books.</param>
    /// <param name="delivery">The delivery that makes it, once; null for none.</param>
    /// <param name="cancellationToken">Ends the call.</param>
    public async Task<StepUpChallenge?> ChangeAsync(
        StepUpChallenge challenge,
        Func<StepUpChallenge, StepUpChallenge?> change,
        Func<StepUpChallenge, StepUpChallenge, EvidenceDraft?> evidenceOf,
        DeliveryMark? delivery,
        CancellationToken cancellationToken)
    {
        var current = challenge;
        for (var attempt = 0; attempt < MaxTries; attempt++)
        {
            if (change(current) is not { } changed)
            {
                return current;
            }

            changed = changed with { Version = current.Version + 1 };
            var deletion = current.State == changed.State ? null : SessionEnding.DeletionOf(changed, providerStatus: null, timeProvider.GetUtcNow());
            switch (await store.TryReplaceAsync(changed, delivery, evidenceOf(current, changed), deletion, cancellationToken).ConfigureAwait(false))
            {
                case ReplaceResult.Replaced:
                    await FollowAsync(current, changed, cancellationToken).ConfigureAwait(false);
                    return changed;
                case ReplaceResult.NotAllowed or ReplaceResult.DuplicateDelivery or ReplaceResult.EventChanged:
                    return current;
                case ReplaceResult.Missing:
                    return null;
            }

            if (await store.FindAsync(challenge.Id, cancellationToken).ConfigureAwait(false) is not { } again)
            {
                return null;
            }

            current = again;
        }

        throw new InvalidOperationException("A challenge changed too often to be written.");
    }

    /// <summary>Ends an open challenge; one that has ended already stays as it is.</summary>
    public Task<StepUpChallenge?> EndAsync(StepUpChallenge challenge, ChallengeState state, string reason, CancellationToken cancellationToken) =>
        ChangeAsync(challenge, current => current.IsOpen ? current with { State = state, ReasonCodes = [reason] } : null, cancellationToken);

    /// <summary>What follows from a stored change.</summary>
    public async Task FollowAsync(StepUpChallenge before, StepUpChallenge after, CancellationToken cancellationToken)
    {
        written.Written();
        if (before.State == after.State)
        {
            return;
        }

        Log.ChallengeMoved(logger, after.Id, before.State, after.State, string.Join(',', after.ReasonCodes));
        await TellAsync(new StepUpEvent(KindOf(after), after), cancellationToken).ConfigureAwait(false);
        if (after.State == ChallengeState.Declined && await declines.BlockedByAsync(after, cancellationToken).ConfigureAwait(false))
        {
            await TellAsync(new StepUpEvent(StepUpEventKind.BlockedForGood, after), cancellationToken).ConfigureAwait(false);
        }
    }

    /// <summary>Tells the observers; one that throws changes nothing.</summary>
    public async Task TellAsync(StepUpEvent stepUpEvent, CancellationToken cancellationToken)
    {
        written.Written();
        metrics.Happened(stepUpEvent);
        foreach (var observer in observers)
        {
            try
            {
                await observer.OnEventAsync(stepUpEvent, cancellationToken).ConfigureAwait(false);
            }
            catch (Exception failure) when (failure is not OperationCanceledException || !cancellationToken.IsCancellationRequested)
            {
                Log.ObserverFailed(logger, failure, stepUpEvent.Kind, stepUpEvent.Challenge.Id);
            }
        }
    }

    private EvidenceDraft? EndOf(StepUpChallenge before, StepUpChallenge after) => before.IsOpen && !after.IsOpen ? recorder.Ended(after) : null;

    private static StepUpEventKind KindOf(StepUpChallenge challenge) => challenge.State switch
    {
        ChallengeState.Approved => StepUpEventKind.Approved,
        ChallengeState.InReview => StepUpEventKind.Held,
        ChallengeState.Declined => StepUpEventKind.Declined,
        ChallengeState.Consumed => StepUpEventKind.Consumed,
        ChallengeState.Violated when challenge.ReasonCodes.Contains(JudgementReason.ClaimedElsewhere, StringComparer.Ordinal) => StepUpEventKind.ClaimedElsewhere,
        ChallengeState.Violated when challenge.ReasonCodes.Contains(JudgementReason.HandOverGuessed, StringComparer.Ordinal) => StepUpEventKind.HandOverGuessed,
        ChallengeState.Abandoned when challenge.ReasonCodes.Contains(JudgementReason.HandOverRefused, StringComparer.Ordinal) => StepUpEventKind.HandOverRefused,
        ChallengeState.Violated when challenge.ReasonCodes.Contains(JudgementReason.TransactionChanged, StringComparer.Ordinal) => StepUpEventKind.TransactionChanged,
        ChallengeState.Violated => StepUpEventKind.Violated,
        ChallengeState.Superseded when challenge.ReasonCodes.Contains(JudgementReason.SessionReturnedTwice, StringComparer.Ordinal) => StepUpEventKind.SessionReturnedTwice,
        ChallengeState.Superseded when challenge.ReasonCodes.Contains(JudgementReason.RecognisedDeviceFirst, StringComparer.Ordinal) => StepUpEventKind.RecognisedDeviceFirst,
        ChallengeState.Revoked => StepUpEventKind.Revoked,
        _ => StepUpEventKind.Ended,
    };
}
