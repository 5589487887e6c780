using System.Net.Http.Headers;

namespace BiometricTwoFactor.Emulator.Tests.Judging;

/// <summary>The hosted page's form for a picture. None of these pictures shows a face.</summary>
public sealed class CapturePageTests
{
    [Fact]
    public async Task The_page_asks_for_a_picture_and_says_what_is_simulated()
    {
        await using var party = await RelyingParty.StartAsync();
        var session = await party.CreatedKycAsync();
        var html = await party.Http.GetStringAsync(session.Url);
        Assert.Contains("type=\"file\" id=\"selfie\" name=\"selfie\" accept=\"image/jpeg,image/png\" capture=\"user\"", html, StringComparison.Ordinal);
        Assert.Contains("Liveness is simulated.", html, StringComparison.Ordinal);
        Assert.Contains("The comparison is simulated.", html, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_unusable_picture_may_be_replaced_twice_and_then_declines()
    {
        await using var party = await RelyingParty.StartAsync();
        var session = await party.CreatedKycAsync();
        await party.Http.GetStringAsync(session.Url);

        var (status, html) = await party.LookAsync(session, Pictures.Png());
        Assert.Equal(400, status);
        Assert.Contains("No face was found in the picture.", html, StringComparison.Ordinal);
        Assert.Contains("2 tries are left.", html, StringComparison.Ordinal);
        Assert.Contains("name=\"selfie\"", html, StringComparison.Ordinal);
        Assert.Equal(SessionStatus.InProgress, party.Emulator.FindSession(session.Id)!.Status);

        (_, html) = await party.LookAsync(session, Pictures.Jpeg(2000));
        Assert.Contains("This is the last try.", html, StringComparison.Ordinal);

        (status, html) = await party.LookAsync(session, Pictures.Png());
        Assert.Equal(200, status);
        Assert.Contains("Not confirmed", html, StringComparison.Ordinal);
        var decision = await party.DecisionAsync(session.Id);
        Assert.Equal("Declined", (string?)decision["status"]);
        Assert.Equal(["NO_FACE_DETECTED"], decision["liveness_checks"]![0]!.Risks());
        Assert.Null(decision["face_matches"]);
        Assert.False(party.Emulator.HasFace("user-42"));
    }

    [Fact]
    public async Task What_is_no_picture_uses_up_no_try()
    {
        await using var party = await RelyingParty.StartAsync();
        var session = await party.CreatedKycAsync();
        for (var i = 0; i < 4; i++)
        {
            var (status, html) = await party.LookAsync(session, []);
            Assert.Equal(400, status);
            Assert.Contains("Choose a picture first.", html, StringComparison.Ordinal);
        }

        var (large, page) = await party.LookAsync(session, Pictures.Jpeg((10 * 1024 * 1024) + 1));
        Assert.Equal(400, large);
        Assert.Contains("at most 10 MB", page, StringComparison.Ordinal);
        Assert.Contains("2 tries are left.", (await party.LookAsync(session, Pictures.Png())).Html, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("multipart/form-data; boundary=x", "--x\r\nContent-Disposition: form-data; name=\"selfie\"; filename=\"a.jpg\"\r\n\r\nabc")]
    [InlineData("multipart/form-data", "abc")]
    [InlineData("image/jpeg", "abc")]
    public async Task A_torn_form_shows_the_page_again(string type, string body)
    {
        await using var party = await RelyingParty.StartAsync();
        var session = await party.CreatedKycAsync();
        using var content = new StringContent(body);
        content.Headers.ContentType = MediaTypeHeaderValue.Parse(type);
        using var response = await party.Http.PostAsync(session.Url, content);
        Assert.Equal(400, (int)response.StatusCode);
        Assert.Contains("<form", await response.Content.ReadAsStringAsync(), StringComparison.Ordinal);
        Assert.True(party.Emulator.FindSession(session.Id)!.Status is SessionStatus.NotStarted);
    }

    [Theory]
    [InlineData(SandboxScenario.Approve, SessionStatus.Approved)]
    [InlineData(SandboxScenario.DeclineFaceMatchLowSimilarity, SessionStatus.Declined)]
    [InlineData(SandboxScenario.Abandon, SessionStatus.Abandoned)]
    public async Task An_armed_scenario_decides_whatever_the_picture_shows(string scenario, SessionStatus expected)
    {
        await using var party = await RelyingParty.StartAsync();
        var session = await party.CreatedAsync(new { workflow_id = EmulatedWorkflow.KycEnrolmentId, sandbox_scenario = scenario });
        var html = await party.Http.GetStringAsync(session.Url);
        Assert.Contains("A scenario is armed", html, StringComparison.Ordinal);
        Assert.DoesNotContain("type=\"file\"", html, StringComparison.Ordinal);
        await party.LookAsync(session, Pictures.Png());
        Assert.Equal(expected, party.Emulator.FindSession(session.Id)!.Status);
    }

    [Fact]
    public async Task Scores_that_are_set_decide_whatever_the_picture_shows_and_say_so()
    {
        await using var party = await RelyingParty.StartAsync(options => (options.FaceMatchScore, options.LivenessScore) = (65m, 90m));
        party.Emulator.StoreFace("user-42");
        var session = await party.CreatedAsync(new { workflow_id = EmulatedWorkflow.BiometricAuthenticationId, vendor_data = "user-42" });
        await party.LookAsync(session, Pictures.Jpeg());
        var decision = await party.DecisionAsync(session.Id);
        Assert.Equal("In Review", (string?)decision["status"]);
        Assert.Equal(["LIVENESS_SIMULATED"], decision["liveness_checks"]![0]!.Risks());
        Assert.Equal(["LOW_FACE_MATCH_SIMILARITY", "FACE_MATCH_SIMULATED"], decision["face_matches"]![0]!.Risks());
    }

    [Fact]
    public async Task Somebody_without_a_portrait_on_file_is_not_asked_for_a_picture()
    {
        await using var party = await RelyingParty.StartAsync();
        party.Emulator.StoreFace("user-42");
        var session = await party.CreatedAsync(new { workflow_id = EmulatedWorkflow.BiometricAuthenticationId, vendor_data = "user-42" });
        var html = await party.Http.GetStringAsync(session.Url);
        Assert.Contains("There is no portrait of this person", html, StringComparison.Ordinal);
        Assert.DoesNotContain("type=\"file\"", html, StringComparison.Ordinal);

        party.Emulator.StoreFace("user-42", Pictures.Png());
        Assert.Contains("Your face is compared with the portrait on file.", await party.Http.GetStringAsync(session.Url), StringComparison.Ordinal);
        Assert.Throws<ArgumentException>(() => party.Emulator.StoreFace("user-42", "no picture"u8));
    }

    [Fact]
    public async Task In_process_an_unusable_picture_declines_at_once_and_a_finished_session_stays()
    {
        await using var party = await RelyingParty.StartAsync();
        var session = await party.CreatedAsync(new { workflow_id = EmulatedWorkflow.KycEnrolmentId, callback = "https://bank.example/back" });
        var callback = await party.Emulator.CompleteAsync(session.Id, Pictures.Png());
        Assert.EndsWith("&status=Declined", callback!.AbsoluteUri, StringComparison.Ordinal);
        await Assert.ThrowsAsync<InvalidOperationException>(() => party.Emulator.CompleteAsync(session.Id, Pictures.Png()));
        var (status, html) = await party.LookAsync(session, Pictures.Png());
        Assert.Equal(200, status);
        Assert.Contains("Declined", html, StringComparison.Ordinal);
    }
}
