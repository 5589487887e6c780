using System.Diagnostics.CodeAnalysis;

namespace BiometricTwoFactor.AspNetCore;

/// <summary>Why no challenge was made.</summary>
public enum ChallengeRefusal
{
    /// <summary>One was made.</summary>
    None = 0,

    /// <summary>Nobody is signed in, or the sign-in has no session to bind to.</summary>
    NotSignedIn,

    /// <summary>No face is on file: offer the enrolment (protocol 8.1).</summary>
    NotEnrolled,

    /// <summary>Too many challenges were made; wait.</summary>
    TooMany,

    /// <summary>Too many captures in a row were declined; wait, or where <see cref="StepUpChallengeOutcome.RetryAfter"/> is null, until somebody lifts the block.</summary>
    Blocked,

    /// <summary>The request is cross-site or failed its antiforgery validation: nothing is asked for it (protocol 2.2).</summary>
    CrossSite,
}

/// <summary>A challenge, or the reason why there is none.</summary>
public sealed class StepUpChallengeOutcome
{
    internal StepUpChallengeOutcome(StepUpChallenge challenge) => Challenge = challenge;

    internal StepUpChallengeOutcome(ChallengeRefusal refusal, TimeSpan? retryAfter = null)
    {
        Refusal = refusal;
        RetryAfter = retryAfter;
    }

    /// <summary>The challenge; null when there is none.</summary>
    public StepUpChallenge? Challenge { get; }

    /// <summary>Why there is none.</summary>
    public ChallengeRefusal Refusal { get; }

    /// <summary>How long to wait, where waiting helps.</summary>
    public TimeSpan? RetryAfter { get; }

    internal bool Succeeded([NotNullWhen(true)] out StepUpChallenge? challenge)
    {
        challenge = Challenge;
        return challenge is not null;
    }
}

/// <summary>Why a person may enrol a face (protocol 8.2, 8.4). A password alone is never enough.</summary>
public enum EnrolmentBasis
{
    /// <summary>A document is checked with the face, and an <see cref="IAccountHolderCheck"/> confirms that it names the account holder.</summary>
    IdentityProofing = 0,

    /// <summary>
    /// The application states that it has just seen something stronger than a password: the old second factor, a branch. The
    /// provider compares the face with the portrait of an <see cref="IPortraitSource"/>, or with one that it has on file.
    /// </summary>
    StrongerFactorSeen,
}
