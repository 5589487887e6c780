using System.Globalization;
using System.Text.Json.Nodes;

namespace BiometricTwoFactor.Emulator.Tests.Console;

/// <summary>Sessions through the control API, over real HTTP.</summary>
public sealed class SessionControlTests
{
    [Fact]
    public async Task Sessions_are_listed_newest_first_in_pages_and_filtered()
    {
        await using var party = await RelyingParty.StartAsync();
        var first = await party.CreatedKycAsync("user-a");
        await party.Emulator.CompleteAsync(first.Id);
        await party.CreatedKycAsync("user-b");
        var third = await party.CreatedAsync(new { workflow_id = EmulatedWorkflow.KycEnrolmentId, vendor_data = "user-c", metadata = new { amount = "9.50", currency = "EUR" } });

        var all = await party.LookAtAsync("sessions");
        Assert.Equal(3, (int)all["count"]!);
        Assert.Equal(["user-c", "user-b", "user-a"], all["results"]!.AsArray().Select(row => (string?)row!["vendor_data"]));
        Assert.Equal("9.50 EUR", (string?)all["results"]![0]!["amount"]);
        Assert.Equal("accepted", (string?)all["results"]![2]!["last_delivery"]);
        Assert.Equal("""{"Approved":1,"Not Started":2}""", all["statuses"]!.ToJsonString());

        Assert.Equal("user-b", (string?)(await party.LookAtAsync("sessions?limit=1&offset=1"))["results"]!.AsArray().Single()!["vendor_data"]);
        Assert.Equal("user-a", (string?)(await party.LookAtAsync("sessions?status=Approved"))["results"]!.AsArray().Single()!["vendor_data"]);
        Assert.Equal("user-b", (string?)(await party.LookAtAsync("sessions?user=user-b"))["results"]!.AsArray().Single()!["vendor_data"]);
        Assert.Equal("user-c", (string?)(await party.LookAtAsync($"sessions?search={third.Id.ToString()[..8]}"))["results"]!.AsArray().Single()!["vendor_data"]);
        Assert.Empty((await party.LookAtAsync("sessions?user=user"))["results"]!.AsArray());
        Assert.DoesNotContain(third.Token, all.ToJsonString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_session_shows_its_steps_with_scores_thresholds_and_warnings_its_timeline_and_its_webhooks()
    {
        await using var party = await RelyingParty.StartAsync();
        party.Emulator.StoreFace("user-42");
        var session = await party.CreatedAsync(new
        {
            workflow_id = EmulatedWorkflow.ScaWithIpAnalysisId,
            vendor_data = "user-42",
            metadata = new { amount = "1.00", currency = "EUR", payee_account = "DE02" },
        });
        await party.DoAsync(HttpMethod.Post, $"sessions/{session.Id}/open");
        await party.DoAsync(HttpMethod.Post, $"sessions/{session.Id}/complete", """{"scenario": "review_face_match_borderline"}""");

        var shown = await party.LookAtAsync($"sessions/{session.Id}");
        Assert.Equal("In Review", (string?)shown["status"]);
        Assert.Equal("DE02", (string?)shown["metadata"]!["payee_account"]);
        Assert.Equal(session.Url.AbsoluteUri, (string?)shown["hosted_page"]);
        var face = shown["result"]!["steps"]!.AsArray().Single(step => (string?)step!["feature"] == "FACE_MATCH")!;
        Assert.Equal((65.43m, 50m, 80m), ((decimal)face["score"]!, (decimal)face["decline_at_or_below"]!, (decimal)face["approve_above"]!));
        Assert.Equal("LOW_FACE_MATCH_SIMILARITY", (string?)face["warnings"]!.AsArray().Single()!["risk"]);
        Assert.Equal(["created", "status_updated", "status_updated"], shown["timeline"]!.AsArray().Select(entry => (string?)entry!["what"]));
        Assert.Equal(["In Review", "In Progress"], shown["webhooks"]!.AsArray().Select(row => (string?)row!["status"]));
        Assert.Equal(["approve", "decline", "delete"], shown["actions"].Texts());
    }

    [Fact]
    public async Task A_session_is_finished_reviewed_aged_and_deleted()
    {
        await using var party = await RelyingParty.StartAsync();
        var session = await party.CreatedAsync(new { workflow_id = EmulatedWorkflow.KycEnrolmentId, vendor_data = "user-42", callback = "https://bank.example/back" });
        var path = $"sessions/{session.Id}";
        var ended = await party.DoAsync(HttpMethod.Post, path + "/complete", """{"scenario": "decline_liveness_attack"}""");
        Assert.Equal("Declined", (string?)ended!["status"]);
        Assert.Equal($"https://bank.example/back?verificationSessionId={session.Id}&status=Declined", (string?)ended["callback"]);
        Assert.Single(party.Receiver.All); // it ended when the webhook had been tried

        await party.DoAsync(HttpMethod.Post, path + "/review", """{"approved": true, "comment": "looked again"}""");
        await party.DoAsync(HttpMethod.Post, path + "/age");
        Assert.Equal("Kyc Expired", (string?)(await party.LookAtAsync(path))["status"]);
        Assert.Equal("looked again", (string?)(await party.LookAtAsync(path))["reviews"]!.AsArray().Single()!["comment"]);

        await party.DoAsync(HttpMethod.Delete, path, expected: 204);
        Assert.Null(party.Emulator.FindSession(session.Id));
        Assert.Empty((await party.LookAtAsync("sessions"))["results"]!.AsArray());
        Assert.Single((await party.LookAtAsync("sessions?deleted=true"))["results"]!.AsArray());
        var shown = await party.LookAtAsync(path);
        Assert.True((bool)shown["is_deleted"]!);
        Assert.Null(shown["hosted_page"]);
        Assert.Equal(
            ["created", "status_updated", "reviewed", "status_updated", "aged", "status_updated", "deleted"],
            shown["timeline"]!.AsArray().Select(entry => (string?)entry!["what"]));
        await party.DoAsync(HttpMethod.Delete, path, expected: 404);
        await party.DoAsync(HttpMethod.Post, path + "/open", expected: 404);
    }

    [Fact]
    public async Task Without_waiting_a_call_ends_before_the_receiver_has_answered()
    {
        var hanging = new TaskCompletionSource<HttpResponseMessage>(TaskCreationOptions.RunContinuationsAsynchronously);
        await using var party = await RelyingParty.StartAsync(options => options.WebhookMessageHandler = () => new Hanging(hanging.Task));
        var session = await party.CreatedKycAsync();
        var ended = await party.DoAsync(HttpMethod.Post, $"sessions/{session.Id}/complete", """{"wait": false}""");
        Assert.Equal("Approved", (string?)ended!["status"]);
        Assert.Empty(party.Emulator.Deliveries);
        hanging.SetResult(new HttpResponseMessage());
        await party.Emulator.WebhooksIdleAsync();
        Assert.Single(party.Emulator.Deliveries);
    }

    [Fact]
    public async Task A_session_is_finished_by_a_picture_and_the_picture_is_served_while_it_is_held()
    {
        await using var party = await RelyingParty.StartAsync(options => (options.FaceMatchScore, options.LivenessScore) = (90m, 90m));
        var session = await party.CreatedKycAsync();
        await party.DoAsync(HttpMethod.Get, $"sessions/{session.Id}/pictures/0", expected: 404);
        var picture = Pictures.Png();
        var (status, body) = await party.SendPictureAsync(HttpMethod.Post, $"sessions/{session.Id}/complete", picture, "image/png");
        Assert.Equal((200, "Approved"), (status, (string?)body!["status"]));

        Assert.Equal(1, (int)(await party.LookAtAsync($"sessions/{session.Id}"))["picture_count"]!);
        using (var response = await party.Http.GetAsync($"/emulator/api/sessions/{session.Id}/pictures/0"))
        {
            Assert.Equal("image/png", response.Content.Headers.ContentType!.ToString());
            Assert.Equal("no-store", response.Headers.CacheControl!.ToString());
            Assert.Equal(picture, await response.Content.ReadAsByteArrayAsync());
        }

        party.Emulator.ForgetFace("user-42");
        await party.DoAsync(HttpMethod.Get, $"sessions/{session.Id}/pictures/0", expected: 404);
    }

    [Theory]
    [InlineData("complete", """{"scenario": "aprove"}""", "scenario")]
    [InlineData("complete", """{"scenaro": "approve"}""", "scenaro")]
    [InlineData("complete", """{"scenario": 1}""", "scenario")]
    [InlineData("complete", """{"wait": "no"}""", "wait")]
    [InlineData("review", "{}", "approved")]
    [InlineData("review", """{"approved": "yes"}""", "approved")]
    [InlineData("review", """{"approved": null}""", "approved")]
    [InlineData("age", """{"waits": true}""", "waits")]
    [InlineData("open", "[]", "non_field_errors")]
    public async Task What_makes_no_sense_is_named_by_field_and_changes_nothing(string action, string json, string field)
    {
        await using var party = await RelyingParty.StartAsync();
        var session = await party.CreatedKycAsync();
        var body = await party.DoAsync(HttpMethod.Post, $"sessions/{session.Id}/{action}", json, expected: 400);
        Assert.Equal(field, Assert.Single(body!.AsObject()).Key);
        Assert.Single(body[field]!.AsArray());
        Assert.Equal(SessionStatus.NotStarted, party.Emulator.FindSession(session.Id)!.Status);
    }

    [Fact]
    public async Task What_cannot_be_done_now_is_refused_with_the_reason()
    {
        await using var party = await RelyingParty.StartAsync();
        var session = await party.CreatedKycAsync();
        var path = $"sessions/{session.Id}";
        Assert.Equal("The session is Not Started: it cannot become Approved.", Detail(await party.DoAsync(HttpMethod.Post, path + "/review", """{"approved": true}""", 400)));
        Assert.Equal("The session is Not Started: only an approved one ages.", Detail(await party.DoAsync(HttpMethod.Post, path + "/age", null, 400)));
        await party.DoAsync(HttpMethod.Post, path + "/complete");
        Assert.Equal("The session is Approved: it cannot be finished again.", Detail(await party.DoAsync(HttpMethod.Post, path + "/complete", null, 400)));
        var (status, body) = await party.SendPictureAsync(HttpMethod.Post, path + "/complete", "no picture"u8.ToArray(), "image/png");
        Assert.Equal((400, "The body begins like no picture."), (status, Detail(body)));
        (status, _) = await party.SendPictureAsync(HttpMethod.Post, path + "/complete", Pictures.Jpeg((10 * 1024 * 1024) + 1), "image/jpeg");
        Assert.Equal(413, status);
        (status, _) = await party.SendPictureAsync(HttpMethod.Post, path + "/complete", "{}"u8.ToArray(), "text/plain");
        Assert.Equal(415, status);
    }

    [Theory]
    [InlineData("GET", "sessions/11111111-2222-4333-8444-555555555555")]
    [InlineData("GET", "sessions/not-an-id")]
    [InlineData("POST", "sessions/11111111-2222-4333-8444-555555555555/complete")]
    [InlineData("GET", "deliveries/1")]
    [InlineData("GET", "deliveries/-1")]
    [InlineData("GET", "deliveries/99999999999999999999")]
    [InlineData("POST", "deliveries/11111111-2222-4333-8444-555555555555/replay")]
    [InlineData("DELETE", "faults/1")]
    [InlineData("DELETE", "faults/x")]
    [InlineData("GET", "nothing")]
    [InlineData("PUT", "sessions")]
    public async Task What_is_not_there_is_404(string method, string path)
    {
        await using var party = await RelyingParty.StartAsync();
        Assert.Equal("Not found.", Detail(await party.DoAsync(HttpMethod.Parse(method), path, method == "POST" ? "{}" : null, 404)));
    }

    [Theory]
    [InlineData("POST", "/emulator/api/sessions/{0}/open", "{}", false)]
    [InlineData("POST", "/emulator/api/sessions/{0}/complete", "{}", false)]
    [InlineData("POST", "/emulator/api/sessions/{0}/review", "{\"approved\": false}", true)]
    [InlineData("PATCH", "/v3/session/{0}/update-status/", "{\"new_status\": \"Declined\"}", true)]
    public async Task A_session_that_is_deleted_while_the_request_arrives_is_left_alone(string method, string path, string json, bool isFinished)
    {
        await using var party = await RelyingParty.StartAsync();
        var session = await party.CreatedKycAsync();
        if (isFinished)
        {
            await party.Emulator.CompleteAsync(session.Id);
        }

        var (before, sent) = (party.Emulator.FindSession(session.Id)!.Status, party.Receiver.All.Count);
        using var http = new HttpClient(new SocketsHttpHandler { Expect100ContinueTimeout = TimeSpan.FromMinutes(1) }) { BaseAddress = party.Emulator.BaseAddress };
        using var request = new HttpRequestMessage(HttpMethod.Parse(method), string.Format(CultureInfo.InvariantCulture, path, session.Id));
        request.Headers.Add("x-api-key", RelyingParty.ApiKey);
        request.Headers.ExpectContinue = true; // the body is asked for when the session has been found
        request.Content = new Body(json, () => party.DoAsync(HttpMethod.Delete, $"sessions/{session.Id}", expected: 204));
        using var answer = await http.SendAsync(request);

        Assert.InRange((int)answer.StatusCode, 400, 404);
        await party.Emulator.WebhooksIdleAsync();
        Assert.Equal(sent, party.Receiver.All.Count);
        Assert.Equal(before.ToWire(), (string?)(await party.LookAtAsync($"sessions/{session.Id}"))["status"]);
    }

    private static string? Detail(JsonNode? body) => (string?)body!["detail"];

    private sealed class Hanging(Task<HttpResponseMessage> answer) : HttpMessageHandler
    {
        protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken) => answer.WaitAsync(cancellationToken);
    }

    /// <summary>JSON before which something else is done.</summary>
    private sealed class Body : HttpContent
    {
        private readonly byte[] _json;
        private readonly Func<Task> _before;

        public Body(string json, Func<Task> before)
        {
            (_json, _before) = (System.Text.Encoding.UTF8.GetBytes(json), before);
            Headers.ContentType = new System.Net.Http.Headers.MediaTypeHeaderValue("application/json");
        }

        protected override async Task SerializeToStreamAsync(Stream stream, System.Net.TransportContext? context)
        {
            await _before();
            await stream.WriteAsync(_json);
        }

        protected override bool TryComputeLength(out long length)
        {
            length = _json.Length;
            return true;
        }
    }
}
