using System.Text.Json.Nodes;

namespace BiometricTwoFactor.Emulator.Tests.Api;

public sealed class SavedCallTests
{
    private static Task<RelyingParty> LiveAsync(decimal? score = null) => RelyingParty.StartAsync(options =>
    {
        options.Environment = ProviderEnvironment.Live;
        options.FaceMatchScore = score;
        options.LivenessScore = score;
    });

    private static async Task<JsonNode> PostAsync(RelyingParty party, string path, params (string Name, string Value)[] fields)
    {
        using var form = new MultipartFormDataContent
        {
            { Uploads.File(Pictures.Png()), "user_image", "a.png" },
            { Uploads.File(Pictures.Png()), "ref_image", "b.png" },
        };
        foreach (var (name, value) in fields)
        {
            form.With(name, value);
        }

        using var response = await party.Http.PostAsync(path, form);
        var body = await response.Content.ReadAsStringAsync();
        Assert.True((int)response.StatusCode == 200, body);
        return JsonNode.Parse(body)!;
    }

    [Fact]
    public async Task A_live_face_match_is_kept_as_a_session_and_announced()
    {
        await using var party = await LiveAsync(96m);
        var answer = await PostAsync(party, "/v3/face-match/", ("vendor_data", "user-1"), ("metadata", """{"flow":"login"}"""));
        var id = SessionId.Parse((string)answer["request_id"]!);

        var decision = await party.DecisionAsync(id);
        Assert.Equal("Approved", (string?)decision["status"]);
        Assert.Equal("""["FACE_MATCH"]""", decision["features"]!.ToJsonString());
        Assert.Equal(96m, (decimal?)decision["face_matches"]![0]!["score"]);
        Assert.Equal(["FACE_MATCH_SIMULATED"], decision["face_matches"]![0]!.Risks());
        Assert.Null(decision["liveness_checks"]);
        Assert.Null(decision["workflow_id"]);
        Assert.Null(decision["session_url"]);
        Assert.Equal(("user-1", "login"), ((string?)decision["vendor_data"], (string?)decision["metadata"]!["flow"]));

        await party.Emulator.WebhooksIdleAsync();
        var webhook = JsonNode.Parse(Assert.Single(party.Receiver.All).Body)!;
        Assert.Equal(("status.updated", "Approved", id.ToString()), ((string?)webhook["webhook_type"], (string?)webhook["status"], (string?)webhook["session_id"]));
        Assert.False(webhook.AsObject().ContainsKey("workflow_id"));
    }

    [Fact]
    public async Task So_is_passive_liveness_but_its_face_serves_no_later_session()
    {
        await using var party = await LiveAsync(96m);
        var answer = await PostAsync(party, "/v3/passive-liveness/", ("vendor_data", "user-1"));
        var decision = await party.DecisionAsync(SessionId.Parse((string)answer["request_id"]!));
        Assert.Equal("""["LIVENESS"]""", decision["features"]!.ToJsonString());
        Assert.Equal("PASSIVE", (string?)decision["liveness_checks"]![0]!["method"]);
        Assert.Null(decision["face_matches"]);
        Assert.False(party.Emulator.HasFace("user-1"));
    }

    [Theory]
    [InlineData(ProviderEnvironment.Live, "false")]
    [InlineData(ProviderEnvironment.Sandbox, "true")]
    public async Task Nothing_is_kept_when_that_is_asked_for_and_never_in_the_sandbox(ProviderEnvironment world, string save)
    {
        await using var party = await RelyingParty.StartAsync(options => options.Environment = world);
        var answer = await PostAsync(party, "/v3/face-match/", ("save_api_request", save));
        Assert.Empty(party.Emulator.Sessions);
        Assert.Equal(404, (await party.SendAsync(HttpMethod.Get, $"/v3/session/{answer["request_id"]}/decision/")).Status);
        await party.Emulator.WebhooksIdleAsync();
        Assert.Empty(party.Receiver.All);
        // What cannot be compared is 0 then.
        Assert.Equal(0m, (decimal?)answer["face_match"]!["score"]);
    }

    [Fact]
    public async Task What_cannot_be_compared_has_no_score_when_it_is_kept()
    {
        await using var party = await LiveAsync();
        var answer = await PostAsync(party, "/v3/face-match/");
        Assert.True(answer["face_match"]!.AsObject().TryGetPropertyValue("score", out var score));
        Assert.Null(score);
        Assert.Equal(["NO_REFERENCE_IMAGE"], answer["face_match"]!.Risks());
        Assert.Equal("Declined", (string?)(await party.DecisionAsync(SessionId.Parse((string)answer["request_id"]!)))["status"]);
    }

    [Theory]
    [InlineData("save_api_request", "maybe", """{"save_api_request":["Must be a valid boolean."]}""")]
    [InlineData("rotate_image", "2", """{"rotate_image":["Must be a valid boolean."]}""")]
    [InlineData("vendor_data", "a\0b", """{"vendor_data":["Null characters are not allowed."]}""")]
    [InlineData("metadata", "not JSON", """{"metadata":["Value must be a valid JSON object."]}""")]
    [InlineData("metadata", "[1]", """{"metadata":["Value must be a valid JSON object."]}""")]
    [InlineData("metadata", """{"a":1,"a":2}""", """{"metadata":["Value must be a valid JSON object."]}""")]
    public async Task What_is_malformed_is_named(string name, string value, string expected)
    {
        await using var party = await LiveAsync(96m);
        foreach (var path in (string[])["/v3/face-match/", "/v3/passive-liveness/"])
        {
            using var form = new MultipartFormDataContent
            {
                { Uploads.File(Pictures.Png()), "user_image", "a.png" },
                { Uploads.File(Pictures.Png()), "ref_image", "b.png" },
            };
            using var response = await party.Http.PostAsync(path, form.With(name, value));
            Assert.Equal((400, expected), ((int)response.StatusCode, await response.Content.ReadAsStringAsync()));
        }

        Assert.Empty(party.Emulator.Sessions);
    }

    [Fact]
    public async Task A_kept_call_is_found_by_its_service_and_cannot_be_done_over()
    {
        await using var party = await LiveAsync(12m);
        await party.CreatedKycAsync();
        var answer = await PostAsync(party, "/v3/face-match/");
        await PostAsync(party, "/v3/passive-liveness/");
        async Task<string> NumbersAsync(string query) => string.Join(' ', JsonNode.Parse((await party.SendAsync(HttpMethod.Get, $"/v3/sessions/?{query}")).Body)!["results"]!
            .AsArray().Select(row => (int)row!["session_number"]!));
        Assert.Equal("2", await NumbersAsync("api_service=FACE_MATCH"));
        Assert.Equal("3", await NumbersAsync("api_service=PASSIVE_LIVENESS"));
        Assert.Equal("", await NumbersAsync("api_service=AML"));
        Assert.Equal("3 2", await NumbersAsync("session_type=API"));
        Assert.Equal("1", await NumbersAsync("session_type=HOSTED,MIGRATED"));
        Assert.Equal("3 2 1", await NumbersAsync("session_type=ALL"));

        var (status, body) = await party.SendAsync(HttpMethod.Patch, $"/v3/session/{answer["request_id"]}/update-status/", """{"new_status":"Resubmitted"}""");
        Assert.Equal(400, status);
        Assert.StartsWith("""{"nodes_to_resubmit":""", body, StringComparison.Ordinal);
    }

    [FacesTheory]
    [InlineData(0)]
    [InlineData(90)]
    [InlineData(180)]
    [InlineData(270)]
    public async Task A_picture_is_turned_until_its_face_is_upright(int degrees)
    {
        await using var party = await LiveAsync();
        var upright = Faces.Read(Faces.Person);
        var lying = Pictures.Lying(upright, degrees);
        async Task<JsonNode> MatchAsync(string rotate)
        {
            using var form = new MultipartFormDataContent { { Uploads.File(lying), "user_image", "a.png" }, { Uploads.File(upright), "ref_image", "b.jpg" } };
            using var response = await party.Http.PostAsync("/v3/face-match/", form.With("rotate_image", rotate));
            return JsonNode.Parse(await response.Content.ReadAsStringAsync())!["face_match"]!;
        }

        var turned = await MatchAsync("true");
        Assert.Equal(("Approved", degrees, 0), ((string?)turned["status"], (int)turned["user_image"]!["best_angle"]!, (int)turned["ref_image"]!["best_angle"]!));
        Assert.Equal(degrees == 0 ? "Approved" : "Declined", (string?)(await MatchAsync("false"))["status"]);
    }
}
