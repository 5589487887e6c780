using Bank;

namespace BiometricTwoFactor.Bank.Tests;

/// <summary>What somebody meets who starts the bank for the first time and has forgotten a setting.</summary>
public sealed class NewcomerTests
{
    private static readonly string[] Complete =
    [
        "--Biometric:ApiKey", "a-key-of-the-provider",
        "--Biometric:WebhookSecrets:0", "a-webhook-secret-of-the-provider-0001",
        "--Biometric:Workflows:StepUp:Id", "b1000000-0000-4000-8000-000000000001",
        "--Biometric:Workflows:Enrolment:Id", "b1000000-0000-4000-8000-000000000003",
        "--Biometric:PublicOrigin", "https://bank.example",
    ];

    [Theory]
    [InlineData("Biometric:ApiKey")]
    [InlineData("Biometric:WebhookSecrets")]
    [InlineData("Biometric:Workflows:StepUp:Id")]
    [InlineData("Biometric:PublicOrigin")]
    public async Task A_missing_setting_stops_the_start_and_is_named(string setting)
    {
        var arguments = Pairs().Where(pair => !pair.Name.StartsWith("--" + setting, StringComparison.Ordinal)).SelectMany(pair => new[] { pair.Name, pair.Value });
        var failure = await FailureOfAsync("Production", [.. arguments]);
        Assert.Contains(setting, failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_short_webhook_secret_is_named_and_not_shown()
    {
        var failure = await FailureOfAsync("Production", [.. Complete, "--Biometric:WebhookSecrets:0", "too-short"]);
        Assert.Contains("Biometric:WebhookSecrets:0", failure.ToString(), StringComparison.Ordinal);
        Assert.DoesNotContain("too-short", failure.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_sandbox_does_not_start_in_production()
    {
        var failure = await FailureOfAsync("Production", [.. Complete, "--Biometric:Environment", "Sandbox"]);
        Assert.Contains("Biometric:Environment", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task With_the_providers_settings_the_same_code_starts_without_the_emulator()
    {
        await using var app = await Program.BuildAsync(RunningBank.Arguments("Production", Complete));
        await app.StartAsync();
        Assert.Null(app.Services.GetService(typeof(EmulatedProvider)));
        await app.StopAsync();
    }

    private static IEnumerable<(string Name, string Value)> Pairs() => Complete.Chunk(2).Select(pair => (pair[0], pair[1]));

    private static async Task<Exception> FailureOfAsync(string environment, string[] settings)
    {
        await using var app = await Program.BuildAsync(RunningBank.Arguments(environment, settings));
        return await Assert.ThrowsAnyAsync<Exception>(() => app.StartAsync());
    }
}
