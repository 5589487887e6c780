using System.Net;
using System.Net.Http.Headers;
using System.Text;

namespace BiometricTwoFactor.Tests.Client;

public sealed class SessionCallsTests
{
    private static string Page(string? next, params string[] ids) =>
        "{\"count\":99,\"next\":" + (next is null ? "null" : "\"" + next + "\"") + ",\"previous\":null,\"results\":["
        + string.Join(',', ids.Select(id => "{\"session_id\":\"" + id + "\",\"status\":\"Approved\",\"session_number\":5,\"vendor_data\":\"u\",\"created_at\":\"2026-11-21T10:00:00Z\"}"))
        + "]}";

    [Fact]
    public async Task A_decision_is_read_in_lower_case_with_its_slash()
    {
        using var harness = new ClientHarness();
        harness.Network.Then(200, "{\"session_id\":\"" + ClientHarness.SessionUuid + "\",\"status\":\"Approved\",\"vendor_data\":\"u\",\"liveness_checks\":[{\"status\":\"Approved\",\"score\":97}]}");
        var decision = await harness.Client.GetDecisionAsync(SessionId.Parse("AAAAAAAA-2222-4333-8444-555555555555"));
        Assert.Equal(SessionStatus.Approved, decision.Status);
        Assert.Equal(Score.FromPercent(97), Assert.Single(decision.LivenessChecks).Score);
        var sent = Assert.Single(harness.Network.Sent);
        Assert.Equal("GET", sent.Method);
        Assert.Equal("https://verification.didit.me/v3/session/aaaaaaaa-2222-4333-8444-555555555555/decision/", sent.Url);
    }

    [Theory]
    [InlineData("<html>")]
    [InlineData("{\"status\":\"Approved\"")]
    [InlineData("{\"status\":\"Approved\",\"status\":\"Declined\"}")]
    public async Task A_decision_that_is_not_strict_json_is_an_invalid_answer(string body)
    {
        using var harness = new ClientHarness();
        harness.Network.Then(200, body);
        var failure = await Assert.ThrowsAsync<BiometricException>(() => harness.Client.GetDecisionAsync(ClientHarness.Session));
        Assert.Equal(BiometricErrorCode.InvalidAnswer, failure.Code);
        Assert.Null(failure.InnerException);
    }

    [Fact]
    public async Task An_empty_session_id_is_refused()
    {
        using var harness = new ClientHarness();
        await Assert.ThrowsAsync<ArgumentException>(() => harness.Client.GetDecisionAsync(default));
        Assert.Empty(harness.Network.Sent);
    }

    [Fact]
    public async Task A_list_is_followed_page_by_page_as_it_is_read()
    {
        using var harness = new ClientHarness();
        harness.Network
            .Then(200, Page("https://verification.didit.me/v3/sessions/?limit=2&offset=2", "a", "b"))
            .Then(200, Page(null, "c"));
        var ids = new List<string>();
        await foreach (var session in harness.Client.ListSessionsAsync(new SessionFilter { Status = SessionStatus.InReview, VendorData = "a&b=ü", PageSize = 2 }))
        {
            Assert.Equal(SessionStatus.Approved, session.Status);
            ids.Add(session.SessionId.ToString());
            if (ids.Count < 3)
            {
                Assert.Single(harness.Network.Sent);
            }
        }

        Assert.Equal(["a", "b", "c"], ids);
        Assert.Equal("https://verification.didit.me/v3/sessions/?status=In%20Review&vendor_data=a%26b%3D%C3%BC&limit=2", harness.Network.Sent[0].Url);
        Assert.Equal("https://verification.didit.me/v3/sessions/?limit=2&offset=2", harness.Network.Sent[1].Url);
    }

    [Theory]
    [InlineData("https://evil.example/v3/sessions/?offset=50")]
    [InlineData("http://verification.didit.me/v3/sessions/?offset=50")]
    [InlineData("https://verification.didit.me:444/v3/sessions/?offset=50")]
    [InlineData("//evil.example/v3/sessions/?offset=50")]
    [InlineData("https://x@verification.didit.me/v3/sessions/?offset=50")]
    [InlineData("https://verification.didit.me/v3/users/?offset=50")]
    public async Task A_next_page_elsewhere_is_not_followed(string next)
    {
        using var harness = new ClientHarness();
        harness.Network.Then(200, Page(next, "a"));
        var failure = await Assert.ThrowsAsync<BiometricException>(async () =>
        {
            await foreach (var session in harness.Client.ListSessionsAsync())
            {
                Assert.NotNull(session);
            }
        });
        Assert.Equal(BiometricErrorCode.InvalidAnswer, failure.Code);
        Assert.Single(harness.Network.Sent);
    }

    [Fact]
    public async Task A_list_that_never_ends_does_end()
    {
        using var harness = new ClientHarness(options => options.MaxListPages = 3);
        for (var i = 0; i < 3; i++)
        {
            harness.Network.Then(200, Page("/v3/sessions/?offset=1", "a"));
        }

        var failure = await Assert.ThrowsAsync<BiometricException>(async () =>
        {
            await foreach (var session in harness.Client.ListSessionsAsync())
            {
                Assert.NotNull(session);
            }
        });
        Assert.Equal(BiometricErrorCode.AnswerTooLarge, failure.Code);
        Assert.Equal(3, harness.Network.Sent.Count);
    }

    [Fact]
    public async Task Deleting_a_session_twice_is_an_outcome_and_no_error()
    {
        using var harness = new ClientHarness();
        harness.Network.Then(204).Then(404, "{\"detail\":\"Not found.\"}");
        Assert.True(await harness.Client.DeleteSessionAsync(ClientHarness.Session));
        Assert.False(await harness.Client.DeleteSessionAsync(ClientHarness.Session));
        Assert.Equal("DELETE", harness.Network.Sent[0].Method);
        Assert.Equal($"https://verification.didit.me/v3/session/{ClientHarness.SessionUuid}/delete/", harness.Network.Sent[0].Url);
    }

    [Fact]
    public async Task Erasing_a_user_names_that_user_and_nobody_else()
    {
        using var harness = new ClientHarness();
        harness.Network.Then(204);
        Assert.True(await harness.Client.DeleteUserAsync("user-1"));
        var sent = Assert.Single(harness.Network.Sent);
        Assert.Equal("POST", sent.Method);
        Assert.Equal("https://verification.didit.me/v3/users/delete/", sent.Url);
        Assert.Equal("{\"vendor_data_list\":[\"user-1\"]}", sent.Text);
        await Assert.ThrowsAsync<ArgumentException>(() => harness.Client.DeleteUserAsync(""));
    }

    [Fact]
    public async Task A_status_is_set_by_hand()
    {
        using var harness = new ClientHarness();
        harness.Network.Then(200, "{\"session_id\":\"x\"}").Then(200, "{\"session_id\":\"x\"}");
        await harness.Client.UpdateStatusAsync(ClientHarness.Session, new UpdateStatusRequest(SessionStatus.Declined));
        await harness.Client.UpdateStatusAsync(ClientHarness.Session, new UpdateStatusRequest(SessionStatus.Resubmitted)
        {
            Comment = "again", NodesToResubmit = [new NodeToResubmit("n1", "FACE_MATCH")], SendEmail = true, EmailAddress = "a@b.example", EmailLanguage = "de",
        });
        Assert.Equal("PATCH", harness.Network.Sent[0].Method);
        Assert.Equal($"https://verification.didit.me/v3/session/{ClientHarness.SessionUuid}/update-status/", harness.Network.Sent[0].Url);
        Assert.Equal("{\"new_status\":\"Declined\"}", harness.Network.Sent[0].Text);
        Assert.Equal(
            "{\"new_status\":\"Resubmitted\",\"comment\":\"again\",\"nodes_to_resubmit\":[{\"node_id\":\"n1\",\"feature\":\"FACE_MATCH\"}],"
            + "\"send_email\":true,\"email_address\":\"a@b.example\",\"email_language\":\"de\"}",
            harness.Network.Sent[1].Text);
        Assert.Throws<ArgumentOutOfRangeException>(() => new UpdateStatusRequest(SessionStatus.Expired));
    }

    private static HttpResponseMessage Pdf(Stream content, string mediaType = "application/pdf")
    {
        var response = new HttpResponseMessage(HttpStatusCode.OK) { Content = new StreamContent(content) };
        response.Content.Headers.ContentType = new MediaTypeHeaderValue(mediaType);
        return response;
    }

    [Fact]
    public async Task A_report_is_a_stream_that_closes_the_connection_with_itself()
    {
        using var harness = new ClientHarness();
        var source = new MemoryStream(Encoding.ASCII.GetBytes("%PDF-1.7 ..."));
        harness.Network.Then(() => Pdf(source));
        await using (var report = await harness.Client.GetReportAsync(ClientHarness.Session))
        {
            Assert.Equal(0, source.Position);
            using var reader = new StreamReader(report);
            Assert.Equal("%PDF-1.7 ...", await reader.ReadToEndAsync());
        }

        Assert.False(source.CanRead);
        Assert.Equal($"https://verification.didit.me/v3/session/{ClientHarness.SessionUuid}/generate-pdf/", harness.Network.Sent[0].Url);
    }

    [Fact]
    public async Task A_report_over_the_limit_stops()
    {
        using var harness = new ClientHarness(options => options.ReportMaxBytes = 1000);
        harness.Network.Then(() => Pdf(new MemoryStream(new byte[1001])));
        await using var report = await harness.Client.GetReportAsync(ClientHarness.Session);
        var failure = await Assert.ThrowsAsync<BiometricException>(() => report.CopyToAsync(Stream.Null));
        Assert.Equal(BiometricErrorCode.AnswerTooLarge, failure.Code);
    }

    [Fact]
    public async Task A_report_that_stops_coming_is_given_up_and_one_that_breaks_off_is_an_error()
    {
        using var harness = new ClientHarness();
        var stuck = new StuckStream();
        harness.Network.Then(() => Pdf(stuck)).Then(() => Pdf(new BrokenStream()));
        await using (var report = await harness.Client.GetReportAsync(ClientHarness.Session))
        {
            var reading = report.ReadAsync(new byte[10]).AsTask();
            await stuck.Asked.Task;
            harness.Time.Advance(TimeSpan.FromSeconds(10));
            Assert.Equal(BiometricErrorCode.Timeout, (await Assert.ThrowsAsync<BiometricException>(() => reading)).Code);
        }

        await using var broken = await harness.Client.GetReportAsync(ClientHarness.Session);
        var failure = await Assert.ThrowsAsync<BiometricException>(() => broken.ReadAsync(new byte[10]).AsTask());
        Assert.Equal(BiometricErrorCode.Unreachable, failure.Code);
        Assert.Equal(BiometricErrorCode.Unreachable, Assert.Throws<BiometricException>(() => broken.ReadByte()).Code);
    }

    [Fact]
    public async Task Reading_a_report_can_be_cancelled()
    {
        using var harness = new ClientHarness();
        using var source = new CancellationTokenSource();
        var stuck = new StuckStream();
        harness.Network.Then(() => Pdf(stuck));
        await using var report = await harness.Client.GetReportAsync(ClientHarness.Session);
        var reading = report.ReadAsync(new byte[10], source.Token).AsTask();
        await stuck.Asked.Task;
        await source.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => reading);
    }

    private sealed class StuckStream : MemoryStream
    {
        public TaskCompletionSource Asked { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
        {
            var never = new TaskCompletionSource<int>(TaskCreationOptions.RunContinuationsAsynchronously);
            await using var given = cancellationToken.Register(() => never.TrySetCanceled(cancellationToken));
            Asked.TrySetResult();
            return await never.Task;
        }
    }

    private sealed class BrokenStream : MemoryStream
    {
        public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default) =>
            ValueTask.FromException<int>(new IOException("broken off"));

        public override int Read(byte[] buffer, int offset, int count) => throw new IOException("broken off");

        public override int ReadByte() => throw new IOException("broken off");
    }

    [Fact]
    public async Task A_report_that_is_no_pdf_is_an_invalid_answer()
    {
        using var harness = new ClientHarness();
        harness.Network.Then(() => Pdf(new MemoryStream("<html>"u8.ToArray()), "text/html"));
        var failure = await Assert.ThrowsAsync<BiometricException>(() => harness.Client.GetReportAsync(ClientHarness.Session));
        Assert.Equal(BiometricErrorCode.InvalidAnswer, failure.Code);
    }

    [Fact]
    public async Task A_report_of_a_session_without_verdict_is_refused_with_the_providers_status()
    {
        using var harness = new ClientHarness();
        harness.Network.Then(403, "{\"detail\":\"Session status is not eligible.\"}");
        var failure = await Assert.ThrowsAsync<BiometricException>(() => harness.Client.GetReportAsync(ClientHarness.Session));
        Assert.Equal(403, failure.Status);
    }
}
