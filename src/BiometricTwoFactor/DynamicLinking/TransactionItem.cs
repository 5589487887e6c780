using System.Globalization;

namespace BiometricTwoFactor;

/// <summary>One payment of a batch. Checked and normalised when the batch is made. Prints nothing of its content.</summary>
public sealed class TransactionItem
{
    /// <summary>Describes one payment of a batch.</summary>
    /// <param name="amount">The amount in the batch's currency, in major units (247.50 euros).</param>
    /// <param name="payeeAccount">The payee's account, such as an IBAN.</param>
    /// <param name="payeeName">The payee's name as it is shown to the payer.</param>
    public TransactionItem(decimal amount, string payeeAccount, string payeeName)
        : this(amount, amount.ToString(CultureInfo.InvariantCulture), payeeAccount, payeeName)
    {
    }

    internal TransactionItem(decimal amount, string amountText, string payeeAccount, string payeeName)
    {
        Amount = amount;
        AmountText = amountText;
        PayeeAccount = payeeAccount;
        PayeeName = payeeName;
    }

    /// <summary>The amount in major units of the batch's currency.</summary>
    public decimal Amount { get; }

    /// <summary>The amount as text; within a <see cref="Transaction"/> with exactly the currency's decimals.</summary>
    public string AmountText { get; }

    /// <summary>The payee's account; within a <see cref="Transaction"/> without spaces, an IBAN in upper case.</summary>
    public string PayeeAccount { get; }

    /// <summary>The payee's name; within a <see cref="Transaction"/> trimmed and in Unicode's composed form.</summary>
    public string PayeeName { get; }

    /// <summary>The type's name only: a payment names people and accounts.</summary>
    public override string ToString() => nameof(TransactionItem);
}
