namespace BiometricTwoFactor.Force;

/// <summary>One payment of the load, and what its payer was told of it.</summary>
internal sealed class Payment(string customerId, string reference)
{
    private int _confirmed;

    public string CustomerId => customerId;

    /// <summary>No other payment has it: the ledger shows by it how often this one was carried out.</summary>
    public string Reference => reference;

    public string? ChallengeId { get; set; }

    /// <summary>True once the bank has said that the approval is there and claimed.</summary>
    public bool IsClaimed { get; set; }

    /// <summary>When the bank first refused a claimed approval; null as long as it has not.</summary>
    public DateTimeOffset? RefusedAt { get; set; }

    /// <summary>How often the bank said that it had carried it out.</summary>
    public int Confirmed => _confirmed;

    /// <summary>True when the bank said that it had been carried out before.</summary>
    public bool WasUsedBefore { get; set; }

    public void Confirm() => Interlocked.Increment(ref _confirmed);

    public bool IsSettled => Confirmed > 0 || WasUsedBefore || RefusedAt is not null;
}
