namespace BiometricTwoFactor.AspNetCore;

/// <summary>How opening a provider session ended.</summary>
internal enum StartOutcome
{
    /// <summary>The provider cannot be used at the moment; nothing is lost.</summary>
    Unavailable = 0,

    /// <summary>The session is there.</summary>
    Started,

    /// <summary>Another confirmation of the same person is under way.</summary>
    Busy,

    /// <summary>The challenge is not open any more.</summary>
    Ended,

    /// <summary>No face is on file.</summary>
    NotEnrolled,

    /// <summary>The provider has blocked this user, or too many captures in a row were declined here.</summary>
    Blocked,
}

/// <summary>How opening a provider session ended, with the hosted page's address where it did.</summary>
internal sealed record StartResult(StartOutcome Outcome, Uri? Url, TimeSpan? RetryAfter = null)
{
    public static StartResult Of(StartOutcome outcome) => new(outcome, Url: null);

    /// <summary>The address carries a token.</summary>
    public override string ToString() => Outcome.ToString();
}
