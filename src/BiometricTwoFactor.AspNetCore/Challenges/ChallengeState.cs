namespace BiometricTwoFactor.AspNetCore;

/// <summary>
/// Where a challenge stands. <see cref="Pending"/>, <see cref="InReview"/> and <see cref="Approved"/> are open, all
/// others are ends. Whether the asking browser has claimed the verdict is a mark of its own (protocol 5).
/// </summary>
public enum ChallengeState
{
    /// <summary>Made; no verdict yet.</summary>
    Pending = 0,

    /// <summary>The provider or our own policy holds the verdict for a person to look at.</summary>
    InReview,

    /// <summary>Approved by the judge; usable once it is claimed (and confirmed, when it came out of review).</summary>
    Approved,

    /// <summary>Used. Nothing leaves this state.</summary>
    Consumed,

    /// <summary>The wrong face, no live face, or too low a score. The only end that counts as a failure (protocol 2.4).</summary>
    Declined,

    /// <summary>The capture was not completed, or the session is gone.</summary>
    NotFinished,

    /// <summary>A deadline passed.</summary>
    Expired,

    /// <summary>The user cancelled or signed out, or the claim came without a capture.</summary>
    Abandoned,

    /// <summary>A newer challenge took its place, or its provider session came back for another challenge.</summary>
    Superseded,

    /// <summary>The verdict was for other facts or another person, or the claim came from another browser.</summary>
    Violated,

    /// <summary>Approved, but the browser that asked did not claim it in time. Counts as no failure.</summary>
    Unclaimed,

    /// <summary>An approval that the provider took back before it was used.</summary>
    Revoked,
}
