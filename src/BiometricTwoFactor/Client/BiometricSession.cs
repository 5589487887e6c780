namespace BiometricTwoFactor;

/// <summary>
/// A session as the provider has just handed it out (contract 1.2). Not necessarily a new one: while a user has an
/// unfinished session of the same workflow, that very session comes back with its metadata overwritten.
/// </summary>
public sealed class BiometricSession
{
    /// <summary>The session.</summary>
    public required SessionId SessionId { get; init; }

    /// <summary>The page to send the user to, on an allowed host (<c>url</c>, or the guide's <c>session_url</c>).</summary>
    public required HostedPageUrl Url { get; init; }

    /// <summary>The session's bearer token; null when the answer has none, as in the guide.</summary>
    public Secret? SessionToken { get; init; }

    /// <summary>The status; <see cref="SessionStatus.NotStarted"/> in a fresh session of the reference, <see cref="SessionStatus.Unknown"/> where the guide names none.</summary>
    public SessionStatus Status { get; init; }

    /// <summary>The status as received; null when the answer has none.</summary>
    public string? StatusText { get; init; }

    /// <summary>The user's reference, as echoed.</summary>
    public string? VendorData { get; init; }

    /// <summary>The workflow, as echoed.</summary>
    public string? WorkflowId { get; init; }

    /// <summary>The workflow's version; null when missing or no whole number.</summary>
    public int? WorkflowVersion { get; init; }

    /// <summary>The session's number in the provider's console; null when missing.</summary>
    public long? SessionNumber { get; init; }

    /// <summary>The metadata, as echoed.</summary>
    public SessionMetadata Metadata { get; init; } = SessionMetadata.Empty;

    /// <summary>The session's id; neither the token nor the address.</summary>
    public override string ToString() => SessionId.ToString();
}
