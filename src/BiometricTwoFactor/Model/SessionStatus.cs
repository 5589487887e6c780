namespace BiometricTwoFactor;

/// <summary>
/// The state of a provider session, read from its exact text. The default value is <see cref="Unknown"/>,
/// which holds and never approves. (Contract 5; the guide's list of statuses.)
/// </summary>
public enum SessionStatus
{
    /// <summary>No status, or a text that is not exactly one of those below: other case, another language, another type.</summary>
    Unknown = 0,

    /// <summary><c>Not Started</c>: the link exists and nobody has opened it.</summary>
    NotStarted,

    /// <summary><c>In Progress</c>: the user is in the flow.</summary>
    InProgress,

    /// <summary><c>Awaiting User</c>: the provider waits for the user or for others.</summary>
    AwaitingUser,

    /// <summary><c>In Review</c>: a person at the operator must look; hold.</summary>
    InReview,

    /// <summary><c>Approved</c>: every step of the workflow passed. Which steps those were is for the judge to check.</summary>
    Approved,

    /// <summary><c>Declined</c>: failed; block and offer another way.</summary>
    Declined,

    /// <summary><c>Resubmitted</c>: a reviewer sent steps back; pending.</summary>
    Resubmitted,

    /// <summary><c>Expired</c>: not opened in time; a new session is needed.</summary>
    Expired,

    /// <summary><c>Kyc Expired</c>: an approved verification aged out; enrol again.</summary>
    KycExpired,

    /// <summary><c>Abandoned</c>: begun and left; a new session is needed.</summary>
    Abandoned,

    /// <summary><c>Not Finished</c>: a status of features that the guide also names for sessions: not completed.</summary>
    NotFinished,
}
