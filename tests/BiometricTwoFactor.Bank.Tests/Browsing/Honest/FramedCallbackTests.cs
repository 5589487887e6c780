using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace BiometricTwoFactor.Bank.Tests.Browsing;

/// <summary>
/// The face check in a frame of the bank's own page: the provider in the middle is a third party, and the callback page
/// hands its code to the page around it (protocol 5.2).
/// </summary>
public sealed class FramedCallbackTests(SharedChromium chromium) : IClassFixture<SharedChromium>
{
    [Fact]
    public async Task The_page_around_takes_the_code_over_and_goes_on()
    {
        await using var bank = await HonestBank.StartAsync();
        await using var lena = await chromium.SignedInAsync(bank);
        await lena.AskAsync();
        await FrameAsync(lena, $"/framing/{lena.ChallengeId}");

        await lena.SeesAsync("Paid");
        Assert.Single(bank.Paid);
        Assert.Empty(lena.Complaints);
        var callback = Assert.Single(bank.Seen, seen => seen.Is("GET", "/biometric/callback/"));
        Assert.Equal("cross-site", callback.Site);
        Assert.False(callback.HasSession);
        Assert.True(Assert.Single(bank.Seen, seen => seen.Is("POST", "/biometric/claim")).HasSession);
    }

    [Fact]
    public async Task A_page_around_that_does_not_listen_leaves_the_person_a_way_on()
    {
        await using var bank = await HonestBank.StartAsync();
        await using var lena = await chromium.SignedInAsync(bank);
        await lena.AskAsync();
        await FrameAsync(lena, $"/deaf/{lena.ChallengeId}");

        await lena.Page.FrameLocator("iframe").GetByRole(AriaRole.Link, new() { Name = "Go on" }).ClickAsync();
        await lena.SeesAsync("Paid");
        Assert.Single(bank.Paid);
        Assert.Empty(lena.Complaints);
    }

    [Fact]
    public async Task Another_browser_that_frames_it_is_told_that_nothing_was_approved()
    {
        await using var bank = await HonestBank.StartAsync();
        await using var lena = await chromium.SignedInAsync(bank);
        await lena.AskAsync();
        var id = lena.ChallengeId;
        await lena.StartAsync();
        var callback = await bank.Provider.CompleteAsync(bank.Provider.Sessions[^1].Id);

        await using var elsewhere = await chromium.SignedInAsync(bank);
        await elsewhere.GoAsync($"/framing/{id}");
        await elsewhere.Page.EvaluateAsync("address => { document.querySelector('iframe').src = address; }", callback!.AbsoluteUri);
        await Expect(elsewhere.Page.FrameLocator("iframe").GetByRole(AriaRole.Heading, new() { Name = "Nothing was approved" })).ToBeVisibleAsync(new() { Timeout = 40_000 });
        Assert.Empty(bank.Paid);
    }

    [Fact]
    public async Task This_browser_keeps_no_cookies_for_third_parties()
    {
        await using var bank = await HonestBank.StartAsync();
        await using var lena = await chromium.VisitAsync(bank);
        var third = Other(bank, "/third");
        for (var visit = 0; visit < 2; visit++)
        {
            await lena.GoAsync("/elsewhere?frame=" + Uri.EscapeDataString(third));
            await Expect(lena.Page.FrameLocator("iframe").GetByRole(AriaRole.Heading)).ToHaveTextAsync("Unknown");
        }

        await lena.GoAsync(third);
        await lena.GoAsync(third);
        await lena.SeesAsync("Known"); // the cookie itself is a good one
    }

    [Fact]
    public async Task No_other_site_can_frame_it()
    {
        await using var bank = await HonestBank.StartAsync();
        await using var lena = await chromium.SignedInAsync(bank);
        var callback = new Uri(bank.Address, "/biometric/callback/AAAAAAAAAAAAAAAAAAAAAAAAAAA").AbsoluteUri;
        await lena.GoAsync(Other(bank, "/elsewhere?frame=" + Uri.EscapeDataString(callback)));
        await bank.UntilSeenAsync(seen => seen.Any(one => one.Is("GET", "/biometric/callback/")));
        Assert.False(bank.Seen.Last(seen => seen.Is("GET", "/biometric/callback/")).HasSession);
        Assert.DoesNotContain(bank.Seen, seen => seen.Is("POST", "/biometric/claim"));
        // The console tells it; the frame shows the browser's own page instead.
        await Expect(lena.Page.FrameLocator("iframe").Locator("#live")).ToHaveCountAsync(0);
        await HonestBank.UntilAsync(() => Task.FromResult(lena.Complaints.Any(complaint => complaint.Contains("frame-ancestors", StringComparison.Ordinal))));
    }

    /// <summary>The same server at its other name, which is another site to the browser.</summary>
    private static string Other(HonestBank bank, string path) => new Uri(new UriBuilder(bank.Address) { Host = "127.0.0.1" }.Uri, path).AbsoluteUri;

    private static async Task FrameAsync(Visitor at, string path)
    {
        await at.GoAsync(path);
        await at.PressAsync("Look here");
        var frame = at.Page.FrameLocator("iframe");
        await frame.GetByText("Approve", new() { Exact = true }).ClickAsync();
        await frame.GetByRole(AriaRole.Button, new() { Name = "Finish" }).ClickAsync();
        // The provider's page in a frame goes nowhere by itself.
        await frame.GetByRole(AriaRole.Link, new() { Name = "Continue" }).ClickAsync();
    }
}
