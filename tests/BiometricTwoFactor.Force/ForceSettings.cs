namespace BiometricTwoFactor.Force;

/// <summary>The databases that are proved on.</summary>
internal enum Engine
{
    /// <summary>SQLite: one machine.</summary>
    Sqlite = 0,

    /// <summary>PostgreSQL: many.</summary>
    PostgreSql,
}

/// <summary>One proof: where, how hard, and from which seed.</summary>
internal sealed record ForceSettings
{
    public Engine Engine { get; init; } = Engine.PostgreSql;

    /// <summary>Processes of the bank.</summary>
    public int Machines { get; init; } = 2;

    /// <summary>Whether the approval is used in the transfer's transaction (protocol 7.3).</summary>
    public bool Joined { get; init; } = true;

    /// <summary>Everything that is left to chance here follows from it; the machine's own timing does not.</summary>
    public int Seed { get; init; }

    /// <summary>Customers that pay at the same time.</summary>
    public int Payers { get; init; } = 6;

    /// <summary>Approvals that are competed for.</summary>
    public int Approvals { get; init; } = 500;

    /// <summary>Attempts to use them.</summary>
    public int Attempts { get; init; } = 10_000;

    /// <summary>Attempts under way at the same time.</summary>
    public int Concurrency { get; init; } = 64;

    /// <summary>How often machines are killed.</summary>
    public int Rounds { get; init; } = 200;

    /// <summary>After which time no further round begins; what was proved by then is reported.</summary>
    public TimeSpan LongestRun { get; init; } = TimeSpan.MaxValue;

    /// <summary>Payments that each payer begins in a round.</summary>
    public int PaymentsPerRound { get; init; } = 2;

    /// <summary>How long a capture and an approval last: what is left open ends within it.</summary>
    public TimeSpan Lifetime { get; init; } = TimeSpan.FromMinutes(2);

    public string Name => $"{Engine}, {Machines} process{(Machines == 1 ? "" : "es")}, {(Joined ? "joined" : "plain")}";
}
