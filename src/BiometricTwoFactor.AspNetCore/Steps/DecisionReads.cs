using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace BiometricTwoFactor.AspNetCore;

/// <summary>
/// Reads a challenge's decision at the provider and gives it to the one gate. Throttled per challenge; a failed read
/// changes nothing, except that a session which is gone twice is not finished (protocol 6.6).
/// </summary>
internal sealed class DecisionReads(
    BiometricClient client,
    IStepUpStore store,
    VerdictProcessor processor,
    ChallengeWriter writer,
    IOptionsMonitor<BiometricStepUpOptions> options,
    TimeProvider timeProvider,
    ILogger<DecisionReads> logger)
{
    /// <summary>Reads and judges. Outside of the throttle, unless <paramref name="force"/>, nothing is read.</summary>
    /// <returns>The challenge as it is now, and the status that was read; null where nothing was.</returns>
    public async Task<DecisionReading> ReadAsync(StepUpChallenge challenge, bool force, CancellationToken cancellationToken)
    {
        // Where an alternative took the face's place, nothing that the provider says matters, nor that its session is gone.
        if (challenge.SessionId is not { } session || challenge.Alternative is not null)
        {
            return new(challenge, Status: null);
        }

        if (challenge.IsOpen)
        {
            if (await TakeTurnAsync(challenge, force, cancellationToken).ConfigureAwait(false) is not { } mine)
            {
                return new(await store.FindAsync(challenge.Id, cancellationToken).ConfigureAwait(false) ?? challenge, Status: null);
            }

            challenge = mine;
        }

        SessionDecision decision;
        try
        {
            decision = await client.GetDecisionAsync(session, cancellationToken).ConfigureAwait(false);
        }
        catch (BiometricException failure)
        {
            Log.DecisionUnread(logger, challenge.Id, failure.Code, failure.Status);
            return failure.Code == BiometricErrorCode.NotFound
                ? new(await GoneAsync(challenge, session, cancellationToken).ConfigureAwait(false), Status: null)
                : new(challenge, Status: null);
        }

        var effect = await processor.ApplyAsync(challenge, decision, DecisionSource.Read, deliveryKey: null, cancellationToken).ConfigureAwait(false);
        return new(effect.Challenge, decision.Status);
    }

    /// <summary>One reader at a time, and not too often: the mark is a conditional write like any other.</summary>
    private async Task<StepUpChallenge?> TakeTurnAsync(StepUpChallenge challenge, bool force, CancellationToken cancellationToken)
    {
        var now = timeProvider.GetUtcNow();
        var interval = options.CurrentValue.DecisionReadInterval;
        var taken = false;
        var marked = await writer.ChangeAsync(
            challenge,
            current =>
            {
                taken = current.IsOpen && (force || current.LastReadAt is not { } last || now - last >= interval);
                return taken ? current with { LastReadAt = now } : null;
            },
            cancellationToken).ConfigureAwait(false);
        return taken ? marked : null;
    }

    private async Task<StepUpChallenge> GoneAsync(StepUpChallenge challenge, SessionId session, CancellationToken cancellationToken)
    {
        try
        {
            // Once may be a provider that has not caught up with itself.
            var decision = await client.GetDecisionAsync(session, cancellationToken).ConfigureAwait(false);
            return (await processor.ApplyAsync(challenge, decision, DecisionSource.Read, deliveryKey: null, cancellationToken).ConfigureAwait(false)).Challenge;
        }
        catch (BiometricException failure) when (failure.Code == BiometricErrorCode.NotFound)
        {
            var state = challenge.State == ChallengeState.Approved ? ChallengeState.Revoked : ChallengeState.NotFinished;
            return await writer.EndAsync(challenge, state, JudgementReason.SessionGone, cancellationToken).ConfigureAwait(false) ?? challenge;
        }
        catch (BiometricException failure)
        {
            Log.DecisionUnread(logger, challenge.Id, failure.Code, failure.Status);
            return challenge;
        }
    }
}

/// <summary>The outcome of a decision read.</summary>
/// <param name="Challenge">The challenge as it is now.</param>
/// <param name="Status">The provider's status; null when nothing was read.</param>
internal sealed record DecisionReading(StepUpChallenge Challenge, SessionStatus? Status);
