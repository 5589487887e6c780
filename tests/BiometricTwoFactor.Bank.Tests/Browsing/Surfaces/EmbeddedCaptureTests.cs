using BiometricTwoFactor.AspNetCore;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace BiometricTwoFactor.Bank.Tests.Browsing;

/// <summary>
/// The provider's web SDK opens the hosted page in a frame of the confirm page. The browser blocks third-party cookies, the
/// bank's own session is Strict, and the page's policy allows no inline style or script.
/// </summary>
public sealed class EmbeddedCaptureTests(SharedChromium chromium) : IClassFixture<SharedChromium>
{
    [WebSdkTheory]
    [InlineData(CapturePresentation.Modal, 1280, "didit-sdk.esm.js")]
    [InlineData(CapturePresentation.Modal, 320, "didit-sdk.umd.min.js")]
    [InlineData(CapturePresentation.Inline, 1280, "didit-sdk.umd.min.js")]
    [InlineData(CapturePresentation.Inline, 320, "didit-sdk.esm.js")]
    public async Task A_payment_is_confirmed_in_the_frame(CapturePresentation presentation, int width, string script)
    {
        await using var bank = await StartAsync(presentation, script);
        await using var lena = await VisitAsync(bank, width);
        await lena.AskAsync();
        var id = lena.ChallengeId;
        var confirm = lena.Page.Url;
        await lena.AssertSoundAsync($"embed-{presentation}-{width}-before".ToLowerInvariant());
        await lena.PressAsync("Continue to the camera");
        var frame = await OpenedAsync(lena);
        Assert.Equal(confirm, lena.Page.Url);
        await lena.ShotAsync($"embed-{presentation}-{width}-open".ToLowerInvariant());
        Assert.Equal(0, await lena.Page.EvaluateAsync<int>("() => Math.max(0, document.documentElement.scrollWidth - document.documentElement.clientWidth)"));

        await LookAsync(frame);
        await lena.SeesAsync("Paid");
        Assert.Single(bank.Paid);
        Assert.Empty(lena.Complaints);
        Assert.Equal(ChallengeState.Consumed, await lena.StateOfAsync(id));

        // The callback inside the frame came without cookies, as a cross-site navigation does; the page around it had them.
        var callback = Assert.Single(bank.Seen, seen => seen.Is("GET", "/biometric/callback/"));
        Assert.False(callback.HasSession);
        Assert.True(Assert.Single(bank.Seen, seen => seen.Is("POST", "/biometric/claim")).HasSession);
    }

    [WebSdkFact]
    public async Task Closing_the_modal_leads_back_to_the_button_and_the_same_session()
    {
        await using var bank = await StartAsync(CapturePresentation.Modal);
        await using var lena = await VisitAsync(bank, 1280);
        await lena.AskAsync();
        await lena.PressAsync("Continue to the camera");
        await OpenedAsync(lena);
        await lena.Button("Close").ClickAsync();
        await Expect(lena.Page.Locator("iframe")).ToHaveCountAsync(0);
        await Expect(lena.Button("Open the camera again")).ToBeFocusedAsync();
        Assert.False(await lena.Page.Locator("main").EvaluateAsync<bool>("main => main.inert"));

        await lena.Page.Keyboard.PressAsync("Enter");
        await LookAsync(await OpenedAsync(lena));
        await lena.SeesAsync("Paid");
        Assert.Single(bank.Provider.Sessions);
        Assert.Empty(lena.Complaints);
    }

    [WebSdkFact]
    public async Task Who_closed_the_frame_between_verdict_and_way_back_can_begin_again_and_nothing_was_approved()
    {
        await using var bank = await StartAsync(CapturePresentation.Modal);
        await using var lena = await VisitAsync(bank, 390);
        await lena.AskAsync();
        await lena.PressAsync("Continue to the camera");
        await LookAsync(await OpenedAsync(lena), goesOn: false);
        await lena.Button("Close").First.ClickAsync();
        await lena.SeesAsync("One step is left");
        Assert.Empty(bank.Paid);
        await lena.AssertSoundAsync("embed-awaits-claim");

        await lena.PressAsync("Cancel");
        await lena.SeesAsync("The confirmation was not finished");
        await lena.FollowAsync("Begin again");
        await bank.UntilFaceIsTrustedAsync();
        await lena.AskAsync();
        await lena.PressAsync("Continue to the camera");
        await LookAsync(await OpenedAsync(lena));
        await lena.SeesAsync("Paid");
        Assert.Single(bank.Paid);
        Assert.Empty(lena.Complaints);
    }

    [WebSdkFact]
    public async Task What_the_sdk_and_other_windows_say_changes_nothing_on_the_server()
    {
        await using var bank = await StartAsync(CapturePresentation.Modal);
        await using var lena = await VisitAsync(bank, 1280);
        await lena.AskAsync();
        var id = lena.ChallengeId;
        await lena.PressAsync("Continue to the camera");
        await OpenedAsync(lena);
        var code = (await bank.Provider.CompleteAsync(bank.Provider.Sessions[^1].Id, "decline_face_match_low_similarity"))!.Segments[^1];

        // The page's own window, a frame of another origin and the provider's frame itself try to hand a code over or to tell of success.
        await lena.Page.EvaluateAsync("code => { postMessage({ type: 'biometric:claim', code }, location.origin); postMessage({ type: 'didit:completed', data: { status: 'Approved' } }, '*'); }", code);
        var provider = lena.Page.Frames.Single(frame => frame.ParentFrame is not null);
        await provider.EvaluateAsync("code => { parent.postMessage({ type: 'biometric:claim', code }, '*'); parent.postMessage({ type: 'didit:completed', data: { status: 'Approved' } }, '*'); }", code);
        // What was posted before this was heard before this.
        await lena.Page.EvaluateAsync("() => new Promise(done => { addEventListener('message', e => e.data === 'last' && done(), false); postMessage('last', '*'); })");
        await bank.UntilSeenAsync(seen => seen.Any(one => one.Is("POST", "/biometric/webhook")));

        Assert.DoesNotContain(bank.Seen, seen => seen.Is("POST", "/biometric/claim"));
        Assert.Equal(ChallengeState.Declined, await lena.StateOfAsync(id));
        Assert.Empty(bank.Paid);
    }

    [WebSdkFact]
    public async Task The_keyboard_is_kept_in_the_modal_and_gets_out_of_it()
    {
        await using var bank = await StartAsync(CapturePresentation.Modal);
        await using var lena = await VisitAsync(bank, 1280);
        await lena.AskAsync();
        await lena.TabToAsync(lena.Button("Continue to the camera"));
        await lena.Page.Keyboard.PressAsync("Enter");
        await OpenedAsync(lena);
        await Expect(lena.Page.GetByRole(AriaRole.Dialog, new() { Name = "Face check" })).ToBeVisibleAsync();
        await Expect(lena.Page.Locator("iframe")).ToBeFocusedAsync();
        await Expect(lena.Page.Locator("iframe")).ToHaveAttributeAsync("title", "Face check");

        await lena.Page.Keyboard.PressAsync("Shift+Tab");
        await Expect(lena.Button("Close")).ToBeFocusedAsync();
        var size = await lena.Button("Close").BoundingBoxAsync();
        Assert.True(size is { Width: >= 44, Height: >= 44 }, $"{size?.Width} x {size?.Height}");
        await lena.Page.Keyboard.PressAsync("Escape");
        await Expect(lena.Page.Locator("iframe")).ToHaveCountAsync(0);
        await Expect(lena.Button("Open the camera again")).ToBeFocusedAsync();
    }

    [WebSdkFact]
    public async Task Without_the_sdk_or_without_scripts_the_window_goes_to_the_provider()
    {
        await using var bank = await StartAsync(CapturePresentation.Modal, "no-such-file.js");
        await using var lena = await VisitAsync(bank, 390);
        await lena.AskAsync();
        await lena.PressAsync("Continue to the camera");
        await lena.LookAsync();
        await lena.SeesAsync("Paid");

        await using var quiet = await chromium.SignedInAsync(bank, options => options.JavaScriptEnabled = false);
        await quiet.AskAsync("251.00");
        await quiet.StartAsync();
        Assert.StartsWith(bank.Provider.BaseAddress.AbsoluteUri, quiet.Page.Url, StringComparison.Ordinal);
    }

    [WebSdkFact]
    public async Task Only_the_page_with_the_button_may_show_a_frame_and_hand_the_camera_on()
    {
        await using var bank = await StartAsync(CapturePresentation.Inline);
        await using var lena = await VisitAsync(bank, 390);
        await lena.AskAsync();
        var confirm = await lena.Context.APIRequest.GetAsync(lena.Page.Url);
        var origin = bank.Provider.BaseAddress.GetLeftPart(UriPartial.Authority);
        Assert.Contains($"frame-src {origin} https://verify.didit.me {bank.Address}biometric/callback/;", confirm.Headers["content-security-policy"], StringComparison.Ordinal);
        Assert.Equal($"camera=(self \"{origin}\" \"https://verify.didit.me\"), microphone=(self \"{origin}\" \"https://verify.didit.me\"), geolocation=()", confirm.Headers["permissions-policy"]);
        foreach (var path in (string[])["/biometric/enrol", "/biometric/confirm/nothing", "/biometric/callback/AAAAAAAAAAAAAAAAAAAAAAAAAAA", "/biometric/paused"])
        {
            var other = await lena.Context.APIRequest.GetAsync(path);
            Assert.DoesNotContain("frame-src", other.Headers["content-security-policy"], StringComparison.Ordinal);
            Assert.Equal("camera=(), microphone=(), geolocation=()", other.Headers["permissions-policy"]);
        }
    }

    private static Task<HonestBank> StartAsync(CapturePresentation presentation, string script = "didit-sdk.esm.js") => HonestBank.StartAsync(setup => setup.Options = options =>
    {
        options.Pages.Capture = presentation;
        options.Pages.CaptureScript = "/lib/" + script;
    });

    private Task<Visitor> VisitAsync(HonestBank bank, int width) =>
        chromium.SignedInAsync(bank, options => options.ViewportSize = new() { Width = width, Height = 800 });

    private static async Task<IFrameLocator> OpenedAsync(Visitor at)
    {
        var frame = at.Page.FrameLocator("iframe");
        await Expect(frame.GetByRole(AriaRole.Heading, new() { Level = 1 })).ToBeVisibleAsync(new() { Timeout = 40_000 });
        return frame;
    }

    private static async Task LookAsync(IFrameLocator frame, bool goesOn = true)
    {
        await frame.GetByText("Approve", new() { Exact = true }).ClickAsync();
        await frame.GetByRole(AriaRole.Button, new() { Name = "Finish" }).ClickAsync();
        var next = frame.GetByRole(AriaRole.Link, new() { Name = "Continue" });
        await Expect(next).ToBeVisibleAsync(new() { Timeout = 40_000 });
        if (goesOn)
        {
            await next.ClickAsync();
        }
    }
}
