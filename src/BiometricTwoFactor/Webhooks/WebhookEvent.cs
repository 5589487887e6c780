namespace BiometricTwoFactor;

/// <summary>
/// A delivery as it was signed: the envelope (contract 4.4), with what it says about the session in
/// <see cref="Decision"/>. Whether it may approve anything is for the judge alone.
/// </summary>
public sealed class WebhookEvent
{
    /// <summary>The only event type that concerns a session's verdict.</summary>
    public const string StatusUpdated = "status.updated";

    /// <summary><c>event_id</c>; null when absent. A key for deduplication beside <see cref="WebhookVerification.BodyHash"/>.</summary>
    public string? EventId { get; init; }

    /// <summary><c>webhook_type</c>; null for the guide's untyped body.</summary>
    public string? WebhookType { get; init; }

    /// <summary>True when the type is exactly <c>status.updated</c>, or the body is the guide's untyped one (protocol 6.2).</summary>
    public bool IsStatusUpdate { get; init; }

    /// <summary>The signed <c>timestamp</c> of the dispatch; null when the body has none.</summary>
    public DateTimeOffset? Timestamp { get; init; }

    /// <summary>When the event happened, to the second; null when absent.</summary>
    public DateTimeOffset? CreatedAt { get; init; }

    /// <summary><c>application_id</c>; null when absent.</summary>
    public string? ApplicationId { get; init; }

    /// <summary>The session; null for events of other things, or when it is not an id.</summary>
    public SessionId? SessionId { get; init; }

    /// <summary>The envelope's status by exact text. A status in <c>decision</c> alone does not count.</summary>
    public SessionStatus Status { get; init; }

    /// <summary>The status as received; null when missing or not a string.</summary>
    public string? StatusText { get; init; }

    /// <summary><c>vendor_data</c>, byte for byte; null when missing.</summary>
    public string? VendorData { get; init; }

    /// <summary><c>workflow_id</c>; null when missing.</summary>
    public string? WorkflowId { get; init; }

    /// <summary><c>workflow_version</c>, a number or a text of digits; null when missing.</summary>
    public long? WorkflowVersion { get; init; }

    /// <summary>Live or sandbox.</summary>
    public ProviderEnvironment Environment { get; init; }

    /// <summary>True when the body named an environment at all.</summary>
    public bool HasEnvironment { get; init; }

    /// <summary>The echo of our metadata; see <see cref="SessionDecision.Metadata"/>.</summary>
    public SessionMetadata Metadata { get; init; } = SessionMetadata.Empty;

    /// <summary>True for a console test delivery, by header or by <c>metadata.test_webhook</c>: it never authorises anything (contract 4.3).</summary>
    public bool IsTest { get; init; }

    /// <summary>True when the body is the guide's: untyped, without <c>decision</c> and without plural feature arrays.</summary>
    public bool IsGuideShape { get; init; }

    /// <summary>The session as envelope and <c>decision</c> member together describe it.</summary>
    public SessionDecision Decision { get; init; } = new();
}
