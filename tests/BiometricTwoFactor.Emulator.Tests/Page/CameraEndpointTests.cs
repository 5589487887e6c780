using System.Net.Http.Headers;
using System.Text.Json.Nodes;

namespace BiometricTwoFactor.Emulator.Tests.Page;

/// <summary>What the page's script calls, called by somebody else.</summary>
public sealed class CameraEndpointTests
{
    [Theory]
    [InlineData("?w=320&h=240", 0)]
    [InlineData("?w=320&h=240", (256 * 1024) + 1)]
    [InlineData("", 100)]
    [InlineData("?w=0&h=240", 100)]
    [InlineData("?w=320&h=99999", 100)]
    [InlineData("?w=-5&h=240", 100)]
    public async Task A_preview_of_no_size_or_too_much_is_refused(string query, int length)
    {
        await using var party = await RelyingParty.StartAsync();
        var session = await party.CreatedKycAsync();
        var (status, body) = await party.AskAsync(session.Url.AbsolutePath + "/preview" + query, Uploads.File(new byte[length]));
        Assert.Equal(400, status);
        Assert.NotNull(body["detail"]);
    }

    [Fact]
    public async Task A_preview_of_nobody_says_so_and_uses_up_no_try()
    {
        await using var party = await RelyingParty.StartAsync();
        var session = await party.CreatedKycAsync();
        for (var i = 0; i < 4; i++)
        {
            var (status, body) = await party.AskAsync(session.Url.AbsolutePath + "/preview?w=96&h=96", Uploads.File(Pictures.Png()));
            Assert.Equal((200, "open", "no_face", 0), (status, (string?)body["state"], (string?)body["advice"], (int)body["faces"]!));
            Assert.Null(body["box"]);
        }

        Assert.Equal(0, party.Emulator.Core.Find(session.Id.ToString())!.UnusablePictures);
    }

    [Theory]
    [InlineData("/preview?w=96&h=96")]
    [InlineData("/capture")]
    public async Task A_session_that_is_over_or_unknown_is_over(string path)
    {
        await using var party = await RelyingParty.StartAsync();
        var session = await party.CreatedKycAsync();
        await party.Emulator.CompleteAsync(session.Id);
        Assert.Equal("over", (string?)(await SendAsync(session.Url.AbsolutePath))["state"]);
        Assert.Equal("over", (string?)(await SendAsync("/session/AAAAAAAAAAAA"))["state"]);
        Assert.Equal("over", (string?)(await SendAsync("/xx" + session.Url.AbsolutePath))["state"]);

        async Task<JsonNode> SendAsync(string page) =>
            (await party.AskAsync(page + path, path == "/capture" ? Uploads.Frames(Pictures.Png()) : Uploads.File(Pictures.Png()))).Body;
    }

    [Fact]
    public async Task No_frame_and_too_many_use_up_no_try_and_three_without_a_face_decline()
    {
        await using var party = await RelyingParty.StartAsync();
        var session = await party.CreatedAsync(new { workflow_id = EmulatedWorkflow.KycEnrolmentId, callback = "https://bank.example/back" });
        var capture = session.Url.AbsolutePath + "/capture";
        foreach (var frames in (byte[][][])[[], [[]], [.. Enumerable.Repeat(Pictures.Png(8), 41)]])
        {
            var (_, refused) = await party.AskAsync(capture, Uploads.Frames(frames));
            Assert.Equal(("retry", ""), ((string?)refused["state"], (string?)refused["problems"]![0]!["code"]));
            Assert.Null(refused["tries"]);
        }

        string[] tries = ["2 tries are left.", "This is the last try."];
        foreach (var left in tries)
        {
            var (_, again) = await party.AskAsync(capture, Uploads.Frames(Pictures.Png()));
            Assert.Equal(("retry", "NO_FACE_DETECTED", left), ((string?)again["state"], (string?)again["problems"]![0]!["code"], (string?)again["tries"]));
        }

        var (_, over) = await party.AskAsync(capture, Uploads.Frames("no picture"u8.ToArray()));
        Assert.Equal(("over", "Declined"), ((string?)over["state"], (string?)over["status"]));
        Assert.Equal($"https://bank.example/back?verificationSessionId={session.Id}&status=Declined", (string?)over["redirect"]);
        Assert.Contains("Not confirmed", (string?)over["html"], StringComparison.Ordinal);
        Assert.DoesNotContain(session.Token, over.ToJsonString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_cannot_be_read_is_told_apart_from_what_shows_nobody()
    {
        await using var party = await RelyingParty.StartAsync();
        var session = await party.CreatedKycAsync();
        Assert.Equal("This file is not a picture that can be read.", await ToldAsync("no picture"u8.ToArray()));
        Assert.Equal("No face was found in the picture.", await ToldAsync(Pictures.Png()));

        async Task<string?> ToldAsync(byte[] frame) =>
            (string?)(await party.AskAsync(session.Url.AbsolutePath + "/capture", Uploads.Frames(frame))).Body["problems"]![0]!["text"];
    }

    [Theory]
    [InlineData("multipart/form-data; boundary=x", "--x\r\nContent-Disposition: form-data; name=\"frame\"; filename=\"a.jpg\"\r\n\r\nabc")]
    [InlineData("image/jpeg", "abc")]
    public async Task A_torn_form_is_one_without_frames(string type, string body)
    {
        await using var party = await RelyingParty.StartAsync();
        var session = await party.CreatedKycAsync();
        using var content = new StringContent(body);
        content.Headers.ContentType = MediaTypeHeaderValue.Parse(type);
        var (status, answer) = await party.AskAsync(session.Url.AbsolutePath + "/capture", content);
        Assert.Equal((200, "retry"), (status, (string?)answer["state"]));
    }

    [Fact]
    public async Task The_forms_answer_the_script_in_the_same_words()
    {
        await using var party = await RelyingParty.StartAsync();
        var session = await party.CreatedAsync(new { workflow_id = EmulatedWorkflow.KycEnrolmentId, callback = "bankapp://back" });
        var (_, again) = await party.AskAsync(session.Url.AbsolutePath, new FormUrlEncodedContent([KeyValuePair.Create("scenario", "win")]));
        Assert.Equal(("retry", "Choose one of the outcomes below, then finish."), ((string?)again["state"], (string?)again["problems"]![0]!["text"]));
        var (_, over) = await party.AskAsync(session.Url.AbsolutePath, new FormUrlEncodedContent([KeyValuePair.Create("leave", "1")]));
        Assert.Equal(("over", "Abandoned", $"bankapp://back?verificationSessionId={session.Id}&status=Abandoned"), ((string?)over["state"], (string?)over["status"], (string?)over["redirect"]));

        // Once more goes nowhere: another browser may have been sent back already.
        var (_, late) = await party.AskAsync(session.Url.AbsolutePath, new FormUrlEncodedContent([KeyValuePair.Create("leave", "1")]));
        Assert.Equal(("over", (string?)null), ((string?)late["state"], (string?)late["redirect"]));
    }

    [BrowserFact]
    public async Task A_face_is_said_to_be_good_and_where_it_is()
    {
        await using var party = await RelyingParty.StartAsync();
        var session = await party.CreatedKycAsync();
        var (_, body) = await party.AskAsync(session.Url.AbsolutePath + "/preview?w=640&h=480", Uploads.File(Film.Person().Bytes));
        Assert.Equal(("good", 1), ((string?)body["advice"], (int)body["faces"]!));
        var box = body["box"]!;
        Assert.InRange((double)box["x"]! + ((double)box["width"]! / 2), 0.45, 0.55);
        Assert.InRange((double)body["yaw"]!, -8, 8);
    }
}
