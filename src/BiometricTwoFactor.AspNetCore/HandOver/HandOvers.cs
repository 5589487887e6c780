namespace BiometricTwoFactor.AspNetCore;

/// <summary>
/// The steps of a hand-over (protocol 4.2): chosen before there is a session, taken by two digits and by one device, taken
/// back or refused. Each is one conditional write, so that neither guesses nor devices in parallel get more than one by one.
/// </summary>
internal sealed class HandOvers(
    IStepUpStore store,
    ChallengeWriter writer,
    HandOverSecrets secrets,
    Tenants tenants,
    TimeProvider timeProvider)
{
    /// <summary>The third wrong try ends the challenge: two digits alone would be guessed soon.</summary>
    public const int MostWrongDigits = 3;

    /// <summary>True while another device can be chosen: before there is a session, and where there is a face to show.</summary>
    public bool CanBeChosen(StepUpChallenge challenge) =>
        IsBeforeSession(challenge) && challenge is { HandOver: null, WithoutFace: false } && IsAllowedFor(challenge);

    /// <summary>True where a new try of the same reason would offer it.</summary>
    public bool IsAllowedFor(StepUpChallenge challenge)
    {
        var current = tenants.Of(challenge.Binding.Tenant);
        return (current.Reasons.TryGetValue(challenge.Reason, out var own) ? own.AllowHandOver : null) ?? current.AllowHandOver;
    }

    /// <summary>True while the person can come back to the asking device, which voids link and cookie.</summary>
    public bool CanBeTakenBack(StepUpChallenge challenge) => IsBeforeSession(challenge) && challenge.HandOver is not null;

    /// <summary>Chooses another device. One that was chosen already keeps its link.</summary>
    /// <param name="challenge">The challenge, for its own caller.</param>
    /// <param name="askedOn">What the asking device shows of itself.</param>
    /// <param name="remember">The box of a sign-in's form.</param>
    /// <param name="cancellationToken">Ends the call.</param>
    public async Task<StepUpChallenge> OfferAsync(StepUpChallenge challenge, DeviceTraits askedOn, bool remember, CancellationToken cancellationToken)
    {
        var code = HandOverSecrets.New();
        return await writer.ChangeAsync(
            challenge,
            current => CanBeChosen(current)
                ? current with
                {
                    HandOver = new HandOver { OfferedAt = timeProvider.GetUtcNow(), AskedOn = askedOn, SealedCode = secrets.Seal(current.Id, code) },
                    CodeHash = HandOverSecrets.HashOf(code.Code),
                    RememberClient = current.Kind == ChallengeKind.SignIn && remember,
                }
                : null,
            cancellationToken).ConfigureAwait(false) ?? challenge;
    }

    /// <summary>Back to the asking device: the code is void, and so is the cookie of a device that has not started.</summary>
    public async Task<StepUpChallenge> TakeBackAsync(StepUpChallenge challenge, CancellationToken cancellationToken) =>
        await writer.ChangeAsync(
            challenge,
            current => CanBeTakenBack(current) ? current with { HandOver = null, CodeHash = null } : null,
            cancellationToken).ConfigureAwait(false) ?? challenge;

    /// <summary>The tenant's challenge that waits for its digits under this code; null for a code that never was, is used, void or over.</summary>
    public async ValueTask<StepUpChallenge?> FindWaitingAsync(string tenant, string? code, CancellationToken cancellationToken) =>
        ChallengeIds.HasShape(code)
        && await store.FindByCodeAsync(HandOverSecrets.HashOf(code!), cancellationToken).ConfigureAwait(false) is { } challenge
        && string.Equals(challenge.Binding.Tenant, tenant, StringComparison.Ordinal)
        && IsWaiting(challenge, code!)
            ? challenge
            : null;

    /// <summary>The device that the cookie's content belongs to; null where it opens nothing any more.</summary>
    public async ValueTask<StepUpChallenge?> FindTakenAsync(HandedCookie.Content? cookie, CancellationToken cancellationToken) =>
        cookie is not null
        && await store.FindAsync(cookie.ChallengeId, cancellationToken).ConfigureAwait(false) is { } challenge
        && cookie.Opens(challenge)
            ? challenge
            : null;

    /// <summary>Takes the digits on the other device. Single use: the first device that gives the right ones has it.</summary>
    public async Task<TakeResult> TakeAsync(string tenant, string? code, string? typed, CancellationToken cancellationToken)
    {
        if (await FindWaitingAsync(tenant, code, cancellationToken).ConfigureAwait(false) is not { } challenge)
        {
            return TakeResult.Unknown;
        }

        if (HandOverSecrets.Read(typed) is not { } digits)
        {
            return new(TakeOutcome.NoDigits, null, null);
        }

        var cookie = HandedCookie.Content.New(challenge.Id);
        var outcome = TakeOutcome.Unknown;
        var taken = await writer.ChangeAsync(
            challenge,
            current =>
            {
                // Decided anew for each value that the store has: what another request did first counts.
                (var changed, outcome) = Tried(current, code!, digits, cookie);
                return changed;
            },
            cancellationToken).ConfigureAwait(false);
        switch (outcome)
        {
            case TakeOutcome.Taken when taken is not null && cookie.Opens(taken):
                await writer.TellAsync(new StepUpEvent(StepUpEventKind.HandedOver, taken), cancellationToken).ConfigureAwait(false);
                return new(outcome, taken, cookie);
            case TakeOutcome.Wrong:
                return new(outcome, null, null);
            default:
                return TakeResult.Unknown;
        }
    }

    /// <summary>"This was not me", said on the other device: counts as a cancel, and is told to the asking browser.</summary>
    public Task<StepUpChallenge?> RefuseAsync(StepUpChallenge challenge, CancellationToken cancellationToken) =>
        writer.EndAsync(challenge, ChallengeState.Abandoned, JudgementReason.HandOverRefused, cancellationToken);

    private (StepUpChallenge? Changed, TakeOutcome Outcome) Tried(StepUpChallenge current, string code, string digits, HandedCookie.Content cookie)
    {
        if (!IsWaiting(current, code) || secrets.Open(current) is not { } secret)
        {
            return (null, TakeOutcome.Unknown);
        }

        var handOver = current.HandOver!;
        if (HandOverSecrets.AreRight(secret, digits))
        {
            var taken = handOver with { SealedCode = null, TakenAt = timeProvider.GetUtcNow(), CookieHash = cookie.Hash };
            return (current with { HandOver = taken, CodeHash = null }, TakeOutcome.Taken);
        }

        handOver = handOver with { WrongDigits = handOver.WrongDigits + 1 };
        return handOver.WrongDigits < MostWrongDigits
            ? (current with { HandOver = handOver }, TakeOutcome.Wrong)
            : (current with { HandOver = handOver, CodeHash = null, State = ChallengeState.Violated, ReasonCodes = [JudgementReason.HandOverGuessed] }, TakeOutcome.Unknown);
    }

    private bool IsWaiting(StepUpChallenge challenge, string code) =>
        IsBeforeSession(challenge)
        && challenge.HandOver is { TakenAt: null }
        && string.Equals(challenge.CodeHash, HandOverSecrets.HashOf(code), StringComparison.Ordinal);

    private bool IsBeforeSession(StepUpChallenge challenge) =>
        challenge is { State: ChallengeState.Pending, SessionId: null } && timeProvider.GetUtcNow() < challenge.Deadline;
}
