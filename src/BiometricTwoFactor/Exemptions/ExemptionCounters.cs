namespace BiometricTwoFactor;

/// <summary>What has been exempted since the payer was last authenticated.</summary>
/// <param name="Total">The sum, in major units of the programme's currency.</param>
/// <param name="Count">How many payments.</param>
public readonly record struct ExemptedSum(decimal Total, int Count)
{
    internal ExemptedSum With(decimal amount) => new(Total + amount, Count + 1);
}

/// <summary>
/// What a store knows at one moment of one payer in one programme. A decision reads it once and says what it becomes; the store
/// writes that with the payment's execution, if it still is at this version.
/// </summary>
public sealed record ExemptionCounters
{
    /// <summary>Of somebody who was never authenticated, and whose payments were never exempted.</summary>
    public static ExemptionCounters None { get; } = new();

    /// <summary>Changes with each write; zero where nothing was written yet.</summary>
    public long Version { get; init; }

    /// <summary>Remote payments of low value that were exempted (article 16) since <see cref="AuthenticatedAt"/>. Others do not count here.</summary>
    public ExemptedSum LowValue { get; init; }

    /// <summary>Contactless payments that were exempted (article 11) since <see cref="AuthenticatedAt"/>.</summary>
    public ExemptedSum Contactless { get; init; }

    /// <summary>When the payer was last authenticated; null for never.</summary>
    public DateTimeOffset? AuthenticatedAt { get; init; }

    /// <summary>When the payer was last authenticated to see a balance; null for never.</summary>
    public DateTimeOffset? BalanceSeenAt { get; init; }

    /// <summary>When the payer was last authenticated to see recent payments; null for never.</summary>
    public DateTimeOffset? TransactionsSeenAt { get; init; }

    /// <summary>
    /// True when the payment that is being decided is counted already: the same <see cref="TransactionFacts.Reference"/> with the same
    /// <see cref="Transaction.Digest"/>. A reference that was counted with another payment is a fault or an attack: refuse it, since a
    /// cent that was counted would otherwise carry any amount within the limit.
    /// </summary>
    public bool IncludesThis { get; init; }

    /// <summary>After a successful authentication, and nothing less: not after one that was declined, abandoned, held or late.</summary>
    /// <param name="now">When it was.</param>
    /// <param name="view">What was to be seen with it; <see cref="AccountView.Unknown"/> for a payment.</param>
    public ExemptionCounters AfterAuthentication(DateTimeOffset now, AccountView view = AccountView.Unknown) => this with
    {
        LowValue = default,
        Contactless = default,
        AuthenticatedAt = now,
        BalanceSeenAt = view is AccountView.Balance or AccountView.More ? now : BalanceSeenAt,
        TransactionsSeenAt = view is AccountView.RecentTransactions or AccountView.More ? now : TransactionsSeenAt,
        IncludesThis = false,
    };
}
