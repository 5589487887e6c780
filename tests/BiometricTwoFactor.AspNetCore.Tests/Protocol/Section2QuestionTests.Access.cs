using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json;
using Microsoft.AspNetCore.Builder;

namespace BiometricTwoFactor.AspNetCore.Tests;

/// <summary>Protocol 2.1 and 2.2 for account access: one face for a window that slides, under an absolute end.</summary>
public sealed partial class Section2QuestionTests
{
    [Fact]
    public async Task Rule_2_1_The_window_slides_with_activity()
    {
        var time = new ManualTime();
        await using var bank = await HandlerParty.StartAsync(configure: setup =>
        {
            setup.Time = time;
            setup.CookieLifetime = TimeSpan.FromDays(1);
        });
        using var browser = await bank.SignedInAsync("alice");
        await HandlerParty.OpenAccountAsync(bank, browser);
        for (var visit = 0; visit < 4; visit++)
        {
            time.Advance(TimeSpan.FromMinutes(5) - TimeSpan.FromSeconds(1));
            Assert.Equal(HttpStatusCode.OK, await VisitAsync(browser));
        }

        time.Advance(TimeSpan.FromMinutes(5));
        Assert.Equal(HttpStatusCode.SeeOther, await VisitAsync(browser));
    }

    [Fact]
    public async Task Rule_2_1_The_window_ends_whatever_the_activity()
    {
        var time = new ManualTime();
        await using var bank = await HandlerParty.StartAsync(configure: setup =>
        {
            setup.Time = time;
            setup.CookieLifetime = TimeSpan.FromDays(1);
            setup.Options = options => options.Access.Lifetime = TimeSpan.FromMinutes(20);
        });
        using var browser = await bank.SignedInAsync("alice");
        await HandlerParty.OpenAccountAsync(bank, browser);
        for (var visit = 0; visit < 4; visit++)
        {
            Assert.Equal(HttpStatusCode.OK, await VisitAsync(browser));
            time.Advance(TimeSpan.FromMinutes(4.75));
        }

        Assert.Equal(HttpStatusCode.OK, await VisitAsync(browser)); // 19 minutes
        time.Advance(TimeSpan.FromMinutes(1));
        Assert.Equal(HttpStatusCode.SeeOther, await VisitAsync(browser));
    }

    [Fact]
    public async Task Rule_2_1_The_face_of_a_sign_in_is_one_for_account_access()
    {
        var time = new ManualTime();
        await using var bank = await HandlerParty.StartAsync(configure: setup => setup.Time = time);
        using var browser = bank.NewBrowser();
        var id = await HandlerParty.BeginSignInAsync(browser, "alice");
        using var done = await browser.GetAsync(await HandlerParty.ShowFaceAsync(bank, browser, id));
        Assert.Equal(HttpStatusCode.OK, await VisitAsync(browser));
        time.Advance(TimeSpan.FromMinutes(5));
        // The cookie still says so; a claim is never enough (attack 33).
        Assert.Contains("Password amr=face", await HandlerParty.MeAsync(browser));
        Assert.Equal(HttpStatusCode.SeeOther, await VisitAsync(browser));
    }

    [Fact]
    public async Task Rule_2_1_A_face_for_account_access_serves_nothing_else_and_no_other_serves_it()
    {
        await using var bank = await HandlerParty.StartAsync();
        using var browser = await bank.SignedInAsync("alice");
        await HandlerParty.OpenAccountAsync(bank, browser);
        using var transfer = await browser.TransferAsync();
        var id = Browser.IdOf(transfer);
        using var secret = await browser.GetAsync("/secret");
        await Browser.ExpectAsync(HttpStatusCode.SeeOther, secret);

        using var other = await bank.SignedInAsync("bob");
        using var asked = await other.GetAsync("/secret");
        await HandlerParty.ShowFaceAsync(bank, other, Browser.IdOf(asked));
        using var used = await other.GetAsync("/secret");
        Assert.Equal(HttpStatusCode.OK, used.StatusCode);
        Assert.Equal(HttpStatusCode.SeeOther, await VisitAsync(other));
        Assert.Equal(ChallengeState.Pending, (await bank.ChallengeAsync(id)).State);
    }

    [Fact]
    public async Task Rule_2_1_A_step_ups_claims_are_on_its_own_request_and_never_in_the_cookie()
    {
        await using var bank = await HandlerParty.StartAsync();
        using var browser = await bank.SignedInAsync("alice");
        using var asked = await browser.PostAsync("/settings/claims", await browser.TokenAsync());
        var id = Browser.IdOf(asked);
        await HandlerParty.ShowFaceAsync(bank, browser, id);
        using var used = await browser.ResumeAsync(id);
        var claims = (await used.Content.ReadAsStringAsync()).Split('\n');
        Assert.Contains("Biometric amr=face", claims);
        Assert.DoesNotContain(claims, claim => claim.Contains("mfa", StringComparison.Ordinal));
        Assert.Contains("Biometric acr=urn:biometric-step-up:settings_change", claims);
        Assert.Contains($"Biometric biometric_challenge={id}", claims);
        Assert.Single(HandlerParty.CookiesOf(used), cookie => cookie.StartsWith(".AspNetCore.Cookies=", StringComparison.Ordinal));
        Assert.DoesNotContain(await HandlerParty.MeAsync(browser), claim => claim.Contains("amr", StringComparison.Ordinal) || claim.Contains("biometric", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Rule_2_1_The_attribute_asks_for_the_same_window()
    {
        await using var bank = await HandlerParty.StartAsync();
        using var browser = await bank.SignedInAsync("alice");
        using var asked = await browser.GetAsync("/statements");
        var id = Browser.IdOf(asked);
        using var page = await browser.GetAsync($"/biometric/confirm/{id}");
        Assert.Contains("Open your statements", await page.Content.ReadAsStringAsync(), StringComparison.Ordinal);
        using var done = await browser.GetAsync(await HandlerParty.ShowFaceAsync(bank, browser, id));
        Assert.Equal("/statements", done.Headers.Location!.ToString());
        using var statements = await browser.GetAsync("/statements");
        Assert.Contains($"Biometric biometric_challenge={id}", await statements.Content.ReadAsStringAsync(), StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.OK, await VisitAsync(browser));
    }

    [Fact]
    public async Task Rule_2_2_The_form_that_was_sent_comes_back_after_the_face()
    {
        await using var bank = await HandlerParty.StartAsync();
        using var browser = await bank.SignedInAsync("alice");
        using var asked = await browser.PostAsync("/account", ("note", "<b>hello</b>"), await browser.TokenAsync());
        var next = await HandlerParty.ShowFaceAsync(bank, browser, Browser.IdOf(asked));
        using var page = await browser.GetAsync(next);
        await Browser.ExpectAsync(HttpStatusCode.OK, page);
        var (action, fields) = Browser.FormOf(await page.Content.ReadAsStringAsync());
        Assert.Equal("/account", action);
        using var noted = await browser.PostAsync(action, fields);
        Assert.Equal("noted <b>hello</b>", await noted.Content.ReadAsStringAsync());

        using var again = await browser.GetAsync(next); // single use
        Assert.Equal(HttpStatusCode.SeeOther, again.StatusCode);
        Assert.Equal("/", again.Headers.Location!.ToString());
    }

    [Fact]
    public async Task Rule_2_2_A_forged_form_makes_no_challenge()
    {
        await using var bank = await HandlerParty.StartAsync();
        using var browser = await bank.SignedInAsync("alice");
        using var forged = await browser.PostAsync("/account", ("note", "forged"));
        Assert.Equal(HttpStatusCode.BadRequest, forged.StatusCode);

        // Nor does one of a cookie caller who adds what looks like a token.
        using var request = new HttpRequestMessage(HttpMethod.Post, "/account") { Content = new FormUrlEncodedContent([new("note", "forged")]) };
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", "nonsense");
        using var dressed = await browser.SendAsync(request);
        Assert.Equal(HttpStatusCode.BadRequest, dressed.StatusCode);
        Assert.Empty(await bank.Store.ListOpenAsync("", "alice"));
    }

    [Fact]
    public async Task Rule_2_3_Whichever_endpoint_asks_it_is_one_challenge()
    {
        await using var bank = await HandlerParty.StartAsync();
        using var browser = await bank.SignedInAsync("alice");
        using var first = await browser.GetAsync("/account");
        using var second = await browser.GetAsync("/statements");
        Assert.Equal(Browser.IdOf(first), Browser.IdOf(second));
        using var done = await browser.GetAsync(await HandlerParty.ShowFaceAsync(bank, browser, Browser.IdOf(first)));
        Assert.Equal("/statements", done.Headers.Location!.ToString()); // what was asked last
    }

    [Fact]
    public async Task Rule_2_1_An_api_caller_with_a_cookie_repeats_its_request_with_the_challenge()
    {
        await using var bank = await HandlerParty.StartAsync();
        using var browser = await bank.SignedInAsync("alice");
        using var asked = await browser.GetAsync("/api/account");
        var id = await IdOfProblemAsync(asked);
        await HandlerParty.ShowFaceAsync(bank, browser, id);
        using var unnamed = await browser.GetAsync("/api/account");
        Assert.Equal(id, await IdOfProblemAsync(unnamed)); // approved, and only who says so uses it here

        using var named = await ApiAsync(browser, id, token: null);
        Assert.Equal("the account", await named.Content.ReadAsStringAsync());
        using var let = await browser.GetAsync("/api/account");
        Assert.Equal(HttpStatusCode.OK, let.StatusCode);
    }

    [Fact]
    public async Task Rule_2_1_A_token_caller_has_a_window_of_its_own_token()
    {
        await using var bank = await HandlerParty.StartAsync();
        using var app = bank.NewBrowser();
        using var asked = await ApiAsync(app, challenge: null, "alice.one");
        var id = await IdOfProblemAsync(asked);
        using var started = await PostWithTokenAsync(app, $"/biometric/start/{id}", "alice.one");
        var callback = await bank.Provider.CompleteAsync(bank.LastSession().Id);
        using var claimed = await PostWithTokenAsync(app, "/biometric/claim", "alice.one", ("code", callback!.Segments[^1]));
        Assert.Equal($"/biometric/complete/{id}", (await claimed.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("next").GetString());

        using var stranger = await ApiAsync(app, id, "alice.two");
        Assert.NotEqual(id, await IdOfProblemAsync(stranger));
        using var let = await ApiAsync(app, id, "alice.one");
        Assert.Equal("the account", await let.Content.ReadAsStringAsync());
        Assert.Empty(HandlerParty.CookiesOf(let));
        using var again = await ApiAsync(app, challenge: null, "alice.one");
        Assert.Equal(HttpStatusCode.OK, again.StatusCode);
    }

    [Fact]
    public async Task Rule_2_1_A_token_caller_may_complete_at_the_handlers_route_too()
    {
        await using var bank = await HandlerParty.StartAsync();
        using var app = bank.NewBrowser();
        using var asked = await ApiAsync(app, challenge: null, "alice.one");
        var id = await IdOfProblemAsync(asked);
        using var started = await PostWithTokenAsync(app, $"/biometric/start/{id}", "alice.one");
        var callback = await bank.Provider.CompleteAsync(bank.LastSession().Id);
        using var claimed = await PostWithTokenAsync(app, "/biometric/claim", "alice.one", ("code", callback!.Segments[^1]));
        using var stranger = await ApiAsync(app, challenge: null, "alice.two", $"/biometric/complete/{id}");
        Assert.Equal(HttpStatusCode.NotFound, stranger.StatusCode);
        using var completed = await ApiAsync(app, challenge: null, "alice.one", $"/biometric/complete/{id}");
        Assert.Equal("used", (await completed.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("state").GetString());
        using var let = await ApiAsync(app, challenge: null, "alice.one");
        Assert.Equal(HttpStatusCode.OK, let.StatusCode);
    }

    private static async Task<HttpStatusCode> VisitAsync(Browser browser)
    {
        using var answer = await browser.GetAsync("/account");
        return answer.StatusCode;
    }

    private static async Task<string> IdOfProblemAsync(HttpResponseMessage answer)
    {
        await Browser.ExpectAsync(HttpStatusCode.Unauthorized, answer);
        return (await answer.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("challengeId").GetString()!;
    }

    private static async Task<HttpResponseMessage> ApiAsync(Browser browser, string? challenge, string? token, string url = "/api/account")
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, url);
        request.Headers.Authorization = token is null ? null : new AuthenticationHeaderValue("Bearer", token);
        if (challenge is not null)
        {
            request.Headers.Add("Biometric-Challenge", challenge);
        }

        return await browser.SendAsync(request);
    }

    private static async Task<HttpResponseMessage> PostWithTokenAsync(Browser browser, string url, string token, params (string Name, string Value)[] fields)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, url)
        {
            Content = new FormUrlEncodedContent(fields.Select(field => KeyValuePair.Create(field.Name, field.Value))),
        };
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", token);
        return await browser.SendAsync(request);
    }

    [Fact]
    public async Task Rule_2_1_No_kind_of_challenge_has_a_digest_of_another()
    {
        await using var bank = await OwnLogin.StartAsync(setup =>
        {
            var map = setup.Map!;
            setup.Map = app =>
            {
                map(app);
                app.MapGet("/statements", () => "statements").RequireBiometric(StepUpReason.LoginNewDevice);
                foreach (var title in new[] { "access", "sign-in", "recovery", "enrol", "code" })
                {
                    app.MapGet("/" + title, () => title).RequireBiometric(StepUpReason.SettingsChange, title);
                }
            };
        });
        using var browser = bank.NewBrowser();
        List<string> ids = [await browser.AskToSignInAsync("alice"), await browser.AskToRecoverAsync("alice")];
        await browser.SignInAsync("alice");
        foreach (var path in new[] { "/statements", "/access", "/sign-in", "/recovery", "/enrol", "/code" })
        {
            using var asked = await browser.GetAsync(path);
            ids.Add(Browser.IdOf(asked));
        }

        ids.Add(await browser.AskAsync());
        using var enrolment = await browser.PostAsync("/biometric/enrol", await browser.TokenAsync());
        ids.Add(Browser.IdOf(enrolment));
        var challenges = await Task.WhenAll(ids.Select(bank.ChallengeAsync));
        Assert.Equal(5, challenges.Select(challenge => challenge.Kind).Distinct().Count());
        Assert.Equal(ids.Count, challenges.Select(challenge => challenge.Digest).Distinct().Count());
    }
}
