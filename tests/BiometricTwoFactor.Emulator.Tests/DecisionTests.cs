using System.Text.Json.Nodes;

namespace BiometricTwoFactor.Emulator.Tests;

public sealed class DecisionTests
{
    private const string Members =
        "session_id session_kind session_number session_url status environment workflow_id features vendor_data metadata expected_details contact_details callback id_verifications liveness_checks face_matches ip_analyses reviews created_at expires_at nfc_verifications phone_verifications email_verifications poa_verifications document_ai_documents questionnaire_responses aml_screenings database_validations";

    private static async Task<JsonNode> FinishedAsync(RelyingParty party, string workflow, string? scenario = null)
    {
        party.Emulator.StoreFace("u");
        var session = await party.CreatedAsync(new { workflow_id = workflow, vendor_data = "u" });
        await party.Emulator.CompleteAsync(session.Id, scenario);
        return await party.DecisionAsync(session.Id);
    }

    [Fact]
    public async Task Before_the_capture_every_step_is_null()
    {
        var clock = new ManualTimeProvider(new DateTimeOffset(2026, 11, 21, 10, 0, 0, TimeSpan.Zero));
        await using var party = await RelyingParty.StartAsync(options => options.TimeProvider = clock);
        var session = await party.CreatedKycAsync();

        var decision = await party.DecisionAsync(session.Id);

        Assert.Equal(Members, string.Join(' ', decision.AsObject().Select(member => member.Key)));
        Assert.Equal("Not Started", (string?)decision["status"]);
        Assert.Null(decision["liveness_checks"]);
        Assert.Null(decision["face_matches"]);
        Assert.Null(decision["id_verifications"]);
        Assert.Equal("sandbox", (string?)decision["environment"]);
        Assert.Equal("""["ID_VERIFICATION","LIVENESS","FACE_MATCH"]""", decision["features"]!.ToJsonString());
        Assert.Equal("2026-11-21T10:00:00.000000Z", (string?)decision["created_at"]);
        Assert.Equal("2026-11-28T10:00:00.000000Z", (string?)decision["expires_at"]);
    }

    [Fact]
    public async Task An_approved_authentication_shows_liveness_and_a_face_match_on_the_scale_of_100()
    {
        await using var party = await RelyingParty.StartAsync(options => options.FaceMatchScore = 96.15m);
        var decision = await FinishedAsync(party, EmulatedWorkflow.BiometricAuthenticationId);
        Assert.Equal("Approved", (string?)decision["status"]);
        var liveness = Assert.Single(decision["liveness_checks"]!.AsArray())!;
        Assert.Equal("Approved", (string?)liveness["status"]);
        Assert.Equal("PASSIVE", (string?)liveness["method"]);
        Assert.Equal(95m, (decimal?)liveness["score"]);
        var face = Assert.Single(decision["face_matches"]!.AsArray())!;
        Assert.Equal("Approved", (string?)face["status"]);
        Assert.Equal(96.15m, (decimal?)face["score"]);
        Assert.Equal((string?)decision["session_id"], (string?)face["source_image_session_id"]);
        Assert.Null(decision["ip_analyses"]);
    }

    [Fact]
    public async Task A_capture_comes_from_where_a_test_says_and_its_steps_stay_what_they_are()
    {
        await using var party = await RelyingParty.StartAsync();
        party.Emulator.StoreFace("u");
        var session = await party.CreatedAsync(new { workflow_id = EmulatedWorkflow.ScaWithIpAnalysisId, vendor_data = "u" });
        var origin = new CaptureOrigin { IsVpnOrTor = true, IsDataCenter = true, CountryCode = "US", Address = "198.51.100.7", OsFamily = "Android", BrowserFamily = "Firefox" };
        await party.Emulator.CompleteFromAsync(session.Id, origin);
        var decision = await party.DecisionAsync(session.Id);
        Assert.Equal("Approved", (string?)decision["status"]);
        var analysis = Assert.Single(decision["ip_analyses"]!.AsArray())!;
        Assert.Equal("Approved", (string?)analysis["status"]);
        Assert.True((bool?)analysis["is_vpn_or_tor"]);
        Assert.True((bool?)analysis["is_data_center"]);
        Assert.Equal("US", (string?)analysis["ip_country_code"]);
        Assert.Equal("198.51.100.7", (string?)analysis["ip_address"]);
        Assert.Equal("Android", (string?)analysis["os_family"]);
        Assert.Equal("Firefox", (string?)analysis["browser_family"]);
        await Assert.ThrowsAsync<InvalidOperationException>(() => party.Emulator.CompleteFromAsync(session.Id, new CaptureOrigin()));
        Assert.True((bool?)(await party.DecisionAsync(session.Id))["ip_analyses"]![0]!["is_vpn_or_tor"]); // a finished session stays as it is
    }

    [Fact]
    public async Task A_workflow_without_face_match_is_approved_without_one()
    {
        await using var party = await RelyingParty.StartAsync();
        var decision = await FinishedAsync(party, EmulatedWorkflow.LivenessOnlyId, SandboxScenario.DeclineFaceMatchLowSimilarity);
        Assert.Equal("Approved", (string?)decision["status"]);
        Assert.Null(decision["face_matches"]);
        Assert.Equal("""["LIVENESS"]""", decision["features"]!.ToJsonString());
    }

    [Fact]
    public async Task The_workflows_liveness_method_is_reported()
    {
        await using var party = await RelyingParty.StartAsync(options =>
            options.Workflows = [new EmulatedWorkflow { Id = "wf_sca", Kind = EmulatedWorkflowKind.ScaWithIpAnalysis, LivenessMethod = LivenessMethod.Active3D, Version = 7 }]);
        var decision = await FinishedAsync(party, "wf_sca");
        Assert.Equal("ACTIVE_3D", (string?)decision["liveness_checks"]![0]!["method"]);
        var ip = Assert.Single(decision["ip_analyses"]!.AsArray())!;
        Assert.Equal("Approved", (string?)ip["status"]);
        Assert.False((bool?)ip["is_vpn_or_tor"]);
        Assert.False((bool?)ip["is_data_center"]);
    }

    [Theory]
    [InlineData(SandboxScenario.DeclineFaceMatchLowSimilarity, "Declined", "face_matches", "Declined", "LOW_FACE_MATCH_SIMILARITY", "error")]
    [InlineData(SandboxScenario.DeclineLivenessAttack, "Declined", "liveness_checks", "Declined", "LIVENESS_FACE_ATTACK", "error")]
    [InlineData(SandboxScenario.DeclineIpBlocklist, "Declined", "ip_analyses", "Declined", "IP_ADDRESS_IN_BLOCKLIST", "error")]
    [InlineData(SandboxScenario.ReviewFaceMatchBorderline, "In Review", "face_matches", "In Review", "LOW_FACE_MATCH_SIMILARITY", "warning")]
    public async Task A_scenario_shows_in_status_step_and_warning(string scenario, string status, string step, string stepStatus, string risk, string severity)
    {
        await using var party = await RelyingParty.StartAsync();
        var decision = await FinishedAsync(party, EmulatedWorkflow.ScaWithIpAnalysisId, scenario);
        Assert.Equal(status, (string?)decision["status"]);
        Assert.Equal(stepStatus, (string?)decision[step]![0]!["status"]);
        var warning = Assert.Single(decision[step]![0]!["warnings"]!.AsArray())!;
        Assert.Equal(risk, (string?)warning["risk"]);
        Assert.Equal(severity, (string?)warning["log_type"]);
    }

    [Theory]
    [InlineData(SandboxScenario.Abandon, "Abandoned")]
    [InlineData(SandboxScenario.Expire, "Expired")]
    public async Task An_end_without_capture_has_no_steps(string scenario, string status)
    {
        await using var party = await RelyingParty.StartAsync();
        var decision = await FinishedAsync(party, EmulatedWorkflow.BiometricAuthenticationId, scenario);
        Assert.Equal(status, (string?)decision["status"]);
        Assert.Null(decision["liveness_checks"]);
    }

    [Fact]
    public async Task A_document_carries_the_expected_person_or_a_sample_one()
    {
        await using var party = await RelyingParty.StartAsync();
        var named = await party.CreatedAsync(new
        {
            workflow_id = EmulatedWorkflow.KycEnrolmentId,
            expected_details = new { first_name = "Zoë", last_name = "Müller", date_of_birth = "1990-05-15" },
        });
        await party.Emulator.CompleteAsync(named.Id);
        var document = Assert.Single((await party.DecisionAsync(named.Id))["id_verifications"]!.AsArray())!;
        Assert.Equal(("Zoë", "Müller", "1990-05-15"), ((string?)document["first_name"], (string?)document["last_name"], (string?)document["date_of_birth"]));

        var nameless = await party.CreatedKycAsync();
        await party.Emulator.CompleteAsync(nameless.Id);
        document = Assert.Single((await party.DecisionAsync(nameless.Id))["id_verifications"]!.AsArray())!;
        Assert.Equal("Carmen", (string?)document["first_name"]);
    }

    [Fact]
    public async Task The_guide_edition_has_its_own_names_and_the_scale_of_one()
    {
        await using var party = await RelyingParty.StartAsync(options =>
        {
            options.DecisionEdition = ApiEdition.Guide;
            options.FaceMatchScore = 96m;
        });
        party.Emulator.StoreFace("u");
        var session = await party.CreatedAsync(new
        {
            workflow_id = EmulatedWorkflow.ScaWithIpAnalysisId,
            vendor_data = "u",
            metadata = new { amount = "247.50" },
        });
        await party.Emulator.CompleteAsync(session.Id);
        var decision = await party.DecisionAsync(session.Id);
        Assert.Equal(
            "session_id vendor_data status liveness face ip_analysis metadata_echo",
            string.Join(' ', decision.AsObject().Select(member => member.Key)));
        Assert.Equal(0.96m, (decimal?)decision["face"]!["similarity_score"]);
        Assert.False((bool?)decision["ip_analysis"]!["vpn_detected"]);
        Assert.Equal("247.50", (string?)decision["metadata_echo"]!["amount"]);
    }

    [Fact]
    public async Task An_unknown_session_is_404_even_without_a_key()
    {
        await using var party = await RelyingParty.StartAsync();
        party.Http.DefaultRequestHeaders.Remove("x-api-key");
        var (status, body) = await party.SendAsync(HttpMethod.Get, "/v3/session/11111111-2222-3333-4444-555555555555/decision/");
        Assert.Equal(404, status);
        Assert.Equal("""{"detail":"Not found."}""", body);
    }

    [Fact]
    public async Task A_known_session_without_a_key_is_403()
    {
        await using var party = await RelyingParty.StartAsync();
        var session = await party.CreatedKycAsync();
        party.Http.DefaultRequestHeaders.Remove("x-api-key");
        var (status, body) = await party.SendAsync(HttpMethod.Get, $"/v3/session/{session.Id}/decision/");
        Assert.Equal(403, status);
        Assert.Equal("""{"detail":"Authentication credentials were not provided or are invalid."}""", body);
    }

    [Theory]
    [InlineData("not-a-uuid")]
    [InlineData("11111111-2222-3333-4444-AAAAAAAAAAAA")]
    [InlineData("11111111222233334444555555555555")]
    [InlineData("%2011111111-2222-3333-4444-555555555555")]
    [InlineData("+1111111-2222-3333-4444-555555555555")]
    public async Task A_malformed_or_upper_case_id_is_a_404_page(string id)
    {
        await using var party = await RelyingParty.StartAsync();
        using var response = await party.Http.GetAsync($"/v3/session/{id}/decision/");
        Assert.Equal(404, (int)response.StatusCode);
        Assert.Equal("text/html", response.Content.Headers.ContentType!.MediaType);
    }

    [Fact]
    public async Task A_session_that_nobody_opened_in_time_expires_and_one_left_open_is_abandoned()
    {
        var clock = new ManualTimeProvider(DateTimeOffset.FromUnixTimeSeconds(1774970000));
        await using var party = await RelyingParty.StartAsync(options => options.TimeProvider = clock);
        var unopened = await party.CreatedKycAsync("a");
        var opened = await party.CreatedKycAsync("b");
        await party.Emulator.OpenAsync(opened.Id);

        clock.Advance(TimeSpan.FromDays(7) - TimeSpan.FromSeconds(1));
        Assert.Equal("Not Started", (string?)(await party.DecisionAsync(unopened.Id))["status"]);
        clock.Advance(TimeSpan.FromSeconds(1));
        Assert.Equal("Expired", (string?)(await party.DecisionAsync(unopened.Id))["status"]);
        Assert.Equal("Abandoned", (string?)(await party.DecisionAsync(opened.Id))["status"]);
    }
}
