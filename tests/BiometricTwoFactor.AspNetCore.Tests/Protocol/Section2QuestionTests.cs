using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json;
using BiometricTwoFactor.Emulator;
using Microsoft.Extensions.DependencyInjection;

namespace BiometricTwoFactor.AspNetCore.Tests;

/// <summary>Protocol 2: what is asked, once, from facts of the server.</summary>
public sealed partial class Section2QuestionTests
{
    [Fact]
    public async Task Rule_2_3_Starting_a_newer_one_ends_the_older_pending_one_and_deletes_its_session()
    {
        await using var bank = await RelyingParty.StartAsync();
        using var browser = await bank.SignedInAsync("alice");
        var older = await browser.AskAsync("10.00");
        await browser.StartedAsync(older);
        var session = bank.LastSession().Id;
        var newer = await browser.AskAsync("20.00");
        Assert.Equal(ChallengeState.Pending, (await bank.ChallengeAsync(older)).State); // making one ends nothing
        await browser.StartedAsync(newer);
        Assert.Equal(ChallengeState.Superseded, (await bank.ChallengeAsync(older)).State);
        Assert.NotEqual(session, (await bank.ChallengeAsync(newer)).SessionId);
        Assert.True(bank.Provider.FindSession(session) is null or { IsDeleted: true });
    }

    [Fact]
    public async Task Rule_2_4_Too_many_challenges_are_refused_across_reasons()
    {
        await using var bank = await RelyingParty.StartAsync(setup => setup.Options = options => options.MaxChallengesPerUser = 3);
        using var browser = await bank.SignedInAsync("alice");
        for (var amount = 1; amount <= 3; amount++)
        {
            await browser.AskAsync($"{amount}.00");
        }

        using var payment = await browser.TransferAsync("4.00");
        Assert.Equal(HttpStatusCode.TooManyRequests, payment.StatusCode);
        using var setting = await browser.PostAsync("/settings/limit", await browser.TokenAsync());
        Assert.Equal(HttpStatusCode.TooManyRequests, setting.StatusCode);
        Assert.NotNull(setting.Headers.RetryAfter);
    }

    [Fact]
    public async Task Rule_2_4_Five_declined_captures_in_a_row_make_the_user_wait()
    {
        await using var bank = await RelyingParty.StartAsync();
        using var browser = await bank.SignedInAsync("alice");
        for (var amount = 1; amount <= 5; amount++)
        {
            var id = await browser.AskAsync($"{amount}.00");
            await Payments.CompleteAsync(bank, browser, id, SandboxScenario.DeclineFaceMatchLowSimilarity);
            Assert.Equal(ChallengeState.Declined, (await bank.ChallengeAsync(id)).State);
        }

        using var blocked = await browser.TransferAsync("6.00");
        Assert.Equal(HttpStatusCode.TooManyRequests, blocked.StatusCode);
    }

    [Fact]
    public async Task Rule_2_2_An_api_caller_gets_the_header_of_rfc_9470_and_problem_details_and_repeats_with_the_challenge()
    {
        await using var bank = await RelyingParty.StartAsync();
        using var browser = await bank.SignedInAsync("alice");
        using var asked = await Payments.ApiAsync(browser, Payments.Payment);
        Assert.Equal(HttpStatusCode.Unauthorized, asked.StatusCode);
        var header = Assert.Single(asked.Headers.WwwAuthenticate);
        Assert.Equal("Bearer", header.Scheme);
        Assert.Contains("error=\"insufficient_user_authentication\"", header.Parameter, StringComparison.Ordinal);
        Assert.Contains("acr_values=\"urn:biometric-step-up:high_value_txn\"", header.Parameter, StringComparison.Ordinal);
        Assert.Equal("application/problem+json", asked.Content.Headers.ContentType!.MediaType);
        var problem = await asked.Content.ReadFromJsonAsync<JsonElement>();
        var id = problem.GetProperty("challengeId").GetString()!;
        Assert.Equal($"/biometric/confirm/{id}", problem.GetProperty("confirmUrl").GetString());

        await Payments.CompleteAsync(bank, browser, id);
        using var done = await Payments.ApiAsync(browser, Payments.Payment, challenge: id);
        Assert.Equal(HttpStatusCode.OK, done.StatusCode);
        using var again = await Payments.ApiAsync(browser, Payments.Payment, challenge: id);
        Assert.Equal(HttpStatusCode.Conflict, again.StatusCode);
        Assert.Equal("urn:biometric-step-up:already-used", await Payments.TypeOfAsync(again));
        Assert.Single(bank.Executed);
    }

    [Fact]
    public async Task Rule_2_2_A_forged_post_makes_no_challenge_and_uses_no_approval()
    {
        await using var bank = await RelyingParty.StartAsync();
        using var browser = await bank.SignedInAsync("alice");
        var id = await Payments.ApprovedAsync(bank, browser);

        // Without a token, as another site's form would send it; and as JSON from another origin.
        using var forged = await browser.PostAsync("/transfers", ("Amount", "250.00"), ("Currency", "EUR"), ("Account", "DE89370400440532013000"), ("Name", "Ada Lovelace"));
        Assert.Equal(HttpStatusCode.BadRequest, forged.StatusCode);
        using var foreign = await Payments.ApiAsync(browser, Payments.Payment, origin: "https://evil.example");
        Assert.Equal(HttpStatusCode.BadRequest, foreign.StatusCode);
        using var setting = await browser.PostAsync("/settings/limit");
        Assert.Equal(HttpStatusCode.BadRequest, setting.StatusCode);

        Assert.Equal(id, Assert.Single(await bank.Store.ListOpenAsync("", "alice")).Id);
        Assert.Equal(ChallengeState.Approved, (await bank.ChallengeAsync(id)).State);
        Assert.Empty(bank.Executed);
    }

    [Fact]
    public async Task Rule_2_1_A_settings_change_takes_a_face_of_its_own()
    {
        await using var bank = await RelyingParty.StartAsync();
        using var browser = await bank.SignedInAsync("alice");
        await Payments.ApprovedAsync(bank, browser); // a payment's face serves no settings

        using var asked = await browser.PostAsync("/settings/limit", ("value", "9000"), await browser.TokenAsync());
        await Browser.ExpectAsync(HttpStatusCode.SeeOther, asked);
        var id = Browser.IdOf(asked);
        await Payments.CompleteAsync(bank, browser, id);

        // Nor does the face for one setting serve another.
        using var other = await browser.PostAsync("/settings/password", ("value", "x"), await browser.TokenAsync());
        await Browser.ExpectAsync(HttpStatusCode.SeeOther, other);
        Assert.NotEqual(id, Browser.IdOf(other));

        using var done = await browser.ResumeAsync(id);
        Assert.Equal("changed", await done.Content.ReadAsStringAsync());
        Assert.Equal(["setting limit"], bank.Executed);
    }

    [Fact]
    public async Task Rule_2_3_What_the_browser_sent_last_is_what_comes_back()
    {
        await using var bank = await RelyingParty.StartAsync();
        using var browser = await bank.SignedInAsync("alice");
        var first = await browser.AskAsync();
        using var again = await browser.PostAsync(
            "/transfers", ("Amount", "250.00"), ("Currency", "EUR"), ("Account", "DE89370400440532013000"), ("Name", "Ada Lovelace"), ("note", "the newer one"), await browser.TokenAsync());
        Assert.Equal(first, Browser.IdOf(again)); // the same payment, and another word beside it
        await Payments.CompleteAsync(bank, browser, first);
        using var page = await browser.GetAsync($"/biometric/resume/{first}");
        Assert.Contains("the newer one", await page.Content.ReadAsStringAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Rule_2_1_A_get_comes_back_to_its_own_address()
    {
        await using var bank = await RelyingParty.StartAsync();
        using var browser = await bank.SignedInAsync("alice");
        using var asked = await browser.GetAsync("/secret?page=2");
        var id = Browser.IdOf(asked);
        await Payments.CompleteAsync(bank, browser, id);
        using var back = await browser.GetAsync($"/biometric/resume/{id}");
        Assert.Equal("/secret?page=2", back.Headers.Location!.ToString());
        using var shown = await browser.GetAsync("/secret?page=2");
        Assert.Equal("the secret", await shown.Content.ReadAsStringAsync());
        using var again = await browser.GetAsync("/secret?page=2");
        Assert.Equal(HttpStatusCode.SeeOther, again.StatusCode);
    }

    [Theory]
    [InlineData("-1.00", "EUR", "DE89370400440532013000")]
    [InlineData("0", "EUR", "DE89370400440532013000")]
    [InlineData("1e3", "EUR", "DE89370400440532013000")]
    [InlineData("250.001", "EUR", "DE89370400440532013000")]
    [InlineData("250.00", "XXZ", "DE89370400440532013000")]
    [InlineData("250.00", "EUR", "")]
    public async Task Rule_2_2_What_is_no_payment_is_a_400_and_no_challenge(string amount, string currency, string account)
    {
        await using var bank = await RelyingParty.StartAsync();
        using var browser = await bank.SignedInAsync("alice");
        using var answer = await browser.TransferAsync(amount, account, currency);
        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
        Assert.Empty(await bank.Store.ListOpenAsync("", "alice"));
    }

    [Fact]
    public async Task Rule_2_2_A_cookie_caller_who_adds_a_token_header_stays_a_cookie_caller()
    {
        await using var bank = await RelyingParty.StartAsync(setup => setup.ConfigureServicesLast = services =>
            services.Configure<Microsoft.AspNetCore.Authentication.AuthenticationOptions>(options => options.DefaultScheme = "Cookies"));
        using var browser = await bank.SignedInAsync("alice");
        using var asked = await browser.PostAsync("/settings/limit", ("value", "9000"), await browser.TokenAsync());
        var id = Browser.IdOf(asked);
        await Payments.CompleteAsync(bank, browser, id);

        // No framework's own antiforgery stands before this endpoint: it is ours alone that must not be talked out of it.
        using var request = new HttpRequestMessage(HttpMethod.Post, "/settings/limit") { Content = new FormUrlEncodedContent([new("value", "9000")]) };
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", "anything.at.all");
        using var forged = await browser.SendAsync(request);
        Assert.Equal(HttpStatusCode.BadRequest, forged.StatusCode);
        Assert.Equal(ChallengeState.Approved, (await bank.ChallengeAsync(id)).State);
    }
}
