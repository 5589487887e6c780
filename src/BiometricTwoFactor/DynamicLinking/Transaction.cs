using System.Diagnostics;
using System.Diagnostics.CodeAnalysis;

namespace BiometricTwoFactor;

/// <summary>
/// What a payer approves: amount, currency and payee of one payment, or the total and the set of payees of a batch
/// (RTS articles 5(1) and 5(3)(b)). Immutable and normalised when made, so that what is stored, shown, sent, hashed and
/// compared is one and the same: 247.5 is 247.50, an account has no spaces, an IBAN is in upper case, a name is trimmed
/// and in Unicode's composed form. Prints nothing of its content.
/// </summary>
[DebuggerDisplay("{ToString(),nq}")]
public sealed class Transaction
{
    /// <summary>The most characters of a payee's account, after normalisation: 64.</summary>
    public const int MaxPayeeAccountLength = 64;

    /// <summary>The most characters of a payee's name, after normalisation: 140.</summary>
    public const int MaxPayeeNameLength = 140;

    /// <summary>The most characters of a reference, after normalisation: 140.</summary>
    public const int MaxReferenceLength = 140;

    /// <summary>The most items of a batch: 10 000.</summary>
    public const int MaxBatchItems = 10_000;

    private Transaction(decimal amount, string amountText, string currency, string account, string name, string? reference, IReadOnlyList<TransactionItem> items, bool isBatch)
    {
        Amount = amount;
        AmountText = amountText;
        Currency = currency;
        PayeeAccount = account;
        PayeeName = name;
        Reference = reference;
        Items = items;
        IsBatch = isBatch;
        Digest = TransactionPreimage.Hash(this);
    }

    /// <summary>The amount in major units (247.50 euros); a batch's total.</summary>
    public decimal Amount { get; }

    /// <summary>The amount with exactly the currency's decimals, as it is sent and shown: EUR <c>247.50</c>, JPY <c>1000</c>, KWD <c>1.234</c>.</summary>
    public string AmountText { get; }

    /// <summary>The currency, three upper-case letters of ISO 4217.</summary>
    public string Currency { get; }

    /// <summary>
    /// The payee's account without spaces, an IBAN in upper case. For a batch <c>set:</c> and the lower-case hex SHA-256
    /// over all items (account, name, amount), whatever their order.
    /// </summary>
    public string PayeeAccount { get; }

    /// <summary>The payee's name; for a batch the number of its payments in words, such as <c>3 payments</c>.</summary>
    public string PayeeName { get; }

    /// <summary>The payer's or application's reference; null when there is none.</summary>
    public string? Reference { get; }

    /// <summary>The payments of a batch, in the order in which they were given; of a single payment, that one.</summary>
    public IReadOnlyList<TransactionItem> Items { get; }

    /// <summary>True for a batch, also for one with a single item.</summary>
    public bool IsBatch { get; }

    /// <summary>The fingerprint of all of it. Two transactions are the same when their digests are.</summary>
    public TransactionDigest Digest { get; }

    /// <summary>Makes a payment.</summary>
    /// <param name="amount">The amount in major units; positive, with no more decimals than the currency has.</param>
    /// <param name="currency">An active code of ISO 4217, in either case.</param>
    /// <param name="payeeAccount">The payee's account, such as an IBAN; spaces are removed.</param>
    /// <param name="payeeName">The payee's name as the payer sees it.</param>
    /// <param name="reference">A reference, or null.</param>
    /// <exception cref="ArgumentException">A field is refused; the message names the field and the <see cref="TransactionProblem"/>, never a value.</exception>
    public static Transaction Create(decimal amount, string currency, string payeeAccount, string payeeName, string? reference = null) =>
        TryCreate(amount, currency, payeeAccount, payeeName, reference, out var transaction, out var problem) ? transaction : throw Refused(problem);

    /// <summary>Makes a payment from an amount as text, by the wire's grammar: ASCII digits with at most one point (<c>247.50</c>).</summary>
    /// <param name="amount">The amount as text, in major units.</param>
    /// <param name="currency">An active code of ISO 4217, in either case.</param>
    /// <param name="payeeAccount">The payee's account, such as an IBAN; spaces are removed.</param>
    /// <param name="payeeName">The payee's name as the payer sees it.</param>
    /// <param name="reference">A reference, or null.</param>
    /// <exception cref="ArgumentException">A field is refused; the message names the field and the <see cref="TransactionProblem"/>, never a value.</exception>
    public static Transaction Create(string amount, string currency, string payeeAccount, string payeeName, string? reference = null) =>
        TryCreate(amount, currency, payeeAccount, payeeName, reference, out var transaction, out var problem) ? transaction : throw Refused(problem);

    /// <summary>Makes a batch: bound to its total and to the set of its payments, whatever their order .</summary>
    /// <param name="currency">The currency of all items.</param>
    /// <param name="items">The payments; the same one twice counts twice.</param>
    /// <param name="reference">A reference, or null.</param>
    /// <exception cref="ArgumentException">A field is refused; the message names the field and the <see cref="TransactionProblem"/>, never a value.</exception>
    public static Transaction CreateBatch(string currency, IEnumerable<TransactionItem> items, string? reference = null) =>
        TryCreateBatch(currency, items, reference, out var transaction, out var problem) ? transaction : throw Refused(problem);

    /// <summary>Makes a payment, or says why not: for the validation of a request.</summary>
    public static bool TryCreate(
        decimal amount, string? currency, string? payeeAccount, string? payeeName, string? reference,
        [NotNullWhen(true)] out Transaction? transaction, out TransactionProblem problem)
    {
        transaction = null;
        if (!Currencies.TryFind(currency, out var code, out var exponent))
        {
            problem = TransactionProblem.CurrencyUnknown;
            return false;
        }

        problem = TransactionFields.Item(amount, exponent, payeeAccount, payeeName, out var item);
        if (item is null)
        {
            return false;
        }

        problem = TransactionFields.Reference(reference, out var canonicalReference);
        if (problem != TransactionProblem.None)
        {
            return false;
        }

        transaction = new Transaction(item.Amount, item.AmountText, code, item.PayeeAccount, item.PayeeName, canonicalReference, [item], isBatch: false);
        return true;
    }

    /// <summary>Makes a payment from an amount as text, or says why not: for the validation of a request.</summary>
    public static bool TryCreate(
        string? amount, string? currency, string? payeeAccount, string? payeeName, string? reference,
        [NotNullWhen(true)] out Transaction? transaction, out TransactionProblem problem)
    {
        if (!AmountGrammar.TryParse(amount, out var value, out _))
        {
            transaction = null;
            problem = TransactionProblem.AmountMalformed;
            return false;
        }

        return TryCreate(value, currency, payeeAccount, payeeName, reference, out transaction, out problem);
    }

    /// <summary>Makes a batch, or says why not: for the validation of a request.</summary>
    public static bool TryCreateBatch(
        string? currency, IEnumerable<TransactionItem> items, string? reference,
        [NotNullWhen(true)] out Transaction? transaction, out TransactionProblem problem)
    {
        ArgumentNullException.ThrowIfNull(items);
        transaction = null;
        if (!Currencies.TryFind(currency, out var code, out var exponent))
        {
            problem = TransactionProblem.CurrencyUnknown;
            return false;
        }

        var normal = new List<TransactionItem>();
        var total = 0m;
        foreach (var given in items)
        {
            if (normal.Count == MaxBatchItems)
            {
                problem = TransactionProblem.BatchTooLarge;
                return false;
            }

            problem = TransactionFields.Item(given.Amount, exponent, given.PayeeAccount, given.PayeeName, out var item);
            if (item is null)
            {
                return false;
            }

            normal.Add(item);
            total += item.Amount;
        }

        problem = normal.Count == 0 ? TransactionProblem.BatchEmpty : TransactionFields.Amount(total, exponent);
        if (problem != TransactionProblem.None)
        {
            return false;
        }

        problem = TransactionFields.Reference(reference, out var canonicalReference);
        if (problem != TransactionProblem.None)
        {
            return false;
        }

        var name = normal.Count == 1 ? "1 payment" : string.Create(System.Globalization.CultureInfo.InvariantCulture, $"{normal.Count} payments");
        transaction = new Transaction(
            total, AmountGrammar.Write(total, exponent), code, TransactionPreimage.SetAccount(normal), name, canonicalReference, normal.AsReadOnly(), isBatch: true);
        return true;
    }

    /// <summary>What kind it is, and nothing of its content.</summary>
    public override string ToString() => IsBatch ? "batch of payments" : "payment";

    private static ArgumentException Refused(TransactionProblem problem)
    {
        var field = problem switch
        {
            TransactionProblem.CurrencyUnknown => "currency",
            TransactionProblem.PayeeAccountMissing or TransactionProblem.PayeeAccountTooLong or TransactionProblem.PayeeAccountInvalid => "payeeAccount",
            TransactionProblem.PayeeNameMissing or TransactionProblem.PayeeNameTooLong or TransactionProblem.PayeeNameInvalid => "payeeName",
            TransactionProblem.ReferenceTooLong or TransactionProblem.ReferenceInvalid => "reference",
            TransactionProblem.BatchEmpty or TransactionProblem.BatchTooLarge => "items",
            _ => "amount",
        };
        return new ArgumentException($"The transaction is refused: {problem}.", field);
    }
}
