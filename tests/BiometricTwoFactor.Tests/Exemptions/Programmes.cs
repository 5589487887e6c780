namespace BiometricTwoFactor.Tests.Exemptions;

/// <summary>Programmes, payments and counters that tests begin from.</summary>
internal static class Programmes
{
    public static readonly DateTimeOffset Now = new(2026, 12, 1, 12, 0, 0, TimeSpan.Zero);

    public const string Account = "DE89370400440532013000";

    public static ExemptionProgramme Of(ExemptionKind kind, Action<ExemptionProgrammeOptions>? configure = null) => Of([kind], configure);

    public static ExemptionProgramme Of(ExemptionKind[] kinds, Action<ExemptionProgrammeOptions>? configure = null) => ExemptionProgramme.Create(OptionsOf(kinds, configure));

    public static ExemptionProgrammeOptions OptionsOf(ExemptionKind[] kinds, Action<ExemptionProgrammeOptions>? configure = null)
    {
        var options = new ExemptionProgrammeOptions { Basis = ExemptionBasis.Applied };
        foreach (var kind in kinds)
        {
            options.Exemptions.Add(kind);
        }

        if (kinds.Contains(ExemptionKind.TransactionRisk))
        {
            options.FraudRates.Add(new FraudRate(PaymentInstrument.Card, 0.0005m, Now.AddDays(-1)));
            options.FraudRates.Add(new FraudRate(PaymentInstrument.CreditTransfer, 0.00005m, Now.AddDays(-1)));
        }

        if (kinds.Contains(ExemptionKind.CorporateProcess))
        {
            options.CorporateProcesses.Add("treasury-host");
        }

        configure?.Invoke(options);
        return options;
    }

    /// <summary>Every rule at once, in the order of the articles.</summary>
    public static ExemptionProgramme All(Action<ExemptionProgrammeOptions>? configure = null) =>
        Of([.. Enum.GetValues<ExemptionKind>().Where(kind => kind != ExemptionKind.None)], configure);

    /// <summary>A remote transfer of which everything is known, and nothing speaks for an exemption but its amount.</summary>
    public static TransactionFacts Payment(decimal amount, string currency = "EUR", ScaOperation operation = ScaOperation.RemotePayment) =>
        TransactionFacts.OfPayment(operation, amount, currency, Account, "Ada Lovelace", "order-1") with
        {
            Instrument = PaymentInstrument.CreditTransfer,
            Monitoring = MonitoringAdvice.Clear,
            PayeeIsTrusted = false,
            IsBetweenOwnAccounts = false,
            Risk = RiskSignals.None,
        };

    public static ExemptionCounters LowValue(decimal total, int count) =>
        ExemptionCounters.None with { AuthenticatedAt = Now.AddDays(-1), LowValue = new ExemptedSum(total, count) };

    public static ExemptionDecision Decide(this ExemptionProgramme programme, TransactionFacts facts, ExemptionCounters? counters = null, DateTimeOffset? now = null) =>
        ExemptionEngine.Decide(facts, counters ?? ExemptionCounters.None, programme, now ?? Now);

    /// <summary>The reason of the last finding, which is the one that decided.</summary>
    public static string Why(this ExemptionDecision decision) => decision.Findings[^1].Reason;
}
