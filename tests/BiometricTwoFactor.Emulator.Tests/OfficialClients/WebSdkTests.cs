using System.Text.Json;
using BiometricTwoFactor.Emulator.Tests.Page;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace BiometricTwoFactor.Emulator.Tests;

/// <summary>The provider's web SDK, unmodified, embeds the hosted page in a relying party's page on another origin.</summary>
[Collection(CameraCollection.Name)]
public sealed class WebSdkTests(Cameras cameras)
{
    private const string Sdk = "@didit-protocol/sdk-web/dist/didit-sdk.umd.min.js";

    // What an application does: starts the SDK, and keeps what it hears.
    private const string Application =
        """
        window.heard = []; window.results = []; window.lines = [];
        for (const level of ["log", "warn", "error"]) {
          const plain = console[level].bind(console);
          console[level] = (...words) => { window.lines.push(level + " " + words.map(String).join(" ")); plain(...words); };
        }
        window.begin = (url, configuration) => {
          const sdk = DiditSDK.DiditSdk.shared;
          sdk.onEvent = (event) => window.heard.push(event);
          sdk.onComplete = (result) => window.results.push(result);
          return sdk.startVerification({ url, configuration: { loggingEnabled: true, ...configuration } });
        };
        """;

    private static readonly string[] Whole =
    [
        "didit:started", // the SDK's own
        "didit:ready", "didit:started", "didit:step_started", "didit:media_started", "didit:media_captured",
        "didit:verification_submitted", "didit:status_updated", "didit:step_completed", "didit:completed",
    ];

    [BrowserTheory(Needs.OfficialClient)]
    [InlineData("approve", "Approved", true)]
    [InlineData("approve", "Approved", false)]
    [InlineData("decline_face_match_low_similarity", "Declined", false)]
    public async Task The_application_hears_the_whole_capture_in_order(string scenario, string status, bool embedded)
    {
        await using var party = await RelyingParty.StartAsync();
        await using var host = await HostPage.StartAsync(Application, OfficialClients.PathOf(Sdk));
        var session = await party.CreatedAsync(new { workflow_id = EmulatedWorkflow.KycEnrolmentId, sandbox_scenario = scenario, callback = host.Url + "back" });
        await using var at = await CustomerPage.OpenAsync(await cameras.SeeingSomebodyAsync(), host.Url.AbsoluteUri, width: 1024);
        await BeginAsync(at, session, embedded ? new { embedded = true, embeddedContainerId = "here" } : new { });
        var frame = at.Page.FrameLocator("iframe");
        await frame.Locator("#start").ClickAsync();
        await at.Page.WaitForFunctionAsync("() => results.length > 0");

        var result = Assert.Single(await ResultsAsync(at));
        Assert.Equal(("completed", session.Id.ToString(), status), Said(result));
        var events = (await at.Page.EvaluateAsync<JsonElement>("() => heard")).EnumerateArray().ToList();
        Assert.Equal(Whole, events.Select(e => e.GetProperty("type").GetString()));
        Assert.Equal("liveness", events[3].GetProperty("data").GetProperty("step").GetString());
        Assert.Equal(status, events[7].GetProperty("data").GetProperty("status").GetString());
        Assert.All(events, e => Assert.True(e.GetProperty("timestamp").GetInt64() > 0));
        await AssertQuietAsync(at, session);

        // The frame stays where it is: the application decides what comes next.
        await Expect(frame.GetByRole(AriaRole.Link, new() { Name = "Continue" })).ToBeVisibleAsync();
        Assert.Equal(host.Url.AbsoluteUri, at.Page.Url);
    }

    [BrowserFact(Needs.OfficialClient)]
    public async Task A_modal_that_is_to_close_at_the_end_closes()
    {
        await using var party = await RelyingParty.StartAsync();
        await using var host = await HostPage.StartAsync(Application, OfficialClients.PathOf(Sdk));
        var session = await party.CreatedAsync(new { workflow_id = EmulatedWorkflow.KycEnrolmentId, sandbox_scenario = SandboxScenario.Approve });
        await using var at = await CustomerPage.OpenAsync(await cameras.SeeingSomebodyAsync(), host.Url.AbsoluteUri, width: 1024);
        await BeginAsync(at, session, new { closeModalOnComplete = true, defaultLivenessCamera = "front" });
        await at.Page.FrameLocator("iframe").Locator("#start").ClickAsync();
        await at.Page.WaitForFunctionAsync("() => results.length > 0");
        await Expect(at.Page.Locator(".didit-modal-overlay.active")).ToHaveCountAsync(0);
        Assert.Equal(("completed", session.Id.ToString(), "Approved"), Said(Assert.Single(await ResultsAsync(at))));
    }

    [BrowserFact(Needs.OfficialClient)]
    public async Task Leaving_cancels_and_closes_the_modal()
    {
        await using var party = await RelyingParty.StartAsync();
        await using var host = await HostPage.StartAsync(Application, OfficialClients.PathOf(Sdk));
        var session = await party.CreatedKycAsync();
        await using var at = await CustomerPage.OpenAsync(await cameras.SeeingSomebodyAsync(), host.Url.AbsoluteUri, width: 1024);
        await BeginAsync(at, session, new { });
        var frame = at.Page.FrameLocator("iframe");
        await frame.GetByRole(AriaRole.Button, new() { Name = "Cancel" }).ClickAsync();
        await frame.GetByRole(AriaRole.Button, new() { Name = "Leave" }).ClickAsync();
        await at.Page.WaitForFunctionAsync("() => results.length > 0");

        Assert.Equal(("cancelled", session.Id.ToString(), "Abandoned"), Said(Assert.Single(await ResultsAsync(at))));
        Assert.Equal(SessionStatus.Abandoned, party.Emulator.FindSession(session.Id)!.Status);
        await Expect(at.Page.Locator(".didit-modal-overlay.active")).ToHaveCountAsync(0);
        await AssertQuietAsync(at, session);
    }

    [BrowserFact(Needs.OfficialClient)]
    public async Task A_camera_that_is_not_allowed_is_an_error_that_the_application_hears()
    {
        await using var party = await RelyingParty.StartAsync();
        await using var host = await HostPage.StartAsync(Application, OfficialClients.PathOf(Sdk));
        var session = await party.CreatedKycAsync();
        await using var at = await CustomerPage.OpenAsync(await cameras.DeniedAsync(), host.Url.AbsoluteUri, width: 1024);
        await BeginAsync(at, session, new { });
        await at.Page.FrameLocator("iframe").Locator("#start").ClickAsync();
        await at.Page.WaitForFunctionAsync("() => heard.some((event) => event.type === 'didit:error')");
        Assert.Equal("cameraAccessDenied", await at.Page.EvaluateAsync<string>("() => heard.at(-1).data.error"));
        Assert.Empty(await ResultsAsync(at));
    }

    private static Task BeginAsync(CustomerPage at, RelyingParty.Created session, object configuration) =>
        at.Page.EvaluateAsync("([url, configuration]) => begin(url, configuration)", new[] { session.Url.AbsoluteUri, configuration });

    private static async Task<List<JsonElement>> ResultsAsync(CustomerPage at) =>
        [.. (await at.Page.EvaluateAsync<JsonElement>("() => results")).EnumerateArray()];

    private static (string?, string?, string?) Said(JsonElement result) => (
        result.GetProperty("type").GetString(),
        result.GetProperty("session").GetProperty("sessionId").GetString(),
        result.GetProperty("session").GetProperty("status").GetString());

    /// <summary>The SDK refused and misread nothing, and no message had the token.</summary>
    private static async Task AssertQuietAsync(CustomerPage at, RelyingParty.Created session)
    {
        var lines = await at.Page.EvaluateAsync<string[]>("() => lines");
        Assert.Contains(lines, line => line.Contains("Received postMessage:", StringComparison.Ordinal));
        Assert.DoesNotContain(lines, line => !line.StartsWith("log", StringComparison.Ordinal));
        Assert.DoesNotContain(session.Token, await at.Page.EvaluateAsync<string>("() => JSON.stringify(heard)"), StringComparison.Ordinal);
    }
}
