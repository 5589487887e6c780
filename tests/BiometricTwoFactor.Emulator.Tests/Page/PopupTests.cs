using System.Text.Json;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace BiometricTwoFactor.Emulator.Tests.Page;

/// <summary>The hosted page in a window that a relying party's page opened, in a plain frame, and on its own.</summary>
[Collection(CameraCollection.Name)]
public sealed class PopupTests(Cameras cameras)
{
    // The raw messages, as any listener gets them.
    private const string Listener =
        """
        window.heard = [];
        addEventListener("message", (event) => window.heard.push({ origin: event.origin, data: event.data }));
        """;

    [BrowserFact]
    public async Task A_window_tells_its_opener_and_goes_on_when_nobody_closes_it()
    {
        await using var party = await RelyingParty.StartAsync();
        await using var host = await HostPage.StartAsync(Listener);
        var session = await party.CreatedAsync(new { workflow_id = EmulatedWorkflow.KycEnrolmentId, callback = host.Url + "back" });
        await using var at = await CustomerPage.OpenAsync(await cameras.SeeingSomebodyAsync(), host.Url.AbsoluteUri);
        var popup = await at.Page.RunAndWaitForPopupAsync(() => at.Page.EvaluateAsync("url => { window.popup = window.open(url, 'check', 'width=420,height=760'); }", session.Url.AbsoluteUri));
        await popup.Locator("#start").ClickAsync();
        await Expect(popup.GetByRole(AriaRole.Heading, new() { Name = "Done" })).ToBeVisibleAsync(new() { Timeout = 60_000 });

        var heard = (await at.Page.EvaluateAsync<JsonElement>("() => heard")).EnumerateArray().ToList();
        Assert.All(heard, message => Assert.Equal(party.Emulator.BaseAddress.GetLeftPart(UriPartial.Authority), message.GetProperty("origin").GetString()));
        string[] expected =
        [
            "didit:ready", "didit:started", "didit:step_started", "didit:media_started", "didit:media_captured",
            "didit:verification_submitted", "didit:status_updated", "didit:step_completed", "didit:completed",
        ];
        Assert.Equal(expected, heard.Select(message => message.GetProperty("data").GetProperty("type").GetString()));
        Assert.Equal(
            $$"""{"sessionId":"{{session.Id}}","status":"Approved"}""",
            await at.Page.EvaluateAsync<string>("() => JSON.stringify(heard.at(-1).data.data)"));
        Assert.DoesNotContain(session.Token, await at.Page.EvaluateAsync<string>("() => JSON.stringify(heard)"), StringComparison.Ordinal);

        await popup.WaitForURLAsync($"{host.Url}back?verificationSessionId={session.Id}&status=Approved");
    }

    [BrowserFact]
    public async Task The_end_can_be_closed_by_its_button()
    {
        await using var party = await RelyingParty.StartAsync();
        await using var host = await HostPage.StartAsync(Listener);
        var session = await party.CreatedKycAsync();
        await using var at = await CustomerPage.OpenAsync(await cameras.SeeingSomebodyAsync(), host.Url.AbsoluteUri);
        var popup = await at.Page.RunAndWaitForPopupAsync(() => at.Page.EvaluateAsync("url => { window.open(url, 'check'); }", session.Url.AbsoluteUri));
        await popup.Locator("#by-choice summary").ClickAsync();
        await popup.GetByText("Decline: another person", new() { Exact = true }).ClickAsync();
        await popup.GetByRole(AriaRole.Button, new() { Name = "Finish" }).ClickAsync();
        // Which element of the page has the focus; whether the window has it, the window manager decides.
        await popup.WaitForFunctionAsync("() => document.activeElement?.matches('h1') && document.activeElement.textContent === 'Not confirmed'");
        var closed = new TaskCompletionSource();
        popup.Close += (_, _) => closed.TrySetResult();
        await popup.GetByRole(AriaRole.Button, new() { Name = "Close" }).ClickAsync();
        await closed.Task.WaitAsync(TimeSpan.FromSeconds(20));
        Assert.Equal("didit:close_request", await at.Page.EvaluateAsync<string>("() => heard.at(-1).data.type"));
    }

    [BrowserFact]
    public async Task A_frame_hears_leaving_and_a_finished_session_tells_its_end_again()
    {
        await using var party = await RelyingParty.StartAsync();
        await using var host = await HostPage.StartAsync(Listener);
        var session = await party.CreatedKycAsync();
        await party.Emulator.CompleteAsync(session.Id, SandboxScenario.DeclineLivenessAttack);
        await using var at = await CustomerPage.OpenAsync(await cameras.SeeingSomebodyAsync(), host.Url.AbsoluteUri);
        await at.Page.EvaluateAsync("url => { const frame = document.createElement('iframe'); frame.src = url; document.body.append(frame); }", session.Url.AbsoluteUri);
        await at.Page.WaitForFunctionAsync("() => heard.length > 1");
        Assert.Equal(["didit:ready", "didit:completed"], await at.Page.EvaluateAsync<string[]>("() => heard.map((message) => message.data.type)"));
        Assert.Equal("Declined", await at.Page.EvaluateAsync<string>("() => heard.at(-1).data.data.status"));
    }

    [BrowserFact]
    public async Task On_its_own_the_page_goes_back_to_the_callback_at_once()
    {
        await using var party = await RelyingParty.StartAsync();
        await using var host = await HostPage.StartAsync("");
        var session = await party.CreatedAsync(new { workflow_id = EmulatedWorkflow.KycEnrolmentId, callback = host.Url + "back?x=1" });
        await using var at = await CustomerPage.OpenAsync(await cameras.SeeingSomebodyAsync(), session.Url.AbsoluteUri);
        await at.StartAsync();
        await at.Page.WaitForURLAsync($"{host.Url}back?x=1&verificationSessionId={session.Id}&status=Approved");
        Assert.Empty(at.Complaints);
    }

    [BrowserFact]
    public async Task Leaving_goes_back_as_well()
    {
        await using var party = await RelyingParty.StartAsync();
        await using var host = await HostPage.StartAsync("");
        var session = await party.CreatedAsync(new { workflow_id = EmulatedWorkflow.KycEnrolmentId, callback = host.Url + "back" });
        await using var at = await CustomerPage.OpenAsync(await cameras.SeeingAsync("nobody", Film.Nobody), session.Url.AbsoluteUri);
        await at.StartAsync();
        await at.PressAsync("Cancel");
        await at.PressAsync("Leave");
        await at.Page.WaitForURLAsync($"{host.Url}back?verificationSessionId={session.Id}&status=Abandoned");
        Assert.Equal("cancelled", party.Emulator.Core.Find(session.Id.ToString())!.Timeline.Entries[^1].What);
    }

    [BrowserFact]
    public async Task Without_script_the_page_still_ends()
    {
        await using var party = await RelyingParty.StartAsync();
        var session = await party.CreatedKycAsync();
        await using var at = await CustomerPage.OpenAsync(
            await cameras.SeeingSomebodyAsync(), session.Url.AbsoluteUri, options: new BrowserNewContextOptions { JavaScriptEnabled = false });
        await Expect(at.Page.Locator("#selfie")).ToBeVisibleAsync();
        await Expect(at.Page.Locator("#start")).ToBeHiddenAsync();
        await at.Page.Locator("#by-choice summary").ClickAsync();
        await at.Page.GetByText("Hold for review", new() { Exact = true }).ClickAsync();
        await at.PressAsync("Finish");
        await at.SeesAsync("Being looked at");
    }
}
