using System.Text.Json.Nodes;

namespace BiometricTwoFactor.Emulator.Tests;

public sealed class HostedPageTests
{
    private static FormUrlEncodedContent Choose(string scenario) => new([KeyValuePair.Create("scenario", scenario)]);

    [Fact]
    public async Task Opening_the_page_starts_the_session_and_says_so()
    {
        await using var party = await RelyingParty.StartAsync();
        var session = await party.CreatedKycAsync();

        var html = await party.Http.GetStringAsync(session.Url);
        await party.Http.GetStringAsync(session.Url);

        Assert.Equal(SessionStatus.InProgress, party.Emulator.FindSession(session.Id)!.Status);
        await party.Emulator.WebhooksIdleAsync();
        var delivery = Assert.Single(party.Receiver.All);
        var body = JsonNode.Parse(delivery.Body)!;
        Assert.Equal("In Progress", (string?)body["status"]);
        Assert.Null(body["decision"]);
        Assert.Contains("Nothing here is a real identity check", html, StringComparison.Ordinal);
        Assert.Contains("Identity document", html, StringComparison.Ordinal);
        Assert.All(SandboxScenario.All, scenario => Assert.Contains($"value=\"{scenario}\"", html, StringComparison.Ordinal));
        Assert.Contains("value=\"approve\" aria-describedby=\"hint-0\" required checked", html, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_page_allows_its_own_script_alone_and_is_not_kept()
    {
        await using var party = await RelyingParty.StartAsync();
        var session = await party.CreatedKycAsync();
        using var page = await party.Http.GetAsync(session.Url);
        Assert.Equal("default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; base-uri 'none'", page.Headers.GetValues("Content-Security-Policy").Single());
        Assert.True(page.Headers.CacheControl!.NoStore);
        Assert.Equal("no-referrer", page.Headers.GetValues("Referrer-Policy").Single());
        var html = await page.Content.ReadAsStringAsync();
        Assert.Equal(1, html.Split("<script").Length - 1);
        Assert.Contains("<script type=\"module\" src=\"/emulator/capture.js\"></script>", html, StringComparison.Ordinal);
        Assert.DoesNotMatch("<[^>]*\\son[a-z]+=", html);
        Assert.DoesNotContain("style=", html, StringComparison.Ordinal);
        using var style = await party.Http.GetAsync("/emulator/page.css");
        Assert.Equal("text/css", style.Content.Headers.ContentType!.MediaType);
    }

    [Fact]
    public async Task The_armed_scenario_is_preselected()
    {
        await using var party = await RelyingParty.StartAsync();
        var session = await party.CreatedAsync(new { workflow_id = EmulatedWorkflow.KycEnrolmentId, sandbox_scenario = SandboxScenario.ReviewFaceMatchBorderline });
        var html = await party.Http.GetStringAsync(session.Url);
        Assert.Contains("value=\"review_face_match_borderline\" aria-describedby=\"hint-4\" required checked", html, StringComparison.Ordinal);
        Assert.Single(html.Split(" checked>").Skip(1));
    }

    [Theory]
    [InlineData("https://bank.example/back", "https://bank.example/back?verificationSessionId={id}&status=Approved")]
    [InlineData("https://bank.example/back?x=1", "https://bank.example/back?x=1&verificationSessionId={id}&status=Approved")]
    [InlineData("https://bank.example/back?", "https://bank.example/back?verificationSessionId={id}&status=Approved")]
    [InlineData("https://bank.example/back?x=1#top", "https://bank.example/back?x=1&verificationSessionId={id}&status=Approved#top")]
    [InlineData("bankapp://back", "bankapp://back?verificationSessionId={id}&status=Approved")]
    public async Task Finishing_sends_the_browser_back_with_session_and_status_appended(string callback, string expected)
    {
        await using var party = await RelyingParty.StartAsync();
        var session = await party.CreatedAsync(new { workflow_id = EmulatedWorkflow.KycEnrolmentId, callback });
        await party.Http.GetStringAsync(session.Url);

        using var response = await party.Http.PostAsync(session.Url, Choose(SandboxScenario.Approve));

        Assert.Equal(303, (int)response.StatusCode);
        Assert.Equal(expected.Replace("{id}", session.Id.ToString(), StringComparison.Ordinal), response.Headers.NonValidated["Location"].ToString());
        await party.Emulator.WebhooksIdleAsync();
        Assert.Contains(party.Receiver.All, received => (string?)JsonNode.Parse(received.Body)!["status"] == "Approved");
    }

    [Fact]
    public async Task A_status_with_a_space_is_escaped_in_the_callback()
    {
        await using var party = await RelyingParty.StartAsync();
        var session = await party.CreatedAsync(new { workflow_id = EmulatedWorkflow.KycEnrolmentId, callback = "https://bank.example/back" });
        var callback = await party.Emulator.CompleteAsync(session.Id, SandboxScenario.ReviewFaceMatchBorderline);
        Assert.Equal($"https://bank.example/back?verificationSessionId={session.Id}&status=In%20Review", callback!.AbsoluteUri);
    }

    [Fact]
    public async Task Without_a_callback_the_workflows_own_is_used_and_else_the_page_ends_here()
    {
        await using var party = await RelyingParty.StartAsync(options => options.Workflows =
        [
            new EmulatedWorkflow { Id = "with", Kind = EmulatedWorkflowKind.KycEnrolment, DefaultCallback = new Uri("https://bank.example/default") },
            new EmulatedWorkflow { Id = "without", Kind = EmulatedWorkflowKind.KycEnrolment },
        ]);
        var with = await party.CreatedAsync(new { workflow_id = "with" });
        Assert.StartsWith("https://bank.example/default?", (await party.Emulator.CompleteAsync(with.Id))!.AbsoluteUri, StringComparison.Ordinal);

        var without = await party.CreatedAsync(new { workflow_id = "without" });
        using var response = await party.Http.PostAsync(without.Url, Choose(SandboxScenario.Approve));
        Assert.Equal(200, (int)response.StatusCode);
        Assert.Contains("You can close this page", await response.Content.ReadAsStringAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_finished_session_cannot_be_finished_again()
    {
        await using var party = await RelyingParty.StartAsync();
        var session = await party.CreatedKycAsync();
        await party.Emulator.CompleteAsync(session.Id, SandboxScenario.DeclineLivenessAttack);

        using var response = await party.Http.PostAsync(session.Url, Choose(SandboxScenario.Approve));

        Assert.Equal(200, (int)response.StatusCode);
        Assert.Contains("Declined", await response.Content.ReadAsStringAsync(), StringComparison.Ordinal);
        Assert.Equal(SessionStatus.Declined, party.Emulator.FindSession(session.Id)!.Status);
        Assert.DoesNotContain("<form", await party.Http.GetStringAsync(session.Url), StringComparison.Ordinal);
        await Assert.ThrowsAsync<InvalidOperationException>(() => party.Emulator.CompleteAsync(session.Id));
    }

    [Fact]
    public async Task An_outcome_that_does_not_exist_changes_nothing()
    {
        await using var party = await RelyingParty.StartAsync();
        var session = await party.CreatedKycAsync();
        using var response = await party.Http.PostAsync(session.Url, Choose("win"));
        Assert.Equal(400, (int)response.StatusCode);
        Assert.Equal(SessionStatus.NotStarted, party.Emulator.FindSession(session.Id)!.Status);
    }

    [Fact]
    public async Task Unknown_and_deleted_links_are_404_pages()
    {
        await using var party = await RelyingParty.StartAsync();
        var session = await party.CreatedKycAsync();
        var path = session.Url.AbsolutePath;
        Assert.Equal(404, (await party.SendAsync(HttpMethod.Get, "/session/AAAAAAAAAAAA")).Status);
        Assert.Equal(404, (await party.SendAsync(HttpMethod.Get, "/xx" + path)).Status);
        Assert.Equal(200, (await party.SendAsync(HttpMethod.Get, "/de" + path)).Status);
        await party.SendAsync(HttpMethod.Delete, $"/v3/session/{session.Id}/delete/");
        Assert.Equal(404, (await party.SendAsync(HttpMethod.Get, path)).Status);
    }

    [Fact]
    public async Task The_workflows_name_is_encoded()
    {
        await using var party = await RelyingParty.StartAsync(options =>
            options.Workflows = [new EmulatedWorkflow { Id = "w", Kind = EmulatedWorkflowKind.LivenessOnly, Name = "<b>bold</b>" }]);
        var session = await party.CreatedAsync(new { workflow_id = "w" });
        var html = await party.Http.GetStringAsync(session.Url);
        Assert.Contains("&lt;b&gt;bold&lt;/b&gt;", html, StringComparison.Ordinal);
        Assert.DoesNotContain("<b>bold", html, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_capturing_browser_shows_in_the_ip_analysis()
    {
        await using var party = await RelyingParty.StartAsync();
        party.Emulator.StoreFace("u");
        var session = await party.CreatedAsync(new { workflow_id = EmulatedWorkflow.ScaWithIpAnalysisId, vendor_data = "u" });
        party.Http.DefaultRequestHeaders.UserAgent.ParseAdd("Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/18.0 Mobile/15E148 Safari/604.1");
        await party.Http.GetStringAsync(session.Url);
        await party.Emulator.CompleteAsync(session.Id);
        var ip = (await party.DecisionAsync(session.Id))["ip_analyses"]![0]!;
        Assert.Equal(("iOS", "Safari", "mobile"), ((string?)ip["os_family"], (string?)ip["browser_family"], (string?)ip["platform"]));
    }
}
