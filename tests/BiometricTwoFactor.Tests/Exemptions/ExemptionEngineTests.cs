using static BiometricTwoFactor.Tests.Exemptions.Programmes;

namespace BiometricTwoFactor.Tests.Exemptions;

/// <summary>What is so for every rule: doubt authenticates, and a decision says how it came about.</summary>
public sealed class ExemptionEngineTests
{
    private static readonly TransactionFacts Exempt = Payment(1m) with { PayeeIsTrusted = true };

    [Theory]
    [InlineData(MonitoringAdvice.Clear, ScaOutcome.Exempt, ExemptionReason.Met)]
    [InlineData(MonitoringAdvice.Unknown, ScaOutcome.RequireSca, ExemptionReason.MonitoringUnknown)]
    [InlineData(MonitoringAdvice.Suspicious, ScaOutcome.RequireSca, ExemptionReason.Suspicious)]
    [InlineData(MonitoringAdvice.Block, ScaOutcome.Blocked, ExemptionReason.BlockedByMonitoring)]
    [InlineData((MonitoringAdvice)99, ScaOutcome.RequireSca, ExemptionReason.MonitoringUnknown)]
    public void Article_2_Without_monitoring_nothing_is_exempt(MonitoringAdvice advice, ScaOutcome expected, string why)
    {
        var decision = All().Decide(Exempt with { Monitoring = advice });
        Assert.Equal((expected, why), (decision.Outcome, decision.Why()));
    }

    [Fact]
    public void A_programme_without_names_exempts_nothing() =>
        Assert.Equal(ScaOutcome.RequireSca, ExemptionProgramme.Create(new ExemptionProgrammeOptions()).Decide(Exempt).Outcome);

    [Fact]
    public void A_programme_that_is_switched_off_exempts_nothing_and_still_blocks()
    {
        var programme = All(options => options.IsEnabled = false);
        Assert.Equal(ExemptionReason.SwitchedOff, programme.Decide(Exempt).Why());
        Assert.Equal(ScaOutcome.Blocked, programme.Decide(Exempt with { Monitoring = MonitoringAdvice.Block }).Outcome);
    }

    [Fact]
    public void What_is_not_told_is_authenticated()
    {
        Assert.Equal(ExemptionReason.OperationUnknown, All().Decide(new TransactionFacts { Operation = ScaOperation.Unknown, Monitoring = MonitoringAdvice.Clear }).Why());
        Assert.Equal(ExemptionReason.PaymentMissing, All().Decide(Exempt with { Payment = null }).Why());
        var nothing = new TransactionFacts { Operation = ScaOperation.RemotePayment, Payment = Exempt.Payment, Monitoring = MonitoringAdvice.Clear };
        Assert.Equal(ScaOutcome.RequireSca, All().Decide(nothing).Outcome);
    }

    [Fact]
    public void Counters_that_cannot_be_are_no_counters()
    {
        Assert.Equal(ExemptionReason.CountersInvalid, All().Decide(Exempt, LowValue(-0.01m, 1)).Why());
        Assert.Equal(ExemptionReason.CountersInvalid, All().Decide(Exempt, LowValue(1m, -1)).Why());
        Assert.Equal(ExemptionReason.CountersInvalid, All(options => options.CountBy = CountBy.Number).Decide(Exempt, LowValue(1m, int.MaxValue)).Why()); // one more is negative
        Assert.Equal(ExemptionReason.CountersInvalid, All().Decide(Exempt, LowValue(decimal.MaxValue, 1)).Why());
        Assert.Equal(ExemptionReason.CountersInvalid, All().Decide(Exempt, ExemptionCounters.None with { AuthenticatedAt = Now.AddTicks(1) }).Why());
        Assert.Equal(ExemptionReason.CountersInvalid, All().Decide(Exempt, ExemptionCounters.None with { BalanceSeenAt = Now.AddTicks(1) }).Why());
    }

    [Fact]
    public void The_first_that_applies_is_taken_in_the_order_of_the_programme_and_all_before_it_are_told()
    {
        var decision = Of([ExemptionKind.Recurring, ExemptionKind.LowValue, ExemptionKind.TrustedBeneficiary]).Decide(Exempt);
        Assert.Equal(ExemptionKind.LowValue, decision.Kind);
        Assert.Equal(
            [new(ExemptionKind.Recurring, ExemptionResult.NotEligible, ExemptionReason.FactFalse), new(ExemptionKind.LowValue, ExemptionResult.Eligible, ExemptionReason.Met)],
            decision.Findings);
        Assert.Equal(ExemptionKind.TrustedBeneficiary, Of([ExemptionKind.TrustedBeneficiary, ExemptionKind.LowValue]).Decide(Exempt).Kind);
    }

    [Fact]
    public void A_decision_says_by_which_policy_and_on_whose_authority()
    {
        var applied = Of(ExemptionKind.LowValue);
        var requested = Of(ExemptionKind.LowValue, options => options.Basis = ExemptionBasis.Requested);
        Assert.Equal((ExemptionBasis.Applied, applied.Version, Now), (applied.Decide(Exempt).Basis, applied.Decide(Exempt).PolicyVersion, applied.Decide(Exempt).At));
        Assert.Equal(ExemptionBasis.Requested, requested.Decide(Exempt).Basis);
        Assert.StartsWith("psd2/2023-07-25/default/", applied.Version, StringComparison.Ordinal);
    }

    [Fact]
    public void Nothing_of_a_payment_is_printed()
    {
        var series = new PaymentSeries(Exempt.Payment!, Now);
        Assert.All(
            [$"{Exempt with { Series = series }}", $"{series}", $"{All().Decide(Exempt)}", $"{All()}"],
            text =>
            {
                Assert.DoesNotContain(Account, text, StringComparison.Ordinal);
                Assert.DoesNotContain("Ada", text, StringComparison.Ordinal);
            });
    }

    [Fact]
    public void A_decision_allocates_at_most_a_kilobyte()
    {
        var programme = All();
        var facts = Payment(1_000_000m); // every rule is asked
        var before = LowValue(50m, 2);
        Measure();
        Assert.InRange(Measure(), 1, 1024);

        long Measure()
        {
            var start = GC.GetAllocatedBytesForCurrentThread();
            for (var number = 0; number < 100; number++)
            {
                ExemptionEngine.Decide(facts, before, programme, Now);
            }

            return (GC.GetAllocatedBytesForCurrentThread() - start) / 100;
        }
    }

    [Theory]
    [InlineData("amount", "0", "EUR")]
    [InlineData("amount", "-30", "EUR")]
    [InlineData("amount", "30.001", "EUR")]
    [InlineData("currency", "30", "EUX")]
    public void Article_5_1_b_A_payment_that_is_none_is_refused_with_the_article(string field, string amount, string currency)
    {
        var refused = Assert.Throws<ArgumentException>(() => TransactionFacts.OfPayment(
            ScaOperation.RemotePayment, decimal.Parse(amount, System.Globalization.CultureInfo.InvariantCulture), currency, Account, "Ada", "order-1"));
        Assert.Equal(field, refused.ParamName);
        Assert.StartsWith("RTS article 5(1)(b)", refused.Message, StringComparison.Ordinal);
    }
}
