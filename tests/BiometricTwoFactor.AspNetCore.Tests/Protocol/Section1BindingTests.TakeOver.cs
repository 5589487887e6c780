using System.Net;
using System.Security.Claims;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;

namespace BiometricTwoFactor.AspNetCore.Tests;

public sealed partial class Section1BindingTests
{
    [Fact]
    public async Task Rule_1_5_The_same_person_signing_in_again_in_that_browser_takes_the_challenge_over()
    {
        await using var bank = await RelyingParty.StartAsync();
        using var browser = await bank.SignedInAsync("alice");
        var id = await browser.AskAsync();
        await browser.StartedAsync(id);
        var callback = await bank.Provider.CompleteAsync(bank.LastSession().Id);
        browser.Cookies.GetCookies(bank.Address)[".AspNetCore.Cookies"]!.Expired = true; // the session idled out meanwhile

        var early = await browser.ClaimAsync(callback!);
        Assert.Equal((HttpStatusCode.Unauthorized, "sign-in", $"/biometric/confirm/{id}"), early);
        await browser.SignInAsync("alice");
        Assert.Equal("approved", (await browser.ClaimAsync(callback!)).State);
        using var done = await browser.ResumeAsync(id);
        Assert.Equal($"executed {id}", await done.Content.ReadAsStringAsync());
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Rule_1_5_A_sign_in_that_ends_on_the_way_back_from_another_site_takes_it_over_too(bool claimsFirst)
    {
        // An external identity provider leads back by a cross-site request, to which a browser adds no Strict cookie.
        await using var bank = await RelyingParty.StartAsync();
        using var browser = await bank.SignedInAsync("alice");
        var id = await browser.AskAsync();
        await browser.StartedAsync(id);
        var callback = await bank.Provider.CompleteAsync(bank.LastSession().Id);
        await SignInFromElsewhereAsync(bank, browser, "alice");

        if (claimsFirst)
        {
            Assert.Equal("approved", (await browser.ClaimAsync(callback!)).State);
        }

        using var page = await browser.GetAsync($"/biometric/confirm/{id}");
        Assert.Equal(HttpStatusCode.OK, page.StatusCode);
        Assert.Equal("approved", (await browser.ClaimAsync(callback!)).State);
        using var done = await browser.ResumeAsync(id);
        Assert.Equal($"executed {id}", await done.Content.ReadAsStringAsync());
    }

    [Fact]
    public async Task Rule_1_5_On_the_way_back_from_another_site_its_page_is_asked_for_once_more_by_itself()
    {
        await using var bank = await RelyingParty.StartAsync();
        using var browser = await bank.SignedInAsync("alice");
        foreach (var (site, again) in new[] { ("cross-site", true), ("same-origin", false) })
        {
            using var request = new HttpRequestMessage(HttpMethod.Get, $"/biometric/confirm/{ChallengeIds.New()}");
            request.Headers.Add("Sec-Fetch-Site", site);
            using var page = await browser.SendAsync(request);
            Assert.Equal((HttpStatusCode.NotFound, again), (page.StatusCode, page.Headers.Contains("Refresh")));
        }
    }

    [Fact]
    public async Task Rule_1_5_Another_person_signing_in_from_elsewhere_claims_nothing()
    {
        await using var bank = await RelyingParty.StartAsync();
        using var browser = await bank.SignedInAsync("alice");
        var id = await browser.AskAsync();
        await browser.StartedAsync(id);
        var callback = await bank.Provider.CompleteAsync(bank.LastSession().Id);
        await SignInFromElsewhereAsync(bank, browser, "bob");
        using var page = await browser.GetAsync($"/biometric/confirm/{id}");
        Assert.Equal(HttpStatusCode.NotFound, page.StatusCode);
        Assert.Equal(HttpStatusCode.NotFound, (await browser.ClaimAsync(callback!)).Status);
        Assert.Equal(ChallengeState.Violated, (await bank.ChallengeAsync(id)).State);
    }

    [Fact]
    public async Task Rule_1_5_Another_person_signing_in_there_ends_the_challenge()
    {
        await using var bank = await RelyingParty.StartAsync();
        using var browser = await bank.SignedInAsync("alice");
        var id = await browser.AskAsync();
        await browser.StartedAsync(id);
        await browser.SignInAsync("bob");
        Assert.Equal(ChallengeState.Abandoned, (await bank.ChallengeAsync(id)).State);
    }

    [Fact]
    public async Task Rule_1_5_An_external_providers_ticket_on_the_way_back_in_neither_ends_nor_takes_the_challenge()
    {
        await using var bank = await RelyingParty.StartAsync(setup =>
        {
            setup.ConfigureServices = services => services.AddAuthentication().AddCookie("External");
            setup.Map = app => app.MapPost("/external", async (HttpContext context) =>
            {
                var identity = new ClaimsIdentity([new Claim(ClaimTypes.NameIdentifier, "the-provider's-own-id")], "External");
                await context.SignInAsync("External", new ClaimsPrincipal(identity));
            }).DisableAntiforgery();
        });
        using var browser = await bank.SignedInAsync("alice");
        var id = await browser.AskAsync();
        await browser.StartedAsync(id);
        var callback = await bank.Provider.CompleteAsync(bank.LastSession().Id);
        browser.Cookies.GetCookies(bank.Address)[".AspNetCore.Cookies"]!.Expired = true;
        var before = (await bank.ChallengeAsync(id)).Binding;

        using var external = await browser.PostAsync("/external");
        external.EnsureSuccessStatusCode();
        Assert.Equal(before, (await bank.ChallengeAsync(id)).Binding);
        Assert.Equal(HttpStatusCode.Unauthorized, (await browser.ClaimAsync(callback!)).Status);
        await browser.SignInAsync("alice");
        Assert.Equal("approved", (await browser.ClaimAsync(callback!)).State);
    }

    [Fact]
    public async Task Rule_1_5_Signing_out_by_hand_ends_the_challenge_even_after_its_approval()
    {
        await using var bank = await RelyingParty.StartAsync();
        using var browser = await bank.SignedInAsync("alice");
        var id = await browser.AskAsync();
        await browser.StartedAsync(id);
        var callback = await bank.Provider.CompleteAsync(bank.LastSession().Id);
        Assert.Equal("approved", (await browser.ClaimAsync(callback!)).State);

        await browser.SignOutAsync();
        await browser.SignInAsync("alice");
        Assert.Equal(ChallengeState.Abandoned, (await bank.ChallengeAsync(id)).State);
        Assert.NotEqual(id, await browser.AskAsync());
        Assert.Empty(bank.Executed);
    }

    private static async Task SignInFromElsewhereAsync(RelyingParty bank, Browser browser, string user)
    {
        var cookies = browser.Cookies.GetCookies(bank.Address);
        cookies[".AspNetCore.Cookies"]!.Expired = true; // idled out
        var start = cookies[".Biometric.Start"]!;
        var (name, value) = (start.Name, start.Value);
        start.Expired = true;
        await browser.SignInAsync(user);
        browser.Cookies.Add(bank.Address, new Cookie(name, value));
    }
}
