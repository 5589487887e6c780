using System.Text.Json.Nodes;

namespace BiometricTwoFactor.Emulator.Tests.Api;

/// <summary>What the session API checks and tells beyond its main answers.</summary>
public sealed class SessionApiTests
{
    private static async Task<RelyingParty.Created> FinishedAsync(RelyingParty party, string scenario = SandboxScenario.Approve, string user = "user-42")
    {
        var session = await party.CreatedKycAsync(user);
        await party.Emulator.CompleteAsync(session.Id, scenario);
        return session;
    }

    [Theory]
    [InlineData("""{"contact_details":{"email":"nobody"}}""", "contact_details", "email: Enter a valid email address.")]
    [InlineData("""{"contact_details":{"email_lang":"xx"}}""", "contact_details", "email_lang: \"xx\" is not a valid choice.")]
    [InlineData("""{"contact_details":{"send_notification_emails":"yes"}}""", "contact_details", "send_notification_emails: Must be a valid boolean.")]
    [InlineData("""{"contact_details":{"phone":600}}""", "contact_details", "phone: Not a valid string.")]
    [InlineData("""{"contact_details":[]}""", "contact_details", "Invalid data. Expected a dictionary.")]
    [InlineData("""{"expected_details":{"gender":"X"}}""", "expected_details", "gender: not a valid choice. Use M, F or null.")]
    [InlineData("""{"expected_details":{"ip_address":"1"}}""", "expected_details", "ip_address: Enter a valid IPv4 or IPv6 address.")]
    [InlineData("""{"expected_details":{"first_name":1}}""", "expected_details", "first_name: Not a valid string.")]
    [InlineData("""{"expected_details":{"registry_country":"ABCDEFGHIJK"}}""", "expected_details", "registry_country: Ensure this field has no more than 10 characters.")]
    [InlineData("""{"expected_details":{"expected_document_types":"P"}}""", "expected_details", "expected_document_types: Expected a list of items.")]
    [InlineData("""{"expected_details":{"expected_document_types":["P","visa"]}}""", "expected_details", "expected_document_types: not a valid choice. Valid choices are: P, ID, DL, RP, HIC, TC, SSC.")]
    [InlineData("""{"vendor_data":"a\u0000b"}""", "vendor_data", "Null characters are not allowed.")]
    public async Task A_wrong_detail_of_a_new_session_is_named(string details, string field, string expected)
    {
        await using var party = await RelyingParty.StartAsync();
        var request = JsonNode.Parse(details)!.AsObject();
        request["workflow_id"] = EmulatedWorkflow.KycEnrolmentId;
        var (status, body) = await party.CreateAsync(request);
        Assert.Equal(400, status);
        Assert.Equal(expected, (string?)body![field]![0]);
        Assert.Empty(party.Emulator.Sessions);
    }

    [Fact]
    public async Task Details_come_back_as_the_provider_knows_them()
    {
        await using var party = await RelyingParty.StartAsync();
        var session = await party.CreatedAsync(JsonNode.Parse($$$"""
            {"workflow_id":"{{{EmulatedWorkflow.KycEnrolmentId}}}",
             "contact_details":{"email":"ana@example.com","phone":"no number","unheard":"of","email_lang":null},
             "expected_details":{"first_name":"Ana","gender":null,"ip_address":"2001:db8::1","expected_document_types":["p","ID","P"]}}
            """)!);
        var decision = await party.DecisionAsync(session.Id);
        Assert.Equal("""{"email":"ana@example.com","phone":"no number"}""", decision["contact_details"]!.ToJsonString());
        Assert.Equal("""{"first_name":"Ana","ip_address":"2001:db8::1","expected_document_types":["P","ID"]}""", decision["expected_details"]!.ToJsonString());
    }

    [Theory]
    [InlineData("""{"new_status":"Declined","send_email":"yes"}""", """{"send_email":["Must be a valid boolean."]}""")]
    [InlineData("""{"new_status":"Declined","email_address":"nobody"}""", """{"email_address":["Enter a valid email address."]}""")]
    [InlineData("""{"new_status":"Declined","comment":7}""", """{"comment":["Not a valid string."]}""")]
    [InlineData("""{"new_status":null}""", """{"new_status":["This field may not be null."]}""")]
    [InlineData("""{"new_status":7,"comment":7}""", """{"new_status":["\"7\" is not a valid choice."],"comment":["Not a valid string."]}""")]
    [InlineData("""{"new_status":"Declined","nodes_to_resubmit":["a"]}""", """{"nodes_to_resubmit":[{"non_field_errors":["Invalid data. Expected a dictionary."]}]}""")]
    [InlineData("""{"new_status":"Resubmitted","nodes_to_resubmit":"a"}""", """{"nodes_to_resubmit":{"non_field_errors":["Expected a list of items."]}}""")]
    [InlineData("""{"new_status":"Resubmitted","nodes_to_resubmit":[{"node_id":"a","feature":"OCR"},{"feature":"OCR"}]}""", """{"nodes_to_resubmit":[{},{"node_id":["This field is required."]}]}""")]
    [InlineData("""{"new_status":"Resubmitted","nodes_to_resubmit":[{"node_id":"a","feature":"KYB"},{"node_id":"b","feature":"KYB_KEY_PEOPLE"}]}""", """{"nodes_to_resubmit":"The following features cannot be resubmitted directly: KYB, KYB_KEY_PEOPLE. Resubmit the relevant child KYC sessions instead; the parent will recompute automatically."}""")]
    public async Task A_wrong_detail_of_an_update_is_named_and_changes_nothing(string request, string expected)
    {
        await using var party = await RelyingParty.StartAsync();
        var session = await FinishedAsync(party);
        Assert.Equal((400, expected), await party.SendAsync(HttpMethod.Patch, $"/v3/session/{session.Id}/update-status/", request));
        Assert.Equal(SessionStatus.Approved, party.Emulator.FindSession(session.Id)!.Status);
    }

    [Fact]
    public async Task Steps_named_by_an_alias_are_announced_by_their_own_name()
    {
        await using var party = await RelyingParty.StartAsync();
        var session = await FinishedAsync(party);
        var (status, _) = await party.SendAsync(
            HttpMethod.Patch,
            $"/v3/session/{session.Id}/update-status/",
            """{"new_status":"Resubmitted","nodes_to_resubmit":[{"node_id":"feature_ocr_1","feature":"ID_VERIFICATION"}]}""");
        Assert.Equal(200, status);
        await party.Emulator.WebhooksIdleAsync();
        Assert.Equal("OCR", (string?)JsonNode.Parse(party.Receiver.All[^1].Body)!["resubmit_info"]!["nodes_to_resubmit"]![0]!["feature"]);
    }

    [Fact]
    public async Task Many_sessions_can_be_deleted_by_their_numbers_or_all_of_them()
    {
        await using var party = await RelyingParty.StartAsync();
        var (first, second, third) = (await party.CreatedKycAsync("a"), await party.CreatedKycAsync("b"), await party.CreatedKycAsync("c"));
        const string Path = "/v3/sessions/delete/";
        Assert.Equal((400, """["Provide session_numbers or delete_all."]"""), await party.SendAsync(HttpMethod.Post, Path, "{}"));
        Assert.Equal((400, """{"session_numbers":["A valid integer is required."]}"""), await party.SendAsync(HttpMethod.Post, Path, """{"session_numbers":["1"]}"""));
        Assert.Equal((400, """{"session_numbers":["Expected a list of items."]}"""), await party.SendAsync(HttpMethod.Post, Path, """{"session_numbers":1}"""));
        Assert.Equal((400, """{"delete_all":["Must be a valid boolean."]}"""), await party.SendAsync(HttpMethod.Post, Path, """{"delete_all":"yes"}"""));

        Assert.Equal((204, ""), await party.SendAsync(HttpMethod.Post, Path, """{"session_numbers":[1,3,77]}"""));
        Assert.Null(party.Emulator.FindSession(first.Id));
        Assert.Null(party.Emulator.FindSession(third.Id));
        Assert.NotNull(party.Emulator.FindSession(second.Id));
        Assert.Equal((204, ""), await party.SendAsync(HttpMethod.Post, Path, """{"delete_all":true}"""));
        Assert.Null(party.Emulator.FindSession(second.Id));
        await party.Emulator.WebhooksIdleAsync();
        Assert.Empty(party.Receiver.All);
    }

    [Fact]
    public async Task A_review_is_a_note_that_moves_nothing()
    {
        await using var party = await RelyingParty.StartAsync();
        var session = await FinishedAsync(party, SandboxScenario.ReviewFaceMatchBorderline);
        var path = $"/v3/sessions/{session.Id}/reviews/";
        Assert.Equal((400, """{"new_status":["This field is required."]}"""), await party.SendAsync(HttpMethod.Post, path, """{"comment":"x"}"""));
        Assert.Equal((400, """{"new_status":["\"Expired\" is not a valid choice."]}"""), await party.SendAsync(HttpMethod.Post, path, """{"new_status":"Expired"}"""));

        var (status, added) = await party.SendAsync(HttpMethod.Post, path, """{"new_status":"Declined","comment":"Looked at"}""");
        Assert.Equal(201, status);
        Assert.Equal("Declined In Review", $"{JsonNode.Parse(added)!["new_status"]} {JsonNode.Parse(added)!["previous_status"]}");
        Assert.Equal(SessionStatus.InReview, party.Emulator.FindSession(session.Id)!.Status);
        await party.Emulator.ReviewAsync(session.Id, approved: true);
        var trail = JsonNode.Parse((await party.SendAsync(HttpMethod.Get, path)).Body)!.AsArray();
        Assert.Equal(["Declined", "Approved"], trail.Select(entry => (string?)entry!["new_status"]));
        Assert.Equal("Looked at", (string?)(await party.DecisionAsync(session.Id))["reviews"]![0]!["comment"]);
    }

    [Fact]
    public async Task Events_tell_what_happened_and_what_it_cost()
    {
        await using var party = await RelyingParty.StartAsync(options => options.Environment = ProviderEnvironment.Live);
        party.Emulator.StoreFace("user-1");
        var session = await party.CreatedAsync(new { workflow_id = EmulatedWorkflow.ScaWithIpAnalysisId, vendor_data = "user-1" });
        await party.Emulator.OpenAsync(session.Id);
        await party.Emulator.CompleteAsync(session.Id);
        await party.Emulator.ReviewAsync(session.Id, approved: false);
        await party.Emulator.ReviewAsync(session.Id, approved: true);
        var decision = JsonNode.Parse((await party.SendAsync(HttpMethod.Get, $"/v3/session/{session.Id}/decision/?include=nothing,events")).Body)!;

        Assert.False(decision.AsObject().ContainsKey("session_kind"));
        Assert.Equal("""{"feature":"LIVENESS","node_id":"feature_liveness_1"}""", decision["features"]![0]!.ToJsonString());
        Assert.Equal(
            ["created", "status_updated In Progress", "status_updated Approved", "status_updated Declined", "status_updated Approved"],
            decision["events"]!.AsArray().Select(entry => $"{entry!["event_type"]} {entry["detail"]}".Trim()));
        Assert.Equal(["Declined", "Approved"], decision["activity_reviews"]!.AsArray().Select(entry => (string?)entry!["new_status"]));
        Assert.Equal(0.13m, (decimal?)decision["cost_breakdown"]!["total"]);
        Assert.Equal(("biometric_authentication", 1, "HOSTED"), ((string?)decision["workflow_type"], (int?)decision["workflow_version"], (string?)decision["session_type"]));
        Assert.Null(decision["api_service"]);

        var plain = await party.DecisionAsync(session.Id);
        Assert.Equal("user", (string?)plain["session_kind"]);
        Assert.Null(plain["events"]);
    }

    [Fact]
    public async Task The_list_finds_by_user_country_warning_and_words()
    {
        await using var party = await RelyingParty.StartAsync();
        await FinishedAsync(party, SandboxScenario.DeclineFaceMatchLowSimilarity, "first");
        await FinishedAsync(party, SandboxScenario.ReviewFaceMatchBorderline, "second");
        await party.CreatedAsync(JsonNode.Parse($$$"""{"workflow_id":"{{{EmulatedWorkflow.KycEnrolmentId}}}","vendor_data":"third","expected_details":{"last_name":"Zabala","country":"PRT"},"contact_details":{"email":"zab@example.com","phone":"+351600600600"}}""")!);
        var rows = JsonNode.Parse((await party.SendAsync(HttpMethod.Get, "/v3/sessions/")).Body)!["results"]!;
        Assert.Equal(("+351600600600", false), ((string?)rows[0]!["phone_number"]!["number"], (bool)rows[0]!["phone_number"]!["is_verified"]!));
        Assert.Equal(("Zabala", "PRT"), ((string?)rows[0]!["full_name"], (string?)rows[0]!["country"]));
        Assert.Equal(24.87m, (decimal?)rows[2]!["additional_details"]!["face_match"]!["score"]);

        async Task<string> NumbersAsync(string query) => string.Join(' ', JsonNode.Parse((await party.SendAsync(HttpMethod.Get, $"/v3/sessions/?{query}")).Body)!["results"]!
            .AsArray().Select(row => (int)row!["session_number"]!));
        Assert.Equal("1", await NumbersAsync($"didit_internal_id={rows[2]!["didit_internal_id"]}"));
        Assert.Equal("", await NumbersAsync("didit_internal_id=d9e78474-6c8d-4f2a-bb90-6f5c2f3a1147"));
        Assert.Equal("2 1", await NumbersAsync("country=ESP"));
        Assert.Equal("3 2 1", await NumbersAsync("country=ESP,PRT"));
        Assert.Equal("2 1", await NumbersAsync("warning=LOW_FACE_MATCH_SIMILARITY,POSSIBLE_FRAUD"));
        Assert.Equal("2 1", await NumbersAsync("document_type=P,ID"));
        Assert.Equal("2", await NumbersAsync("status_initialized_as_in_review=true"));
        Assert.Equal("2 1", await NumbersAsync("is_kyc_to_be_reviewed=false"));
        Assert.Equal("3", await NumbersAsync("search=zabala"));
        Assert.Equal("3", await NumbersAsync("search=zab%40"));
        Assert.Equal("", await NumbersAsync("session_kind=BUSINESS"));
        Assert.Equal("3 2 1", await NumbersAsync("session_kind=All&limit=many&offset=-1"));
        Assert.Equal(
            (400, """{"date_to":["Enter a valid date."],"euuid":["Enter a valid UUID."]}"""),
            await party.SendAsync(HttpMethod.Get, "/v3/sessions/?date_to=1&euuid=1"));
    }

    [Fact]
    public async Task The_catalogue_lists_every_scenario_that_can_be_armed()
    {
        await using var party = await RelyingParty.StartAsync();
        var (status, body) = await party.SendAsync(HttpMethod.Get, "/v1/sandbox/scenarios/");
        Assert.Equal(200, status);
        var slugs = JsonNode.Parse(body)!["scenarios"]!.AsArray().Select(entry => (string)entry!["slug"]!).ToList();
        Assert.Equal(18, slugs.Distinct().Count());
        Assert.Subset(slugs.ToHashSet(), SandboxScenario.All.ToHashSet());
        foreach (var slug in slugs)
        {
            await party.CreatedAsync(new { workflow_id = EmulatedWorkflow.KycEnrolmentId, vendor_data = slug, sandbox_scenario = slug });
        }

        party.Http.DefaultRequestHeaders.Remove("x-api-key");
        Assert.Equal(403, (await party.SendAsync(HttpMethod.Get, "/v1/sandbox/scenarios/")).Status);
        Assert.Equal(301, (await party.SendAsync(HttpMethod.Get, "/v1/sandbox/scenarios")).Status);
    }

    [Theory]
    [InlineData("decline_document_expired", "Declined")]
    [InlineData("decline_aml_hit", "Approved")]
    public async Task A_scenario_about_a_step_that_nobody_runs_changes_nothing(string scenario, string expected)
    {
        await using var party = await RelyingParty.StartAsync();
        var session = await party.CreatedAsync(new { workflow_id = EmulatedWorkflow.KycEnrolmentId, sandbox_scenario = scenario });
        await party.Emulator.CompleteAsync(session.Id);
        Assert.Equal(expected, (string?)(await party.DecisionAsync(session.Id))["status"]);
    }

    [Fact]
    public async Task Without_credits_nothing_is_made_until_there_are_some()
    {
        await using var party = await RelyingParty.StartAsync(options => options.IsOutOfCredits = true);
        var (status, body) = await party.CreateAsync(new { workflow_id = EmulatedWorkflow.KycEnrolmentId });
        Assert.Equal(400, status);
        Assert.StartsWith("You don't have enough credits", (string?)body!["detail"], StringComparison.Ordinal);
        Assert.Empty(party.Emulator.Sessions);
        party.Emulator.IsOutOfCredits = false;
        await party.CreatedKycAsync();
    }
}
