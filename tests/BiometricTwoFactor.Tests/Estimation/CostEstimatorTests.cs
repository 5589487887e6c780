namespace BiometricTwoFactor.Tests.Estimation;

/// <summary>The comparison with SMS: the formulas, by hand.</summary>
public sealed class CostEstimatorTests
{
    private static readonly SmsCosts Sms = new() { PricePerMessage = 0.0118m, ResendRate = 0.2m, CompletionRate = 0.9m };
    private static readonly FaceCosts Face = new() { CompletionRate = 0.95m };

    [Fact]
    public void A_success_by_SMS_pays_for_resent_and_for_failed_codes()
    {
        var estimate = CostEstimator.Estimate(100_000, Sms, Face);
        Assert.Equal(1_416m, estimate.SmsPerMonth); // 100,000 × 1.2 × 0.0118
        Assert.Equal(0.0157m, decimal.Round(estimate.SmsPerSuccess, 4));
    }

    [Fact]
    public void Declined_and_abandoned_faces_are_free_and_so_are_the_first_five_hundred()
    {
        var estimate = CostEstimator.Estimate(100_000, Sms, Face);
        Assert.Equal(9_450m, estimate.FacePerMonth); // (95,000 - 500) × 0.10
        Assert.Equal(9_450m / 95_000m, estimate.FacePerSuccess);
        Assert.False(estimate.IsFaceCheaper);
        Assert.Equal(9_950m, CostEstimator.Estimate(100_000, Sms, Face with { BillsUnfinished = true }).FacePerMonth);
        Assert.Equal(12_285m, CostEstimator.Estimate(100_000, Sms, Face with { WithDeviceAndIp = true }).FacePerMonth);
        Assert.Equal(4_725m, CostEstimator.Estimate(100_000, Sms, Face with { Product = FaceProduct.Match }).FacePerMonth);
        Assert.Equal(0m, CostEstimator.Estimate(500, Sms, Face).FacePerMonth);
    }

    [Theory]
    [InlineData(100_000, 0, 1)]
    [InlineData(100_000, 500, 1)]
    [InlineData(1_000, 25, 2)]
    public void At_the_break_even_price_both_cost_the_same(int volume, int fixedCosts, int segments)
    {
        var sms = Sms with { FixedPerMonth = fixedCosts, Segments = segments };
        var price = CostEstimator.Estimate(volume, sms, Face).BreakEvenSmsPrice!.Value;
        var there = CostEstimator.Estimate(volume, sms with { PricePerMessage = price }, Face);
        Assert.Equal(decimal.Round(there.FacePerSuccess, 15), decimal.Round(there.SmsPerSuccess, 15));
        Assert.True(CostEstimator.Estimate(volume, sms with { PricePerMessage = price + 0.000001m }, Face).IsFaceCheaper);
    }

    [Fact]
    public void Where_fixed_costs_alone_are_more_there_is_no_such_price() =>
        Assert.Null(CostEstimator.Estimate(400, Sms with { FixedPerMonth = 100m }, Face).BreakEvenSmsPrice);

    [Fact]
    public void Figures_that_cannot_be_are_refused_by_name()
    {
        Refused("perMonth", () => CostEstimator.Estimate(0, Sms, Face));
        Refused(nameof(SmsCosts.PricePerMessage), () => CostEstimator.Estimate(1, Sms with { PricePerMessage = -0.01m }, Face));
        Refused(nameof(SmsCosts.Segments), () => CostEstimator.Estimate(1, Sms with { Segments = 0 }, Face));
        Refused(nameof(SmsCosts.ResendRate), () => CostEstimator.Estimate(1, Sms with { ResendRate = -0.1m }, Face));
        Refused(nameof(SmsCosts.CompletionRate), () => CostEstimator.Estimate(1, Sms with { CompletionRate = 0m }, Face));
        Refused(nameof(SmsCosts.CompletionRate), () => CostEstimator.Estimate(1, Sms with { CompletionRate = 90m }, Face));
        Refused(nameof(SmsCosts.FixedPerMonth), () => CostEstimator.Estimate(1, Sms with { FixedPerMonth = -1m }, Face));
        Refused(nameof(FaceCosts.FreePerMonth), () => CostEstimator.Estimate(1, Sms, Face with { FreePerMonth = -1 }));
        Refused(nameof(FaceCosts.PriceOfSession), () => CostEstimator.Estimate(1, Sms, Face with { PriceOfSession = -1m }));
    }

    [Fact]
    public void The_largest_figures_have_an_answer() =>
        Assert.True(CostEstimator.Estimate(int.MaxValue, Sms with { PricePerMessage = 1_000_000m, Segments = 100, ResendRate = 100m }, Face).SmsPerMonth > 0);

    private static void Refused(string name, Func<object> estimate) => Assert.Equal(name, Assert.Throws<ArgumentException>(estimate).ParamName);
}
