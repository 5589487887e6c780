using System.Security.Cryptography;
using System.Text;

namespace BiometricTwoFactor.Tests.Webhooks;

/// <summary>Deliveries signed with the framework's HMAC over text that the test wrote down itself, never with the code under test.</summary>
internal static class Delivery
{
    public const long Now = 1774970000;

    public const string SecretText = "test_secret_project_0001";

    /// <summary>A reference verdict without its braces, to which a test adds.</summary>
    public const string Plain =
        "\"created_at\":1774969999,\"event_id\":\"e-1\",\"session_id\":\"s-1\",\"status\":\"Approved\",\"timestamp\":1774970000,\"webhook_type\":\"status.updated\"";

    public static string Hmac(string text, string secret = SecretText) => Hmac(Encoding.UTF8.GetBytes(text), secret);

    public static string Hmac(byte[] bytes, string secret = SecretText) =>
        Convert.ToHexStringLower(HMACSHA256.HashData(Encoding.UTF8.GetBytes(secret), bytes));

    public static WebhookVerifierOptions Options(params string[] secrets) =>
        new() { Secrets = [.. (secrets.Length == 0 ? [SecretText] : secrets).Select((s, i) => new WebhookSecret(s, label: $"secret-{i}"))] };

    public static WebhookVerifier Verifier(WebhookVerifierOptions? options = null, long now = Now) => new(options ?? Options(), new ManualClock(now));

    /// <summary>Verifies a body under its own raw MAC, with the options and at the time given.</summary>
    public static WebhookVerification Verify(string body, WebhookVerifierOptions? options = null, long now = Now, string? timestampHeader = null, string? test = null) =>
        Verifier(options, now).Verify(
            Encoding.UTF8.GetBytes(body), new WebhookHeaders { SignatureV2 = Hmac(body), Timestamp = timestampHeader, TestWebhook = test });

    public static WebhookEvent Event(string body, string? test = null)
    {
        var verification = Verify(body, test: test);
        Assert.Equal(WebhookOutcome.Valid, verification.Outcome);
        return verification.Event!;
    }
}
