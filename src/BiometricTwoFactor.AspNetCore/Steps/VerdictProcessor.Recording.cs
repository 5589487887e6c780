namespace BiometricTwoFactor.AspNetCore;

/// <summary>
/// Records what changed nothing (protocol 11): every delivery of the provider that says how a capture ended, once, whatever the
/// judge made of it; and what is read of a challenge after its end, once for each status. What only tells of progress is no
/// evidence of anything, and neither is a read that found an open challenge as it was.
/// </summary>
internal sealed partial class VerdictProcessor
{
    /// <summary>Records a delivery that is not judged as it is, and only makes us read.</summary>
    public Task RecordUnjudgedAsync(StepUpChallenge challenge, SessionDecision decision, DeliveryProof delivery, CancellationToken cancellationToken) =>
        RecordAsync(
            new VerdictEffect(challenge, NeedsRead: true) { Unrecorded = () => recorder.Noted(challenge, decision, DecisionSource.Delivery, delivery) },
            decision,
            delivery,
            cancellationToken);

    /// <summary>
    /// Applies what was read of a challenge. What the evidence says already, by a signed delivery perhaps, is not recorded once
    /// more without a signature, unless it takes back what was used.
    /// </summary>
    public async Task<VerdictEffect> ApplyReadAsync(StepUpChallenge challenge, SessionDecision decision, bool isKnown, CancellationToken cancellationToken)
    {
        var effect = await DecideAsync(challenge, decision, DecisionSource.Read, delivery: null, cancellationToken).ConfigureAwait(false);
        return effect.Unrecorded is null || (isKnown && !effect.IsReversal) ? effect : await RecordAsync(effect, decision, delivery: null, cancellationToken).ConfigureAwait(false);
    }

    private async Task<VerdictEffect> RecordAsync(VerdictEffect effect, SessionDecision decision, DeliveryProof? delivery, CancellationToken cancellationToken)
    {
        var challenge = effect.Challenge;
        if ((delivery is null && challenge.IsOpen) || decision.Status is SessionStatus.NotStarted or SessionStatus.InProgress or SessionStatus.AwaitingUser)
        {
            return effect;
        }

        var isNew = await store.AddEvidenceAsync(effect.Unrecorded!(), KeyOf(challenge, decision, delivery), cancellationToken).ConfigureAwait(false);
        if (isNew && effect.IsReversal)
        {
            Log.ReversedAfterUse(logger, challenge.SessionId?.ToString(), challenge.Id);
            await writer.TellAsync(new StepUpEvent(StepUpEventKind.ReversedAfterUse, challenge), cancellationToken).ConfigureAwait(false);
        }

        return effect with { IsRecorded = isNew };
    }

    /// <summary>
    /// True for the first that takes a used approval back, and for its repeats: a used approval does not change, so that there is
    /// no write that could tell it from another that says the same.
    /// </summary>
    private async Task<bool> IsReversalAsync(StepUpChallenge challenge, SessionDecision decision, DeliveryProof? delivery, CancellationToken cancellationToken)
    {
        if (challenge.State != ChallengeState.Consumed || decision.Status is not (SessionStatus.Declined or SessionStatus.InReview or SessionStatus.Resubmitted))
        {
            return false;
        }

        var mine = KeyOf(challenge, decision, delivery);
        var first = await store.RecordEventAsync(challenge.Binding.Tenant, $"after-use\n{challenge.Id}\n{decision.Status}", mine, cancellationToken).ConfigureAwait(false);
        return string.Equals(first, mine, StringComparison.Ordinal);
    }

    /// <summary>A delivery is one, however often it comes; what is read is one for each status.</summary>
    private static string KeyOf(StepUpChallenge challenge, SessionDecision decision, DeliveryProof? delivery) =>
        delivery?.Mark.Id ?? $"{challenge.Binding.Tenant}\nread\n{challenge.Id}\n{decision.Status}";
}
