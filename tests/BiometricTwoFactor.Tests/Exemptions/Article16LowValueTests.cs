using static BiometricTwoFactor.Tests.Exemptions.Programmes;

namespace BiometricTwoFactor.Tests.Exemptions;

/// <summary>RTS article 16, remote payments of low value .</summary>
public sealed class Article16LowValueTests
{
    [Theory]
    [InlineData("29.99", ScaOutcome.Exempt)]
    [InlineData("30.00", ScaOutcome.Exempt)]
    [InlineData("30.01", ScaOutcome.RequireSca)]
    public void Article_16_a_Thirty_euros_are_exempt_and_a_cent_more_is_not(string amount, ScaOutcome expected)
    {
        var decision = Of(ExemptionKind.LowValue).Decide(Payment(Amount(amount)));
        Assert.Equal(expected, decision.Outcome);
        Assert.Equal(expected == ScaOutcome.Exempt ? ExemptionReason.Met : ExemptionReason.AmountOver, decision.Why());
    }

    [Theory]
    [InlineData("29.99", ScaOutcome.Exempt)]
    [InlineData("30.00", ScaOutcome.RequireSca)]
    public void Article_16_a_Strictly_less_as_the_guides_say(string amount, ScaOutcome expected) =>
        Assert.Equal(expected, Of(ExemptionKind.LowValue, options => options.Comparison = LimitComparison.StrictlyLess).Decide(Payment(Amount(amount))).Outcome);

    [Theory]
    [InlineData(CountingMode.Strict, "74.99", ScaOutcome.Exempt)]
    [InlineData(CountingMode.Strict, "75.00", ScaOutcome.Exempt)]
    [InlineData(CountingMode.Strict, "75.01", ScaOutcome.RequireSca)]
    [InlineData(CountingMode.Literal, "99.99", ScaOutcome.Exempt)]
    [InlineData(CountingMode.Literal, "100.00", ScaOutcome.Exempt)]
    [InlineData(CountingMode.Literal, "100.01", ScaOutcome.RequireSca)]
    public void Article_16_b_The_sum_since_the_last_authentication_with_twenty_five_euros_now(CountingMode mode, string before, ScaOutcome expected)
    {
        var decision = Of(ExemptionKind.LowValue, options => options.Counting = mode).Decide(Payment(25m), LowValue(Amount(before), 4));
        Assert.Equal(expected, decision.Outcome);
        Assert.Equal(expected == ScaOutcome.Exempt ? ExemptionReason.Met : ExemptionReason.TotalOver, decision.Why());
    }

    [Theory]
    [InlineData(CountingMode.Strict, 3, ScaOutcome.Exempt)]
    [InlineData(CountingMode.Strict, 4, ScaOutcome.Exempt)]
    [InlineData(CountingMode.Strict, 5, ScaOutcome.RequireSca)]
    [InlineData(CountingMode.Literal, 5, ScaOutcome.Exempt)]
    [InlineData(CountingMode.Literal, 6, ScaOutcome.RequireSca)]
    public void Article_16_c_The_number_since_the_last_authentication(CountingMode mode, int before, ScaOutcome expected)
    {
        var programme = Of(ExemptionKind.LowValue, options => (options.CountBy, options.Counting) = (CountBy.Number, mode));
        var decision = programme.Decide(Payment(30m), LowValue(30m * before, before));
        Assert.Equal(expected, decision.Outcome);
        Assert.Equal(expected == ScaOutcome.Exempt ? ExemptionReason.Met : ExemptionReason.CountOver, decision.Why());
    }

    [Fact]
    public void Article_16_The_two_counters_are_one_or_the_other()
    {
        var byNumber = Of(ExemptionKind.LowValue, options => options.CountBy = CountBy.Number);
        var byAmount = Of(ExemptionKind.LowValue);
        Assert.Equal(5, Exempted(byNumber, Enumerable.Repeat(29m, 10))); // EUR 145 in five
        Assert.Equal(3, Exempted(byAmount, Enumerable.Repeat(29m, 10)));
        Assert.Equal(10, Exempted(byAmount, Enumerable.Repeat(10m, 20))); // more than five
        Assert.Equal(5, Exempted(byNumber, Enumerable.Repeat(10m, 20)));
    }

    [Fact]
    public void Article_16_Only_an_authentication_begins_anew()
    {
        var programme = Of(ExemptionKind.LowValue);
        var full = LowValue(100m, 4);
        Assert.Equal(ScaOutcome.RequireSca, programme.Decide(Payment(0.01m), full).Outcome);
        Assert.Equal(full, programme.Decide(Payment(0.01m), full).CountersAfter); // to be asked is no authentication
        Assert.Equal(ScaOutcome.Exempt, programme.Decide(Payment(30m), full.AfterAuthentication(Now)).Outcome);
    }

    [Fact]
    public void Article_16_A_payment_that_is_tried_again_counts_once()
    {
        var programme = Of(ExemptionKind.LowValue);
        var first = programme.Decide(Payment(25m), LowValue(75m, 3));
        Assert.Equal(new ExemptedSum(100m, 4), first.CountersAfter.LowValue);
        var again = programme.Decide(Payment(25m), first.CountersAfter with { IncludesThis = true });
        Assert.Equal((ScaOutcome.Exempt, first.CountersAfter.LowValue), (again.Outcome, again.CountersAfter.LowValue));
        var another = programme.Decide(Payment(25m), first.CountersAfter with { IncludesThis = false });
        Assert.Equal(ScaOutcome.RequireSca, another.Outcome);
    }

    [Fact]
    public void Article_16_What_another_article_exempted_counts_nothing_here()
    {
        var programme = Of([ExemptionKind.TrustedBeneficiary, ExemptionKind.LowValue]);
        var before = LowValue(10m, 1);
        var trusted = programme.Decide(Payment(20m) with { PayeeIsTrusted = true }, before);
        Assert.Equal((ExemptionKind.TrustedBeneficiary, before), (trusted.Kind, trusted.CountersAfter));
    }

    [Fact]
    public void Article_16_Without_a_reference_it_could_be_counted_twice_and_is_not_exempt() =>
        Assert.Equal(ExemptionReason.PaymentMissing, Of(ExemptionKind.LowValue).Decide(Payment(1m) with { Reference = " " }).Why());

    [Theory]
    [InlineData("25.00", "60.00", ScaOutcome.Exempt)]
    [InlineData("25.01", "0.00", ScaOutcome.RequireSca)]
    [InlineData("25.00", "60.01", ScaOutcome.RequireSca)]
    public void Article_16_of_the_United_Kingdom_is_25_and_85_pounds(string amount, string before, ScaOutcome expected) =>
        Assert.Equal(
            expected,
            Of(ExemptionKind.LowValue, options => options.Preset = ExemptionPreset.UnitedKingdom).Decide(Payment(Amount(amount), "GBP"), LowValue(Amount(before), 3)).Outcome);

    [Theory]
    [InlineData(-24 * 60, ScaOutcome.Exempt, ExemptionReason.Met)]
    [InlineData(-24 * 60 - 1, ScaOutcome.RequireSca, ExemptionReason.RateStale)]
    [InlineData(1, ScaOutcome.RequireSca, ExemptionReason.RateStale)]
    public void Article_16_Another_currency_needs_a_rate_of_today(int minutes, ScaOutcome expected, string why)
    {
        var decision = Of(ExemptionKind.LowValue).Decide(Payment(30m, "USD") with { Rate = new ConversionRate("EUR", 0.9m, Now.AddMinutes(minutes)) });
        Assert.Equal((expected, why), (decision.Outcome, decision.Why()));
    }

    [Theory]
    [InlineData(null, "0.9", ExemptionReason.RateMissing)]
    [InlineData("GBP", "0.9", ExemptionReason.RateMissing)]
    [InlineData("EUR", "0", ExemptionReason.RateStale)]
    [InlineData("EUR", "-1", ExemptionReason.RateStale)]
    public void Article_16_A_rate_that_is_none_exempts_nothing(string? to, string value, string why) =>
        Assert.Equal(why, Of(ExemptionKind.LowValue).Decide(Payment(1m, "USD") with { Rate = to is null ? null : new ConversionRate(to, Amount(value), Now) }).Why());

    [Fact]
    public void Article_16_A_converted_amount_is_rounded_up()
    {
        var rate = new ConversionRate("EUR", 0.000001m, Now);
        var decision = Of(ExemptionKind.LowValue).Decide(Payment(1m, "JPY") with { Rate = rate });
        Assert.Equal(0.0001m, decision.CountersAfter.LowValue.Total);
        Assert.Equal(ScaOutcome.RequireSca, Of(ExemptionKind.LowValue).Decide(Payment(100m, "USD") with { Rate = new ConversionRate("EUR", 0.30000001m, Now) }).Outcome);
    }

    private static int Exempted(ExemptionProgramme programme, IEnumerable<decimal> amounts)
    {
        var counters = ExemptionCounters.None with { AuthenticatedAt = Now };
        var exempted = 0;
        foreach (var amount in amounts)
        {
            var decision = programme.Decide(Payment(amount), counters);
            exempted += decision.Outcome == ScaOutcome.Exempt ? 1 : 0;
            counters = decision.CountersAfter with { IncludesThis = false };
        }

        return exempted;
    }

    private static decimal Amount(string text) => decimal.Parse(text, System.Globalization.CultureInfo.InvariantCulture);
}
