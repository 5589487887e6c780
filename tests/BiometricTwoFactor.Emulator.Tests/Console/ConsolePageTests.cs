using System.Text.RegularExpressions;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace BiometricTwoFactor.Emulator.Tests.Console;

/// <summary>The console in a real browser.</summary>
[Collection(ConsoleBrowserCollection.Name)]
public sealed class ConsolePageTests(ConsoleBrowser browser)
{
    [BrowserFact]
    public async Task The_first_session_appears_without_a_reload_and_follows_what_happens_to_it()
    {
        await using var party = await RelyingParty.StartAsync();
        await using var pane = await browser.OpenAsync(party);
        await Expect(pane.Page.GetByRole(AriaRole.Heading, new() { Name = "No session yet" })).ToBeVisibleAsync();
        var html = await pane.Page.ContentAsync();
        Assert.Contains("curl -X POST", html, StringComparison.Ordinal);
        Assert.DoesNotContain(RelyingParty.ApiKey, html, StringComparison.Ordinal);

        var session = await party.CreatedKycAsync();
        await Expect(pane.Row("user-42").Locator(".badge")).ToHaveTextAsync("Not Started");
        await party.Emulator.CompleteAsync(session.Id);
        await Expect(pane.Row("user-42").Locator(".badge")).ToHaveTextAsync("Approved");
        await Expect(pane.Page.GetByRole(AriaRole.Status)).ToHaveTextAsync("Session 1: Approved");

        await pane.Row("user-42").ClickAsync();
        await Expect(pane.Page.GetByRole(AriaRole.Meter, new() { Name = "Face match score" })).ToHaveAttributeAsync("aria-valuenow", "99.41");
        Assert.Empty(pane.Complaints);
    }

    [BrowserFact]
    public async Task A_review_is_decided_by_the_button()
    {
        await using var party = await RelyingParty.StartAsync();
        var session = await party.CreatedKycAsync();
        await party.Emulator.CompleteAsync(session.Id, SandboxScenario.ReviewFaceMatchBorderline);
        await using var pane = await browser.OpenAsync(party, $"#/sessions/{session.Id}");
        await pane.PressAsync("Approve");
        await Expect(pane.Page.Locator(".title .badge")).ToHaveTextAsync("Approved");
        Assert.Equal(SessionStatus.Approved, party.Emulator.FindSession(session.Id)!.Status);
        await Expect(pane.Page.Locator(".timeline")).ToContainTextAsync("Reviewed");
        Assert.Empty(pane.Complaints);
    }

    [BrowserFact]
    public async Task A_session_is_finished_with_a_chosen_outcome_and_deleted_on_the_second_press()
    {
        await using var party = await RelyingParty.StartAsync();
        var session = await party.CreatedKycAsync();
        await using var pane = await browser.OpenAsync(party, $"#/sessions/{session.Id}");
        await pane.Page.GetByLabel("Outcome").SelectOptionAsync("Decline: not a live face");
        await pane.PressAsync("Finish");
        await Expect(pane.Page.Locator(".title .badge")).ToHaveTextAsync("Declined");
        await Expect(pane.Page.Locator(".warning")).ToContainTextAsync("LIVENESS_FACE_ATTACK");
        await party.Emulator.WebhooksIdleAsync();
        await Expect(pane.Page.Locator(".deliveries .outcome")).ToHaveTextAsync("Accepted");

        await pane.PressAsync("Delete");
        await party.CreatedKycAsync("somebody else"); // a change meanwhile takes nothing back
        await Expect(pane.Row("somebody else")).ToBeVisibleAsync();
        Assert.NotNull(party.Emulator.FindSession(session.Id));
        await pane.PressAsync("Really delete?");
        await Expect(pane.Row("user-42")).ToHaveCountAsync(0);
        Assert.Null(party.Emulator.FindSession(session.Id));
        Assert.Empty(pane.Complaints);
    }

    [BrowserFact]
    public async Task A_delivery_is_looked_into_and_replayed()
    {
        await using var party = await RelyingParty.StartAsync();
        party.Receiver.AnswerNext(400, 200);
        var session = await party.CreatedKycAsync();
        await party.Emulator.CompleteAsync(session.Id);
        await using var pane = await browser.OpenAsync(party, $"#/sessions/{session.Id}");
        await pane.Page.Locator(".deliveries summary").ClickAsync();
        await Expect(pane.Page.Locator(".check.is-right")).ToHaveCountAsync(4); // three signatures, and the timestamp
        await Expect(pane.Page.Locator(".delivery pre")).ToHaveTextAsync(party.Emulator.Deliveries[0].Body);
        await pane.PressAsync("Replay this delivery");
        await Expect(pane.Page.Locator(".deliveries .outcome")).ToHaveTextAsync(["Accepted", "Refused"]);
        await Expect(pane.Page.Locator(".deliveries details[open]")).ToHaveCountAsync(1); // what was unfolded stays so
        Assert.Equal(2, party.Receiver.All.Count);
        Assert.Equal(party.Receiver.All[0].Body, party.Receiver.All[1].Body);
        Assert.Empty(pane.Complaints);
    }

    [BrowserFact]
    public async Task A_fault_is_planned_for_a_session_and_seen_to_strike()
    {
        await using var party = await RelyingParty.StartAsync();
        var session = await party.CreatedKycAsync();
        await using var pane = await browser.OpenAsync(party, $"#/sessions/{session.Id}");
        await pane.Page.GetByLabel("Plan a fault").And(pane.Page.Locator("select")).SelectOptionAsync("Webhook duplicate");
        await pane.Page.GetByLabel("Number").FillAsync("2");
        await pane.PressAsync("Plan it");
        await Expect(pane.Page.Locator(".planned")).ToContainTextAsync("Webhook duplicate");
        var planned = Assert.Single(party.Emulator.Faults.Planned);
        Assert.Equal((EmulatorFaultKind.WebhookDuplicate, session.Id, 2, 1), (planned.Kind, planned.SessionId, planned.Count, planned.Times));

        await pane.PressAsync("Finish");
        await Expect(pane.Page.Locator(".timeline .is-fault-struck")).ToContainTextAsync("webhook_duplicate");
        await Expect(pane.Page.Locator(".deliveries .outcome")).ToHaveTextAsync(["Accepted", "Accepted", "Accepted"]);
        await Expect(pane.Page.GetByText("Nothing is planned for it.")).ToBeVisibleAsync();
        Assert.Empty(pane.Complaints);
    }

    [BrowserFact]
    public async Task A_switch_is_thrown_and_shows_what_the_emulator_says()
    {
        await using var party = await RelyingParty.StartAsync();
        await using var pane = await browser.OpenAsync(party, "#/faults");
        var drop = pane.Page.GetByRole(AriaRole.Switch, new() { Name = "Drop webhooks" });
        await drop.ClickAsync(); // it stands where the emulator has it, which is asked first
        await Expect(drop).ToBeCheckedAsync();
        await Expect(pane.Page.GetByRole(AriaRole.Button, new() { Name = "Everything off" })).ToBeVisibleAsync();
        Assert.True(party.Emulator.Faults.DropWebhooks);
        await party.Emulator.CompleteAsync((await party.CreatedKycAsync()).Id);
        Assert.Empty(party.Receiver.All);
        party.Emulator.Faults.Clear();
        await Expect(drop).Not.ToBeCheckedAsync();
        Assert.Empty(pane.Complaints);
    }

    [BrowserFact]
    public async Task A_face_is_stored_with_a_picture_and_the_user_blocked()
    {
        await using var party = await RelyingParty.StartAsync();
        await using var pane = await browser.OpenAsync(party, "#/people");
        await pane.Page.GetByLabel("User").And(pane.Page.Locator("input")).FillAsync("user-9");
        await pane.Page.GetByLabel("Picture, JPEG or PNG").SetInputFilesAsync(new FilePayload { Name = "a.png", MimeType = "image/png", Buffer = Pictures.Png() });
        await pane.PressAsync("Store");
        await Expect(pane.Page.GetByRole(AriaRole.Row, new() { NameRegex = new Regex("user-9", RegexOptions.None, TimeSpan.FromSeconds(1)) })).ToContainTextAsync("with a picture");
        Assert.True(party.Emulator.HasFace("user-9"));
        await pane.Page.GetByRole(AriaRole.Button, new() { Name = "Block: user-9" }).ClickAsync();
        await Expect(pane.Page.GetByText("Blocked", new() { Exact = true })).ToBeVisibleAsync();
        Assert.Empty(pane.Complaints);
    }

    [BrowserFact]
    public async Task The_captured_picture_is_shown_while_it_is_held()
    {
        await using var party = await RelyingParty.StartAsync(options => (options.FaceMatchScore, options.LivenessScore) = (90m, 90m));
        var session = await party.CreatedKycAsync();
        await party.Emulator.CompleteAsync(session.Id, Pictures.Png(side: 40));
        await using var pane = await browser.OpenAsync(party, $"#/sessions/{session.Id}");
        await Expect(pane.Page.GetByAltText("Captured frame 1 of 1")).ToHaveJSPropertyAsync("naturalWidth", 40);
        party.Emulator.ForgetFace("user-42");
        await party.Emulator.AgeAsync(session.Id);
        await Expect(pane.Page.GetByAltText("Captured frame 1 of 1")).ToHaveCountAsync(0);
        Assert.Empty(pane.Complaints);
    }

    [BrowserFact]
    public async Task Secrets_are_in_the_page_only_when_they_were_asked_for()
    {
        await using var party = await RelyingParty.StartAsync();
        var session = await party.CreatedKycAsync();
        await party.Emulator.CompleteAsync(session.Id);
        await using var pane = await browser.OpenAsync(party, $"#/sessions/{session.Id}");
        await Expect(pane.Page.Locator(".title .badge")).ToHaveTextAsync("Approved");
        var detail = await pane.Page.ContentAsync();
        Assert.DoesNotContain(RelyingParty.Secret, detail, StringComparison.Ordinal);
        Assert.DoesNotContain(session.Token, detail.Replace(session.Url.AbsoluteUri, "", StringComparison.Ordinal), StringComparison.Ordinal);

        await pane.Page.GotoAsync("/emulator/#/setup");
        await Expect(pane.Page.GetByText("••••").First).ToBeVisibleAsync();
        var masked = await pane.Page.ContentAsync();
        Assert.DoesNotContain(RelyingParty.ApiKey, masked, StringComparison.Ordinal);
        Assert.DoesNotContain(RelyingParty.Secret, masked, StringComparison.Ordinal);
        await pane.PressAsync("Reveal the secrets");
        await Expect(pane.Page.GetByText(RelyingParty.ApiKey)).ToBeVisibleAsync();
        await Expect(pane.Page.GetByText(RelyingParty.Secret)).ToBeVisibleAsync();
        await pane.PressAsync("Hide the secrets");
        await Expect(pane.Page.GetByText(RelyingParty.ApiKey)).ToHaveCountAsync(0);
        Assert.Empty(pane.Complaints);
    }

    [BrowserFact]
    public async Task Hostile_text_is_shown_as_text()
    {
        await using var party = await RelyingParty.StartAsync();
        const string image = "<img src=x onerror=\"document.title='taken'\">";
        var user = $"{image}\u202Egnp.exe" + new string('W', 3000);
        var session = await party.CreatedAsync(new
        {
            workflow_id = EmulatedWorkflow.KycEnrolmentId,
            vendor_data = user,
            metadata = new Dictionary<string, object>(StringComparer.Ordinal)
            {
                ["amount"] = "<b>1</b>",
                ["payee_name"] = image,
                ["__proto__"] = "x",
                ["</dl><script>document.title='taken'</script>"] = new string('M', 50_000),
            },
        });
        await party.Emulator.CompleteAsync(session.Id);
        await using var pane = await browser.OpenAsync(party, $"#/sessions/{session.Id}", width: 375);
        await Expect(pane.Page.GetByRole(AriaRole.Heading, new() { Level = 1 })).ToContainTextAsync(image + "⟨U+202E⟩gnp.exeWWW");
        await Expect(pane.Page.Locator(".payment")).ToContainTextAsync("<b>1</b>");
        await Expect(pane.Page.Locator(".payment")).ToContainTextAsync(image);
        await pane.Page.Locator(".deliveries summary").ClickAsync();
        await Expect(pane.Page.Locator(".delivery pre")).ToContainTextAsync("</dl><script>document.title");
        await Expect(pane.Page.GetByText("The rest is not shown; Copy takes all of it.")).ToBeVisibleAsync();
        foreach (var tab in (string[])["people", "deliveries", "sessions"])
        {
            await pane.Page.GotoAsync($"/emulator/#/{tab}");
            await Expect(pane.Page.Locator("nav a[aria-current]")).ToHaveTextAsync(tab, new() { IgnoreCase = true });
            Assert.True(await pane.Page.EvaluateAsync<bool>("document.documentElement.scrollWidth <= document.documentElement.clientWidth"), tab);
        }

        Assert.EndsWith("emulator console", await pane.Page.TitleAsync(), StringComparison.Ordinal);
        Assert.Equal(0, await pane.Page.Locator("main img").CountAsync());
        Assert.Empty(pane.Complaints);
    }

    [BrowserFact]
    public async Task Beyond_loopback_the_page_asks_for_the_key()
    {
        await using var party = await RelyingParty.StartAsync(options => (options.Host, options.AllowNonLoopback) = ("0.0.0.0", true));
        await party.CreatedKycAsync();
        await using var pane = await browser.OpenAsync(party);
        await pane.Page.GetByLabel("API key").FillAsync(RelyingParty.ApiKey);
        await pane.PressAsync("Sign in");
        await Expect(pane.Row("user-42")).ToBeVisibleAsync();
        Assert.Empty(pane.Complaints);
    }

    [BrowserFact]
    public async Task The_page_is_worked_by_keyboard_and_keeps_the_focus_while_it_changes()
    {
        await using var party = await RelyingParty.StartAsync();
        var session = await party.CreatedKycAsync("user-a");
        await using var pane = await browser.OpenAsync(party);
        await Expect(pane.Row("user-a")).ToBeVisibleAsync();
        await pane.Row("user-a").FocusAsync();
        await party.CreatedKycAsync("user-b");
        await Expect(pane.Row("user-b")).ToBeVisibleAsync();
        await Expect(pane.Row("user-a")).ToBeFocusedAsync();
        await pane.Page.Keyboard.PressAsync("Enter");
        await Expect(pane.Page.GetByRole(AriaRole.Heading, new() { Name = "user-a" })).ToBeVisibleAsync();
        await pane.Page.GetByRole(AriaRole.Button, new() { Name = "Finish" }).PressAsync("Enter");
        await Expect(pane.Page.Locator(".title .badge")).ToHaveTextAsync("Approved");
        Assert.Equal(SessionStatus.Approved, party.Emulator.FindSession(session.Id)!.Status);
        Assert.Empty(pane.Complaints);
    }
}
