using BiometricTwoFactor.Emulator;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace BiometricTwoFactor.Bank.Tests.Browsing;

/// <summary>Every page of the SDK, on a small screen and a large one, by day and by night, under its own strict policy.</summary>
public sealed class AppearanceTests(SharedChromium chromium) : IClassFixture<SharedChromium>
{
    private const string Nothing = "AAAAAAAAAAAAAAAAAAAAAAAAAAA";

    [Theory]
    [InlineData(320, ColorScheme.Light)]
    [InlineData(320, ColorScheme.Dark)]
    [InlineData(1280, ColorScheme.Light)]
    [InlineData(1280, ColorScheme.Dark)]
    public async Task Every_page_is_readable_fits_and_keeps_its_policy(int width, ColorScheme scheme)
    {
        await using var bank = await HonestBank.StartAsync(setup =>
        {
            setup.SessionLifetime = TimeSpan.FromDays(1);
            setup.Payee = "Genossenschaftsrechnungsprüfungsgesellschaft Süd";
            setup.Options = options =>
            {
                options.MaxChallengesPerUser = 100;
                options.BlockingWarnings.Remove("LOW_FACE_MATCH_SIMILARITY");
            };
        });
        await using var lena = await chromium.SignedInAsync(bank, Look);
        void Look(BrowserNewContextOptions options) => (options.ViewportSize, options.ColorScheme) = (new() { Width = width, Height = 800 }, scheme);
        Task SoundAsync(Visitor at, string name) => at.AssertSoundAsync($"{name}-{width}-{scheme}".ToLowerInvariant());

        // To the end, a step at a time: the pages' scripts are kept from going on where a page is looked at.
        await lena.AskAsync();
        await SoundAsync(lena, "confirm");
        var confirm = lena.Page.Url;
        await lena.StartAsync();
        await lena.Page.GoBackAsync();
        await Expect(lena.Button("Open the camera again")).ToBeVisibleAsync();
        await SoundAsync(lena, "confirm-begun");
        var callback = await bank.Provider.CompleteAsync(bank.Provider.Sessions[^1].Id);
        await lena.SeesAsync("One step is left");
        await SoundAsync(lena, "awaits-claim");
        await lena.Page.RouteAsync("**/assets/resume.js", route => route.AbortAsync());
        await lena.Page.RouteAsync("**/assets/wait.js", route => route.AbortAsync());
        await lena.GoAsync(callback!.AbsoluteUri);
        await Expect(lena.Button("Go on")).ToBeVisibleAsync();
        await SoundAsync(lena, "resume");
        await lena.GoAsync(confirm);
        await Expect(lena.Link("Go on")).ToBeVisibleAsync();
        await SoundAsync(lena, "approved");
        await lena.Page.UnrouteAllAsync();
        await lena.GoAsync(confirm);
        await lena.SeesAsync("Paid");
        await lena.GoAsync(confirm);
        await lena.SeesAsync("Done");
        await SoundAsync(lena, "used");

        // The other ends.
        await lena.AskAsync();
        await lena.StartAsync();
        await lena.LookAsync("Decline: another person");
        await lena.SeesAsync("We could not confirm that it is you");
        Assert.Equal("We could not confirm that it is you", await lena.Page.TitleAsync());
        await SoundAsync(lena, "declined");
        await lena.AskAsync("251.00");
        var newer = await lena.NewTabAsync();
        await newer.AskAsync("252.00");
        await newer.StartAsync();
        await lena.SeesAsync("The confirmation was not finished");
        await SoundAsync(lena, "superseded");
        await using (var elsewhere = await chromium.SignedInAsync(bank, Look))
        {
            await elsewhere.AskAsync("253.00");
            await elsewhere.PressAsync("Continue to the camera");
            await elsewhere.SeesAsync("Another confirmation is under way");
            await SoundAsync(elsewhere, "busy");
            await newer.Page.GoBackAsync();
            await elsewhere.GoAsync((await bank.Provider.CompleteAsync(bank.Provider.Sessions[^1].Id))!.AbsoluteUri);
            await elsewhere.SeesAsync("Nothing was approved");
            await SoundAsync(elsewhere, "foreign");
            await newer.SeesAsync("Opened in another browser");
            await SoundAsync(newer, "elsewhere");
        }

        await bank.UntilFaceIsTrustedAsync();
        await lena.AskAsync("254.00");
        await lena.StartAsync();
        await lena.LookAsync("Hold for review");
        await lena.SeesAsync("We are checking this");
        await SoundAsync(lena, "held");
        await bank.Provider.ReviewAsync(bank.Provider.Sessions[^1].Id, approved: true);
        await lena.SeesAsync("Checked and approved");
        await SoundAsync(lena, "awaits-confirmation");
        await lena.PressAsync("Cancel");
        await lena.SeesAsync("The confirmation was not finished");
        await SoundAsync(lena, "cancelled");

        await lena.AskAsync("255.00");
        await lena.StartAsync();
        bank.Provider.Faults.HoldWebhooks = true;
        bank.Provider.Faults.Plan(new() { Kind = EmulatorFaultKind.ApiServerError, Times = null });
        await lena.LookAsync();
        await lena.SeesAsync("One moment");
        await SoundAsync(lena, "callback");
        bank.Time.Advance(TimeSpan.FromMinutes(11));
        await lena.SeesAsync("The time for this confirmation is over");
        await SoundAsync(lena, "expired");
        bank.Provider.Faults.Clear();
        await bank.Provider.Faults.ReleaseWebhooksAsync();

        await lena.GoAsync($"/biometric/confirm/{Nothing}");
        await lena.SeesAsync("There is nothing here");
        await SoundAsync(lena, "problem");
        Assert.Empty(lena.Complaints);

        // Who has no face on file.
        await using var newcomer = await chromium.VisitAsync(bank, Look);
        await newcomer.SignInAsync("newcomer");
        await newcomer.FillPaymentAsync();
        await newcomer.PressAsync("Pay");
        await newcomer.SeesAsync("Set up face confirmation");
        await SoundAsync(newcomer, "enrol");
        await newcomer.PressAsync("Begin");
        await newcomer.SeesAsync("Set up face confirmation");
        await Expect(newcomer.Button("Continue to the camera")).ToBeVisibleAsync();
        await SoundAsync(newcomer, "confirm-enrolment");
        Assert.Empty(newcomer.Complaints);
    }

    [Theory]
    [InlineData(ForcedColors.Active, ReducedMotion.Reduce)]
    public async Task High_contrast_keeps_buttons_and_details_apart(ForcedColors forced, ReducedMotion motion)
    {
        await using var bank = await HonestBank.StartAsync();
        await using var lena = await chromium.SignedInAsync(bank, options => (options.ForcedColors, options.ReducedMotion) = (forced, motion));
        await lena.AskAsync();
        await lena.ShotAsync("confirm-forced-colours");
        foreach (var button in (string[])["Continue to the camera", "Cancel"])
        {
            Assert.NotEqual("none", await lena.Button(button).EvaluateAsync<string>("e => getComputedStyle(e).borderStyle"));
        }
    }

    [Fact]
    public async Task The_keyboard_alone_pays_and_the_focus_is_always_seen()
    {
        await using var bank = await HonestBank.StartAsync(setup => setup.Options = options => options.BlockingWarnings.Remove("LOW_FACE_MATCH_SIMILARITY"));
        await using var lena = await chromium.SignedInAsync(bank);
        var keys = lena.Page.Keyboard;
        await lena.GoAsync("/pay");
        await lena.TabToAsync(lena.Page.GetByLabel("Amount"));
        await keys.TypeAsync("250.00");
        await keys.PressAsync("Enter");
        await lena.SeesAsync("Confirm your payment");
        await lena.TabToAsync(lena.Button("Continue to the camera"));
        await keys.PressAsync("Enter");
        await lena.SeesAsync("Confirm that it is you");
        await lena.TabToAsync(lena.Page.GetByLabel("Approve", new() { Exact = true }), isShown: false); // the row around it shows it
        for (var down = 0; down < 4; down++)
        {
            await keys.PressAsync("ArrowDown");
        }

        await Expect(lena.Page.GetByLabel("Hold for review", new() { Exact = true })).ToBeCheckedAsync();
        await keys.PressAsync("Enter");
        await lena.SeesAsync("We are checking this");
        await lena.TabToAsync(lena.Button("Cancel"));
        await lena.TabToAsync(lena.Link("Back"));
        await bank.Provider.ReviewAsync(bank.Provider.Sessions[^1].Id, approved: true);
        await lena.SeesAsync("Checked and approved");
        await lena.TabToAsync(lena.Button("Confirm"));
        await keys.PressAsync("Enter");
        await lena.SeesAsync("Paid");
        Assert.Single(bank.Paid);
    }
}
