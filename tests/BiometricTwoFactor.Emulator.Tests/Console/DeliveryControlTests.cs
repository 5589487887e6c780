using System.Text;
using System.Text.Json.Nodes;

namespace BiometricTwoFactor.Emulator.Tests.Console;

/// <summary>Webhooks through the control API, over real HTTP.</summary>
public sealed class DeliveryControlTests
{
    [Fact]
    public async Task A_delivery_shows_its_exact_body_headers_answer_and_that_all_signatures_are_right()
    {
        await using var party = await RelyingParty.StartAsync();
        party.Receiver.AnswerNext(202);
        await party.Emulator.CompleteAsync((await party.CreatedKycAsync("Zoë \u202e")).Id);

        var shown = await NewestAsync(party);
        Assert.Equal(Encoding.UTF8.GetString(party.Receiver.All[0].Body), (string?)shown["body"]);
        Assert.Equal(party.Receiver.All[0].Headers["X-Signature-V2"], (string?)shown["headers"]!["X-Signature-V2"]);
        Assert.Equal(party.Receiver.Url.AbsoluteUri, (string?)shown["url"]);
        Assert.Equal(("accepted", 202, 1), ((string?)shown["outcome"], (int)shown["response_status"]!, (int)shown["attempt"]!));
        Assert.Equal("""{"X-Signature":"right","X-Signature-V2":"right","X-Signature-Simple":"right"}""", shown["signatures"]!.ToJsonString());
        Assert.InRange((long)shown["timestamp_age_seconds"]!, 0, 300);
    }

    [Fact]
    public async Task A_signature_under_another_secret_is_seen_to_be_wrong()
    {
        await using var party = await RelyingParty.StartAsync();
        await party.DoAsync(HttpMethod.Patch, "faults/switches", """{"sign_with_wrong_secret": true}""");
        await party.Emulator.CompleteAsync((await party.CreatedKycAsync()).Id);
        var shown = await NewestAsync(party);
        Assert.Equal("""{"X-Signature":"wrong","X-Signature-V2":"wrong","X-Signature-Simple":"wrong"}""", shown["signatures"]!.ToJsonString());
    }

    [Fact]
    public async Task The_guides_one_signature_is_right_and_the_others_are_absent()
    {
        await using var party = await RelyingParty.StartAsync(options => options.WebhookEdition = ApiEdition.Guide);
        await party.Emulator.CompleteAsync((await party.CreatedKycAsync("Zoë")).Id);
        var shown = await NewestAsync(party);
        Assert.Equal("""{"X-Signature":"absent","X-Signature-V2":"right","X-Signature-Simple":"absent"}""", shown["signatures"]!.ToJsonString());
        Assert.Null(shown["timestamp_age_seconds"]);
    }

    [Fact]
    public async Task A_delivery_is_replayed_byte_for_byte_and_noted_on_the_timeline()
    {
        await using var party = await RelyingParty.StartAsync();
        var session = await party.CreatedKycAsync();
        await party.Emulator.CompleteAsync(session.Id);
        var path = $"deliveries/{(await NewestAsync(party))["delivery_id"]}/replay";
        var again = await party.DoAsync(HttpMethod.Post, path);
        Assert.Equal((0, "accepted"), ((int)again!["attempt"]!, (string?)again["outcome"]));
        Assert.Equal((string?)again["delivery_id"], (string?)(await NewestAsync(party))["delivery_id"]);
        Assert.Equal(2, party.Receiver.All.Count);
        Assert.Equal(party.Receiver.All[0].Body, party.Receiver.All[1].Body);
        Assert.Equal(["created", "status_updated", "replayed"], (await party.LookAtAsync($"sessions/{session.Id}"))["timeline"]!.AsArray().Select(entry => (string?)entry!["what"]));

        party.Emulator.WebhookUrl = null;
        await party.DoAsync(HttpMethod.Post, path, expected: 400);
        Assert.Equal(2, party.Receiver.All.Count);
    }

    [Fact]
    public async Task Each_destinations_signature_is_checked_with_its_own_secret()
    {
        await using var party = await RelyingParty.StartAsync();
        await using var other = await Receiver.StartAsync();
        var added = party.Emulator.AddWebhookDestination(other.Url, label: "Second");
        await party.Emulator.CompleteAsync((await party.CreatedKycAsync()).Id);
        var rows = (await party.LookAtAsync("deliveries"))["results"]!.AsArray();
        Assert.Equal(2, rows.Count);
        foreach (var row in rows)
        {
            Assert.Equal("right", (string?)(await party.LookAtAsync($"deliveries/{row!["delivery_id"]}"))["signatures"]!["X-Signature-V2"]);
        }

        Assert.Equal(["Application default", "Second"], (await party.LookAtAsync("destinations"))["results"]!.AsArray().Select(row => (string?)row!["label"]));
        Assert.Equal(added.Secret, (string?)(await party.LookAtAsync("secrets"))["destinations"]![added.Id]);

        party.Emulator.RemoveWebhookDestination(added.Id);
        var orphan = rows.Single(row => (string?)row!["destination_id"] == added.Id)!["delivery_id"];
        Assert.Null((await party.LookAtAsync($"deliveries/{orphan}"))["signatures"]);
    }

    [Fact]
    public async Task A_body_that_was_cut_short_is_looked_into_like_any_other()
    {
        await using var party = await RelyingParty.StartAsync();
        await party.DoAsync(HttpMethod.Post, "faults", """{"kind": "webhook_truncated"}""", 201);
        await party.Emulator.CompleteAsync((await party.CreatedKycAsync()).Id);
        var shown = await NewestAsync(party);
        Assert.Equal("right", (string?)shown["signatures"]!["X-Signature"]);
        Assert.Null(shown["timestamp_age_seconds"]);
    }

    private static async Task<JsonNode> NewestAsync(RelyingParty party) =>
        await party.LookAtAsync($"deliveries/{(await party.LookAtAsync("deliveries"))["results"]![0]!["delivery_id"]}");

    [Fact]
    public async Task Deliveries_are_filtered_by_session_and_outcome()
    {
        await using var party = await RelyingParty.StartAsync();
        var first = await party.CreatedKycAsync("a");
        party.Receiver.AnswerNext(200, 400);
        await party.Emulator.CompleteAsync(first.Id);
        await party.Emulator.CompleteAsync((await party.CreatedKycAsync("b")).Id);
        Assert.Equal(2, (int)(await party.LookAtAsync("deliveries"))["count"]!);
        Assert.Equal(1, (int)(await party.LookAtAsync($"deliveries?session_id={first.Id}"))["count"]!);
        Assert.Equal("refused", (string?)(await party.LookAtAsync("deliveries?outcome=refused,failed"))["results"]!.AsArray().Single()!["outcome"]);
    }
}
