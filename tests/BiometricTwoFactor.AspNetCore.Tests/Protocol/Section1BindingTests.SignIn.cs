using System.Net;
using Microsoft.AspNetCore.Builder;
using System.Text.Json;
using System.Net.Http.Json;
using BiometricTwoFactor.Emulator;

namespace BiometricTwoFactor.AspNetCore.Tests;

/// <summary>Protocol 1, before there is a sign-in: the pre-authentication cookie and what becomes of its challenges.</summary>
public sealed partial class Section1BindingTests
{
    [Fact]
    public async Task Rule_1_1_Before_the_sign_in_a_challenge_is_bound_to_the_pre_authentication_cookie()
    {
        await using var bank = await OwnLogin.StartAsync();
        using var browser = bank.NewBrowser();
        var id = await browser.AskToSignInAsync("alice");
        Assert.True(browser.HasCookie(OwnLogin.PartialCookie));
        var binding = (await bank.ChallengeAsync(id)).Binding;
        Assert.Equal(("alice", PreSignIn.Scheme), (binding.Subject, binding.Scheme));

        foreach (Cookie cookie in browser.Cookies.GetCookies(browser.Address))
        {
            cookie.Expired = cookie.Name == OwnLogin.PartialCookie;
        }

        using var page = await browser.GetAsync($"/biometric/confirm/{id}");
        Assert.StartsWith("/login", page.Headers.Location!.PathAndQuery, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Rule_1_1_The_pre_authentication_cookie_outlives_the_challenge()
    {
        var time = new ManualTime();
        await using var bank = await OwnLogin.StartAsync(setup => setup.Time = time);
        using var browser = bank.NewBrowser();
        var id = await browser.AskToSignInAsync("alice");
        time.Advance(TimeSpan.FromMinutes(9));
        Assert.Equal($"/biometric/complete/{id}", await bank.LookAsync(browser, id));
        time.Advance(TimeSpan.FromMinutes(9));
        (await browser.GetAsync($"/biometric/complete/{id}")).Dispose();
        Assert.NotNull(await browser.WhoAsync());
    }

    [Fact]
    public async Task Rule_1_1_A_partial_sign_in_is_nobody_to_every_other_endpoint()
    {
        await using var bank = await OwnLogin.StartAsync();
        using var browser = bank.NewBrowser();
        await bank.LookAsync(browser, await browser.AskToSignInAsync("alice"));
        using var transfer = await browser.TransferAsync();
        Assert.StartsWith("/login", transfer.Headers.Location!.PathAndQuery, StringComparison.Ordinal);
        Assert.Empty(bank.Executed);
    }

    [Fact]
    public async Task Rule_1_2_Another_browser_with_the_same_password_gets_404_on_every_route()
    {
        await using var bank = await OwnLogin.StartAsync();
        using var browser = bank.NewBrowser();
        using var other = bank.NewBrowser();
        var id = await browser.AskToSignInAsync("alice");
        await bank.LookAsync(browser, id);
        Assert.NotEqual(id, await other.AskToSignInAsync("alice"));

        foreach (var route in new[] { "confirm", "challenges", "complete", "sign-in", "resume" })
        {
            using var answer = await other.GetAsync($"/biometric/{route}/{id}");
            Assert.Equal(HttpStatusCode.NotFound, answer.StatusCode);
        }

        using var start = await other.StartAsync(id);
        Assert.Equal(HttpStatusCode.NotFound, start.StatusCode);
        Assert.Null(await other.WhoAsync());
        Assert.Equal(ChallengeState.Approved, (await bank.ChallengeAsync(id)).State);
    }

    [Fact]
    public async Task Rule_1_5_The_same_subject_giving_the_password_again_keeps_its_challenge()
    {
        await using var bank = await OwnLogin.StartAsync();
        using var browser = bank.NewBrowser();
        var id = await browser.AskToSignInAsync("alice", "/me?first");
        await browser.StartedAsync(id);
        Assert.Equal(id, await browser.AskToSignInAsync("alice", "/me?second"));
        Assert.Equal("/me?second", await bank.CompleteAsync(browser, id));
    }

    [Fact]
    public async Task Rule_1_5_The_same_subject_in_the_same_browser_takes_it_over_when_the_window_was_closed()
    {
        await using var bank = await OwnLogin.StartAsync();
        using var browser = bank.NewBrowser();
        var id = await browser.AskToSignInAsync("alice");
        await browser.StartedAsync(id);
        var callback = await bank.Provider.CompleteAsync(bank.LastSession().Id);
        browser.CloseWindow();
        Assert.False(browser.HasCookie(OwnLogin.PartialCookie));

        Assert.Equal((HttpStatusCode.Unauthorized, "sign-in", $"/biometric/confirm/{id}"), await browser.ClaimAsync(callback!));
        Assert.Equal(id, await browser.AskToSignInAsync("alice"));
        Assert.Equal($"/biometric/complete/{id}", (await browser.ClaimAsync(callback!)).Next);
    }

    [Fact]
    public async Task Rule_1_5_Another_subject_in_that_browser_ends_it()
    {
        await using var bank = await OwnLogin.StartAsync();
        using var browser = bank.NewBrowser();
        var id = await browser.AskToSignInAsync("alice");
        await bank.LookAsync(browser, id);
        Assert.NotEqual(id, await browser.AskToSignInAsync("bob"));
        Assert.Equal(ChallengeState.Abandoned, (await bank.ChallengeAsync(id)).State);
        using var completed = await browser.GetAsync($"/biometric/complete/{id}");
        Assert.Null(await browser.WhoAsync());
    }

    [Fact]
    public async Task Rule_1_5_Another_subject_after_the_window_was_closed_ends_it_too()
    {
        await using var bank = await OwnLogin.StartAsync();
        using var browser = bank.NewBrowser();
        var id = await browser.AskToSignInAsync("alice");
        await browser.StartedAsync(id);
        browser.CloseWindow();
        await browser.AskToSignInAsync("bob");
        Assert.Equal(ChallengeState.Abandoned, (await bank.ChallengeAsync(id)).State);
    }

    [Fact]
    public async Task Rule_1_5_Somebody_who_signs_in_without_a_face_ends_it()
    {
        await using var bank = await OwnLogin.StartAsync();
        using var browser = bank.NewBrowser();
        var id = await browser.AskToSignInAsync("alice");
        await browser.SignInAsync("bob");
        Assert.Equal(ChallengeState.Abandoned, (await bank.ChallengeAsync(id)).State);
        Assert.False(browser.HasCookie(OwnLogin.PartialCookie));
    }

    [Fact]
    public async Task Rule_1_5_A_completed_sign_in_ends_the_partial_one_with_all_that_is_open_in_it()
    {
        await using var bank = await OwnLogin.StartAsync();
        using var browser = bank.NewBrowser();
        var id = await browser.AskToSignInAsync("alice");
        var recovery = await browser.AskToRecoverAsync("alice");
        using var elsewhere = bank.NewBrowser();
        var untouched = await elsewhere.AskToSignInAsync("alice");

        await bank.LookAsync(browser, id); // starting it ends the pending recovery already
        var again = await browser.AskToRecoverAsync("alice");
        (await browser.GetAsync($"/biometric/complete/{id}")).Dispose();
        Assert.NotNull(await browser.WhoAsync());
        Assert.False(browser.HasCookie(OwnLogin.PartialCookie));
        Assert.False((await bank.ChallengeAsync(recovery)).IsOpen);
        Assert.Equal(ChallengeState.Abandoned, (await bank.ChallengeAsync(again)).State);
        Assert.True((await bank.ChallengeAsync(untouched)).IsOpen);
    }

    [Fact]
    public async Task Rule_1_5_A_payment_whose_session_idled_out_is_found_again_after_a_sign_in_by_face()
    {
        await using var bank = await OwnLogin.StartAsync(setup => setup.Options = options => options.SignIn.Ask = SignInAsk.Always);
        using var browser = bank.NewBrowser();
        await bank.SignInByFaceAsync(browser, "alice");
        var payment = await browser.AskAsync();
        await browser.StartedAsync(payment);
        var callback = await bank.Provider.CompleteAsync(bank.LastSession().Id);
        await bank.UntilAsync(payment, challenge => challenge.State == ChallengeState.Approved);
        foreach (Cookie cookie in browser.Cookies.GetCookies(browser.Address))
        {
            cookie.Expired = cookie.Name.StartsWith(".AspNetCore.Cookies", StringComparison.Ordinal);
        }

        Assert.Equal(HttpStatusCode.Unauthorized, (await browser.ClaimAsync(callback!)).Status);
        await bank.SignInByFaceAsync(browser, "alice");
        Assert.Equal($"/biometric/resume/{payment}", (await browser.ClaimAsync(callback!)).Next);
        using var done = await browser.ResumeAsync(payment);
        Assert.Equal($"executed {payment}", await done.Content.ReadAsStringAsync());
    }

    [Fact]
    public async Task Rule_1_5_Issuing_the_ticket_of_who_is_signed_in_anew_leaves_another_ones_recovery_alone()
    {
        await using var bank = await OwnLogin.StartAsync();
        using var browser = bank.NewBrowser();
        await browser.SignInAsync("alice");
        var id = await browser.AskToRecoverAsync("bob");
        await browser.SignInAsync("alice");
        Assert.True((await bank.ChallengeAsync(id)).IsOpen);
        await browser.SignOutAsync();
        Assert.Equal(ChallengeState.Abandoned, (await bank.ChallengeAsync(id)).State);
    }

    [Fact]
    public async Task Rule_1_1_No_subdomain_can_put_another_partial_sign_in_or_start_in_place_of_ours()
    {
        await using var bank = await OwnLogin.StartAsync(setup =>
        {
            var map = setup.Map!;
            setup.Map = app =>
            {
                app.Use((context, next) =>
                {
                    context.Request.Scheme = "https";
                    return next();
                });
                map(app);
            };
        });
        using var browser = bank.NewBrowser();
        using var asked = await browser.PostAsync("/own/login", ("user", "alice"));
        AssertOurs(asked, "__Host-.Biometric.Pre=");
        var id = OwnLogin.IdOf(asked.Headers.Location!.ToString());
        var cookies = string.Join("; ", HandlerParty.CookiesOf(asked).Select(cookie => cookie.Split(';')[0]));
        using var form = await SendAsync(HttpMethod.Get, "/form");
        var token = await form.Content.ReadFromJsonAsync<JsonElement>();
        cookies += "; " + string.Join("; ", HandlerParty.CookiesOf(form).Select(cookie => cookie.Split(';')[0]));
        using var started = await SendAsync(HttpMethod.Post, $"/biometric/start/{id}", KeyValuePair.Create(token.GetProperty("field").GetString()!, token.GetProperty("token").GetString()!));
        await Browser.ExpectAsync(HttpStatusCode.SeeOther, started);
        AssertOurs(started, "__Host-.Biometric.StartPre=");

        static void AssertOurs(HttpResponseMessage answer, string start)
        {
            var cookie = Assert.Single(HandlerParty.CookiesOf(answer), cookie => cookie.StartsWith(start, StringComparison.Ordinal));
            foreach (var attribute in new[] { "; secure", "; path=/", "; samesite=strict", "; httponly" })
            {
                Assert.Contains(attribute, cookie, StringComparison.OrdinalIgnoreCase);
            }

            Assert.DoesNotContain("domain=", cookie, StringComparison.OrdinalIgnoreCase);
        }

        async Task<HttpResponseMessage> SendAsync(HttpMethod method, string url, params KeyValuePair<string, string>[] fields)
        {
            using var plain = new HttpClient(new SocketsHttpHandler { UseCookies = false, AllowAutoRedirect = false }) { BaseAddress = bank.Address };
            using var request = new HttpRequestMessage(method, url) { Content = fields.Length == 0 ? null : new FormUrlEncodedContent(fields) };
            request.Headers.Add("Cookie", cookies); // over http the handler would hold back what is Secure
            return await plain.SendAsync(request);
        }
    }
}
