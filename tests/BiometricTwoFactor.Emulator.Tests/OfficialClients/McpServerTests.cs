
namespace BiometricTwoFactor.Emulator.Tests;

/// <summary><c>@didit-protocol/mcp-server</c> against the emulator: every tool whose path is emulated.</summary>
public sealed class McpServerTests : IDisposable
{
    private readonly DirectoryInfo _files = Directory.CreateTempSubdirectory("biometric2fa-mcp-");

    public void Dispose() => _files.Delete(recursive: true);

    private string Picture(string name)
    {
        var path = Path.Combine(_files.FullName, name);
        File.WriteAllBytes(path, Pictures.Png());
        return path;
    }

    [OfficialClientFact]
    public async Task It_opens_reads_lists_decides_and_deletes_sessions()
    {
        await using var party = await RelyingParty.StartAsync();
        await using var server = await McpServer.StartAsync(party);
        Assert.Subset((await server.ToolsAsync()).ToHashSet(), new HashSet<string> { "didit_create_session", "didit_face_match", "didit_create_webhook_destination" });

        var made = await server.CallAsync("didit_create_session", new
        {
            workflow_id = EmulatedWorkflow.KycEnrolmentId,
            vendor_data = "user-1",
            callback = "https://example.com/back",
            callback_method = "both",
            language = "de",
            metadata = new { order = "Ä-7" },
            contact_details = new { email = "ana@example.com" },
            expected_details = new { first_name = "Ana" },
        });
        var id = (string)made["session_id"]!;
        Assert.Equal(("Not Started", "Ä-7"), ((string?)made["status"], (string?)made["metadata"]!["order"]));
        Assert.Contains("/de/session/", (string?)made["url"], StringComparison.Ordinal);

        await party.Emulator.CompleteAsync(SessionId.Parse(id), SandboxScenario.ReviewFaceMatchBorderline);
        var decision = await server.CallAsync("didit_get_session_decision", new { session_id = id });
        Assert.Equal(("In Review", 65.43m), ((string?)decision["status"], (decimal?)decision["face_matches"]![0]!["score"]));

        var list = await server.CallAsync("didit_list_sessions", new { status = "In Review", session_kind = "all", vendor_data = "user-1", limit = "10", offset = "0", date_from = "2020-01-01" });
        Assert.Equal(id, (string?)Assert.Single(list["results"]!.AsArray())!["session_id"]);

        var note = await server.CallAsync("didit_add_session_review", new { session_id = id, comment = "Looked at", new_status = "In Review" });
        Assert.Equal("Looked at", (string?)note["comment"]);
        Assert.Equal("Looked at", (string?)(await server.CallAsync("didit_list_session_reviews", new { session_id = id }))[0]!["comment"]);

        Assert.Equal(id, (string?)(await server.CallAsync("didit_update_session_status", new { session_id = id, new_status = "Approved", comment = "Fine", send_email = true, email_address = "ana@example.com" }))["session_id"]);
        Assert.Equal(SessionStatus.Approved, party.Emulator.FindSession(SessionId.Parse(id))!.Status);

        // It asks for the report without the last slash and follows the redirect, as at the provider.
        var report = await server.CallAsync("didit_generate_session_pdf", new { session_id = id });
        Assert.StartsWith("%PDF-1.7", (string?)report["raw"], StringComparison.Ordinal);

        Assert.Equal("""{"success":true}""", (await server.CallAsync("didit_delete_session", new { session_id = id })).ToJsonString());
        Assert.Contains("404", await server.FailAsync("didit_get_session_decision", new { session_id = id }), StringComparison.Ordinal);
        var (a, b) = (await party.CreatedKycAsync("a"), await party.CreatedKycAsync("b"));
        await server.CallAsync("didit_batch_delete_sessions", new { session_numbers = (int[])[(int)a.Answer["session_number"]!] });
        Assert.Null(party.Emulator.FindSession(a.Id));
        Assert.NotNull(party.Emulator.FindSession(b.Id));
        await server.CallAsync("didit_batch_delete_sessions", new { delete_all = true });
        Assert.Null(party.Emulator.FindSession(b.Id));
    }

    [OfficialClientFact]
    public async Task It_compares_faces_and_checks_liveness_from_files()
    {
        await using var party = await RelyingParty.StartAsync(options => (options.Environment, options.FaceMatchScore, options.LivenessScore) = (ProviderEnvironment.Live, 96m, 12m));
        await using var server = await McpServer.StartAsync(party);
        var match = await server.CallAsync("didit_face_match", new { image_1_path = Picture("größer.png"), image_2_path = Picture("b.jpg"), vendor_data = "user-1" });
        Assert.Equal(("Approved", 96m, "user-1"), ((string?)match["face_match"]!["status"], (decimal?)match["face_match"]!["score"], (string?)match["vendor_data"]));
        Assert.Equal("Approved", (string?)(await server.CallAsync("didit_get_session_decision", new { session_id = (string?)match["request_id"] }))["status"]);

        var live = await server.CallAsync("didit_passive_liveness", new { image_path = Picture("c.png") });
        Assert.Equal(("Declined", "LOW_LIVENESS_SCORE"), ((string?)live["liveness"]!["status"], (string?)live["liveness"]!["warnings"]![0]!["risk"]));
        Assert.Contains("File extension", await server.FailAsync("didit_passive_liveness", new { image_path = Picture("c.txt") }), StringComparison.Ordinal);
    }

    [OfficialClientFact]
    public async Task What_is_refused_is_an_error_of_the_tool()
    {
        await using var party = await RelyingParty.StartAsync();
        var session = await party.CreatedKycAsync();
        await party.Emulator.CompleteAsync(session.Id);
        var id = session.Id.ToString();
        await using (var server = await McpServer.StartAsync(party))
        {
            Assert.Contains("Invalid workflow_id.", await server.FailAsync("didit_create_session", new { workflow_id = "b1000000-0000-4000-8000-00000000ffff" }), StringComparison.Ordinal);
            // Its own description says that the steps are ids; the API takes objects.
            Assert.Contains("nodes_to_resubmit", await server.FailAsync("didit_update_session_status", new { session_id = id, new_status = "Resubmitted", nodes_to_resubmit = (string[])["feature_ocr_1"] }), StringComparison.Ordinal);
            Assert.Contains("404", await server.FailAsync("didit_face_search", new { image_path = Picture("a.png") }), StringComparison.Ordinal);
        }

        await using var stranger = await McpServer.StartAsync(party, apiKey: "wrong");
        foreach (var (tool, arguments) in (IReadOnlyList<(string, object)>)
        [
            ("didit_create_session", new { workflow_id = EmulatedWorkflow.KycEnrolmentId }),
            ("didit_list_sessions", new { }),
            ("didit_get_session_decision", new { session_id = id }),
            ("didit_update_session_status", new { session_id = id, new_status = "Declined" }),
            ("didit_delete_session", new { session_id = id }),
            ("didit_batch_delete_sessions", new { delete_all = true }),
            ("didit_generate_session_pdf", new { session_id = id }),
            ("didit_list_session_reviews", new { session_id = id }),
            ("didit_add_session_review", new { session_id = id, new_status = "Declined" }),
            ("didit_face_match", new { image_1_path = Picture("a.png"), image_2_path = Picture("b.png") }),
            ("didit_passive_liveness", new { image_path = Picture("a.png") }),
        ])
        {
            Assert.Contains("Didit API 403", await stranger.FailAsync(tool, arguments), StringComparison.Ordinal);
        }

        Assert.Equal(SessionStatus.Approved, party.Emulator.FindSession(session.Id)!.Status);
    }
}
