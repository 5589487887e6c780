namespace BiometricTwoFactor;

/// <summary>
/// RTS article 18: a remote payment of low risk. The provider's rate of fraud is at or under the reference of the annex for an
/// amount that is at least this one, the rate is no older than 90 days (article 19), was not over the reference for two quarters in
/// a row (article 20), and none of six signals was found, each of which somebody looked for.
/// </summary>
internal sealed class TransactionRiskRule() : ExemptionRule(ExemptionKind.TransactionRisk, "article 18")
{
    public override ExemptionFinding Find(in ExemptionQuestion question)
    {
        var facts = question.Facts;
        if (facts.Operation != ScaOperation.RemotePayment)
        {
            return No(ExemptionReason.OtherOperation);
        }

        if (facts.Instrument == PaymentInstrument.Unknown)
        {
            return Unknown(ExemptionReason.FactUnknown);
        }

        if (RateOf(question.Programme, facts.Instrument) is not { } rate)
        {
            return Unknown(ExemptionReason.FraudRateMissing);
        }

        var preset = question.Programme.Preset;
        if (rate.MeasuredUntil > question.Now || question.Now - rate.MeasuredUntil > preset.FraudRateLifetime)
        {
            return Unknown(ExemptionReason.FraudRateStale);
        }

        if (rate.QuartersOver >= preset.QuartersUntilStop)
        {
            return No(ExemptionReason.AnalysisStopped);
        }

        switch (facts.Risk.Any)
        {
            case true:
                return No(ExemptionReason.RiskFound);
            case null:
                return Unknown(ExemptionReason.RiskUnknown);
        }

        return question.TryGetAmount(out var amount) is { } unknown ? Unknown(unknown) : OfAmount(question, amount, rate);
    }

    private ExemptionFinding OfAmount(in ExemptionQuestion question, decimal amount, FraudRate rate)
    {
        var thresholds = question.Programme.Preset.RiskThresholds;
        var isSmallEnough = false;
        for (var number = 0; number < thresholds.Count; number++)
        {
            var threshold = thresholds[number];
            if (threshold.Instrument != rate.Instrument || !question.IsWithin(amount, threshold.Amount))
            {
                continue;
            }

            isSmallEnough = true;
            if (rate.Rate <= threshold.MaxFraudRate)
            {
                return Eligible;
            }
        }

        return No(isSmallEnough ? ExemptionReason.FraudRateOver : ExemptionReason.AmountOver);
    }

    private static FraudRate? RateOf(ExemptionProgramme programme, PaymentInstrument instrument)
    {
        for (var number = 0; number < programme.FraudRates.Count; number++)
        {
            if (programme.FraudRates[number].Instrument == instrument)
            {
                return programme.FraudRates[number];
            }
        }

        return null;
    }
}
