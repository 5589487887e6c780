namespace BiometricTwoFactor;

/// <summary>
/// A series of payments as the payer approved it: the same amount to the same payee (article 14). Any change ends it, and begins
/// another one that has to be approved.
/// </summary>
/// <param name="Approved">The payment that was approved, of which every other one is a copy.</param>
/// <param name="ApprovedAt">When the payer was authenticated for it; null as long as that has not happened.</param>
public sealed record PaymentSeries(Transaction Approved, DateTimeOffset? ApprovedAt)
{
    /// <summary>The type's name only: a series names people and accounts.</summary>
    public override string ToString() => nameof(PaymentSeries);

    /// <summary>Amount, currency and payee; references may differ, since invoices do.</summary>
    internal bool Covers(Transaction payment) =>
        !payment.IsBatch && !Approved.IsBatch
        && payment.Amount == Approved.Amount
        && string.Equals(payment.Currency, Approved.Currency, StringComparison.Ordinal)
        && string.Equals(payment.PayeeAccount, Approved.PayeeAccount, StringComparison.Ordinal)
        && string.Equals(payment.PayeeName, Approved.PayeeName, StringComparison.Ordinal);
}
