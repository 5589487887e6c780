using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;

namespace BiometricTwoFactor.Emulator.Tests;

public sealed class WebhookTests
{
    private static string Mac(ReadOnlySpan<byte> bytes, string secret = RelyingParty.Secret) =>
        Convert.ToHexStringLower(HMACSHA256.HashData(Encoding.UTF8.GetBytes(secret), bytes));

    [Fact]
    public async Task A_reference_webhook_carries_the_envelope_and_all_three_signatures()
    {
        var clock = new ManualTimeProvider(DateTimeOffset.FromUnixTimeSeconds(1774970000));
        await using var party = await RelyingParty.StartAsync(options =>
        {
            options.TimeProvider = clock;
            options.ApplicationId = "11111111-2222-3333-4444-555555555555";
        });
        party.Emulator.StoreFace("user-42");
        var session = await party.CreatedAsync(new
        {
            workflow_id = EmulatedWorkflow.BiometricAuthenticationId,
            vendor_data = "user-42",
            metadata = new { reason = "settings_change" },
        });

        await party.Emulator.CompleteAsync(session.Id);

        var delivery = Assert.Single(party.Receiver.All);
        var text = Encoding.UTF8.GetString(delivery.Body);
        var body = JsonNode.Parse(text)!.AsObject();
        Assert.Equal(
            "application_id created_at decision environment event_id metadata session_id status timestamp vendor_data webhook_type workflow_id workflow_version",
            string.Join(' ', body.Select(member => member.Key)));
        Assert.Equal("11111111-2222-3333-4444-555555555555", (string?)body["application_id"]);
        Assert.Equal("status.updated", (string?)body["webhook_type"]);
        Assert.Equal("sandbox", (string?)body["environment"]);
        Assert.Equal("Approved", (string?)body["status"]);
        Assert.Equal(1774970000, (long?)body["timestamp"]);
        Assert.Equal(session.Id.ToString(), (string?)body["session_id"]);
        Assert.Equal("settings_change", (string?)body["metadata"]!["reason"]);
        Assert.Equal("Approved", (string?)body["decision"]!["face_matches"]![0]!["status"]);

        // An ASCII body is its own canonical form, so that both signatures are over the same bytes (contract 4.5).
        Assert.Equal(Mac(delivery.Body), delivery.Headers["X-Signature"]);
        Assert.Equal(Mac(delivery.Body), delivery.Headers["X-Signature-V2"]);
        var simple = string.Create(CultureInfo.InvariantCulture, $"1774970000:{session.Id}:Approved:status.updated");
        Assert.Equal(Mac(Encoding.UTF8.GetBytes(simple)), delivery.Headers["X-Signature-Simple"]);
        Assert.Equal("1774970000", delivery.Headers["X-Timestamp"]);
        Assert.Equal("DiditWebhook/2.0 +https://didit.me", delivery.Headers["User-Agent"]);
        Assert.Equal("application/json", delivery.Headers["Content-Type"]);
    }
}
