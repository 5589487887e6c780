namespace BiometricTwoFactor.AspNetCore;

/// <summary>
/// The queue of what a person must look at (protocol 6.7), for the operator's own pages: put them behind your own
/// authorization, since nothing here asks who calls. An action goes to the provider, and then a decision read is judged like
/// any other: a reviewer cannot approve what the judge refuses, and an approval out of review is confirmed once more by its
/// subject. The reviewer is named in the events (<see cref="StepUpEvent.Reviewer"/>), never in a log.
/// </summary>
public sealed partial class StepUpReviews
{
    private const int LongestText = 1000;

    private readonly IStepUpStore _store;
    private readonly Tenants _tenants;
    private readonly ChallengeWriter _writer;
    private readonly DecisionReads _reads;
    private readonly EvidenceRecorder _recorder;
    private readonly TimeProvider _timeProvider;
    private string? _tenant;

    internal StepUpReviews(IStepUpStore store, Tenants tenants, ChallengeWriter writer, DecisionReads reads, EvidenceRecorder recorder, TimeProvider timeProvider)
    {
        _store = store;
        _tenants = tenants;
        _writer = writer;
        _reads = reads;
        _recorder = recorder;
        _timeProvider = timeProvider;
    }

    /// <summary>What waits for a reviewer, oldest first.</summary>
    /// <param name="count">At most so many; 1 to 1000.</param>
    /// <param name="cancellationToken">Ends the call.</param>
    public async Task<IReadOnlyList<StepUpChallenge>> ListAsync(int count = 50, CancellationToken cancellationToken = default)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(count, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(count, 1000);
        return await _store.ListInReviewAsync(Tenant, count, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>One challenge that is in review; null when it is not, or does not exist.</summary>
    public async Task<StepUpChallenge?> FindAsync(string challengeId, CancellationToken cancellationToken = default) =>
        await FindAnyAsync(challengeId, cancellationToken).ConfigureAwait(false) is { State: ChallengeState.InReview } held ? held : null;

    /// <summary>The reasons with which our own policy holds it, codes of <see cref="JudgementReason"/>; empty when only the provider does, or they were released.</summary>
    public static IReadOnlyList<string> HoldsOf(StepUpChallenge challenge)
    {
        ArgumentNullException.ThrowIfNull(challenge);
        return challenge is { State: ChallengeState.InReview, HoldReleasedAt: null } ? [.. challenge.ReasonCodes.Where(VerdictRisk.IsHoldOfOurs)] : [];
    }

    /// <summary>Approves the capture at the provider. What our own policy holds stays held until it is released.</summary>
    /// <param name="challengeId">The challenge.</param>
    /// <param name="reviewer">Who decides, for the events; an id or a name, at most 1000 characters.</param>
    /// <param name="comment">Why, for the provider's records and the events; at most 1000 characters. No personal data that need not be there.</param>
    /// <param name="cancellationToken">Ends the call.</param>
    /// <exception cref="BiometricException">The provider could not be reached, or refused the call for another reason than the session's state.</exception>
    public Task<ReviewResult> ApproveAsync(string challengeId, string reviewer, string? comment = null, CancellationToken cancellationToken = default) =>
        UpdateAsync(challengeId, reviewer, new UpdateStatusRequest(SessionStatus.Approved) { Comment = comment }, StepUpEventKind.ReviewApproved, cancellationToken);

    /// <summary>Declines the capture at the provider, and with that the challenge, for good.</summary>
    /// <inheritdoc cref="ApproveAsync"/>
    public Task<ReviewResult> DeclineAsync(string challengeId, string reviewer, string? comment = null, CancellationToken cancellationToken = default) =>
        UpdateAsync(challengeId, reviewer, new UpdateStatusRequest(SessionStatus.Declined) { Comment = comment }, StepUpEventKind.ReviewDeclined, cancellationToken);

    /// <summary>Sends steps back for another try. The challenge ends by it, and the next try is a new one (protocol 6.7).</summary>
    /// <param name="challengeId">The challenge.</param>
    /// <param name="reviewer">Who decides, for the events; an id or a name, at most 1000 characters.</param>
    /// <param name="nodes">The steps, as the decision names them; none for all.</param>
    /// <param name="comment">Why, for the provider's records and the events; at most 1000 characters.</param>
    /// <param name="cancellationToken">Ends the call.</param>
    /// <exception cref="BiometricException">The provider could not be reached, or refused the call for another reason than the session's state.</exception>
    public Task<ReviewResult> SendBackAsync(
        string challengeId, string reviewer, IReadOnlyList<NodeToResubmit>? nodes = null, string? comment = null, CancellationToken cancellationToken = default) =>
        UpdateAsync(
            challengeId, reviewer, new UpdateStatusRequest(SessionStatus.Resubmitted) { Comment = comment, NodesToResubmit = nodes ?? [] }, StepUpEventKind.ReviewSentBack, cancellationToken);

    /// <summary>
    /// Releases what our own policy holds (another device, a network risk), and has the provider's decision judged again. It
    /// covers what was found until now; what a later decision adds holds anew. A demand stays, and so does every check.
    /// </summary>
    /// <param name="challengeId">The challenge.</param>
    /// <param name="reviewer">Who decides, for the events; an id or a name, at most 1000 characters.</param>
    /// <param name="comment">Why, for the events; at most 1000 characters.</param>
    /// <param name="cancellationToken">Ends the call.</param>
    public async Task<ReviewResult> ReleaseAsync(string challengeId, string reviewer, string? comment = null, CancellationToken cancellationToken = default)
    {
        if (await RefusalAsync(challengeId, reviewer, comment, cancellationToken).ConfigureAwait(false) is var (refusal, challenge) && refusal is not null)
        {
            return refusal;
        }

        var seen = challenge!.ReasonCodes;
        var released = false;
        challenge = await _writer.ChangeAsync(
            challenge,
            current =>
            {
                // Not what came in between, which this reviewer has not seen.
                released = HoldsOf(current).Count > 0 && current.ReasonCodes.SequenceEqual(seen, StringComparer.Ordinal);
                return released ? current with { HoldReleasedAt = _timeProvider.GetUtcNow() } : null;
            },
            (_, after) => _recorder.Reviewed(after, StepUpEventKind.HoldReleased, reviewer, comment),
            cancellationToken).ConfigureAwait(false) ?? challenge;
        if (released)
        {
            await TellAsync(StepUpEventKind.HoldReleased, challenge, reviewer, comment, cancellationToken).ConfigureAwait(false);
        }
        else if (challenge.HoldReleasedAt is null)
        {
            return Result(challenge);
        }

        // Released before, and the decision could not be read then: now.
        return await JudgeAgainAsync(challenge, cancellationToken).ConfigureAwait(false);
    }

    private async Task<ReviewResult> UpdateAsync(
        string challengeId, string reviewer, UpdateStatusRequest request, StepUpEventKind kind, CancellationToken cancellationToken)
    {
        if (await RefusalAsync(challengeId, reviewer, request.Comment, cancellationToken).ConfigureAwait(false) is var (refusal, challenge) && refusal is not null)
        {
            return refusal;
        }

        try
        {
            await _tenants.ClientOf(Tenant).UpdateStatusAsync(challenge!.SessionId!.Value, request, cancellationToken).ConfigureAwait(false);
            await _store.AddEvidenceAsync(_recorder.Reviewed(challenge, kind, reviewer, request.Comment), deliveryKey: null, cancellationToken).ConfigureAwait(false);
            await TellAsync(kind, challenge, reviewer, request.Comment, cancellationToken).ConfigureAwait(false);
        }
        catch (BiometricException failure) when (failure.Code == BiometricErrorCode.InvalidRequest)
        {
            // It has that status already, or none that can be set: the decision tells.
        }

        return await JudgeAgainAsync(challenge!, cancellationToken).ConfigureAwait(false);
    }

    private async Task<(ReviewResult? Refusal, StepUpChallenge? Challenge)> RefusalAsync(string challengeId, string reviewer, string? comment, CancellationToken cancellationToken)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(reviewer);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(reviewer.Length, LongestText, nameof(reviewer));
        ArgumentOutOfRangeException.ThrowIfGreaterThan(comment?.Length ?? 0, LongestText, nameof(comment));
        var challenge = await FindAnyAsync(challengeId, cancellationToken).ConfigureAwait(false);
        ReviewOutcome? refusal = challenge switch
        {
            null => ReviewOutcome.NotFound,
            { State: not ChallengeState.InReview } or { SessionId: null } => ReviewOutcome.NotInReview,
            _ when string.Equals(reviewer, challenge.Binding.Subject, StringComparison.Ordinal) => ReviewOutcome.OwnChallenge,
            _ => null,
        };
        return (refusal is { } outcome ? new ReviewResult(outcome, challenge) : null, challenge);
    }

    private async Task<StepUpChallenge?> FindAnyAsync(string challengeId, CancellationToken cancellationToken) =>
        ChallengeIds.HasShape(challengeId)
        && await _store.FindAsync(challengeId, cancellationToken).ConfigureAwait(false) is { } challenge
        && string.Equals(challenge.Binding.Tenant, Tenant, StringComparison.Ordinal)
            ? challenge
            : null;

    private async Task<ReviewResult> JudgeAgainAsync(StepUpChallenge challenge, CancellationToken cancellationToken) =>
        Result((await _reads.ReadAsync(challenge, force: true, cancellationToken).ConfigureAwait(false)).Challenge);

    private static ReviewResult Result(StepUpChallenge challenge) =>
        new(challenge.State == ChallengeState.InReview ? ReviewOutcome.StillHeld : ReviewOutcome.Done, challenge);

    private Task TellAsync(StepUpEventKind kind, StepUpChallenge challenge, string reviewer, string? comment, CancellationToken cancellationToken) =>
        _writer.TellAsync(new StepUpEvent(kind, challenge) { Reviewer = reviewer, Comment = comment }, cancellationToken);
}
