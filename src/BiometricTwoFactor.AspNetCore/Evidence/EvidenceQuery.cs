namespace BiometricTwoFactor.AspNetCore;

/// <summary>Which entries to read. What is null does not restrict.</summary>
public sealed record EvidenceQuery
{
    /// <summary>The tenant; empty where there is one only.</summary>
    public string Tenant { get; init; } = "";

    /// <summary>Entries from this time on.</summary>
    public DateTimeOffset? From { get; init; }

    /// <summary>Entries before this time.</summary>
    public DateTimeOffset? To { get; init; }

    /// <summary>Entries under these keys: one person's.</summary>
    public IReadOnlyCollection<string>? KeyIds { get; init; }

    /// <summary>Entries of one challenge.</summary>
    public string? ChallengeId { get; init; }

    /// <summary>Entries after this place.</summary>
    public long AfterSequence { get; init; }
}
