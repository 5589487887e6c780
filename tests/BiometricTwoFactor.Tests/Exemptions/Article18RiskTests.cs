using System.Globalization;
using static BiometricTwoFactor.Tests.Exemptions.Programmes;

namespace BiometricTwoFactor.Tests.Exemptions;

/// <summary>RTS articles 18 to 20 and annex, transaction risk analysis .</summary>
public sealed class Article18RiskTests
{
    public static TheoryData<string> Signals =>
    [
        nameof(RiskSignals.AbnormalSpending), nameof(RiskSignals.UnusualDevice), nameof(RiskSignals.Malware),
        nameof(RiskSignals.KnownFraudScenario), nameof(RiskSignals.AbnormalPayerLocation), nameof(RiskSignals.HighRiskPayeeLocation),
    ];

    [Theory]
    [InlineData(PaymentInstrument.Card, "0.0013", "100.00", true)]
    [InlineData(PaymentInstrument.Card, "0.0013", "100.01", false)]
    [InlineData(PaymentInstrument.Card, "0.00130001", "100.00", false)]
    [InlineData(PaymentInstrument.Card, "0.0006", "250.00", true)]
    [InlineData(PaymentInstrument.Card, "0.0006", "250.01", false)]
    [InlineData(PaymentInstrument.Card, "0.00060001", "250.00", false)]
    [InlineData(PaymentInstrument.Card, "0.0001", "500.00", true)]
    [InlineData(PaymentInstrument.Card, "0.0001", "500.01", false)]
    [InlineData(PaymentInstrument.Card, "0.00010001", "500.00", false)]
    [InlineData(PaymentInstrument.CreditTransfer, "0.00015", "100.00", true)]
    [InlineData(PaymentInstrument.CreditTransfer, "0.00015", "100.01", false)]
    [InlineData(PaymentInstrument.CreditTransfer, "0.000150001", "100.00", false)]
    [InlineData(PaymentInstrument.CreditTransfer, "0.0001", "250.00", true)]
    [InlineData(PaymentInstrument.CreditTransfer, "0.0001", "250.01", false)]
    [InlineData(PaymentInstrument.CreditTransfer, "0.000100001", "250.00", false)]
    [InlineData(PaymentInstrument.CreditTransfer, "0.00005", "500.00", true)]
    [InlineData(PaymentInstrument.CreditTransfer, "0.00005", "500.01", false)]
    [InlineData(PaymentInstrument.CreditTransfer, "0.000050001", "500.00", false)]
    public void Article_18_and_annex_Three_thresholds_for_cards_and_three_for_transfers(PaymentInstrument instrument, string rate, string amount, bool isExempt)
    {
        var decision = With(new FraudRate(instrument, Number(rate), Now)).Decide(Payment(Number(amount)) with { Instrument = instrument });
        Assert.Equal(isExempt ? ScaOutcome.Exempt : ScaOutcome.RequireSca, decision.Outcome);
    }

    [Theory]
    [InlineData("85.00", "0.0013", true)]
    [InlineData("85.01", "0.0013", false)]
    [InlineData("220.00", "0.0006", true)]
    [InlineData("220.01", "0.0006", false)]
    [InlineData("440.00", "0.0001", true)]
    [InlineData("440.01", "0.0001", false)]
    public void Article_18_of_the_United_Kingdom_has_its_own_amounts(string amount, string rate, bool isExempt)
    {
        var programme = Of(ExemptionKind.TransactionRisk, options =>
        {
            options.Preset = ExemptionPreset.UnitedKingdom;
            options.FraudRates.Clear();
            options.FraudRates.Add(new FraudRate(PaymentInstrument.Card, Number(rate), Now));
        });
        var decision = programme.Decide(Payment(Number(amount), "GBP") with { Instrument = PaymentInstrument.Card });
        Assert.Equal(isExempt ? ScaOutcome.Exempt : ScaOutcome.RequireSca, decision.Outcome);
    }

    [Theory]
    [MemberData(nameof(Signals))]
    public void Article_18_2_c_Each_of_the_six_signals_is_a_veto_and_so_is_its_absence(string signal)
    {
        var programme = Of(ExemptionKind.TransactionRisk);
        Assert.Equal(ScaOutcome.Exempt, programme.Decide(Payment(100m)).Outcome);
        Assert.Equal(ExemptionReason.RiskFound, programme.Decide(Payment(100m) with { Risk = Having(signal, true) }).Why());
        Assert.Equal(ExemptionReason.RiskUnknown, programme.Decide(Payment(100m) with { Risk = Having(signal, null) }).Why());
    }

    [Theory]
    [InlineData(0, true)]
    [InlineData(90 * 24, true)]
    [InlineData(90 * 24 + 1, false)]
    [InlineData(-1, false)]
    public void Article_19_A_rate_of_fraud_is_no_older_than_ninety_days(int hours, bool isExempt)
    {
        var decision = With(new FraudRate(PaymentInstrument.CreditTransfer, 0m, Now.AddHours(-hours))).Decide(Payment(100m));
        Assert.Equal(isExempt ? ExemptionReason.Met : ExemptionReason.FraudRateStale, decision.Why());
    }

    [Fact]
    public void Article_19_The_rate_of_the_other_instrument_is_none() =>
        Assert.Equal(ExemptionReason.FraudRateMissing, With(new FraudRate(PaymentInstrument.Card, 0m, Now)).Decide(Payment(1m)).Why());

    [Theory]
    [InlineData(0, ExemptionReason.Met)]
    [InlineData(1, ExemptionReason.Met)]
    [InlineData(2, ExemptionReason.AnalysisStopped)]
    [InlineData(3, ExemptionReason.AnalysisStopped)]
    public void Article_20_Two_quarters_over_the_reference_end_it(int quarters, string why) =>
        Assert.Equal(why, With(new FraudRate(PaymentInstrument.CreditTransfer, 0m, Now, quarters)).Decide(Payment(1m)).Why());

    [Theory]
    [InlineData(ScaOperation.ContactlessPayment)]
    [InlineData(ScaOperation.TerminalPayment)]
    [InlineData(ScaOperation.AccountAccess)]
    public void Article_18_1_Remote_payments_only(ScaOperation operation) =>
        Assert.Equal(ExemptionReason.OtherOperation, Of(ExemptionKind.TransactionRisk).Decide(Payment(1m, operation: operation)).Why());

    [Fact]
    public void Article_18_An_unknown_instrument_exempts_nothing() =>
        Assert.Equal(ExemptionReason.FactUnknown, Of(ExemptionKind.TransactionRisk).Decide(Payment(1m) with { Instrument = PaymentInstrument.Unknown }).Why());

    private static ExemptionProgramme With(FraudRate rate) => Of(ExemptionKind.TransactionRisk, options =>
    {
        options.FraudRates.Clear();
        options.FraudRates.Add(rate);
    });

    private static RiskSignals Having(string signal, bool? value)
    {
        var signals = RiskSignals.None with { };
        typeof(RiskSignals).GetProperty(signal)!.SetValue(signals, value);
        return signals;
    }

    private static decimal Number(string text) => decimal.Parse(text, CultureInfo.InvariantCulture);
}
