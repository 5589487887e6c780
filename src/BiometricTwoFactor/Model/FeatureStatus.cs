namespace BiometricTwoFactor;

/// <summary>
/// The state of one step of a session (liveness, face match, IP analysis, document), read from its exact text.
/// Another enumeration than <see cref="SessionStatus"/> (contract 5). The default, <see cref="Unknown"/>, never passes.
/// </summary>
public enum FeatureStatus
{
    /// <summary>No status, or a text that is not exactly one of those below.</summary>
    Unknown = 0,

    /// <summary><c>Not Finished</c>: the step has not been completed.</summary>
    NotFinished,

    /// <summary><c>Approved</c>.</summary>
    Approved,

    /// <summary><c>Declined</c>.</summary>
    Declined,

    /// <summary><c>In Review</c>.</summary>
    InReview,

    /// <summary><c>Resub Requested</c>: sent back to the user.</summary>
    ResubRequested,

    /// <summary><c>Expired</c> (phone and e-mail steps).</summary>
    Expired,
}
