namespace BiometricTwoFactor.AspNetCore;

/// <summary>
/// The subject's own word after a review (protocol 6.7): hours may have passed, so that the person sees again what it is
/// for and confirms it; the confirmation binds the approval to the sign-in session that gave it.
/// </summary>
internal sealed class ReviewConfirmation(
    ChallengeWriter writer,
    EnrolmentService enrolments,
    EvidenceRecorder recorder,
    Tenants tenants,
    TimeProvider timeProvider)
{
    /// <summary>True when this caller may see and confirm it: the same subject, whatever the sign-in session.</summary>
    public static bool IsFor(StepUpChallenge challenge, StepUpBinding? caller) =>
        caller is not null
        && IsWaiting(challenge)
        && string.Equals(caller.Tenant, challenge.Binding.Tenant, StringComparison.Ordinal)
        && string.Equals(caller.Scheme, challenge.Binding.Scheme, StringComparison.Ordinal)
        && string.Equals(caller.Subject, challenge.Binding.Subject, StringComparison.Ordinal);

    /// <summary>True while an approval out of review waits for the subject.</summary>
    public static bool IsWaiting(StepUpChallenge challenge) =>
        challenge is { State: ChallengeState.Approved, CameOutOfReview: true, ConfirmedAt: null, FrozenAt: null, AwaitsReview: true }
        && (challenge.ClaimedAt is not null || !challenge.ClaimRequired);

    public async Task<StepUpChallenge?> ConfirmAsync(StepUpChallenge challenge, StepUpBinding caller, CancellationToken cancellationToken)
    {
        var now = timeProvider.GetUtcNow();
        var confirmed = await writer.ChangeAsync(
            challenge,
            current => IsFor(current, caller) && now < (current.ReviewDeadline ?? current.Deadline)
                ? current with { Binding = caller, ConfirmedAt = now, ExecuteBy = now + tenants.Of(caller.Tenant).ExecutionLifetime }
                : null,
            (_, after) => recorder.Confirmed(after),
            cancellationToken).ConfigureAwait(false);
        return confirmed is null ? null : await enrolments.CompleteAsync(confirmed, cancellationToken).ConfigureAwait(false);
    }
}
