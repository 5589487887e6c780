using System.Net;
using BiometricTwoFactor.Emulator;

namespace BiometricTwoFactor.AspNetCore.Tests;

/// <summary>Protocol 1 where the authentication handler carries it.</summary>
public sealed partial class Section1BindingTests
{
    [Fact]
    public async Task Rule_1_1_A_sign_in_is_bound_to_the_browser_that_gave_the_first_factor()
    {
        await using var bank = await HandlerParty.StartAsync();
        using var browser = bank.NewBrowser();
        using var elsewhere = bank.NewBrowser();
        using var mallory = bank.NewBrowser();
        var id = await HandlerParty.BeginSignInAsync(browser, "alice");
        await HandlerParty.BeginSignInAsync(elsewhere, "alice");
        await HandlerParty.BeginSignInAsync(mallory, "mallory");
        var next = await HandlerParty.ShowFaceAsync(bank, browser, id);

        foreach (var other in new[] { elsewhere, mallory, bank.NewBrowser() })
        {
            using var answer = await other.GetAsync(next);
            Assert.Equal(HttpStatusCode.NotFound, answer.StatusCode);
            Assert.Empty(HandlerParty.CookiesOf(answer));
        }

        Assert.Equal(ChallengeState.Approved, (await bank.ChallengeAsync(id)).State);
        using var done = await browser.GetAsync(next);
        Assert.Equal("/me", done.Headers.Location!.ToString());
    }

    [Fact]
    public async Task Rule_1_1_The_window_belongs_to_one_sign_in_session()
    {
        await using var bank = await HandlerParty.StartAsync();
        using var browser = await bank.SignedInAsync("alice");
        using var elsewhere = await bank.SignedInAsync("alice");
        await HandlerParty.OpenAccountAsync(bank, browser);
        using var let = await browser.GetAsync("/account");
        Assert.Equal(HttpStatusCode.OK, let.StatusCode);
        using var asked = await elsewhere.GetAsync("/account");
        await Browser.ExpectAsync(HttpStatusCode.SeeOther, asked);
    }

    [Fact]
    public async Task Rule_1_1_The_same_sid_survives_the_new_cookie()
    {
        await using var bank = await HandlerParty.StartAsync();
        using var browser = await bank.SignedInAsync("alice");
        await HandlerParty.OpenAccountAsync(bank, browser);
        using var asked = await browser.PostAsync("/settings/claims", await browser.TokenAsync());
        var id = Browser.IdOf(asked);
        var before = (await bank.ChallengeAsync(id)).Binding;
        await HandlerParty.ShowFaceAsync(bank, browser, id);
        using var used = await browser.ResumeAsync(id);
        Assert.Contains(HandlerParty.CookiesOf(used), cookie => cookie.StartsWith(".AspNetCore.Cookies=", StringComparison.Ordinal));

        using var later = await browser.PostAsync("/settings/limit", await browser.TokenAsync());
        Assert.Equal(before, (await bank.ChallengeAsync(Browser.IdOf(later))).Binding);
        using var account = await browser.GetAsync("/account"); // and with it what is bound to it
        Assert.Equal(HttpStatusCode.OK, account.StatusCode);
    }

    [Fact]
    public async Task Rule_1_2_A_partial_sign_in_is_nobodys_elses_on_any_route()
    {
        await using var bank = await HandlerParty.StartAsync();
        using var browser = bank.NewBrowser();
        using var signedIn = await bank.SignedInAsync("alice");
        using var partial = bank.NewBrowser();
        var id = await HandlerParty.BeginSignInAsync(browser, "alice");
        await HandlerParty.BeginSignInAsync(partial, "alice");
        foreach (var path in new[] { "confirm", "complete", "challenges", "resume" })
        {
            using var own = await signedIn.GetAsync($"/biometric/{path}/{id}");
            Assert.Equal(HttpStatusCode.NotFound, own.StatusCode);
        }

        foreach (var other in new[] { signedIn, partial })
        {
            foreach (var action in new[] { "start", "cancel" })
            {
                using var answer = await other.PostAsync($"/biometric/{action}/{id}", await other.TokenAsync());
                Assert.Equal(HttpStatusCode.NotFound, answer.StatusCode);
            }
        }

        Assert.Equal(ChallengeState.Pending, (await bank.ChallengeAsync(id)).State);
    }

    [Theory]
    [InlineData("AAAAAAAAAAAAAAAAAAAAAAAAAAA")]
    [InlineData("x")]
    [InlineData("")]
    public async Task Rule_1_2_Ids_that_are_nobodys_are_not_found(string id)
    {
        await using var bank = await HandlerParty.StartAsync();
        using var browser = await bank.SignedInAsync("alice");
        using var answer = await browser.GetAsync($"/biometric/complete/{id}");
        Assert.Equal(HttpStatusCode.NotFound, answer.StatusCode);
    }

    [Fact]
    public async Task Rule_1_2_A_step_up_is_not_completed_by_the_handler()
    {
        await using var bank = await HandlerParty.StartAsync();
        using var browser = await bank.SignedInAsync("alice");
        var id = await UseApprovedAsync(bank, browser);
        using var answer = await browser.GetAsync($"/biometric/complete/{id}");
        Assert.Equal(HttpStatusCode.NotFound, answer.StatusCode);
        Assert.Equal(ChallengeState.Approved, (await bank.ChallengeAsync(id)).State);

        static async Task<string> UseApprovedAsync(RelyingParty bank, Browser browser)
        {
            var id = await browser.AskAsync();
            await HandlerParty.ShowFaceAsync(bank, browser, id);
            return id;
        }
    }

    [Fact]
    public async Task Rule_1_2_The_handlers_route_never_renews_the_applications_session()
    {
        var time = new ManualTime();
        await using var bank = await HandlerParty.StartAsync(configure: setup =>
        {
            setup.Time = time;
            setup.CookieLifetime = TimeSpan.FromMinutes(10);
        });
        using var browser = await bank.SignedInAsync("alice");
        using var asked = await browser.GetAsync("/account");
        var id = Browser.IdOf(asked);
        time.Advance(TimeSpan.FromMinutes(6)); // past the half, where the framework renews
        using var own = await browser.GetAsync($"/biometric/complete/{id}");
        Assert.Equal($"/biometric/confirm/{id}", own.Headers.Location!.ToString());
        Assert.Empty(HandlerParty.CookiesOf(own));
    }

    [Fact]
    public async Task Rule_1_5_Signing_out_by_hand_ends_what_waits_and_closes_the_window()
    {
        await using var bank = await HandlerParty.StartAsync();
        using var browser = await bank.SignedInAsync("alice");
        await HandlerParty.OpenAccountAsync(bank, browser);
        var session = browser.Cookies.GetCookies(bank.Address)[".AspNetCore.Cookies"]!.Value;
        await browser.SignOutAsync();

        // Whoever kept the cookie is that session still, as far as the framework knows, and no longer one with a face.
        using var thief = bank.NewBrowser();
        thief.Cookies.Add(bank.Address, new Cookie(".AspNetCore.Cookies", session));
        using var answer = await thief.GetAsync("/account");
        await Browser.ExpectAsync(HttpStatusCode.SeeOther, answer);
    }
}
