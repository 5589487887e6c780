using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace BiometricTwoFactor.Emulator.Tests.Page;

/// <summary>Keyboard, screen reader, small screens, five languages.</summary>
[Collection(CameraCollection.Name)]
public sealed class AccessibilityTests(Cameras cameras)
{
    // What a checker would complain about first: names, labels, headings, ids, landmarks, contrast of text.
    private const string Check =
        """
        () => {
          const found = [];
          const visible = (e) => e.checkVisibility({ visibilityProperty: true });
          for (const e of document.querySelectorAll("button, a, summary")) {
            if (!(e.getAttribute("aria-label") ?? e.textContent).trim()) found.push("without a name: " + e.outerHTML);
          }
          for (const e of document.querySelectorAll("input:not([type=hidden])")) {
            if (e.labels.length !== 1) found.push("without a label: " + e.outerHTML);
          }
          for (const e of document.querySelectorAll("[aria-labelledby], [aria-describedby]")) {
            for (const id of (e.getAttribute("aria-labelledby") ?? e.getAttribute("aria-describedby")).split(" ")) {
              if (!document.getElementById(id)) found.push("refers to nothing: " + id);
            }
          }
          const ids = [...document.querySelectorAll("[id]")].map((e) => e.id);
          if (new Set(ids).size !== ids.length) found.push("an id twice");
          if (document.querySelectorAll("h1").length !== 1) found.push("not one h1");
          if (document.querySelectorAll("main").length !== 1) found.push("not one main");
          if (!document.title) found.push("no title");
          if (document.documentElement.scrollWidth > document.documentElement.clientWidth) found.push("wider than the screen: " + document.documentElement.scrollWidth);
          const canvas = document.createElement("canvas").getContext("2d", { willReadFrequently: true });
          const colour = (text) => { canvas.clearRect(0, 0, 1, 1); canvas.fillStyle = text; canvas.fillRect(0, 0, 1, 1); return [...canvas.getImageData(0, 0, 1, 1).data]; };
          const light = ([r, g, b]) => [r, g, b].map((v) => v / 255).map((v) => (v <= 0.03928 ? v / 12.92 : ((v + 0.055) / 1.055) ** 2.4)).reduce((sum, v, i) => sum + v * [0.2126, 0.7152, 0.0722][i], 0);
          for (const e of document.querySelectorAll("body *")) {
            if (!visible(e) || e.closest(".lens") || ![...e.childNodes].some((n) => n.nodeType === 3 && n.textContent.trim())) continue;
            let back = [255, 255, 255, 255];
            for (let p = e; p; p = p.parentElement) {
              const c = colour(getComputedStyle(p).backgroundColor);
              if (c[3] === 255) { back = c; break; }
            }
            const [a, b] = [light(colour(getComputedStyle(e).color)), light(back)].sort((x, y) => y - x);
            const ratio = (a + 0.05) / (b + 0.05);
            if (ratio < 4.5) found.push("contrast " + ratio.toFixed(2) + ": " + e.textContent.trim().slice(0, 40));
          }
          return found;
        }
        """;

    public static TheoryData<string, int> Screens
    {
        get
        {
            var rows = new TheoryData<string, int>();
            foreach (var (code, _) in PageTexts.Languages)
            {
                rows.Add(code, 320);
                rows.Add(code, 1024);
            }

            return rows;
        }
    }

    [BrowserTheory]
    [MemberData(nameof(Screens))]
    public async Task No_state_of_the_page_fails_the_check_in_any_language(string language, int width)
    {
        var texts = PageTexts.For(language);
        await using var party = await RelyingParty.StartAsync();
        var session = await party.CreatedAsync(new { workflow_id = EmulatedWorkflow.KycEnrolmentId, language });
        await using var at = await CustomerPage.OpenAsync(await cameras.SeeingAsync("nobody", Film.Nobody), session.Url.AbsoluteUri, width);
        await at.SeesAsync(texts["title"]);
        await Expect(at.Page.Locator("html")).ToHaveAttributeAsync("dir", language == "ar" ? "rtl" : "ltr");
        await Expect(at.Page.Locator("html")).ToHaveAttributeAsync("lang", language);
        await AssertSoundAsync(at, $"intro-{language}-{width}");

        await at.StartAsync();
        await Expect(at.Guide).ToHaveTextAsync(texts["guide_no_face"], new() { Timeout = 60_000 });
        await AssertSoundAsync(at, $"camera-{language}-{width}");
        await at.PressAsync(texts["take"]);
        await Expect(at.Alert).ToContainTextAsync(texts["problem_no_face"], new() { Timeout = 60_000 });
        await AssertSoundAsync(at, $"problem-{language}-{width}");

        await at.Page.Locator("#by-picture summary").ClickAsync();
        await at.Page.Locator("#by-choice summary").ClickAsync();
        await AssertSoundAsync(at, $"unfolded-{language}-{width}");
        await at.PressAsync(texts["cancel"]);
        await Expect(at.Page.GetByRole(AriaRole.Dialog, new() { Name = texts["leave_title"] })).ToBeVisibleAsync();
        await AssertSoundAsync(at, $"leave-{language}-{width}");
        await at.PressAsync(texts["leave_stay"]);

        await at.Page.GetByText(texts["outcome_review_face_match_borderline"], new() { Exact = true }).ClickAsync();
        await at.PressAsync(texts["finish"]);
        await at.SeesAsync(texts["end_review"]);
        await AssertSoundAsync(at, $"end-{language}-{width}");
        Assert.Empty(at.Complaints);
    }

    [BrowserFact]
    public async Task Everything_is_reached_with_the_keyboard_in_the_order_of_the_page()
    {
        await using var party = await RelyingParty.StartAsync();
        var session = await party.CreatedKycAsync();
        await using var at = await CustomerPage.OpenAsync(await cameras.SeeingSomebodyAsync(), session.Url.AbsoluteUri);
        await at.SeesAsync("Confirm that it is you");
        List<string> stops = [];
        for (var i = 0; i < 10; i++)
        {
            await at.Page.Keyboard.PressAsync("Tab");
            stops.Add(await at.Page.EvaluateAsync<string>("() => document.activeElement.textContent.trim()"));
            Assert.NotEqual("none", await at.Page.EvaluateAsync<string>("() => getComputedStyle(document.activeElement).outlineStyle"));
        }

        Assert.Equal(["Open the camera", "Use a picture instead", "Choose the outcome Emulator", "Continue on another device", "Cancel", "English", "Deutsch", "Español", "한국어", "العربية"], stops);

        await at.Page.Locator("#start").FocusAsync();
        await at.Page.Keyboard.PressAsync("Enter");
        await at.SeesAsync("Done");
        await Expect(at.Page.Locator("h1")).ToBeFocusedAsync();
    }

    [BrowserFact]
    public async Task The_guidance_is_a_live_region_that_says_each_thing_once()
    {
        await using var party = await RelyingParty.StartAsync();
        var session = await party.CreatedKycAsync();
        await using var at = await CustomerPage.OpenAsync(await cameras.SeeingAsync("nobody", Film.Nobody), session.Url.AbsoluteUri);
        await Expect(at.Page.Locator("#guide")).ToHaveAttributeAsync("aria-live", "polite");
        await at.Page.EvaluateAsync("""
            () => {
              window.said = [];
              new MutationObserver(() => window.said.push(document.getElementById("guide").textContent))
                .observe(document.getElementById("guide"), { childList: true, characterData: true, subtree: true });
              window.looks = 0;
              const plain = window.fetch;
              window.fetch = (...all) => { window.looks++; return plain(...all); };
            }
            """);
        await at.StartAsync();
        await Expect(at.Page.Locator("#stage")).ToBeFocusedAsync();
        await at.Page.WaitForFunctionAsync("() => looks >= 4");
        Assert.Equal(["Starting the camera…", "Bring your face into the oval."], await at.Page.EvaluateAsync<string[]>("() => said"));
    }

    [BrowserFact]
    public async Task Nothing_moves_for_those_who_want_no_motion()
    {
        await using var party = await RelyingParty.StartAsync();
        var session = await party.CreatedKycAsync();
        await using var at = await CustomerPage.OpenAsync(
            await cameras.SeeingSomebodyAsync(), session.Url.AbsoluteUri, options: new BrowserNewContextOptions { ReducedMotion = ReducedMotion.Reduce });
        Assert.Equal(0, await MovingAsync(at));
        await using var other = await CustomerPage.OpenAsync(await cameras.SeeingSomebodyAsync(), session.Url.AbsoluteUri);
        Assert.NotEqual(0, await MovingAsync(other));
    }

    [BrowserFact]
    public async Task The_language_is_the_browsers_until_another_is_chosen()
    {
        await using var party = await RelyingParty.StartAsync();
        var session = await party.CreatedKycAsync();
        await using var at = await CustomerPage.OpenAsync(
            await cameras.SeeingSomebodyAsync(), session.Url.AbsoluteUri, options: new BrowserNewContextOptions { Locale = "de-AT" });
        await at.SeesAsync("Bestätigen Sie, dass Sie es sind");
        await at.Page.GetByRole(AriaRole.Link, new() { Name = "العربية" }).ClickAsync();
        await at.SeesAsync("أكِّد أنك أنت");
        await Expect(at.Page.Locator("[aria-current]")).ToHaveTextAsync("العربية");
    }

    private static Task<int> MovingAsync(CustomerPage at) => at.Page.EvaluateAsync<int>("""
        () => {
          document.getElementById("stage").hidden = false;
          document.getElementById("stage").dataset.mood = "busy";
          document.getElementById("stage").dataset.turn = "left";
          return document.getAnimations().length;
        }
        """);

    private static async Task AssertSoundAsync(CustomerPage at, string name)
    {
        await at.ShotAsync(name);
        Assert.Empty(await at.Page.EvaluateAsync<string[]>(Check));
    }
}
