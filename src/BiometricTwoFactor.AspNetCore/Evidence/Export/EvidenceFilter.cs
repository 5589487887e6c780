namespace BiometricTwoFactor.AspNetCore;

/// <summary>Which part of the evidence to export. What is null does not restrict; a part says of itself that it is one.</summary>
public sealed record EvidenceFilter
{
    /// <summary>Entries from this time on.</summary>
    public DateTimeOffset? From { get; init; }

    /// <summary>Entries before this time.</summary>
    public DateTimeOffset? To { get; init; }

    /// <summary>Entries about one person, by the application's stable user id.</summary>
    public string? Subject { get; init; }

    /// <summary>Entries of the challenges that stand at this state by the end of the time in question.</summary>
    public ChallengeState? Outcome { get; init; }

    /// <summary>Entries of one challenge.</summary>
    public string? ChallengeId { get; init; }

    internal bool IsPartial => From is not null || To is not null || Subject is not null || Outcome is not null || ChallengeId is not null;

    internal string Describe() => string.Join(',', new[]
    {
        From is not null || To is not null ? "time" : null,
        Subject is not null ? "subject" : null,
        Outcome is not null ? "outcome" : null,
        ChallengeId is not null ? "challenge" : null,
    }.Where(part => part is not null));

    /// <summary>What restricts it; who, is left out.</summary>
    public override string ToString() => Describe();
}
