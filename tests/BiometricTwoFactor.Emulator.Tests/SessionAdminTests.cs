using System.Text;
using System.Text.Json.Nodes;

namespace BiometricTwoFactor.Emulator.Tests;

public sealed class SessionAdminTests
{
    private static async Task<RelyingParty.Created> FinishedAsync(RelyingParty party, string scenario)
    {
        var session = await party.CreatedKycAsync();
        await party.Emulator.CompleteAsync(session.Id, scenario);
        return session;
    }

    [Fact]
    public async Task Deleting_a_session_is_soft_silent_and_not_repeatable()
    {
        await using var party = await RelyingParty.StartAsync();
        var session = await FinishedAsync(party, SandboxScenario.Approve);
        Assert.True(party.Emulator.HasFace("user-42"));
        var before = party.Receiver.All.Count;

        var (first, body) = await party.SendAsync(HttpMethod.Delete, $"/v3/session/{session.Id}/delete/");
        var (second, error) = await party.SendAsync(HttpMethod.Delete, $"/v3/session/{session.Id}/delete/");

        Assert.Equal((204, ""), (first, body));
        Assert.Equal((404, """{"detail":"Not found."}"""), (second, error));
        var (decision, _) = await party.SendAsync(HttpMethod.Get, $"/v3/session/{session.Id}/decision/");
        Assert.Equal(404, decision);
        await party.Emulator.WebhooksIdleAsync();
        Assert.Equal(before, party.Receiver.All.Count);
        Assert.False(party.Emulator.HasFace("user-42"));
        Assert.True(Assert.Single(party.Emulator.Sessions).IsDeleted);
    }

    [Fact]
    public async Task A_deleted_unfinished_session_is_not_handed_out_again()
    {
        await using var party = await RelyingParty.StartAsync();
        var session = await party.CreatedKycAsync();
        await party.SendAsync(HttpMethod.Delete, $"/v3/session/{session.Id}/delete/");
        Assert.NotEqual(session.Id, (await party.CreatedKycAsync()).Id);
    }

    [Fact]
    public async Task Deleting_a_user_is_hard_and_takes_faces_and_sessions_along()
    {
        await using var party = await RelyingParty.StartAsync();
        var session = await FinishedAsync(party, SandboxScenario.Approve);
        party.Emulator.StoreFace("other");

        var (status, _) = await party.SendAsync(HttpMethod.Post, "/v3/users/delete/", """{"vendor_data_list":["user-42"]}""");

        Assert.Equal(204, status);
        Assert.False(party.Emulator.HasFace("user-42"));
        Assert.True(party.Emulator.HasFace("other"));
        var (decision, _) = await party.SendAsync(HttpMethod.Get, $"/v3/session/{session.Id}/decision/");
        Assert.Equal(404, decision);
    }

    [Fact]
    public async Task Deleting_users_without_naming_any_is_a_bare_array()
    {
        await using var party = await RelyingParty.StartAsync();
        var (status, body) = await party.SendAsync(HttpMethod.Post, "/v3/users/delete/", "{}");
        Assert.Equal(400, status);
        Assert.IsType<JsonArray>(JsonNode.Parse(body));
    }

    [Fact]
    public async Task A_review_is_settled_by_the_operator_and_announced()
    {
        await using var party = await RelyingParty.StartAsync();
        var session = await FinishedAsync(party, SandboxScenario.ReviewFaceMatchBorderline);

        var (status, body) = await party.SendAsync(HttpMethod.Patch, $"/v3/session/{session.Id}/update-status/", """{"new_status":"Approved","comment":"looks right"}""");

        Assert.Equal(200, status);
        Assert.Equal($$"""{"session_id":"{{session.Id}}"}""", body);
        var decision = await party.DecisionAsync(session.Id);
        Assert.Equal("Approved", (string?)decision["status"]);
        Assert.Equal("Approved", (string?)decision["face_matches"]![0]!["status"]);
        Assert.Equal(65.43m, (decimal?)decision["face_matches"]![0]!["score"]);
        var review = Assert.Single(decision["reviews"]!.AsArray())!;
        Assert.Equal(("Approved", "looks right"), ((string?)review["new_status"], (string?)review["comment"]));
        await party.Emulator.WebhooksIdleAsync();
        Assert.Equal("In Review Approved", Statuses(party));
    }

    [Fact]
    public async Task A_decline_can_be_overturned_but_its_steps_keep_what_they_found()
    {
        await using var party = await RelyingParty.StartAsync();
        var session = await FinishedAsync(party, SandboxScenario.DeclineLivenessAttack);
        await party.Emulator.ReviewAsync(session.Id, approved: true);
        var decision = await party.DecisionAsync(session.Id);
        Assert.Equal("Approved", (string?)decision["status"]);
        Assert.Equal("Declined", (string?)decision["liveness_checks"]![0]!["status"]);
        Assert.Equal("Declined Approved", Statuses(party));
    }

    [Fact]
    public async Task An_approval_can_be_overturned_and_its_face_is_no_longer_used()
    {
        await using var party = await RelyingParty.StartAsync();
        var session = await FinishedAsync(party, SandboxScenario.Approve);
        await party.Emulator.ReviewAsync(session.Id, approved: false);
        Assert.Equal(SessionStatus.Declined, party.Emulator.FindSession(session.Id)!.Status);
        Assert.False(party.Emulator.HasFace("user-42"));
    }

    [Fact]
    public async Task An_approval_can_age()
    {
        await using var party = await RelyingParty.StartAsync();
        var session = await FinishedAsync(party, SandboxScenario.Approve);
        await party.Emulator.AgeAsync(session.Id);
        Assert.Equal("Kyc Expired", (string?)(await party.DecisionAsync(session.Id))["status"]);
        Assert.Equal("Approved Kyc Expired", Statuses(party));
    }

    [Fact]
    public async Task Steps_sent_back_open_the_link_again()
    {
        await using var party = await RelyingParty.StartAsync();
        var session = await FinishedAsync(party, SandboxScenario.ReviewFaceMatchBorderline);

        var (status, _) = await party.SendAsync(HttpMethod.Patch, $"/v3/session/{session.Id}/update-status/", """{"new_status":"Resubmitted"}""");
        Assert.Equal(200, status);
        await party.Emulator.WebhooksIdleAsync();
        var body = JsonNode.Parse(party.Receiver.All[^1].Body)!;
        Assert.Equal("Resubmitted", (string?)body["status"]);
        Assert.Equal("FACE_MATCH", (string?)body["resubmit_info"]!["nodes_to_resubmit"]![0]!["feature"]);
        Assert.Null(body["decision"]);

        await party.Emulator.CompleteAsync(session.Id, SandboxScenario.Approve);
        Assert.Equal(SessionStatus.Approved, party.Emulator.FindSession(session.Id)!.Status);
    }

    [Fact]
    public async Task A_session_that_was_sent_back_is_the_one_handed_out_again()
    {
        await using var party = await RelyingParty.StartAsync();
        var reviewed = await FinishedAsync(party, SandboxScenario.ReviewFaceMatchBorderline);
        var later = await FinishedAsync(party, SandboxScenario.Approve);
        await party.SendAsync(HttpMethod.Patch, $"/v3/session/{reviewed.Id}/update-status/", """{"new_status":"Resubmitted"}""");
        var again = await party.CreatedKycAsync();
        Assert.Equal(reviewed.Id, again.Id);
        Assert.NotEqual(later.Id, again.Id);
    }

    [Theory]
    [InlineData("""{}""", """{"new_status":["This field is required."]}""")]
    [InlineData("""{"new_status":"Bogus"}""", """{"new_status":["\"Bogus\" is not a valid choice."]}""")]
    [InlineData("""{"new_status":"Expired"}""", """{"new_status":["You can only update the status to 'Approved', 'Declined', or 'Resubmitted'."]}""")]
    [InlineData("""{"new_status":"Approved"}""", """["The new status is the same as the current status."]""")]
    [InlineData("""{"new_status":"Resubmitted"}""", """{"nodes_to_resubmit":"No features found that need resubmission. All features are already approved."}""")]
    [InlineData("""{"new_status":"Declined","send_email":true}""", """{"email_address":["Email address is required when send_email is true."]}""")]
    public async Task A_wrong_update_gets_the_providers_error_shape(string request, string expected)
    {
        await using var party = await RelyingParty.StartAsync();
        var session = await FinishedAsync(party, SandboxScenario.Approve);
        var (status, body) = await party.SendAsync(HttpMethod.Patch, $"/v3/session/{session.Id}/update-status/", request);
        Assert.Equal((400, expected), (status, body));
        Assert.Equal(SessionStatus.Approved, party.Emulator.FindSession(session.Id)!.Status);
    }

    [Fact]
    public async Task An_unfinished_session_cannot_be_updated_whatever_the_body()
    {
        await using var party = await RelyingParty.StartAsync();
        var session = await party.CreatedKycAsync();
        var (status, body) = await party.SendAsync(HttpMethod.Patch, $"/v3/session/{session.Id}/update-status/", "nonsense");
        Assert.Equal(400, status);
        Assert.Equal(
            """{"detail":"Only sessions with status Approved, Declined, In Review, Kyc Expired, Abandoned, Resubmitted can be updated. Current status: Not Started"}""",
            body);
    }

    [Fact]
    public async Task A_report_is_a_pdf_whose_cross_references_hold()
    {
        await using var party = await RelyingParty.StartAsync();
        var session = await party.CreatedAsync(new { workflow_id = EmulatedWorkflow.KycEnrolmentId, vendor_data = "José (北京) \\" });
        var (early, error) = await party.SendAsync(HttpMethod.Get, $"/v3/session/{session.Id}/generate-pdf/");
        Assert.Equal((403, """{"detail":"You can only generate a PDF for sessions in review, declined, approved or kyc expired"}"""), (early, error));

        await party.Emulator.CompleteAsync(session.Id);
        using var response = await party.Http.GetAsync($"/v3/session/{session.Id}/generate-pdf/");
        var bytes = await response.Content.ReadAsByteArrayAsync();

        Assert.Equal("application/pdf", response.Content.Headers.ContentType!.MediaType);
        Assert.Equal(bytes.Length, response.Content.Headers.ContentLength);
        Assert.Equal($"attachment; filename=session_{session.Id}.pdf", response.Content.Headers.ContentDisposition!.ToString());
        var text = Encoding.Latin1.GetString(bytes);
        Assert.StartsWith("%PDF-1.7\n", text, StringComparison.Ordinal);
        Assert.Contains("Status      Approved", text, StringComparison.Ordinal);
        Assert.Contains(@"José \(??\) \\", text, StringComparison.Ordinal);
        var table = text.LastIndexOf("xref\n", text.LastIndexOf("startxref", StringComparison.Ordinal) - 1, StringComparison.Ordinal);
        Assert.EndsWith($"startxref\n{table}\n%%EOF\n", text, StringComparison.Ordinal);
        var offsets = text[table..].Split('\n').Where(line => line.EndsWith(" n ", StringComparison.Ordinal)).Select(line => int.Parse(line[..10])).ToList();
        Assert.Equal(6, offsets.Count);
        Assert.All(offsets, (offset, i) => Assert.StartsWith($"{i + 1} 0 obj\n", text[offset..], StringComparison.Ordinal));
    }

    [Fact]
    public async Task Arming_takes_the_session_token_and_chooses_the_outcome()
    {
        await using var party = await RelyingParty.StartAsync();
        var session = await party.CreatedKycAsync();
        var path = $"/v3/session/{session.Id}/sandbox/arm/";
        party.Http.DefaultRequestHeaders.Remove("x-api-key");

        Assert.Equal((404, """{"detail":"Not found."}"""), await party.SendAsync(HttpMethod.Post, path, """{"scenario":"approve"}"""));
        party.Http.DefaultRequestHeaders.Add("Session-Token", session.Token);
        Assert.Equal(
            (400, """{"scenario":["Unknown sandbox scenario: 'not-a-real-scenario'."]}"""),
            await party.SendAsync(HttpMethod.Post, path, """{"scenario":"not-a-real-scenario"}"""));
        Assert.Equal(
            (200, $$"""{"session_id":"{{session.Id}}","scenario":"decline_liveness_attack","status":"Not Started"}"""),
            await party.SendAsync(HttpMethod.Post, path, """{"scenario":"decline_liveness_attack"}"""));

        await party.Emulator.CompleteAsync(session.Id);
        Assert.Equal(SessionStatus.Declined, party.Emulator.FindSession(session.Id)!.Status);
        Assert.Equal(
            (400, """["Scenario can only be armed before the verification starts."]"""),
            await party.SendAsync(HttpMethod.Post, path, """{"scenario":"approve"}"""));
    }

    private static string Statuses(RelyingParty party) =>
        string.Join(' ', party.Receiver.All.Select(received => (string?)JsonNode.Parse(received.Body)!["status"]));
}
