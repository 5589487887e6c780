using System.Text;

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

        var row = (await party.LookAtAsync("deliveries"))["results"]!.AsArray().Single()!;
        var shown = await party.LookAtAsync($"deliveries/{row["id"]}");
        Assert.Equal(Encoding.UTF8.GetString(party.Receiver.All[0].Body), (string?)shown["body"]);
        Assert.Equal(party.Receiver.All[0].Headers["X-Signature-V2"], (string?)shown["headers"]!["X-Signature-V2"]);
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
        var shown = await party.LookAtAsync("deliveries/1");
        Assert.Equal("""{"X-Signature":"wrong","X-Signature-V2":"wrong","X-Signature-Simple":"wrong"}""", shown["signatures"]!.ToJsonString());
    }

    [Fact]
    public async Task The_guides_one_signature_is_right_and_the_others_are_absent()
    {
        await using var party = await RelyingParty.StartAsync(options => options.WebhookEdition = ApiEdition.Guide);
        await party.Emulator.CompleteAsync((await party.CreatedKycAsync("Zoë")).Id);
        var shown = await party.LookAtAsync("deliveries/1");
        Assert.Equal("""{"X-Signature":"absent","X-Signature-V2":"right","X-Signature-Simple":"absent"}""", shown["signatures"]!.ToJsonString());
        Assert.Null(shown["timestamp_age_seconds"]);
    }

    [Fact]
    public async Task A_delivery_is_replayed_byte_for_byte_and_noted_on_the_timeline()
    {
        await using var party = await RelyingParty.StartAsync();
        var session = await party.CreatedKycAsync();
        await party.Emulator.CompleteAsync(session.Id);
        var again = await party.DoAsync(HttpMethod.Post, "deliveries/1/replay");
        Assert.Equal((2, 0, "accepted"), ((int)again!["id"]!, (int)again["attempt"]!, (string?)again["outcome"]));
        Assert.Equal(2, party.Receiver.All.Count);
        Assert.Equal(party.Receiver.All[0].Body, party.Receiver.All[1].Body);
        Assert.Equal(["created", "status_updated", "replayed"], (await party.LookAtAsync($"sessions/{session.Id}"))["timeline"]!.AsArray().Select(entry => (string?)entry!["what"]));

        party.Emulator.WebhookUrl = null;
        await party.DoAsync(HttpMethod.Post, "deliveries/1/replay", expected: 400);
    }

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
