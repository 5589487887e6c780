namespace BiometricTwoFactor.AspNetCore;

/// <summary>
/// Whether the provider's session must be deleted when its challenge ends: an unfinished one, so that yesterday's try does
/// not meet today's (protocol 3.3), and one that the provider approved and we did not, so that its face is never the one on
/// file (protocol 8.4).
/// </summary>
internal static class SessionEnding
{
    public static SessionDeletion? DeletionOf(StepUpChallenge challenge, SessionStatus? providerStatus, DateTimeOffset now)
    {
        if (challenge.IsOpen || challenge.State == ChallengeState.Consumed || challenge.SessionId is not { } session)
        {
            return null;
        }

        if (providerStatus is SessionStatus.Declined or SessionStatus.Expired or SessionStatus.KycExpired && challenge.ApprovedAt is null)
        {
            return null; // finished there without an approval: never returned again, no face kept
        }

        var approvedThere = providerStatus == SessionStatus.Approved || challenge.ApprovedAt is not null;
        var approvedByUs = challenge.ApprovedAt is not null
            && (challenge.State is ChallengeState.Expired or ChallengeState.Unclaimed or ChallengeState.Abandoned
                || challenge.ReasonCodes.Contains(JudgementReason.TransactionChanged, StringComparer.Ordinal));
        if (!challenge.IsEnrolment && approvedByUs)
        {
            return null; // the judge found the right face; it was only not used
        }

        // An enrolment that was not completed leaves a face that nobody vouches for, approved or not yet; and so may one that
        // ended before we heard what the provider made of it.
        var inDoubt = approvedThere || challenge.IsEnrolment || providerStatus is null;
        return new SessionDeletion(challenge.Binding.Tenant, session, challenge.VendorData, inDoubt, now);
    }
}
