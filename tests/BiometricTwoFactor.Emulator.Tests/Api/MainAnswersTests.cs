using System.Net.Http.Json;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace BiometricTwoFactor.Emulator.Tests.Api;

/// <summary>The main answers' members, types and words: what has to hold where the provider's document is not at hand.</summary>
public sealed class MainAnswersTests
{
    private static readonly string[] StepStatuses = ["Not Finished", "Approved", "Declined", "In Review", "Resub Requested"];

    /// <summary>Each member's type: <c>?</c> for one that may be null, <c>()</c> for one of these texts.</summary>
    private static void Holds(JsonNode? node, params (string Name, string Type)[] members)
    {
        var answer = Assert.IsType<JsonObject>(node);
        foreach (var (name, type) in members)
        {
            Assert.True(answer.TryGetPropertyValue(name, out var value), $"{name} is missing");
            var expected = type.TrimEnd('?');
            if (value is null && type[^1] == '?')
            {
                continue;
            }

            var actual = value?.GetValueKind() switch
            {
                JsonValueKind.String when Guid.TryParseExact((string)value!, "D", out _) => "uuid",
                JsonValueKind.String when DateTimeOffset.TryParse((string)value!, System.Globalization.CultureInfo.InvariantCulture, out _) => "time",
                JsonValueKind.String => "text",
                JsonValueKind.Number => "number",
                JsonValueKind.True or JsonValueKind.False => "truth",
                JsonValueKind.Array => "array",
                JsonValueKind.Object => "object",
                _ => "null",
            };
            Assert.True(actual == expected || (expected == "text" && actual is "uuid" or "time"), $"{name} is {actual}, should be {type}");
        }
    }

    [Fact]
    public async Task A_created_session()
    {
        await using var party = await RelyingParty.StartAsync();
        var answer = (await party.CreatedKycAsync()).Answer;
        Holds(answer, ("session_id", "uuid"), ("session_number", "number"), ("session_token", "text"), ("url", "text"), ("vendor_data", "text?"),
            ("metadata", "object?"), ("status", "text"), ("workflow_id", "uuid"), ("workflow_version", "number"), ("callback", "text?"));
        Assert.Equal("Not Started", (string?)answer["status"]);
        Assert.Matches("^[A-Za-z0-9_-]{12}$", (string)answer["session_token"]!);
    }

    [Fact]
    public async Task A_decision()
    {
        await using var party = await RelyingParty.StartAsync();
        party.Emulator.StoreFace("user-1");
        var session = await party.CreatedAsync(new { workflow_id = EmulatedWorkflow.ScaWithIpAnalysisId, vendor_data = "user-1" });
        var open = await party.DecisionAsync(session.Id);
        await party.Emulator.CompleteAsync(session.Id, SandboxScenario.ReviewFaceMatchBorderline);
        await party.Emulator.ReviewAsync(session.Id, approved: false);
        var decision = await party.DecisionAsync(session.Id);
        foreach (var answer in (JsonNode[])[open, decision])
        {
            Holds(answer, ("session_id", "uuid"), ("session_kind", "text"), ("session_number", "number"), ("session_url", "text"), ("status", "text"),
                ("environment", "text"), ("workflow_id", "uuid"), ("features", "array"), ("vendor_data", "text?"), ("metadata", "object?"),
                ("expected_details", "object?"), ("contact_details", "object?"), ("callback", "text?"), ("id_verifications", "array?"),
                ("nfc_verifications", "array?"), ("liveness_checks", "array?"), ("face_matches", "array?"), ("phone_verifications", "array?"),
                ("email_verifications", "array?"), ("poa_verifications", "array?"), ("document_ai_documents", "array?"),
                ("questionnaire_responses", "array?"), ("aml_screenings", "array?"), ("ip_analyses", "array?"), ("database_validations", "array?"),
                ("reviews", "array"), ("created_at", "time"), ("expires_at", "time"));
        }

        Assert.Null(open["liveness_checks"]);
        Assert.Equal(("user", "sandbox", "Declined"), ((string?)decision["session_kind"], (string?)decision["environment"], (string?)decision["status"]));
        Holds(decision["liveness_checks"]![0], ("node_id", "text"), ("status", "text"), ("method", "text"), ("score", "number"), ("matches", "array"), ("warnings", "array"), ("face_quality", "number?"), ("face_luminance", "number?"));
        Holds(decision["face_matches"]![0], ("node_id", "text"), ("status", "text"), ("score", "number"), ("source_image_session_id", "uuid"), ("warnings", "array"));
        Holds(decision["ip_analyses"]![0], ("node_id", "text"), ("status", "text"), ("platform", "text"), ("ip_country_code", "text"), ("latitude", "number"), ("ip_address", "text"),
            ("is_vpn_or_tor", "truth"), ("is_data_center", "truth"), ("time_zone", "text"), ("ip", "object"), ("matches", "array"), ("warnings", "array"));
        Holds(decision["face_matches"]![0]!["warnings"]![0], ("feature", "text"), ("risk", "text"), ("additional_data", "object?"), ("log_type", "text"),
            ("short_description", "text"), ("long_description", "text"), ("node_id", "text"));
        Holds(decision["reviews"]![0], ("user", "text"), ("new_status", "text"), ("comment", "text"), ("created_at", "time"));
        Assert.Contains((string?)decision["liveness_checks"]![0]!["method"], (string[])["PASSIVE", "ACTIVE_3D", "FLASHING"]);
        Assert.Contains((string?)decision["face_matches"]![0]!["status"], StepStatuses);
        Assert.Contains((string?)decision["face_matches"]![0]!["warnings"]![0]!["log_type"], (string[])["error", "warning", "information"]);
    }

    [Fact]
    public async Task A_list()
    {
        await using var party = await RelyingParty.StartAsync();
        await party.CreatedKycAsync();
        var list = await party.Http.GetFromJsonAsync<JsonNode>("/v3/sessions/");
        Holds(list, ("count", "number"), ("next", "text?"), ("previous", "text?"), ("results", "array"));
        Holds(list!["results"]![0], ("session_id", "uuid"), ("session_kind", "text"), ("session_number", "number"), ("session_url", "text?"), ("portrait_image", "text?"),
            ("document_type", "text?"), ("full_name", "text?"), ("country", "text?"), ("status", "text"), ("vendor_data", "text?"), ("didit_internal_id", "uuid?"),
            ("created_at", "time"), ("features", "array"), ("phone_number", "object?"), ("email_address", "object?"), ("additional_details", "object?"));
        Holds(list["results"]![0]!["features"]![0], ("feature", "text"), ("status", "text"));
    }

    [Fact]
    public async Task A_face_match_and_passive_liveness()
    {
        await using var party = await RelyingParty.StartAsync(options => (options.FaceMatchScore, options.LivenessScore) = (20m, 20m));
        var match = await party.MatchAsync(Pictures.Png(), Pictures.Png());
        Holds(match, ("request_id", "uuid"), ("face_match", "object"), ("vendor_data", "text?"), ("metadata", "object?"), ("created_at", "time"));
        Holds(match["face_match"], ("status", "text"), ("score", "number?"), ("user_image", "object"), ("ref_image", "object"), ("warnings", "array"));
        var live = await party.LivenessAsync(Pictures.Png());
        Holds(live, ("status", "text"), ("method", "text"), ("score", "number?"), ("user_image", "object"), ("warnings", "array"), ("face_quality", "number?"), ("face_luminance", "number?"));
        foreach (var step in (JsonNode[])[match["face_match"]!, live])
        {
            Assert.Equal("Declined", (string?)step["status"]);
            Holds(step["user_image"], ("entities", "array"), ("best_angle", "number"));
            Holds(step["user_image"]!["entities"]![0], ("bbox", "array"), ("confidence", "number"), ("age", "number"), ("gender", "text"), ("race", "text?"));
            Holds(step["warnings"]![0], ("risk", "text"), ("feature", "text"), ("additional_data", "object?"), ("log_type", "text"), ("short_description", "text"), ("long_description", "text"));
        }

        Assert.Equal(["LOW_FACE_MATCH_SIMILARITY"], match["face_match"]!.Risks());
        Assert.Equal(["LOW_LIVENESS_SCORE"], live.Risks());
    }

    [Fact]
    public async Task Errors_in_each_shape()
    {
        await using var party = await RelyingParty.StartAsync();
        var session = await party.CreatedKycAsync();
        await party.Emulator.CompleteAsync(session.Id);
        var (_, arrays) = await party.CreateAsync(new { });
        Assert.IsType<JsonArray>(arrays!["workflow_id"]);
        var (_, texts) = await party.CreateAsync(new { workflow_id = "unknown" });
        Assert.Equal("Invalid workflow_id.", (string?)texts!["workflow_id"]);
        Assert.Equal((404, """{"detail":"Not found."}"""), await party.SendAsync(HttpMethod.Get, "/v3/session/11111111-2222-3333-4444-555555555555/decision/"));
        Assert.Equal(
            (400, """["The new status is the same as the current status."]"""),
            await party.SendAsync(HttpMethod.Patch, $"/v3/session/{session.Id}/update-status/", """{"new_status":"Approved"}"""));
        Assert.StartsWith("<!doctype html>", (await party.SendAsync(HttpMethod.Get, "/v3/session/7/decision/")).Body, StringComparison.Ordinal);
        party.Http.DefaultRequestHeaders.Remove("x-api-key");
        Assert.Equal((403, """{"detail":"You do not have permission to perform this action."}"""), await party.SendAsync(HttpMethod.Get, "/v3/sessions/"));
    }
}
