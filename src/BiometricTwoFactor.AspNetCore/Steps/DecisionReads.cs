using Microsoft.Extensions.Logging;

namespace BiometricTwoFactor.AspNetCore;

/// <summary>
/// Reads a challenge's decision at the provider and gives it to the one gate. Throttled per challenge; a failed read
/// changes nothing, except that a session which is gone twice is not finished (protocol 6.6).
/// </summary>
internal sealed class DecisionReads(
    IStepUpStore store,
    VerdictProcessor processor,
    ChallengeWriter writer,
    ProviderPause pause,
    ReconcilerSchedule schedule,
    Tenants tenants,
    TimeProvider timeProvider,
    ILogger<DecisionReads> logger)
{
    /// <summary>Reads and judges. Within the throttle or the provider's own pause, unless <paramref name="force"/>, nothing is read.</summary>
    /// <returns>The challenge as it is now, and the status that was read; null where nothing was.</returns>
    public async Task<DecisionReading> ReadAsync(StepUpChallenge challenge, bool force, CancellationToken cancellationToken)
    {
        // Where an alternative took the face's place, nothing that the provider says matters, nor that its session is gone.
        if (challenge.SessionId is not { } session || challenge.Alternative is not null)
        {
            return new(challenge, Status: null);
        }

        if (pause.Until(challenge.Binding.Tenant) is not null && !force)
        {
            return new(await store.FindAsync(challenge.Id, cancellationToken).ConfigureAwait(false) ?? challenge, Status: null);
        }

        if (challenge.IsOpen)
        {
            var now = timeProvider.GetUtcNow();
            var interval = tenants.OfOrShared(challenge.Binding.Tenant).DecisionReadInterval;
            var turn = await TakeTurnAsync(
                challenge,
                current => force || current.LastReadAt is not { } last || now - last >= interval ? current with { LastReadAt = now } : null,
                cancellationToken).ConfigureAwait(false);
            if (turn is not { } mine)
            {
                return new(await store.FindAsync(challenge.Id, cancellationToken).ConfigureAwait(false) ?? challenge, Status: null);
            }

            challenge = mine;
        }

        return await ReadNowAsync(challenge, session, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>
    /// The reconciler's read: the turn and the next date are one write, so that of several instances one reads. An approval
    /// that nobody contradicts needs no read; it only gets its next date.
    /// </summary>
    public async Task<DecisionReading> ReadByItselfAsync(StepUpChallenge challenge, CancellationToken cancellationToken)
    {
        var now = timeProvider.GetUtcNow();
        if (pause.Until(challenge.Binding.Tenant) is { } later)
        {
            // Asked before each: the answer of a provider that is too busy is for all that follow. Put off, so that others have their turn.
            var put = await TakeTurnAsync(challenge, current => current.NextReadAt <= now ? current with { NextReadAt = later } : null, cancellationToken).ConfigureAwait(false);
            return new(put ?? challenge, Status: null);
        }

        var turn = await TakeTurnAsync(
            challenge,
            current => current.NextReadAt <= now
                ? current with
                {
                    LastReadAt = NeedsRead(current) ? now : current.LastReadAt,
                    NextReadAt = current.SessionId is null ? null : schedule.Next(current, now),
                    ReadCount = current.ReadCount + 1,
                }
                : null,
            cancellationToken).ConfigureAwait(false);
        return turn is { SessionId: { } session } mine && NeedsRead(mine)
            ? await ReadNowAsync(mine, session, cancellationToken).ConfigureAwait(false)
            : new(turn ?? challenge, Status: null) { HadTurn = turn is not null };
    }

    private static bool NeedsRead(StepUpChallenge challenge) =>
        challenge.SessionId is not null && (challenge.State != ChallengeState.Approved || challenge.FrozenAt is not null);

    private async Task<DecisionReading> ReadNowAsync(StepUpChallenge challenge, SessionId session, CancellationToken cancellationToken)
    {
        using var scope = TenantScope.Begin(logger, challenge.Binding.Tenant);
        if (!tenants.Knows(challenge.Binding.Tenant))
        {
            Log.TenantUnknown(logger, challenge.Id);
            return new(challenge, Status: null) { HadTurn = true };
        }

        SessionDecision decision;
        try
        {
            decision = await tenants.ClientOf(challenge.Binding.Tenant).GetDecisionAsync(session, cancellationToken).ConfigureAwait(false);
        }
        catch (BiometricException failure)
        {
            NoteUnread(challenge, failure);
            return failure.Code == BiometricErrorCode.NotFound
                ? new(await GoneAsync(challenge, session, cancellationToken).ConfigureAwait(false), Status: null) { HadTurn = true }
                : new(challenge, Status: null) { HadTurn = true };
        }

        var effect = await processor.ApplyAsync(challenge, decision, DecisionSource.Read, delivery: null, cancellationToken).ConfigureAwait(false);
        return new(effect.Challenge, decision.Status) { HadTurn = true };
    }

    /// <summary>One reader at a time: what <paramref name="mark"/> writes is a conditional write like any other.</summary>
    private async Task<StepUpChallenge?> TakeTurnAsync(StepUpChallenge challenge, Func<StepUpChallenge, StepUpChallenge?> mark, CancellationToken cancellationToken)
    {
        var taken = false;
        var marked = await writer.ChangeAsync(
            challenge,
            current =>
            {
                var changed = current.IsOpen ? mark(current) : null;
                taken = changed is not null;
                return changed;
            },
            cancellationToken).ConfigureAwait(false);
        return taken ? marked : null;
    }

    private async Task<StepUpChallenge> GoneAsync(StepUpChallenge challenge, SessionId session, CancellationToken cancellationToken)
    {
        try
        {
            // Once may be a provider that has not caught up with itself.
            var decision = await tenants.ClientOf(challenge.Binding.Tenant).GetDecisionAsync(session, cancellationToken).ConfigureAwait(false);
            return (await processor.ApplyAsync(challenge, decision, DecisionSource.Read, delivery: null, cancellationToken).ConfigureAwait(false)).Challenge;
        }
        catch (BiometricException failure) when (failure.Code == BiometricErrorCode.NotFound)
        {
            var state = challenge.State == ChallengeState.Approved ? ChallengeState.Revoked : ChallengeState.NotFinished;
            return await writer.EndAsync(challenge, state, JudgementReason.SessionGone, cancellationToken).ConfigureAwait(false) ?? challenge;
        }
        catch (BiometricException failure)
        {
            NoteUnread(challenge, failure);
            return challenge;
        }
    }

    private void NoteUnread(StepUpChallenge challenge, BiometricException failure)
    {
        Log.DecisionUnread(logger, challenge.Id, failure.Code, failure.Status);
        if (pause.Note(challenge.Binding.Tenant, failure))
        {
            Log.ProviderPaused(logger, failure.Code, failure.RetryAfter);
        }
    }
}

/// <summary>The outcome of a decision read.</summary>
/// <param name="Challenge">The challenge as it is now.</param>
/// <param name="Status">The provider's status; null when nothing was read.</param>
internal sealed record DecisionReading(StepUpChallenge Challenge, SessionStatus? Status)
{
    /// <summary>True when it was this caller's turn, whatever came of it.</summary>
    public bool HadTurn { get; init; }
}
