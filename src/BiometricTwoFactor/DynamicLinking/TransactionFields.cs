namespace BiometricTwoFactor;

/// <summary>The checks and normal forms of single fields, shared by single payments and batches.</summary>
internal static class TransactionFields
{
    private const decimal TooLarge = 1_000_000_000_000_000m;

    internal static TransactionProblem Item(decimal amount, int exponent, string? account, string? name, out TransactionItem? item)
    {
        item = null;
        var problem = Amount(amount, exponent);
        if (problem != TransactionProblem.None)
        {
            return problem;
        }

        problem = Account(account, out var canonicalAccount);
        if (problem != TransactionProblem.None)
        {
            return problem;
        }

        problem = Name(name, out var canonicalName);
        if (problem != TransactionProblem.None)
        {
            return problem;
        }

        var text = AmountGrammar.Write(amount, exponent);
        item = new TransactionItem(amount, text, canonicalAccount, canonicalName);
        return TransactionProblem.None;
    }

    internal static TransactionProblem Amount(decimal amount, int exponent) => amount switch
    {
        <= 0m => TransactionProblem.AmountNotPositive,
        >= TooLarge => TransactionProblem.AmountTooLarge,
        _ when decimal.Round(amount, exponent) != amount => TransactionProblem.AmountTooPrecise,
        _ => TransactionProblem.None,
    };

    internal static TransactionProblem Reference(string? text, out string? canonical)
    {
        canonical = null;
        if (string.IsNullOrWhiteSpace(text))
        {
            // An empty reference is no reference; else "no reference" could be written in two ways.
            return text is null || CanonicalText.ForPeople(text) is not null ? TransactionProblem.None : TransactionProblem.ReferenceInvalid;
        }

        if (IsHopelesslyLong(text, Transaction.MaxReferenceLength))
        {
            return TransactionProblem.ReferenceTooLong;
        }

        var normal = CanonicalText.ForPeople(text);
        if (normal is null)
        {
            return TransactionProblem.ReferenceInvalid;
        }

        canonical = normal;
        return normal.Length > Transaction.MaxReferenceLength ? TransactionProblem.ReferenceTooLong : TransactionProblem.None;
    }

    private static TransactionProblem Account(string? text, out string canonical)
    {
        canonical = "";
        if (string.IsNullOrWhiteSpace(text))
        {
            return TransactionProblem.PayeeAccountMissing;
        }

        if (IsHopelesslyLong(text, Transaction.MaxPayeeAccountLength))
        {
            return TransactionProblem.PayeeAccountTooLong;
        }

        var normal = CanonicalText.ForAccounts(text);
        if (normal is null || normal.StartsWith(TransactionPreimage.SetPrefix, StringComparison.OrdinalIgnoreCase))
        {
            // A single payee named like a batch would echo like one.
            return TransactionProblem.PayeeAccountInvalid;
        }

        canonical = normal;
        return normal.Length > Transaction.MaxPayeeAccountLength ? TransactionProblem.PayeeAccountTooLong : TransactionProblem.None;
    }

    private static TransactionProblem Name(string? text, out string canonical)
    {
        canonical = "";
        if (string.IsNullOrWhiteSpace(text))
        {
            return TransactionProblem.PayeeNameMissing;
        }

        if (IsHopelesslyLong(text, Transaction.MaxPayeeNameLength))
        {
            return TransactionProblem.PayeeNameTooLong;
        }

        var normal = CanonicalText.ForPeople(text);
        if (normal is null)
        {
            return TransactionProblem.PayeeNameInvalid;
        }

        canonical = normal;
        return normal.Length > Transaction.MaxPayeeNameLength ? TransactionProblem.PayeeNameTooLong : TransactionProblem.None;
    }

    /// <summary>Composing and trimming shorten a text, but not from eight times the limit: spares the work on a flood.</summary>
    private static bool IsHopelesslyLong(string text, int limit) => text.Length > 8 * limit;
}
