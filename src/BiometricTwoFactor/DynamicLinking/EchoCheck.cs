namespace BiometricTwoFactor;

/// <summary>
/// Compares what a verdict says was approved with what was stored when the challenge was made (RTS article 5(1)(c),
/// contract "The echo", R-06). The stored side decides; nothing of a request takes part.
/// </summary>
public static class EchoCheck
{
    /// <summary>More digits than these do not survive every JSON reader between the provider and us.</summary>
    private const int MostExactDigits = 15;

    /// <summary>Compares the echo with the stored transaction.</summary>
    /// <param name="expected">The transaction as it was stored.</param>
    /// <param name="echo">The metadata that came back with the verdict.</param>
    /// <returns><see cref="EchoResult.Matched"/>, or the first thing that is wrong: amount, then currency, then payee.</returns>
    public static EchoResult Compare(Transaction expected, SessionMetadata echo)
    {
        ArgumentNullException.ThrowIfNull(expected);
        ArgumentNullException.ThrowIfNull(echo);

        if (!echo.TryGet(SessionMetadataNames.Amount, out var amount)
            || !echo.TryGet(SessionMetadataNames.PayeeAccount, out var payee)
            || amount.Kind is not (MetadataValueKind.String or MetadataValueKind.Number)
            || payee.Kind is not MetadataValueKind.String)
        {
            return EchoResult.Missing;
        }

        if (!IsAmount(amount, expected.Amount))
        {
            return EchoResult.AmountDiffers;
        }

        // The guide's echo has no currency; one that is there must be ours. The digest binds it in any case.
        if (echo.TryGet(SessionMetadataNames.Currency, out var currency)
            && !(currency.Kind == MetadataValueKind.String && string.Equals(currency.Text, expected.Currency, StringComparison.Ordinal)))
        {
            return EchoResult.CurrencyDiffers;
        }

        return string.Equals(payee.Text, expected.PayeeAccount, StringComparison.Ordinal) ? EchoResult.Matched : EchoResult.PayeeDiffers;
    }

    private static bool IsAmount(MetadataValue echoed, decimal expected)
    {
        if (!AmountGrammar.TryParse(echoed.Text, out var value, out var digits) || value != expected)
        {
            return false;
        }

        return echoed.Kind == MetadataValueKind.String || digits <= MostExactDigits;
    }
}
