using System.Text;
using System.Text.Json.Nodes;
using BiometricTwoFactor.ReferenceMatcher;

namespace BiometricTwoFactor.Cli.Tests;

/// <summary>Runs the tool in process, with an environment of the test's own.</summary>
internal sealed class ToolRun
{
    /// <summary>The secret of the provider's own published signing fixtures.</summary>
    public const string Secret = "wh_test_secret_9f2c4b8e1a7d";

    // Loading takes a while, and a matcher may be used from any number of tests.
    private static readonly Lazy<FaceMatcher> Plain = new(() => new FaceMatcher());
    private static readonly Lazy<FaceMatcher> Mirrored = new(() => new FaceMatcher(new FaceMatcherOptions { Mirrored = true }));

    public required int ExitCode { get; init; }

    public required string Output { get; init; }

    public required string Error { get; init; }

    /// <summary>The output of a command that prints one JSON object.</summary>
    public JsonObject Json => JsonNode.Parse(Output)!.AsObject();

    public static Task<ToolRun> WithAsync(string[] args, string? input = null, string? secret = Secret, long now = 1774970000) =>
        WithAsync(args, Encoding.UTF8.GetBytes(input ?? ""), secret, now);

    public static async Task<ToolRun> WithAsync(string[] args, byte[] input, string? secret = Secret, long now = 1774970000)
    {
        var output = new StringWriter();
        var error = new StringWriter();
        var code = await Tool.RunAsync(args, new ToolContext
        {
            Input = new MemoryStream(input),
            Output = output,
            Error = error,
            Variable = name => name == "BIOMETRIC_WEBHOOK_SECRET" ? secret : null,
            Clock = new StandingClock(now),
            MakeMatcher = Matcher,
        });
        return new ToolRun { ExitCode = code, Output = output.ToString(), Error = error.ToString() };
    }

    private static FaceMatcher Matcher(FaceMatcherOptions options) =>
        options.LivenessScorer is not null ? new FaceMatcher(options)
        : options.Mirrored ? Mirrored.Value
        : Plain.Value;

    private sealed class StandingClock(long seconds) : TimeProvider
    {
        public override DateTimeOffset GetUtcNow() => DateTimeOffset.FromUnixTimeSeconds(seconds);
    }
}
