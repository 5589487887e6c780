using System.Text;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Http;

namespace BiometricTwoFactor.Emulator.Tests;

public sealed class DeliveryLogTests
{
    private static string Path(RelyingParty party, int destination = 0) =>
        $"/v3/webhook/destinations/{party.Emulator.WebhookDestinations[destination].Id}/deliveries/";

    private static async Task<JsonObject> GetAsync(RelyingParty party, string path, HttpMethod? method = null)
    {
        var (status, body) = await party.SendAsync(method ?? HttpMethod.Get, path);
        Assert.Equal(200, status);
        return JsonNode.Parse(body)!.AsObject();
    }

    private static async Task<SessionId> ApproveAsync(RelyingParty party)
    {
        var session = await party.CreatedKycAsync();
        await party.Emulator.CompleteAsync(session.Id);
        return session.Id;
    }

    [Fact]
    public async Task The_log_shows_what_was_sent_as_text_and_what_came_back()
    {
        var clock = new ManualTimeProvider(Deliveries.Start);
        await using var party = await RelyingParty.StartAsync(options => options.TimeProvider = clock);
        party.Receiver.Answer = async context =>
        {
            context.Response.StatusCode = 418;
            clock.Advance(TimeSpan.FromMilliseconds(250));
            await context.Response.WriteAsync("short and stout");
        };
        var session = await ApproveAsync(party);

        var page = await GetAsync(party, Path(party));
        Assert.Equal(1, (int)page["count"]!);
        Assert.Null(page["next"]);
        Assert.Null(page["previous"]);
        var row = Assert.Single(page["results"]!.AsArray())!.AsObject();
        Assert.Equal(
            (session.ToString(), party.Receiver.Url.AbsoluteUri, 418, 250, "Approved", "status.updated", "2026-03-31T15:13:20.250000Z"),
            ((string?)row["session_id"], (string?)row["request_url"], (int)row["response_status"]!, (int)row["response_time_ms"]!,
            (string?)row["status"], (string?)row["webhook_type"], (string?)row["created_at"]));
        Assert.Equal(("refused", 1), ((string?)row["outcome"], (int)row["attempt"]!));
        Assert.DoesNotContain(row, member => member.Key is "request_body" or "request_header");

        var received = Assert.Single(party.Receiver.All);
        var whole = await GetAsync(party, $"{Path(party)}{row["uuid"]}/");
        Assert.Equal(Encoding.UTF8.GetString(received.Body), (string?)whole["request_body"]);
        var headers = JsonNode.Parse((string)whole["request_header"]!)!.AsObject();
        Assert.Equal(
            "Content-Type User-Agent X-Signature X-Signature-V2 X-Signature-Simple X-Timestamp", string.Join(' ', headers.Select(member => member.Key)));
        Assert.All(headers, member => Assert.Equal(received.Headers[member.Key], (string?)member.Value));
        Assert.Equal("short and stout", (string?)whole["response_body"]);
        Assert.Equal((string?)Deliveries.Body(received)["event_id"], (string?)whole["event_id"]);

        var delivery = Assert.Single(party.Emulator.Deliveries);
        Assert.Equal(((string?)row["uuid"], TimeSpan.FromMilliseconds(250), "short and stout"), (delivery.Id, delivery.Duration, delivery.ResponseBody));
    }

    [Fact]
    public async Task The_log_is_newest_first_in_pages_and_by_days()
    {
        var clock = new ManualTimeProvider(Deliveries.Start);
        await using var party = await RelyingParty.StartAsync(options => options.TimeProvider = clock);
        await using var mirror = await Receiver.StartAsync();
        party.Emulator.AddWebhookDestination(mirror.Url);
        List<SessionId> sessions = [];
        for (var i = 0; i < 3; i++)
        {
            sessions.Add(await ApproveAsync(party));
            clock.Advance(TimeSpan.FromDays(1));
        }

        var page = await GetAsync(party, $"{Path(party)}?limit=2&date_from=2026-01-01");
        Assert.Equal(3, (int)page["count"]!);
        Assert.Equal([sessions[2].ToString(), sessions[1].ToString()], page["results"]!.AsArray().Select(row => (string?)row!["session_id"]));
        var last = await GetAsync(party, new Uri((string)page["next"]!).PathAndQuery);
        Assert.Equal(sessions[0].ToString(), (string?)Assert.Single(last["results"]!.AsArray())!["session_id"]);
        Assert.Null(last["next"]);
        Assert.Contains("offset=0", (string?)last["previous"], StringComparison.Ordinal);

        var day = await GetAsync(party, $"{Path(party, 1)}?date_from=2026-04-01&date_to=2026-04-01");
        Assert.Equal(sessions[1].ToString(), (string?)Assert.Single(day["results"]!.AsArray())!["session_id"]);
        Assert.Equal((400, """{"date_to":["Enter a valid date."]}"""), await party.SendAsync(HttpMethod.Get, $"{Path(party)}?date_to=yesterday"));
    }

    [Theory]
    [InlineData("?limit=-1&offset=abc")]
    [InlineData("?limit=2147483647&offset=0")]
    [InlineData("?limit=99999999999")]
    public async Task Odd_pages_are_harmless(string query)
    {
        await using var party = await RelyingParty.StartAsync();
        await ApproveAsync(party);
        Assert.Single((await GetAsync(party, Path(party) + query))["results"]!.AsArray());
        Assert.Empty((await GetAsync(party, Path(party) + "?limit=2147483647&offset=2147483647"))["results"]!.AsArray());
    }

    [Fact]
    public async Task A_delivery_of_another_destination_is_not_found()
    {
        await using var party = await RelyingParty.StartAsync();
        party.Emulator.AddWebhookDestination(new Uri("https://bank.example/"));
        await party.Emulator.SendTestWebhookAsync();
        var id = Assert.Single(party.Emulator.Deliveries).Id;
        Assert.Equal(200, (await party.SendAsync(HttpMethod.Get, $"{Path(party)}{id}/")).Status);
        Assert.Equal((404, """{"detail":"Webhook delivery not found."}"""), await party.SendAsync(HttpMethod.Get, $"{Path(party, 1)}{id}/"));
        Assert.Equal((404, """{"detail":"Webhook delivery not found."}"""), await party.SendAsync(HttpMethod.Post, $"{Path(party, 1)}{id}/resend/"));
        var (status, body) = await party.SendAsync(HttpMethod.Get, $"{Path(party)}no-uuid/");
        Assert.Equal(404, status);
        Assert.StartsWith("<!doctype html>", body, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_replay_is_the_same_bytes_and_goes_where_the_destination_is_now()
    {
        var clock = new ManualTimeProvider(Deliveries.Start);
        await using var party = await RelyingParty.StartAsync(options => options.TimeProvider = clock);
        await using var moved = await Receiver.StartAsync();
        await ApproveAsync(party);
        clock.Advance(TimeSpan.FromDays(1));
        party.Emulator.WebhookUrl = moved.Url;
        var answer = await GetAsync(party, $"{Path(party)}{party.Emulator.Deliveries[0].Id}/replay/", HttpMethod.Post);

        var (first, second) = (Assert.Single(party.Receiver.All), Assert.Single(moved.All));
        Assert.Equal(first.Body, second.Body);
        Assert.Equal(first.Headers["X-Signature-V2"], second.Headers["X-Signature-V2"]);
        Assert.Equal(WebhookOutcome.Stale, Deliveries.Outcome(second, clock));
        Assert.Equal((200, 0), ((int)answer["response_status"]!, (int)answer["attempt"]!));
        Assert.NotEqual(party.Emulator.Deliveries[0].Id, (string?)answer["uuid"]);
        Assert.Equal(2, party.Emulator.WebhookDestinations[0].DeliveryCount);
    }

    [Fact]
    public async Task A_resend_is_dated_now_signed_with_the_present_secret_and_goes_where_it_went()
    {
        var clock = new ManualTimeProvider(Deliveries.Start);
        await using var party = await RelyingParty.StartAsync(options => options.TimeProvider = clock);
        await ApproveAsync(party);
        clock.Advance(TimeSpan.FromDays(1));
        var first = Assert.Single(party.Receiver.All);
        party.Emulator.WebhookUrl = new Uri("https://elsewhere.example/");
        party.Emulator.SetWebhookDestinationEnabled(party.Emulator.WebhookDestinations[0].Id, enabled: false);

        var answer = await GetAsync(party, $"{Path(party)}{party.Emulator.Deliveries[0].Id}/resend/", HttpMethod.Post);

        Assert.Equal(200, (int)answer["response_status"]!);
        var second = party.Receiver.All[1];
        Assert.Equal(WebhookOutcome.Valid, Deliveries.Outcome(second, clock));
        var (before, after) = (Deliveries.Body(first), Deliveries.Body(second));
        Assert.Equal(1774970000 + 86400, (long?)after["timestamp"]);
        before["timestamp"] = after["timestamp"]!.DeepClone();
        Assert.True(JsonNode.DeepEquals(before, after));
    }

    [Fact]
    public async Task What_was_dropped_can_be_sent_again()
    {
        var clock = new ManualTimeProvider(Deliveries.Start);
        await using var party = await RelyingParty.StartAsync(options => options.TimeProvider = clock);
        party.Emulator.Faults.Plan(new EmulatorFault { Kind = EmulatorFaultKind.WebhookDrop });
        await ApproveAsync(party);
        Assert.Null(Assert.Single(party.Emulator.Deliveries).Duration);
        await GetAsync(party, $"{Path(party)}{party.Emulator.Deliveries[0].Id}/resend/", HttpMethod.Post);
        Assert.Equal(WebhookOutcome.Valid, Deliveries.Outcome(Assert.Single(party.Receiver.All), clock));
    }

    [Fact]
    public async Task A_truncated_delivery_is_resent_as_it_was()
    {
        await using var party = await RelyingParty.StartAsync();
        party.Emulator.Faults.Plan(new EmulatorFault { Kind = EmulatorFaultKind.WebhookTruncated });
        await ApproveAsync(party);
        await GetAsync(party, $"{Path(party)}{party.Emulator.Deliveries[0].Id}/resend/", HttpMethod.Post);
        Assert.Equal(party.Receiver.All[0].Body, party.Receiver.All[1].Body);
    }

    [Fact]
    public async Task Redelivering_to_a_destination_that_is_gone_is_refused()
    {
        await using var party = await RelyingParty.StartAsync();
        await ApproveAsync(party);
        var delivery = party.Emulator.Deliveries[0];
        party.Emulator.WebhookUrl = null;
        await Assert.ThrowsAsync<InvalidOperationException>(() => party.Emulator.RedeliverAsync(delivery));
        party.Emulator.AddWebhookDestination(new Uri(party.Receiver.Url, "/other"));
        await Assert.ThrowsAsync<InvalidOperationException>(() => party.Emulator.RedeliverAsync(delivery));
        Assert.Single(party.Receiver.All);
    }

    [Fact]
    public void The_log_keeps_the_newest_in_number_and_in_text()
    {
        var log = new DeliveryLog(most: 3, mostText: 10);
        for (var i = 0; i < 5; i++)
        {
            log.Add(Entry(i.ToString(), "12"));
        }

        Assert.Equal("2 3 4", string.Join(' ', log.All.Select(delivery => delivery.Id)));
        log.Add(Entry("5", "1234567"));
        Assert.Equal("4 5", string.Join(' ', log.All.Select(delivery => delivery.Id)));
        log.Add(Entry("6", new string('x', 100)));
        Assert.Equal("6", Assert.Single(log.All).Id);
        log.Add(Entry("7", "12"));
        Assert.Equal("7", Assert.Single(log.All).Id);
    }

    private static WebhookDelivery Entry(string id, string body) => new()
    {
        Id = id,
        At = Deliveries.Start,
        SessionId = SessionId.Parse("11111111-2222-4333-8444-555555555555"),
        Status = SessionStatus.Approved,
        Body = body,
        Headers = new Dictionary<string, string>(StringComparer.Ordinal),
        Attempt = 1,
        Outcome = WebhookDeliveryOutcome.Accepted,
    };
}
