using System.Text.Json.Nodes;

namespace BiometricTwoFactor.Emulator.Tests;

public sealed class TestWebhookTests
{
    private static async Task<(RelyingParty Party, ManualTimeProvider Clock)> StartAsync(ApiEdition edition = ApiEdition.Reference)
    {
        var clock = new ManualTimeProvider(Deliveries.Start);
        var party = await RelyingParty.StartAsync(options => (options.TimeProvider, options.WebhookEdition) = (clock, edition));
        return (party, clock);
    }

    [Theory]
    [InlineData(ApiEdition.Reference)]
    [InlineData(ApiEdition.Guide)]
    public async Task A_test_is_an_approval_of_nobody_that_is_marked_and_rightly_signed(ApiEdition edition)
    {
        var (party, clock) = await StartAsync(edition);
        await using var _ = party;
        var delivery = await party.Emulator.SendTestWebhookAsync();

        Assert.Equal(WebhookDeliveryOutcome.Accepted, delivery.Outcome);
        Assert.Null(delivery.EventId);
        var received = Assert.Single(party.Receiver.All);
        Assert.Equal("true", received.Headers["X-Didit-Test-Webhook"]);
        var body = Deliveries.Body(received);
        Assert.Equal(("Approved", "test-vendor-data-123"), ((string?)body["status"], (string?)body["vendor_data"]));
        Assert.True((bool)(body["metadata"] ?? body["metadata_echo"])!["test_webhook"]!);
        Assert.DoesNotContain(body, member => member.Key is "event_id" or "application_id" or "environment");
        var verification = Deliveries.Verify(received, clock);
        Assert.Equal(WebhookOutcome.Valid, verification.Outcome);
        Assert.True(verification.Event!.IsTest);
        Assert.Empty(party.Emulator.Sessions);
        Assert.Equal(404, (await party.SendAsync(HttpMethod.Get, $"/v3/session/{delivery.SessionId}/decision/")).Status);
    }

    [Fact]
    public async Task A_real_webhook_has_no_mark_of_a_test()
    {
        var (party, clock) = await StartAsync();
        await using var _ = party;
        var session = await party.CreatedKycAsync();
        await party.Emulator.CompleteAsync(session.Id);
        var received = Assert.Single(party.Receiver.All);
        Assert.False(received.Headers.ContainsKey("X-Didit-Test-Webhook"));
        Assert.False(Deliveries.Verify(received, clock).Event!.IsTest);
    }

    [Fact]
    public async Task A_test_reaches_a_paused_destination_and_is_not_repeated()
    {
        var (party, clock) = await StartAsync();
        await using var _ = party;
        await using var paused = await Receiver.StartAsync();
        paused.AnswerNext(500);
        var destination = party.Emulator.AddWebhookDestination(paused.Url);
        party.Emulator.SetWebhookDestinationEnabled(destination.Id, enabled: false);

        var (status, body) = await party.SendAsync(HttpMethod.Post, $"/v3/webhook/destinations/{destination.Id}/test/");

        Assert.Equal(200, status);
        Assert.Equal((500, "failed"), ((int)JsonNode.Parse(body)!["response_status"]!, (string?)JsonNode.Parse(body)!["outcome"]));
        Assert.Equal(WebhookOutcome.Valid, Deliveries.Outcome(paused.All[0], clock, destination.Secret));
        clock.Advance(TimeSpan.FromHours(1));
        await party.Emulator.WebhooksIdleAsync();
        Assert.Single(paused.All);
        Assert.Empty(party.Receiver.All);
    }

    [Fact]
    public async Task A_test_uses_up_no_fault()
    {
        var (party, clock) = await StartAsync();
        await using var _ = party;
        party.Emulator.Faults.Plan(new EmulatorFault { Kind = EmulatorFaultKind.WebhookWrongSecret });
        await party.Emulator.SendTestWebhookAsync();
        Assert.Equal(WebhookOutcome.Valid, Deliveries.Outcome(Assert.Single(party.Receiver.All), clock));
        Assert.Single(party.Emulator.Faults.Planned);
    }

    [Fact]
    public async Task There_is_no_test_without_a_destination()
    {
        var (party, _) = await StartAsync();
        await using var __ = party;
        await Assert.ThrowsAsync<InvalidOperationException>(() => party.Emulator.SendTestWebhookAsync("unknown"));
        party.Emulator.RemoveWebhookDestination(party.Emulator.WebhookDestinations[0].Id);
        await Assert.ThrowsAsync<InvalidOperationException>(() => party.Emulator.SendTestWebhookAsync());
    }
}
