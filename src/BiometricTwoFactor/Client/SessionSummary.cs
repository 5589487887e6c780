namespace BiometricTwoFactor;

/// <summary>One session in a list. The list's page address and portrait links are not read.</summary>
public sealed class SessionSummary
{
    /// <summary>The session.</summary>
    public required SessionId SessionId { get; init; }

    /// <summary>The status, by exact text.</summary>
    public SessionStatus Status { get; init; }

    /// <summary>The status as received.</summary>
    public string? StatusText { get; init; }

    /// <summary>The user's reference.</summary>
    public string? VendorData { get; init; }

    /// <summary>The workflow.</summary>
    public string? WorkflowId { get; init; }

    /// <summary>The session's number in the provider's console.</summary>
    public long? SessionNumber { get; init; }

    /// <summary>When it was created; null when missing or not a time.</summary>
    public DateTimeOffset? CreatedAt { get; init; }

    /// <summary>The session's id.</summary>
    public override string ToString() => SessionId.ToString();
}
