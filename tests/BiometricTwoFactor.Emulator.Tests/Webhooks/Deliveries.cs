using System.Text;
using System.Text.Json.Nodes;

namespace BiometricTwoFactor.Emulator.Tests;

/// <summary>What the tests of webhooks say about what arrived.</summary>
internal static class Deliveries
{
    public static readonly DateTimeOffset Start = DateTimeOffset.FromUnixTimeSeconds(1774970000);

    /// <summary>What the SDK makes of it, under that secret and clock.</summary>
    public static WebhookVerification Verify(
        Receiver.Received received, TimeProvider clock, string secret = RelyingParty.Secret, int maxBodyBytes = 256 * 1024)
    {
        var verifier = new WebhookVerifier(
            new WebhookVerifierOptions { Secrets = [new WebhookSecret(secret)], MaxBodyBytes = maxBodyBytes }, clock);
        return verifier.Verify(received.Body, new WebhookHeaders
        {
            SignatureV2 = received.Headers.GetValueOrDefault("X-Signature-V2"),
            Signature = received.Headers.GetValueOrDefault("X-Signature"),
            Timestamp = received.Headers.GetValueOrDefault("X-Timestamp"),
            TestWebhook = received.Headers.GetValueOrDefault("X-Didit-Test-Webhook"),
        });
    }

    public static WebhookOutcome Outcome(Receiver.Received received, TimeProvider clock, string secret = RelyingParty.Secret) =>
        Verify(received, clock, secret).Outcome;

    public static JsonObject Body(Receiver.Received received) => JsonNode.Parse(Encoding.UTF8.GetString(received.Body))!.AsObject();

    public static string Statuses(Receiver receiver) => string.Join(", ", receiver.All.Select(received => (string?)Body(received)["status"]));

    /// <summary>Until the log is that long: it grows in the background.</summary>
    public static async Task LoggedAsync(BiometricEmulator emulator, int count)
    {
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(30));
        while (emulator.Deliveries.Count < count)
        {
            patience.Token.ThrowIfCancellationRequested();
            await Task.Yield();
        }
    }
}
