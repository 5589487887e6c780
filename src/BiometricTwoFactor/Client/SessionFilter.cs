namespace BiometricTwoFactor;

/// <summary>Which sessions to list (contract 6). Null members do not filter.</summary>
public sealed record SessionFilter
{
    /// <summary>Only sessions in this status.</summary>
    public SessionStatus? Status { get; init; }

    /// <summary>Only sessions of this user.</summary>
    public string? VendorData { get; init; }

    /// <summary>Only sessions of this workflow.</summary>
    public string? WorkflowId { get; init; }

    /// <summary>Only sessions of this kind: <c>user</c> or <c>business</c>.</summary>
    public string? SessionKind { get; init; }

    /// <summary>Only sessions that this text is found in.</summary>
    public string? Search { get; init; }

    /// <summary>Only sessions of this country.</summary>
    public string? Country { get; init; }

    /// <summary>Only sessions from this day on.</summary>
    public DateOnly? DateFrom { get; init; }

    /// <summary>Only sessions up to this day.</summary>
    public DateOnly? DateTo { get; init; }

    /// <summary>How many sessions a page has; null for the provider's 50.</summary>
    public int? PageSize { get; init; }

    /// <summary>The type's name only: a filter names people.</summary>
    public override string ToString() => nameof(SessionFilter);
}
