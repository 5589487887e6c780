using FsCheck;
using FsCheck.Fluent;
using static BiometricTwoFactor.Tests.Exemptions.Programmes;

namespace BiometricTwoFactor.Tests.Exemptions;

/// <summary>What holds whatever is asked .</summary>
public sealed class ExemptionPropertyTests
{
    private static readonly Config Often = Config.QuickThrowOnFailure.WithMaxTest(2_000);

    private static Gen<bool?> Told => Gen.Elements<bool?>(true, false, null);

    private static Gen<RiskSignals> Signals =>
        from spending in Told
        from device in Told
        from malware in Told
        from scenario in Told
        from payer in Told
        from payee in Told
        select new RiskSignals
        {
            AbnormalSpending = spending,
            UnusualDevice = device,
            Malware = malware,
            KnownFraudScenario = scenario,
            AbnormalPayerLocation = payer,
            HighRiskPayeeLocation = payee,
        };

    private static Gen<RiskSignals> AnySignals => Gen.Frequency((2, Gen.Constant(RiskSignals.None)), (1, Signals));

    private static Gen<decimal> Amounts => Gen.OneOf(
        Gen.Elements(0.01m, 29.99m, 30m, 30.01m, 49.99m, 50m, 50.01m, 100m, 100.01m, 250m, 250.01m, 500m, 500.01m),
        Gen.Choose(1, 100_000).Select(cents => cents / 100m));

    private static Gen<TransactionFacts> AllFacts =>
        from amount in Amounts
        from operation in Gen.Elements(Enum.GetValues<ScaOperation>())
        from instrument in Gen.Elements(Enum.GetValues<PaymentInstrument>())
        from monitoring in Gen.Frequency((5, Gen.Constant(MonitoringAdvice.Clear)), (1, Gen.Elements(Enum.GetValues<MonitoringAdvice>())))
        from trusted in Told
        from own in Told
        from view in Gen.Elements(Enum.GetValues<AccountView>())
        from terminal in Gen.Elements(Enum.GetValues<TerminalPurpose>())
        from signals in AnySignals
        from process in Gen.Elements("treasury-host", "else", null)
        select Payment(amount, operation: operation) with
        {
            Instrument = instrument,
            Monitoring = monitoring,
            PayeeIsTrusted = trusted,
            IsBetweenOwnAccounts = own,
            View = view,
            Terminal = terminal,
            Risk = signals,
            CorporateProcess = process,
        };

    private static Gen<ExemptionCounters> AllCounters =>
        from total in Gen.Choose(0, 20_000)
        from count in Gen.Choose(0, 8)
        from days in Gen.Choose(0, 400)
        select LowValue(total / 100m, count) with { Contactless = new ExemptedSum(total / 50m, count), BalanceSeenAt = Now.AddDays(-days) };

    private static Gen<ExemptionProgramme> AllProgrammes =>
        from counted in Gen.Elements(Enum.GetValues<CountBy>())
        from mode in Gen.Elements(Enum.GetValues<CountingMode>())
        from comparison in Gen.Elements(Enum.GetValues<LimitComparison>())
        from kinds in Gen.SubListOf(Enum.GetValues<ExemptionKind>().Where(kind => kind != ExemptionKind.None))
        select Of([.. kinds], options => (options.CountBy, options.Counting, options.Comparison) = (counted, mode, comparison));

    [Fact]
    public void Articles_11_and_16_Nothing_is_exempt_above_a_limit()
    {
        var asked = from facts in AllFacts from counters in AllCounters from programme in AllProgrammes select (facts, counters, programme);
        Prop.ForAll(asked.ToArbitrary(), one =>
        {
            var decision = one.programme.Decide(one.facts, one.counters);
            var limit = decision.Kind switch
            {
                ExemptionKind.LowValue => (one.programme.LowValue, decision.CountersAfter.LowValue),
                ExemptionKind.Contactless => (one.programme.Contactless, decision.CountersAfter.Contactless),
                _ => ((CumulativeLimit, ExemptedSum)?)null,
            };
            return limit is not ({ } most, var after)
                || (one.facts.Payment!.Amount <= most.Amount
                    && (one.programme.Counting == CountingMode.Literal || one.programme.CountBy == CountBy.Number || after.Total <= most.Total)
                    && (one.programme.Counting == CountingMode.Literal || one.programme.CountBy == CountBy.Amount || after.Count <= most.Count));
        }).Check(Often);
    }

    [Fact]
    public void Article_18_More_risk_never_exempts_what_was_authenticated()
    {
        var asked = from facts in AllFacts from worse in Signals from counters in AllCounters from programme in AllProgrammes select (facts, worse, counters, programme);
        Prop.ForAll(asked.ToArbitrary(), one =>
        {
            var risk = new RiskSignals
            {
                AbnormalSpending = Worse(one.facts.Risk.AbnormalSpending, one.worse.AbnormalSpending),
                UnusualDevice = Worse(one.facts.Risk.UnusualDevice, one.worse.UnusualDevice),
                Malware = Worse(one.facts.Risk.Malware, one.worse.Malware),
                KnownFraudScenario = Worse(one.facts.Risk.KnownFraudScenario, one.worse.KnownFraudScenario),
                AbnormalPayerLocation = Worse(one.facts.Risk.AbnormalPayerLocation, one.worse.AbnormalPayerLocation),
                HighRiskPayeeLocation = Worse(one.facts.Risk.HighRiskPayeeLocation, one.worse.HighRiskPayeeLocation),
            };
            var (before, after) = (one.programme.Decide(one.facts, one.counters), one.programme.Decide(one.facts with { Risk = risk }, one.counters));
            return before.Outcome == ScaOutcome.Exempt || after.Outcome != ScaOutcome.Exempt;
        }).Check(Often);

        static bool? Worse(bool? before, bool? other) => before == true || other == true ? true : before is null || other is null ? null : before;
    }

    [Fact]
    public void Article_2_Worse_monitoring_never_exempts_what_was_authenticated()
    {
        var asked = from facts in AllFacts from counters in AllCounters from programme in AllProgrammes select (facts, counters, programme);
        Prop.ForAll(asked.ToArbitrary(), one => Enum.GetValues<MonitoringAdvice>().All(advice =>
            advice == MonitoringAdvice.Clear || one.programme.Decide(one.facts with { Monitoring = advice }, one.counters).Outcome != ScaOutcome.Exempt)).Check(Often);
    }

    [Fact]
    public void Articles_13_1_and_14_1_No_change_of_a_list_or_series_is_ever_exempt()
    {
        var asked = from facts in AllFacts from counters in AllCounters from programme in AllProgrammes select (facts, counters, programme);
        Prop.ForAll(asked.ToArbitrary(), one => new[] { ScaOperation.TrustedBeneficiaryChange, ScaOperation.SeriesChange, ScaOperation.Other, ScaOperation.Unknown }.All(operation =>
            one.programme.Decide(one.facts with { Operation = operation }, one.counters).Outcome != ScaOutcome.Exempt)).Check(Often);
    }

    [Fact]
    public void Counters_never_become_negative_and_only_grow_without_an_authentication()
    {
        var asked = from facts in AllFacts from counters in AllCounters from programme in AllProgrammes select (facts, counters, programme);
        Prop.ForAll(asked.ToArbitrary(), one =>
        {
            var after = one.programme.Decide(one.facts, one.counters).CountersAfter;
            return after.LowValue.Total >= one.counters.LowValue.Total && after.LowValue.Count >= one.counters.LowValue.Count
                && after.Contactless.Total >= one.counters.Contactless.Total && after.Contactless.Count >= one.counters.Contactless.Count
                && after.AuthenticatedAt == one.counters.AuthenticatedAt;
        }).Check(Often);
    }

    [Fact]
    public void The_same_payment_twice_is_decided_the_same_and_counts_once()
    {
        var asked = from facts in AllFacts from counters in AllCounters from programme in AllProgrammes select (facts, counters, programme);
        Prop.ForAll(asked.ToArbitrary(), one =>
        {
            var first = one.programme.Decide(one.facts, one.counters);
            var again = one.programme.Decide(one.facts, first.CountersAfter);
            return (again.Outcome, again.Kind, again.CountersAfter) == (first.Outcome, first.Kind, first.CountersAfter);
        }).Check(Often);
    }
}
