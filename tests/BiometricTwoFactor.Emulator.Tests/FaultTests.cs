using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;

namespace BiometricTwoFactor.Emulator.Tests;

public sealed class FaultTests
{
    [Fact]
    public async Task A_changed_body_is_signed_as_changed_and_only_once()
    {
        await using var party = await RelyingParty.StartAsync();
        var session = await party.CreatedAsync(new { workflow_id = EmulatedWorkflow.KycEnrolmentId, metadata = new { amount = "10.00" } });
        party.Emulator.Faults.NextWebhookBody = body =>
        {
            body["metadata"]!["amount"] = "9999.00";
            body["timestamp"] = 1;
            return body;
        };
        await party.Emulator.OpenAsync(session.Id);
        await party.Emulator.CompleteAsync(session.Id, SandboxScenario.ReviewFaceMatchBorderline);
        await party.Emulator.ReviewAsync(session.Id, approved: true);

        var amounts = party.Receiver.All.Select(received => (string?)JsonNode.Parse(received.Body)!["metadata"]!["amount"]);
        Assert.Equal("10.00 9999.00 10.00", string.Join(' ', amounts));
        var forged = party.Receiver.All[1];
        Assert.Equal(Convert.ToHexStringLower(HMACSHA256.HashData(Encoding.UTF8.GetBytes(RelyingParty.Secret), forged.Body)), forged.Headers["X-Signature"]);
        Assert.Equal("1", forged.Headers["X-Timestamp"]);
        Assert.Equal("10.00", (string?)(await party.DecisionAsync(session.Id))["metadata"]!["amount"]);
    }

    [Fact]
    public async Task Another_secret_signs_while_the_override_is_set()
    {
        const string Other = "another-secret-that-nobody-knows";
        await using var party = await RelyingParty.StartAsync();
        party.Emulator.Faults.SigningSecretOverride = Other;
        var session = await party.CreatedKycAsync();
        await party.Emulator.CompleteAsync(session.Id);
        var delivery = Assert.Single(party.Receiver.All);
        Assert.Equal(Convert.ToHexStringLower(HMACSHA256.HashData(Encoding.UTF8.GetBytes(Other), delivery.Body)), delivery.Headers["X-Signature"]);
    }

    [Fact]
    public async Task Dropped_webhooks_are_logged_and_never_sent()
    {
        await using var party = await RelyingParty.StartAsync();
        party.Emulator.Faults.DropWebhooks = true;
        var session = await party.CreatedKycAsync();
        await party.Emulator.CompleteAsync(session.Id);
        Assert.Empty(party.Receiver.All);
        Assert.Equal(WebhookDeliveryOutcome.Dropped, Assert.Single(party.Emulator.Deliveries).Outcome);
    }

    [Fact]
    public async Task Held_webhooks_come_when_they_are_released()
    {
        await using var party = await RelyingParty.StartAsync();
        party.Emulator.Faults.HoldWebhooks = true;
        var session = await party.CreatedKycAsync();
        await party.Emulator.OpenAsync(session.Id);
        await party.Emulator.CompleteAsync(session.Id);
        Assert.Empty(party.Receiver.All);

        await party.Emulator.Faults.ReleaseWebhooksAsync();

        Assert.False(party.Emulator.Faults.HoldWebhooks);
        Assert.Equal("In Progress Approved", string.Join(' ', party.Receiver.All.Select(received => (string?)JsonNode.Parse(received.Body)!["status"])));
        Assert.Equal("Held Held Accepted Accepted", string.Join(' ', party.Emulator.Deliveries.Select(delivery => delivery.Outcome)));
    }

    [Fact]
    public async Task Planned_failures_answer_instead_of_the_api()
    {
        await using var party = await RelyingParty.StartAsync();
        party.Emulator.Faults.FailNextRequests(1, 429, """{"detail":"Slow down."}""", headers: new Dictionary<string, string>(StringComparer.Ordinal) { ["Retry-After"] = "7" });
        using var limited = await party.PostAsync("/v3/session/", new { workflow_id = EmulatedWorkflow.KycEnrolmentId });
        Assert.Equal(429, (int)limited.StatusCode);
        Assert.Equal(TimeSpan.FromSeconds(7), limited.Headers.RetryAfter!.Delta);
        Assert.Equal("""{"detail":"Slow down."}""", await limited.Content.ReadAsStringAsync());
        Assert.Empty(party.Emulator.Sessions);
        await party.CreatedKycAsync();
    }

    [Fact]
    public async Task An_unavailable_provider_answers_503_everywhere()
    {
        await using var party = await RelyingParty.StartAsync();
        var session = await party.CreatedKycAsync();
        party.Emulator.Faults.Unavailable = true;
        Assert.Equal(503, (await party.SendAsync(HttpMethod.Get, "/v3/sessions/")).Status);
        Assert.Equal(503, (await party.SendAsync(HttpMethod.Get, session.Url.AbsolutePath)).Status);
        party.Emulator.Faults.Clear();
        Assert.Equal(200, (await party.SendAsync(HttpMethod.Get, "/v3/sessions/")).Status);
    }

    [Fact]
    public async Task A_provider_that_hangs_up_gives_no_answer()
    {
        await using var party = await RelyingParty.StartAsync();
        party.Emulator.Faults.HangUp = true;
        await Assert.ThrowsAsync<HttpRequestException>(() => party.Http.GetAsync("/v3/sessions/"));
    }

    [Fact]
    public async Task Nonsense_is_json_that_ends_in_the_middle()
    {
        await using var party = await RelyingParty.StartAsync();
        party.Emulator.Faults.AnswerNonsense = true;
        var (status, body) = await party.SendAsync(HttpMethod.Get, "/v3/sessions/");
        Assert.Equal(200, status);
        Assert.ThrowsAny<System.Text.Json.JsonException>(() => JsonNode.Parse(body));
    }

    [Fact]
    public async Task A_delay_lasts_by_the_emulators_clock()
    {
        var clock = new ManualTimeProvider(DateTimeOffset.FromUnixTimeSeconds(1774970000));
        await using var party = await RelyingParty.StartAsync(options => options.TimeProvider = clock);
        party.Emulator.Faults.Delay = TimeSpan.FromSeconds(20);
        var asking = party.SendAsync(HttpMethod.Get, "/v3/sessions/");
        await clock.WaitForTimerAsync(TimeSpan.FromSeconds(20));
        Assert.False(asking.IsCompleted);
        clock.Advance(TimeSpan.FromSeconds(20));
        Assert.Equal(200, (await asking).Status);
    }

    [Theory]
    [InlineData(null)]
    [InlineData(SandboxScenario.Approve)]
    public async Task A_session_can_be_handed_out_twice_even_when_it_is_finished(string? scenario)
    {
        await using var party = await RelyingParty.StartAsync();
        var first = await party.CreatedAsync(new { workflow_id = EmulatedWorkflow.KycEnrolmentId, vendor_data = "victim", metadata = new { payee = "A" } });
        if (scenario is not null)
        {
            await party.Emulator.CompleteAsync(first.Id, scenario);
        }

        party.Emulator.Faults.ReturnExistingSession = first.Id;
        var second = await party.CreatedAsync(new { workflow_id = EmulatedWorkflow.KycEnrolmentId, vendor_data = "other", metadata = new { payee = "B" } });
        Assert.Equal(first.Id, second.Id);
        Assert.Equal("B", (string?)(await party.DecisionAsync(first.Id))["metadata"]!["payee"]);

        var third = await party.CreatedAsync(new { workflow_id = EmulatedWorkflow.KycEnrolmentId, vendor_data = "other" });
        Assert.NotEqual(first.Id, third.Id);
    }

    [Fact]
    public async Task Clearing_ends_every_fault()
    {
        await using var party = await RelyingParty.StartAsync();
        var first = await party.CreatedKycAsync();
        var faults = party.Emulator.Faults;
        faults.DropWebhooks = faults.HangUp = faults.AnswerNonsense = faults.Unavailable = true;
        faults.Delay = TimeSpan.FromDays(1);
        faults.SigningSecretOverride = "another-secret-that-nobody-knows";
        faults.NextWebhookBody = _ => [];
        faults.ReturnExistingSession = first.Id;
        faults.FailNextRequests(3, 500);

        faults.Clear();

        var second = await party.CreatedKycAsync("other");
        Assert.NotEqual(first.Id, second.Id);
        await party.Emulator.CompleteAsync(second.Id);
        var delivery = Assert.Single(party.Receiver.All);
        Assert.Equal(Convert.ToHexStringLower(HMACSHA256.HashData(Encoding.UTF8.GetBytes(RelyingParty.Secret), delivery.Body)), delivery.Headers["X-Signature"]);
        Assert.Equal(second.Id.ToString(), (string?)JsonNode.Parse(delivery.Body)!["session_id"]);
    }

    [Fact]
    public async Task A_signing_secret_that_no_webhook_could_be_signed_with_is_refused_at_once()
    {
        await using var emulator = await BiometricEmulator.StartAsync();
        Assert.Throws<ArgumentException>(() => emulator.Faults.SigningSecretOverride = "too-short");
        Assert.Null(emulator.Faults.SigningSecretOverride);
    }
}
