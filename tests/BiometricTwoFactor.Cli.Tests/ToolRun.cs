using System.Text;

namespace BiometricTwoFactor.Cli.Tests;

/// <summary>Runs the tool in process, with an environment of the test's own.</summary>
internal sealed class ToolRun
{
    /// <summary>The secret of the provider's own published signing fixtures.</summary>
    public const string Secret = "wh_test_secret_9f2c4b8e1a7d";

    public required int ExitCode { get; init; }

    public required string Output { get; init; }

    public required string Error { get; init; }

    public static async Task<ToolRun> WithAsync(string[] args, string? input = null, string? secret = Secret, long now = 1774970000)
    {
        var output = new StringWriter();
        var error = new StringWriter();
        var code = await Tool.RunAsync(args, new ToolContext
        {
            Input = new MemoryStream(Encoding.UTF8.GetBytes(input ?? "")),
            Output = output,
            Error = error,
            Variable = name => name == "BIOMETRIC_WEBHOOK_SECRET" ? secret : null,
            Clock = new StandingClock(now),
        });
        return new ToolRun { ExitCode = code, Output = output.ToString(), Error = error.ToString() };
    }

    private sealed class StandingClock(long seconds) : TimeProvider
    {
        public override DateTimeOffset GetUtcNow() => DateTimeOffset.FromUnixTimeSeconds(seconds);
    }
}
