using System.Text.Json.Nodes;

namespace BiometricTwoFactor.Emulator.Tests.Console;

/// <summary>Faults, users and settings through the control API, over real HTTP.</summary>
public sealed class FaultControlTests
{
    [Fact]
    public async Task Faults_are_planned_listed_and_removed()
    {
        await using var party = await RelyingParty.StartAsync();
        var session = await party.CreatedKycAsync();
        var planned = await party.DoAsync(HttpMethod.Post, "faults", $$"""{"kind": "webhook_delay", "session_id": "{{session.Id}}", "seconds": 20, "times": null}""", 201);
        Assert.Equal((1, "webhook_delay", 20), ((int)planned!["id"]!, (string?)planned["kind"], (int)planned["seconds"]!));
        await party.DoAsync(HttpMethod.Post, "faults", """{"kind": "api_throttled"}""", 201);
        Assert.Equal([EmulatorFaultKind.WebhookDelay, EmulatorFaultKind.ApiThrottled], party.Emulator.Faults.Planned.Select(fault => fault.Kind));
        Assert.Equal(2, (await party.LookAtAsync("faults"))["planned"]!.AsArray().Count);

        await party.DoAsync(HttpMethod.Delete, "faults/1", expected: 204);
        Assert.Equal("api_throttled", (string?)(await party.LookAtAsync("faults"))["planned"]!.AsArray().Single()!["kind"]);
        await party.DoAsync(HttpMethod.Delete, "faults", expected: 204);
        Assert.Empty(party.Emulator.Faults.Planned);
    }

    [Theory]
    [InlineData("""{"kind": "webhook_late"}""", "kind")]
    [InlineData("""{"kind": "api_slow", "seconds": -1}""", "seconds")]
    [InlineData("""{"kind": "api_slow", "session_id": "11111111-2222-4333-8444-555555555555"}""", "session_id")]
    public async Task A_fault_that_could_not_strike_is_refused(string json, string field)
    {
        await using var party = await RelyingParty.StartAsync();
        var body = await party.DoAsync(HttpMethod.Post, "faults", json, 400);
        Assert.Equal(field, Assert.Single(body!.AsObject()).Key);
        Assert.Empty(party.Emulator.Faults.Planned);
    }

    [Fact]
    public async Task Every_kind_is_explained()
    {
        await using var party = await RelyingParty.StartAsync();
        var kinds = (await party.LookAtAsync("faults/kinds"))["results"]!.AsArray();
        Assert.Equal(EmulatorFaultKindText.All, kinds.Select(kind => (string?)kind!["kind"]));
        Assert.All(kinds, kind => Assert.EndsWith(".", (string?)kind!["explanation"], StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_fault_that_struck_is_on_its_sessions_timeline()
    {
        await using var party = await RelyingParty.StartAsync();
        var session = await party.CreatedKycAsync();
        await party.DoAsync(HttpMethod.Post, "faults", $$"""{"kind": "api_forbidden", "session_id": "{{session.Id}}"}""", 201);
        Assert.Equal(403, (await party.SendAsync(HttpMethod.Get, $"/v3/session/{session.Id}/decision/")).Status);
        JsonArray timeline;
        do
        {
            timeline = (await party.LookAtAsync($"sessions/{session.Id}"))["timeline"]!.AsArray();
        }
        while (timeline.Count < 2); // it is noted apart from whoever took it
        Assert.Equal(("fault_struck", "api_forbidden"), ((string?)timeline[1]!["what"], (string?)timeline[1]!["detail"]));
    }

    [Fact]
    public async Task Switches_are_set_one_by_one_and_all_off_at_once()
    {
        await using var party = await RelyingParty.StartAsync();
        var faults = party.Emulator.Faults;
        var switches = await party.DoAsync(HttpMethod.Patch, "faults/switches", """{"drop_webhooks": true, "delay_seconds": 1.5}""");
        Assert.True(faults.DropWebhooks && faults.Delay == TimeSpan.FromSeconds(1.5));
        Assert.True((bool)switches!["drop_webhooks"]!);
        await party.DoAsync(HttpMethod.Patch, "faults/switches", """{"hang_up": true, "answer_nonsense": true, "sign_with_wrong_secret": true}""");
        Assert.True(faults is { DropWebhooks: true, HangUp: true, AnswerNonsense: true, SigningSecretOverride: not null });
        await party.DoAsync(HttpMethod.Patch, "faults/switches", """{"sign_with_wrong_secret": false, "hang_up": false}""");
        Assert.True(faults is { HangUp: false, AnswerNonsense: true, SigningSecretOverride: null });
        foreach (var (json, field) in ((string, string)[])
            [("""{"drop_webhook": true}""", "drop_webhook"), ("""{"drop_webhooks": 1}""", "drop_webhooks"), ("""{"delay_seconds": 3601}""", "delay_seconds"), ("""{"delay_seconds": "1"}""", "delay_seconds")])
        {
            Assert.Equal(field, Assert.Single((await party.DoAsync(HttpMethod.Patch, "faults/switches", json, 400))!.AsObject()).Key);
        }

        await party.DoAsync(HttpMethod.Delete, "faults", expected: 204);
        Assert.True(faults is { DropWebhooks: false, AnswerNonsense: false } && faults.Delay == TimeSpan.Zero);
    }

    [Fact]
    public async Task An_emulator_that_answers_503_is_switched_back_on_by_the_control_API()
    {
        await using var party = await RelyingParty.StartAsync();
        await party.DoAsync(HttpMethod.Patch, "faults/switches", """{"unavailable": true}""");
        Assert.Equal(503, (await party.SendAsync(HttpMethod.Get, "/v3/sessions/")).Status);
        await party.DoAsync(HttpMethod.Patch, "faults/switches", """{"unavailable": false}""");
        Assert.Equal(200, (await party.SendAsync(HttpMethod.Get, "/v3/sessions/")).Status);
    }

    [Fact]
    public async Task What_is_held_is_released()
    {
        await using var party = await RelyingParty.StartAsync();
        await party.DoAsync(HttpMethod.Patch, "faults/switches", """{"hold_webhooks": true}""");
        await party.Emulator.CompleteAsync((await party.CreatedKycAsync()).Id);
        Assert.Empty(party.Receiver.All);
        await party.DoAsync(HttpMethod.Post, "faults/release", expected: 204);
        Assert.Single(party.Receiver.All);
        Assert.False(party.Emulator.Faults.HoldWebhooks);
    }

    [Fact]
    public async Task Faces_are_stored_and_forgotten_and_users_blocked_whatever_their_name()
    {
        await using var party = await RelyingParty.StartAsync();
        const string user = "a/b?c=d&ü";
        var query = "?vendor_data=" + Uri.EscapeDataString(user);
        var stored = await party.DoAsync(HttpMethod.Put, "users/face" + query);
        Assert.Equal((true, false), ((bool)stored!["has_face"]!, (bool)stored["has_picture"]!));
        var (status, body) = await party.SendPictureAsync(HttpMethod.Put, "users/face" + query, Pictures.Png(), "image/png");
        Assert.Equal((200, true), (status, (bool)body!["has_picture"]!));
        Assert.True(party.Emulator.HasFace(user));

        await party.DoAsync(HttpMethod.Put, "users/block" + query);
        var (refused, _) = await party.CreateAsync(new { workflow_id = EmulatedWorkflow.KycEnrolmentId, vendor_data = user });
        Assert.Equal(400, refused);
        var row = (await party.LookAtAsync("users"))["results"]!.AsArray().Single()!;
        Assert.Equal((user, true), ((string?)row["vendor_data"], (bool)row["is_blocked"]!));

        await party.DoAsync(HttpMethod.Delete, "users/block" + query);
        await party.DoAsync(HttpMethod.Delete, "users/face" + query);
        Assert.False(party.Emulator.HasFace(user));
        await party.CreatedKycAsync(user);

        await party.DoAsync(HttpMethod.Put, "users/face", expected: 400);
        Assert.Equal(400, (await party.SendPictureAsync(HttpMethod.Put, "users/face" + query, "text"u8.ToArray(), "image/png")).Status);
        Assert.Equal(415, (await party.SendPictureAsync(HttpMethod.Put, "users/face" + query, "{}"u8.ToArray(), "application/json")).Status);
    }

    [Fact]
    public async Task The_set_up_is_told_and_the_secrets_only_where_they_are_asked_for()
    {
        await using var party = await RelyingParty.StartAsync();
        foreach (var path in (string[])["settings", "workflows", "destinations", "faults", "users", "sessions", "deliveries"])
        {
            var text = (await party.LookAtAsync(path)).ToJsonString();
            Assert.DoesNotContain(RelyingParty.ApiKey, text, StringComparison.Ordinal);
            Assert.DoesNotContain(RelyingParty.Secret, text, StringComparison.Ordinal);
        }

        Assert.Equal(party.Emulator.BaseAddress.AbsoluteUri, (string?)(await party.LookAtAsync("settings"))["base_address"]);
        Assert.Equal(party.Receiver.Url.AbsoluteUri, (string?)(await party.LookAtAsync("destinations"))["results"]![0]!["url"]);
        Assert.Equal(EmulatedWorkflow.BiometricAuthenticationId, (string?)(await party.LookAtAsync("workflows"))["results"]![0]!["workflow_id"]);
        var secrets = await party.LookAtAsync("secrets");
        Assert.Equal((RelyingParty.ApiKey, RelyingParty.Secret), ((string?)secrets["api_key"], (string?)secrets["webhook_secret"]));
    }
}
