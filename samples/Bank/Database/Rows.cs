namespace Bank;

/// <summary>An account; a customer's first is the current one.</summary>
internal sealed class AccountRow
{
    public required string Iban { get; init; }

    public required string CustomerId { get; init; }

    public required int Position { get; init; }

    public required string Name { get; init; }

    public decimal Balance { get; set; }
}

/// <summary>A movement of an account.</summary>
internal sealed class MovementRow
{
    public long Id { get; init; }

    public required string Iban { get; init; }

    public required DateTimeOffset At { get; init; }

    public required string Counterparty { get; init; }

    public required string Text { get; init; }

    public required decimal Amount { get; init; }
}

/// <summary>A transfer that was carried out.</summary>
internal sealed class TransferRow
{
    public long Id { get; init; }

    public required string Number { get; init; }

    public required string CustomerId { get; init; }

    public required DateTimeOffset At { get; init; }

    /// <summary>The day in UTC, which the daily limit counts by.</summary>
    public required DateOnly Day { get; init; }

    public required decimal Amount { get; init; }

    public required string Currency { get; init; }

    public required string PayeeAccount { get; init; }

    public required string PayeeName { get; init; }

    public string? Reference { get; init; }

    /// <summary>The challenge whose approval allowed it; null where none was needed.</summary>
    public string? ChallengeId { get; init; }
}
