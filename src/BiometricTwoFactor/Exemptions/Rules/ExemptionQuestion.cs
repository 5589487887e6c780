namespace BiometricTwoFactor;

/// <summary>Everything that a rule may look at.</summary>
internal readonly record struct ExemptionQuestion(TransactionFacts Facts, ExemptionCounters Counters, ExemptionProgramme Programme, DateTimeOffset Now)
{
    /// <summary>The payment's amount in the currency of the limits.</summary>
    /// <returns>Null when it was found; otherwise why not.</returns>
    public string? TryGetAmount(out decimal amount)
    {
        amount = 0;
        if (Facts.Payment is not { } payment)
        {
            return ExemptionReason.PaymentMissing;
        }

        if (string.Equals(payment.Currency, Programme.Preset.Currency, StringComparison.Ordinal))
        {
            amount = payment.Amount;
            return null;
        }

        if (Facts.Rate is not { } rate || !string.Equals(rate.To, Programme.Preset.Currency, StringComparison.Ordinal))
        {
            return ExemptionReason.RateMissing;
        }

        if (rate.Value is <= 0 or > 1_000_000_000 || rate.At > Now || Now - rate.At > Programme.ConversionRateLifetime)
        {
            return ExemptionReason.RateStale;
        }

        // Both are below 10^15 and 10^9, so that the product is exact enough; what is rounded away is rounded up.
        amount = decimal.Round(payment.Amount * rate.Value, 4, MidpointRounding.ToPositiveInfinity);
        return null;
    }

    /// <summary>True when a sum is within a limit.</summary>
    public bool IsWithin(decimal value, decimal limit) => Programme.Comparison == LimitComparison.StrictlyLess ? value < limit : value <= limit;
}
