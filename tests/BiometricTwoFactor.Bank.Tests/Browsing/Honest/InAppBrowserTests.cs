using BiometricTwoFactor.AspNetCore;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace BiometricTwoFactor.Bank.Tests.Browsing;

/// <summary>Browsers inside of apps: storage of their own, no third-party cookies, no other windows.</summary>
public sealed class InAppBrowserTests(SharedChromium chromium) : IClassFixture<SharedChromium>
{
    [Fact]
    public async Task A_link_that_opens_in_another_browser_approves_nothing_and_both_are_told_how_to_go_on()
    {
        await using var bank = await HonestBank.StartAsync();
        await using var lena = await chromium.SignedInAsync(bank);
        await lena.AskAsync();
        var id = lena.ChallengeId;
        await lena.StartAsync();
        var asking = await lena.NewTabAsync(); // the app that began, still open behind
        await asking.GoAsync($"/biometric/confirm/{id}");

        // The camera page is handed to a browser that shares nothing with it.
        await using var elsewhere = await chromium.VisitAsync(bank);
        await elsewhere.GoAsync(lena.Page.Url);
        await elsewhere.LookAsync();
        await elsewhere.SeesAsync("Nothing was approved");
        await Expect(elsewhere.Page.GetByRole(AriaRole.Status)).ToContainTextAsync("go back to the page where you began");

        await asking.SeesAsync("Opened in another browser");
        await asking.ReadsAsync("Nothing was carried out");
        Assert.Equal(ChallengeState.Violated, await lena.StateOfAsync(id));
        Assert.Empty(bank.Paid);

        await bank.UntilFaceIsTrustedAsync();
        await asking.FollowAsync("Begin again");
        await asking.AskAsync();
        await asking.StartAsync();
        await asking.LookAsync();
        await asking.SeesAsync("Paid");
        Assert.Single(bank.Paid);
    }

    [Fact]
    public async Task Somebody_else_who_is_signed_in_there_gets_nothing_either()
    {
        await using var bank = await HonestBank.StartAsync();
        await using var lena = await chromium.SignedInAsync(bank);
        await lena.AskAsync();
        var id = lena.ChallengeId;
        await lena.StartAsync();
        await using var stranger = await chromium.VisitAsync(bank);
        await stranger.SignInAsync("mallory");
        await stranger.GoAsync(lena.Page.Url);
        await stranger.LookAsync();
        await stranger.SeesAsync("Nothing was approved");
        Assert.Equal(ChallengeState.Violated, await lena.StateOfAsync(id));
        Assert.Empty(bank.Paid);
    }

    [Fact]
    public async Task A_web_view_without_other_windows_and_third_party_cookies_needs_neither()
    {
        await using var bank = await HonestBank.StartAsync();
        await using var lena = await chromium.VisitAsync(bank, options =>
        {
            options.UserAgent = "Mozilla/5.0 (Linux; Android 15; Pixel 9 Build/AP4A; wv) AppleWebKit/537.36 (KHTML, like Gecko) Version/4.0 Chrome/130.0.0.0 Mobile Safari/537.36";
            options.HasTouch = true;
            options.IsMobile = true;
        });
        await lena.Context.AddInitScriptAsync("window.open = () => null; delete window.opener;");
        await lena.SignInAsync();
        await lena.AskAsync();
        await lena.StartAsync();
        await lena.LookAsync();
        await lena.SeesAsync("Paid");
        Assert.Single(lena.Context.Pages);
        Assert.Empty(lena.Complaints);
    }

    [Fact]
    public async Task A_browser_that_refuses_every_store_but_cookies_pays_as_well()
    {
        await using var bank = await HonestBank.StartAsync();
        await using var lena = await chromium.VisitAsync(bank);
        await lena.Context.AddInitScriptAsync(
            "for (const name of ['sessionStorage', 'localStorage']) Object.defineProperty(window, name, { get() { throw new DOMException('refused', 'SecurityError'); } });");
        await lena.SignInAsync();
        await lena.AskAsync();
        await lena.StartAsync();
        await lena.LookAsync();
        await lena.SeesAsync("Paid");
        Assert.Empty(lena.Complaints);
    }
}
