namespace BiometricTwoFactor.AspNetCore;

/// <summary>
/// Redeems the callback's code (protocol 5.3, 5.4): the proof that the face was shown to the browser that asked. A code
/// that comes from anywhere else ends the challenge, so that a relayed link gains nothing and is noticed.
/// </summary>
internal sealed class ClaimService(
    IStepUpStore store,
    ChallengeWriter writer,
    DecisionReads reads,
    EnrolmentService enrolments,
    EvidenceRecorder recorder,
    TimeProvider timeProvider)
{
    /// <summary>How long one claim waits for the verdict before it answers that it is still waiting.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(8);

    /// <param name="code">The code of the callback's path.</param>
    /// <param name="bindingOf">Reads the caller's binding by a scheme; null when nobody is signed in.</param>
    /// <param name="takenOver">Gives the challenge to a caller who is its subject signed in again in the browser that started it.</param>
    /// <param name="startedHere">Tells whether this browser holds the start cookie of a challenge.</param>
    /// <param name="handedHere">Tells whether this device holds the cookie of a challenge that was handed over.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    public async Task<ClaimResult> ClaimAsync(
        string code,
        Func<string, Task<StepUpBinding?>> bindingOf,
        Func<StepUpChallenge, StepUpBinding, Task<StepUpChallenge>> takenOver,
        Func<StepUpChallenge, bool> startedHere,
        Func<StepUpChallenge, bool> handedHere,
        CancellationToken cancellationToken)
    {
        if (!ChallengeIds.HasShape(code)
            || await store.FindByCodeAsync(ChallengeIds.Hash(code), cancellationToken).ConfigureAwait(false) is not { } challenge)
        {
            return new(ClaimOutcome.Unknown, null);
        }

        if (challenge.HandOver is not null)
        {
            // Whoever asked did not look into this camera: neither binding nor start cookie counts here, the device's cookie alone.
            return handedHere(challenge)
                ? await RedeemAsync(challenge, cancellationToken).ConfigureAwait(false)
                : await OfElsewhereAsync(challenge, cancellationToken).ConfigureAwait(false);
        }

        var caller = await bindingOf(challenge.Binding.Scheme).ConfigureAwait(false);
        if (caller is not null)
        {
            challenge = await takenOver(challenge, caller).ConfigureAwait(false);
        }

        if (caller != challenge.Binding)
        {
            return caller is null && challenge.IsOpen && startedHere(challenge)
                // The session idled out during the capture: signing in again in this browser takes the challenge over (protocol 1.5).
                ? new(ClaimOutcome.SignInAgain, challenge)
                : await OfElsewhereAsync(challenge, cancellationToken).ConfigureAwait(false);
        }

        return await RedeemAsync(challenge, cancellationToken).ConfigureAwait(false);
    }

    private async Task<ClaimResult> RedeemAsync(StepUpChallenge challenge, CancellationToken cancellationToken)
    {
        if (challenge.State == ChallengeState.Pending)
        {
            challenge = await AwaitVerdictAsync(challenge, cancellationToken).ConfigureAwait(false);
        }

        if (challenge.State == ChallengeState.Pending)
        {
            return new(ClaimOutcome.Waiting, challenge);
        }

        challenge = await MarkAsync(challenge, cancellationToken).ConfigureAwait(false);
        if (challenge.FrozenAt is not null)
        {
            // Mostly a delivery of an earlier status that came late. The person is waiting here, and an enrolment is completed
            // nowhere else: settle it now (protocol 6.6).
            challenge = (await reads.ReadAsync(challenge, force: true, cancellationToken).ConfigureAwait(false)).Challenge;
        }

        challenge = await enrolments.CompleteAsync(challenge, cancellationToken).ConfigureAwait(false);
        return new(ClaimOutcome.Claimed, challenge);
    }

    private async Task<ClaimResult> OfElsewhereAsync(StepUpChallenge challenge, CancellationToken cancellationToken)
    {
        if (!challenge.IsOpen)
        {
            return new(ClaimOutcome.Unknown, null);
        }

        if (await writer.EndAsync(challenge, ChallengeState.Violated, JudgementReason.ClaimedElsewhere, cancellationToken).ConfigureAwait(false) is { } ended)
        {
            challenge = ended;
        }

        return new(ClaimOutcome.ClaimedElsewhere, challenge);
    }

    private async Task<StepUpChallenge> AwaitVerdictAsync(StepUpChallenge challenge, CancellationToken cancellationToken)
    {
        var reading = await reads.ReadAsync(challenge, force: false, cancellationToken).ConfigureAwait(false);
        challenge = reading.Challenge;
        if (reading.Status == SessionStatus.NotStarted && challenge.State == ChallengeState.Pending)
        {
            // The callback was opened although nobody had opened the session.
            return await writer.EndAsync(challenge, ChallengeState.Abandoned, JudgementReason.NothingCaptured, cancellationToken).ConfigureAwait(false) ?? challenge;
        }

        using var patience = new CancellationTokenSource(Patience, timeProvider);
        using var both = CancellationTokenSource.CreateLinkedTokenSource(patience.Token, cancellationToken);
        try
        {
            while (challenge.State == ChallengeState.Pending)
            {
                await store.WaitForChangeAsync(challenge.Id, challenge.Version, both.Token).ConfigureAwait(false);
                challenge = await store.FindAsync(challenge.Id, both.Token).ConfigureAwait(false) ?? challenge;
            }
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            // Nothing yet: the page asks again until the deadline.
        }

        return challenge;
    }

    private async Task<StepUpChallenge> MarkAsync(StepUpChallenge challenge, CancellationToken cancellationToken)
    {
        var now = timeProvider.GetUtcNow();
        return await writer.ChangeAsync(
            challenge,
            current => current is { IsOpen: true, ClaimedAt: null, State: not ChallengeState.Pending } && now < current.Deadline
                ? current with { ClaimedAt = now }
                : null,
            (_, claimed) => recorder.Claimed(claimed),
            cancellationToken).ConfigureAwait(false) ?? challenge;
    }
}

/// <summary>How a claim ended.</summary>
internal enum ClaimOutcome
{
    /// <summary>No such code; the same answer as for a code that is used up.</summary>
    Unknown = 0,

    /// <summary>No verdict yet; ask again.</summary>
    Waiting,

    /// <summary>Claimed, now or before; the challenge's state tells the rest.</summary>
    Claimed,

    /// <summary>This browser started it, and its sign-in has ended meanwhile.</summary>
    SignInAgain,

    /// <summary>Another browser than the one that asked: the challenge has ended.</summary>
    ClaimedElsewhere,
}

/// <summary>How a claim ended, and the challenge where the caller may know of it.</summary>
internal sealed record ClaimResult(ClaimOutcome Outcome, StepUpChallenge? Challenge);
