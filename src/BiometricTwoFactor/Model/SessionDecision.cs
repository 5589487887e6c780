namespace BiometricTwoFactor;

/// <summary>
/// What the provider says about a session, whichever way and in whichever edition it was said: the decision endpoint,
/// a signed webhook of the reference, a signed webhook of the guide. This is a report, not an approval: approvals are
/// the judge's alone.
/// </summary>
public sealed class SessionDecision
{
    /// <summary>The session; null when missing or not an id.</summary>
    public SessionId? SessionId { get; init; }

    /// <summary>The status, by exact text.</summary>
    public SessionStatus Status { get; init; }

    /// <summary>The status as received; null when it was missing or not a string.</summary>
    public string? StatusText { get; init; }

    /// <summary><c>vendor_data</c>, byte for byte; null when missing.</summary>
    public string? VendorData { get; init; }

    /// <summary>The workflow; null when missing.</summary>
    public string? WorkflowId { get; init; }

    /// <summary>Live or sandbox.</summary>
    public ProviderEnvironment Environment { get; init; }

    /// <summary>True when the document named an environment at all.</summary>
    public bool HasEnvironment { get; init; }

    /// <summary>
    /// The echo of our metadata: the guide's <c>metadata_echo</c>, completed by <c>metadata</c>. A document in which the
    /// two, or envelope and decision, disagree on a member is refused as a whole.
    /// </summary>
    public SessionMetadata Metadata { get; init; } = SessionMetadata.Empty;

    /// <summary>
    /// True when the document has the guide's shape: no plural feature array (be it null), no <c>face_match</c>, and in a
    /// webhook neither <c>decision</c> nor <c>webhook_type</c>.
    /// </summary>
    public bool IsGuideShape { get; init; }

    /// <summary>The features that the workflow ran, such as <c>FACE_MATCH</c>; empty when not told.</summary>
    public IReadOnlyList<string> Features { get; init; } = [];

    /// <summary>Every liveness step; a workflow may have several, and all must pass.</summary>
    public IReadOnlyList<LivenessCheck> LivenessChecks { get; init; } = [];

    /// <summary>Every face comparison.</summary>
    public IReadOnlyList<FaceMatchCheck> FaceMatches { get; init; } = [];

    /// <summary>Every device and network analysis.</summary>
    public IReadOnlyList<IpAnalysis> IpAnalyses { get; init; } = [];

    /// <summary>Every document check.</summary>
    public IReadOnlyList<IdVerification> IdVerifications { get; init; } = [];

    /// <summary>When the session was created; null when missing or not a time.</summary>
    public DateTimeOffset? CreatedAt { get; init; }

    /// <summary>When an unfinished session ends; null when missing or not a time.</summary>
    public DateTimeOffset? ExpiresAt { get; init; }
}
