namespace BiometricTwoFactor.AspNetCore;

/// <summary>What became of a reviewer's action.</summary>
public enum ReviewOutcome
{
    /// <summary>There is no such challenge.</summary>
    NotFound = 0,

    /// <summary>It is not in review (any more): somebody else was faster, or its deadline passed.</summary>
    NotInReview,

    /// <summary>The reviewer is the person whom it is about: nobody reviews themselves.</summary>
    OwnChallenge,

    /// <summary>
    /// It is in review still. The provider has not carried the action out (it refuses what it has decided already), or our own
    /// policy holds it as well: see <see cref="StepUpReviews.HoldsOf"/> and <see cref="StepUpReviews.ReleaseAsync"/>.
    /// </summary>
    StillHeld,

    /// <summary>It has left the review; the challenge tells how. An action is no order: the judge can refuse what a reviewer approved.</summary>
    Done,
}

/// <summary>What became of a reviewer's action, and the challenge as it is now.</summary>
/// <param name="Outcome">What became of it.</param>
/// <param name="Challenge">The challenge; null where there is none.</param>
public sealed record ReviewResult(ReviewOutcome Outcome, StepUpChallenge? Challenge)
{
    /// <summary>The outcome only.</summary>
    public override string ToString() => Outcome.ToString();
}
