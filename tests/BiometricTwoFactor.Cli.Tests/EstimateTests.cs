using System.Globalization;

namespace BiometricTwoFactor.Cli.Tests;

/// <summary><c>biometric2fa estimate</c>.</summary>
public sealed class EstimateTests
{
    private static readonly string[] Asked =
    [
        "estimate", "--volume", "100000", "--sms-price", "0.0118", "--sms-completion", "90", "--sms-resend", "20", "--face-completion", "95",
    ];

    [Fact]
    public async Task It_prints_both_costs_the_break_even_and_what_it_assumed()
    {
        var run = await ToolRun.WithAsync(Asked);
        Assert.Equal((0, ""), (run.ExitCode, run.Error));
        Assert.Contains("1416.00       0.0157", run.Output, StringComparison.Ordinal);
        Assert.Contains("9450.00       0.0995", run.Output, StringComparison.Ordinal);
        Assert.Contains("where one message costs 0.0746; yours costs 0.0118: SMS is cheaper", run.Output, StringComparison.Ordinal);
        foreach (var assumed in new[] { "100000 begun", "90 of 100 come to a right code, 20 of 100 are sent once more", "95 of 100 come to an approval", "declined and abandoned ones are free", "500 free", "session: 0.1" })
        {
            Assert.Contains(assumed, run.Output, StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task Every_price_is_a_parameter()
    {
        var run = await ToolRun.WithAsync([.. Asked, "--with-ip", "--price", "0.2", "--price-ip", "0.05", "--free", "0", "--bill-unfinished", "--sms-segments", "2", "--sms-fixed", "84"]);
        Assert.Contains("25000.00", run.Output, StringComparison.Ordinal); // 100,000 × 0.25
        Assert.Contains("2916.00", run.Output, StringComparison.Ordinal); // 240,000 × 0.0118 + 84
        Assert.Contains("declined and abandoned ones are billed; 0 free", run.Output, StringComparison.Ordinal);
        Assert.Contains("2000.00", (await ToolRun.WithAsync([.. Asked, "--match-only", "--price-match", "0.02", "--free", "0", "--bill-unfinished"])).Output, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("--sms-price", "0,0118")]
    [InlineData("--sms-price", "-1")]
    [InlineData("--sms-completion", "0")]
    [InlineData("--sms-completion", "101")]
    [InlineData("--face-completion", "nine")]
    [InlineData("--volume", "0")]
    [InlineData("--volume", "1e5")]
    public async Task What_is_no_figure_is_refused(string option, string value)
    {
        var asked = Asked.ToList();
        asked[asked.IndexOf(option) + 1] = value;
        var run = await ToolRun.WithAsync([.. asked]);
        Assert.Equal((2, ""), (run.ExitCode, run.Output));
        Assert.NotEqual("", run.Error);
    }

    [Fact]
    public async Task No_price_of_SMS_is_made_up()
    {
        var run = await ToolRun.WithAsync(["estimate", "--volume", "1000", "--sms-completion", "90", "--sms-resend", "20", "--face-completion", "95"]);
        Assert.Equal(2, run.ExitCode);
        Assert.Contains("--sms-price", run.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_machines_language_changes_nothing()
    {
        var before = CultureInfo.CurrentCulture;
        try
        {
            CultureInfo.CurrentCulture = (CultureInfo)CultureInfo.InvariantCulture.Clone();
            CultureInfo.CurrentCulture.NumberFormat.NumberDecimalSeparator = ",";
            Assert.Contains("0.0746", (await ToolRun.WithAsync(Asked)).Output, StringComparison.Ordinal);
        }
        finally
        {
            CultureInfo.CurrentCulture = before;
        }
    }
}
