using System.Net;

namespace BiometricTwoFactor.AspNetCore.Tests;

/// <summary>Wherever the handler leads, it leads into this application (attacks 8 and 9).</summary>
public sealed class ReturnUrlTests
{
    public static TheoryData<string> Elsewhere =>
    [
        "//evil.example", "/\\evil.example", "/%2Fevil.example", "/%2fevil.example", "/%5Cevil.example", "/.//evil.example", "/\t/evil.example",
        "/\r\nevil", "https:evil.example", "https://evil.example", "https://user@evil.example/", "//user@evil.example", "javascript:alert(1)", "evil", "\\\\evil.example",
        "/%252Fevil.example", "/..//evil.example",
    ];

    [Theory]
    [MemberData(nameof(Elsewhere))]
    public async Task A_redirect_of_the_callers_properties_is_followed_only_here(string to)
    {
        await using var bank = await HandlerParty.StartAsync();
        using var browser = await bank.SignedInAsync("alice");
        using var asked = await browser.GetAsync("/ask?to=" + Uri.EscapeDataString(to));
        var id = Browser.IdOf(asked);
        Assert.Equal("/", (await bank.ChallengeAsync(id)).Original.LocalUrl); // refused when it is stored

        using var stranger = bank.NewBrowser();
        using var login = await stranger.GetAsync("/ask?to=" + Uri.EscapeDataString(to));
        Assert.Equal(bank.Address.Authority, new Uri(bank.Address, login.Headers.Location!).Authority);
        Assert.DoesNotContain("ReturnUrl=" + Uri.EscapeDataString(to), login.Headers.Location!.Query, StringComparison.OrdinalIgnoreCase);
    }

    [Theory]
    [InlineData("//evil.example")]
    [InlineData("/%2Fevil.example")]
    [InlineData("https://evil.example")]
    public async Task One_that_was_stored_is_checked_again_when_it_is_used(string to)
    {
        await using var bank = await HandlerParty.StartAsync();
        using var browser = bank.NewBrowser();
        var id = await HandlerParty.BeginSignInAsync(browser, "alice", returnUrl: to); // the test's own endpoint seals what it is given
        using var done = await browser.GetAsync(await HandlerParty.ShowFaceAsync(bank, browser, id));
        Assert.Equal("/", done.Headers.Location!.ToString());
        Assert.Contains("Password amr=face", await HandlerParty.MeAsync(browser));
    }

    [Theory]
    [InlineData("//evil.example")]
    [InlineData("https://evil.example")]
    public async Task One_that_an_event_named_is_not_followed_elsewhere(string to)
    {
        await using var bank = await HandlerParty.StartAsync(handler => handler.Events.OnApproved = context =>
        {
            context.ReturnUrl = to;
            return Task.CompletedTask;
        });
        using var browser = await bank.SignedInAsync("alice");
        using var asked = await browser.GetAsync("/account");
        using var done = await browser.GetAsync(await HandlerParty.ShowFaceAsync(bank, browser, Browser.IdOf(asked)));
        Assert.Equal("/", done.Headers.Location!.ToString());
    }

    [Fact]
    public async Task A_challenge_of_the_applications_own_leads_where_it_says_under_the_title_that_it_gives()
    {
        await using var bank = await HandlerParty.StartAsync();
        using var browser = await bank.SignedInAsync("alice");
        using var asked = await browser.GetAsync("/ask?to=/me&title=Open%20the%20vault");
        var id = Browser.IdOf(asked);
        using var page = await browser.GetAsync($"/biometric/confirm/{id}");
        Assert.Contains("Open the vault", await page.Content.ReadAsStringAsync(), StringComparison.Ordinal);
        using var done = await browser.GetAsync(await HandlerParty.ShowFaceAsync(bank, browser, id));
        await Browser.ExpectAsync(HttpStatusCode.SeeOther, done);
        Assert.Equal("/me", done.Headers.Location!.ToString());
    }
}
