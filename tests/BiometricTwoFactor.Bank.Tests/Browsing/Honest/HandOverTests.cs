using BiometricTwoFactor.AspNetCore;
using Microsoft.Playwright;
using ZXing;
using static Microsoft.Playwright.Assertions;

namespace BiometricTwoFactor.Bank.Tests.Browsing;

/// <summary>A computer without a camera, and the phone beside it: two browsers, one payment.</summary>
public sealed class HandOverTests(SharedChromium chromium) : IClassFixture<SharedChromium>
{
    private const string Button = "Continue on another device";

    [Theory]
    [InlineData(390, ColorScheme.Light)]
    [InlineData(320, ColorScheme.Light)]
    [InlineData(320, ColorScheme.Dark)]
    public async Task The_phone_shows_the_face_and_the_computer_goes_on_by_itself(int width, ColorScheme scheme)
    {
        await using var bank = await HonestBank.StartAsync(setup => setup.Payee = "Genossenschaftsrechnungsprüfungsgesellschaft Süd");
        await using var computer = await chromium.SignedInAsync(bank, options => (options.ViewportSize, options.ColorScheme) = (new() { Width = 1280, Height = 800 }, scheme));
        await using var phone = await chromium.VisitAsync(bank, options => (options.ViewportSize, options.ColorScheme) = (new() { Width = width, Height = 800 }, scheme));
        Task SoundAsync(Visitor at, string name) => at.AssertSoundAsync($"hand-over-{name}-{width}-{scheme}".ToLowerInvariant());

        await computer.AskAsync();
        await SoundAsync(computer, "choice");
        await computer.PressAsync(Button);
        await computer.ReadsAsync("Waiting for the other device");
        await Expect(computer.Page.GetByAltText("QR code")).ToHaveJSPropertyAsync("complete", true);
        await SoundAsync(computer, "offered");
        await computer.Page.SetViewportSizeAsync(width, 800); // who asks may have a small screen, too
        await SoundAsync(computer, "offered-small");
        await computer.Page.SetViewportSizeAsync(1280, 800);
        var (link, digits) = await ShownAsync(computer);
        Assert.Equal(link, await ScannedAsync(computer));

        await phone.GoAsync(link);
        await phone.SeesAsync("Go on here");
        await SoundAsync(phone, "digits");
        await TypeAsync(phone, Other(digits));
        await Expect(phone.Page.GetByRole(AriaRole.Alert)).ToBeVisibleAsync();
        await SoundAsync(phone, "digits-wrong");
        await computer.ReadsAsync("Other digits were typed");
        await SoundAsync(computer, "wrong-told");
        await TypeAsync(phone, digits);
        await phone.SeesAsync("Confirm your payment");
        await Expect(phone.Page.GetByText("250.00 EUR")).ToBeVisibleAsync();
        await Expect(phone.Page.GetByText("Chrome on Linux")).ToBeVisibleAsync();
        await SoundAsync(phone, "details");
        await computer.ReadsAsync("The other device is ready");
        await SoundAsync(computer, "opened");

        await phone.PressAsync("Continue to the camera");
        await phone.SeesAsync("Confirm that it is you");
        await computer.ReadsAsync("The camera is open on the other device");
        await SoundAsync(computer, "capturing");
        await phone.LookAsync();
        await phone.SeesAsync("Done here");
        await SoundAsync(phone, "done");
        await computer.SeesAsync("Paid");
        Assert.Equal(["250.00"], bank.Paid);
        Assert.Empty(computer.Complaints);
        Assert.Empty(phone.Complaints);

        await phone.GoAsync(link);
        await phone.SeesAsync("This link opens nothing");
        await SoundAsync(phone, "nothing");
    }

    [Fact]
    public async Task The_keyboard_alone_hands_over_and_refuses_and_the_focus_is_always_seen()
    {
        await using var bank = await HonestBank.StartAsync();
        await using var computer = await chromium.SignedInAsync(bank);
        await using var phone = await chromium.VisitAsync(bank);
        await computer.AskAsync();
        await computer.TabToAsync(computer.Button(Button));
        await computer.Page.Keyboard.PressAsync("Enter");
        await computer.ReadsAsync("Waiting for the other device");
        await computer.TabToAsync(computer.Page.GetByLabel("Link to send to yourself"));
        await computer.TabToAsync(computer.Button("Use this device instead"));
        var (link, digits) = await ShownAsync(computer);
        await phone.GoAsync(link);
        await phone.TabToAsync(Field(phone));
        await phone.Page.Keyboard.TypeAsync(digits);
        await phone.Page.Keyboard.PressAsync("Enter");
        await phone.SeesAsync("Confirm your payment");
        await phone.TabToAsync(phone.Button("This was not me"));
        await phone.Page.Keyboard.PressAsync("Enter");
        await phone.ReadsAsync("Somebody may know your password");
        await phone.AssertSoundAsync("hand-over-not-me");
        await computer.SeesAsync("Refused on the other device");
        await computer.AssertSoundAsync("hand-over-refused");
        Assert.Empty(bank.Provider.Sessions);
    }

    [Fact]
    public async Task Three_wrong_tries_are_told_to_the_computer_and_the_way_back_is_a_button()
    {
        await using var bank = await HonestBank.StartAsync();
        await using var computer = await chromium.SignedInAsync(bank);
        await using var phone = await chromium.VisitAsync(bank);
        await computer.AskAsync();
        await computer.PressAsync(Button);
        await computer.ReadsAsync("Waiting for the other device");
        await computer.PressAsync("Use this device instead");
        await Expect(computer.Button("Continue to the camera")).ToBeVisibleAsync();
        await computer.PressAsync(Button);
        await computer.ReadsAsync("Waiting for the other device");
        var (link, digits) = await ShownAsync(computer);
        await phone.GoAsync(link);
        await TypeAsync(phone, Other(digits));
        await TypeAsync(phone, Other(digits));
        await TypeAsync(phone, Other(digits));
        await phone.SeesAsync("This link opens nothing");
        await computer.SeesAsync("Wrong digits, three times");
        await computer.AssertSoundAsync("hand-over-guessed");
    }

    [Fact]
    public async Task Without_scripts_it_works_by_buttons_and_reloads()
    {
        await using var bank = await HonestBank.StartAsync();
        await using var computer = await chromium.SignedInAsync(bank, options => options.JavaScriptEnabled = false);
        await using var phone = await chromium.VisitAsync(bank);
        await computer.AskAsync();
        await computer.PressAsync(Button);
        var (link, digits) = await ShownAsync(computer);
        var page = computer.Page.Url;
        await phone.GoAsync(link);
        await TypeAsync(phone, digits);
        await phone.PressAsync("Continue to the camera");
        await phone.LookAsync();
        await phone.SeesAsync("Done here");
        await computer.GoAsync(page);
        await computer.FollowAsync("Go on");
        await computer.PressAsync("Go on");
        await computer.SeesAsync("Paid");
    }

    [Fact]
    public async Task A_link_in_a_messengers_page_keeps_the_forms_of_other_tabs_alive()
    {
        await using var bank = await HonestBank.StartAsync();
        await using var computer = await chromium.SignedInAsync(bank);
        await using var phone = await chromium.SignedInAsync(bank);
        await phone.FillPaymentAsync("12.00"); // in one tab, with its token
        await computer.AskAsync();
        await computer.PressAsync(Button);
        await computer.ReadsAsync("Waiting for the other device");
        var (link, digits) = await ShownAsync(computer);
        var messenger = await phone.NewTabAsync();
        await messenger.Page.RouteAsync("https://messenger.example/", route => route.FulfillAsync(new() { ContentType = "text/html", Body = $"<a href=\"{link}\">{link}</a>" }));
        await messenger.GoAsync("https://messenger.example/");
        await messenger.FollowAsync(link);
        await messenger.SeesAsync("Go on here");
        await TypeAsync(messenger, digits);
        await messenger.SeesAsync("Confirm your payment");
        await phone.PressAsync("Pay");
        await phone.ReadsAsync("12.00 EUR");
        Assert.Contains(bank.Seen, seen => seen.Is("GET", "/biometric/device/") && seen.Site == "cross-site");
    }

    [Fact]
    public async Task A_start_under_way_is_not_cut_off_by_the_page_that_it_leaves()
    {
        await using var bank = await HonestBank.StartAsync();
        await using var lena = await chromium.SignedInAsync(bank);
        var polls = 0;
        var shown = 0;
        lena.Page.Request += (_, request) =>
        {
            polls += request.Url.Contains("/biometric/challenges/", StringComparison.Ordinal) ? 1 : 0;
            shown += request.Url.Contains("/biometric/confirm/", StringComparison.Ordinal) ? 1 : 0;
        };
        var goOn = new TaskCompletionSource();
        await lena.Page.RouteAsync("**/biometric/start/**", async route =>
        {
            var answer = await route.FetchAsync(new() { MaxRedirects = 0 }); // the session is there, and the long poll released
            await goOn.Task;
            await route.FulfillAsync(new() { Response = answer });
        });
        await lena.AskAsync();
        var pressed = lena.PressAsync("Continue to the camera");
        await HonestBank.UntilAsync(() => Task.FromResult(polls > 1 || shown > 1));
        Assert.Equal(1, shown);
        goOn.SetResult();
        await pressed;
        await lena.SeesAsync("Confirm that it is you");
    }

    private static ILocator Field(Visitor at) => at.Page.GetByLabel("The two digits that the other screen shows");

    private static async Task TypeAsync(Visitor at, string digits)
    {
        await Field(at).FillAsync(digits);
        await at.PressAsync("Go on");
    }

    private static async Task<(string Link, string Digits)> ShownAsync(Visitor at) =>
        (await at.Page.GetByLabel("Link to send to yourself").InputValueAsync(), await at.Page.Locator("p.digits").InnerTextAsync());

    /// <summary>What a camera reads from the screen.</summary>
    private static async Task<string?> ScannedAsync(Visitor at)
    {
        const int Size = 480;
        var pixels = await at.Page.GetByAltText("QR code").EvaluateAsync<string>(
            """
            (picture, size) => {
              const canvas = Object.assign(document.createElement('canvas'), { width: size, height: size }).getContext('2d');
              canvas.drawImage(picture, 0, 0, size, size);
              return canvas.getImageData(0, 0, size, size).data.reduce((text, value, at) => at % 4 ? text : text + String.fromCharCode(value), '');
            }
            """,
            Size);
        return new BarcodeReaderGeneric().Decode([.. pixels.Select(pixel => (byte)pixel)], Size, Size, RGBLuminanceSource.BitmapFormat.Gray8)?.Text;
    }

    private static string Other(string digits) => digits == "00" ? "01" : "00";
}
