using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json;
using BiometricTwoFactor.Emulator;
using Microsoft.Extensions.DependencyInjection;

namespace BiometricTwoFactor.AspNetCore.Tests;

/// <summary>Protocol 7: an approval is used once, by its own binding, for exactly its facts.</summary>
public sealed class UseTests
{
    private static readonly object Payment = new { amount = "250.00", currency = "EUR", account = "DE89370400440532013000", name = "Ada Lovelace" };
    private static readonly object OtherAmount = new { amount = "2500.00", currency = "EUR", account = "DE89370400440532013000", name = "Ada Lovelace" };

    [Fact]
    public async Task A_second_use_asks_for_a_new_face()
    {
        await using var bank = await RelyingParty.StartAsync();
        using var browser = await bank.SignedInAsync("alice");
        var id = await ApprovedAsync(bank, browser);
        using var first = await browser.TransferAsync();
        Assert.Equal($"executed {id}", await first.Content.ReadAsStringAsync());

        using var second = await browser.TransferAsync();
        await Browser.ExpectAsync(HttpStatusCode.SeeOther, second);
        Assert.NotEqual(id, Browser.IdOf(second));
        Assert.Single(bank.Executed);
    }

    [Fact]
    public async Task A_hundred_requests_at_once_use_one_approval_once()
    {
        await using var bank = await RelyingParty.StartAsync();
        using var browser = await bank.SignedInAsync("alice");
        await ApprovedAsync(bank, browser);
        var token = await browser.TokenAsync();

        var answers = await Task.WhenAll(Enumerable.Range(0, 100).Select(_ => browser.PostAsync(
            "/transfers", ("Amount", "250.00"), ("Currency", "EUR"), ("Account", "DE89370400440532013000"), ("Name", "Ada Lovelace"), token)));
        Assert.Single(answers, answer => answer.StatusCode == HttpStatusCode.OK);
        Assert.Single(bank.Executed);
    }

    [Theory]
    [InlineData("250.01", "DE89370400440532013000")]
    [InlineData("2500.00", "DE89370400440532013000")]
    [InlineData("250.00", "FR1420041010050500013M02606")]
    public async Task A_changed_amount_or_payee_is_not_what_was_approved(string amount, string account)
    {
        await using var bank = await RelyingParty.StartAsync();
        using var browser = await bank.SignedInAsync("alice");
        var id = await ApprovedAsync(bank, browser);

        using var changed = await browser.TransferAsync(amount, account);
        await Browser.ExpectAsync(HttpStatusCode.SeeOther, changed);
        Assert.NotEqual(id, Browser.IdOf(changed));
        Assert.Empty(bank.Executed);
    }

    [Fact]
    public async Task The_same_amount_in_another_spelling_is_the_same_payment()
    {
        await using var bank = await RelyingParty.StartAsync();
        using var browser = await bank.SignedInAsync("alice");
        await ApprovedAsync(bank, browser);
        using var answer = await browser.TransferAsync("250.0", "de89 3704 0044 0532 0130 00");
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
    }

    [Fact]
    public async Task An_approval_that_is_named_for_a_changed_payment_is_void_from_then_on()
    {
        await using var bank = await RelyingParty.StartAsync();
        using var browser = await bank.SignedInAsync("alice");
        var id = await ApprovedAsync(bank, browser);

        using var changed = await ApiAsync(browser, OtherAmount, challenge: id);
        Assert.Equal(HttpStatusCode.Conflict, changed.StatusCode);
        Assert.Equal("urn:biometric-step-up:changed", await TypeOf(changed));
        Assert.Contains(StepUpEventKind.TransactionChanged, bank.Events.Kinds);
        using var honest = await ApiAsync(browser, Payment, challenge: id);
        Assert.Equal(HttpStatusCode.Unauthorized, honest.StatusCode);
        Assert.Empty(bank.Executed);
    }

    [Fact]
    public async Task Another_user_and_another_sign_in_of_the_same_user_find_nothing()
    {
        await using var bank = await RelyingParty.StartAsync();
        using var alice = await bank.SignedInAsync("alice");
        using var elsewhere = await bank.SignedInAsync("alice");
        using var mallory = await bank.SignedInAsync("mallory");
        var id = await ApprovedAsync(bank, alice);

        foreach (var other in new[] { elsewhere, mallory })
        {
            foreach (var path in new[] { "confirm", "resume", "challenges" })
            {
                using var answer = await other.GetAsync($"/biometric/{path}/{id}");
                Assert.Equal(HttpStatusCode.NotFound, answer.StatusCode);
            }

            using var named = await ApiAsync(other, Payment, challenge: id);
            Assert.Equal(HttpStatusCode.Unauthorized, named.StatusCode);
            using var start = await other.StartAsync(id);
            Assert.Equal(HttpStatusCode.NotFound, start.StatusCode);
            using var cancel = await other.PostAsync($"/biometric/cancel/{id}", await other.TokenAsync());
            Assert.Equal(HttpStatusCode.NotFound, cancel.StatusCode);
        }

        Assert.Equal(ChallengeState.Approved, (await bank.ChallengeAsync(id)).State);
        Assert.Empty(bank.Executed);
    }

    [Fact]
    public async Task An_api_caller_gets_the_header_of_rfc_9470_and_problem_details_and_repeats_with_the_challenge()
    {
        await using var bank = await RelyingParty.StartAsync();
        using var browser = await bank.SignedInAsync("alice");
        using var asked = await ApiAsync(browser, Payment);
        Assert.Equal(HttpStatusCode.Unauthorized, asked.StatusCode);
        var header = Assert.Single(asked.Headers.WwwAuthenticate);
        Assert.Equal("Bearer", header.Scheme);
        Assert.Contains("error=\"insufficient_user_authentication\"", header.Parameter, StringComparison.Ordinal);
        Assert.Contains("acr_values=\"urn:biometric-step-up:high_value_txn\"", header.Parameter, StringComparison.Ordinal);
        Assert.Equal("application/problem+json", asked.Content.Headers.ContentType!.MediaType);
        var problem = await asked.Content.ReadFromJsonAsync<JsonElement>();
        var id = problem.GetProperty("challengeId").GetString()!;
        Assert.Equal($"/biometric/confirm/{id}", problem.GetProperty("confirmUrl").GetString());

        await CompleteAsync(bank, browser, id);
        using var done = await ApiAsync(browser, Payment, challenge: id);
        Assert.Equal(HttpStatusCode.OK, done.StatusCode);
        using var again = await ApiAsync(browser, Payment, challenge: id);
        Assert.Equal(HttpStatusCode.Conflict, again.StatusCode);
        Assert.Equal("urn:biometric-step-up:already-used", await TypeOf(again));
        Assert.Single(bank.Executed);
    }

    [Fact]
    public async Task The_same_operation_again_neither_runs_nor_asks_for_a_second_face()
    {
        await using var bank = await RelyingParty.StartAsync();
        using var browser = await bank.SignedInAsync("alice");
        await ApprovedAsync(bank, browser);
        using var first = await ApiAsync(browser, Payment, operation: "op-1");
        using var second = await ApiAsync(browser, Payment, operation: "op-1");
        Assert.Equal((HttpStatusCode.OK, HttpStatusCode.Conflict), (first.StatusCode, second.StatusCode));
        Assert.Single(bank.Executed);
    }

    [Fact]
    public async Task A_resumed_form_that_is_sent_twice_runs_once()
    {
        await using var bank = await RelyingParty.StartAsync();
        using var browser = await bank.SignedInAsync("alice");
        var id = await ApprovedAsync(bank, browser);
        using var page = await browser.GetAsync($"/biometric/resume/{id}");
        var (action, fields) = Browser.FormOf(await page.Content.ReadAsStringAsync());
        using var first = await browser.PostAsync(action, fields);
        using var second = await browser.PostAsync(action, fields);
        Assert.Equal((HttpStatusCode.OK, HttpStatusCode.Conflict), (first.StatusCode, second.StatusCode));
        Assert.Single(bank.Executed);
    }

    [Fact]
    public async Task A_resumed_form_whose_amount_was_changed_is_refused_and_voids_the_approval()
    {
        await using var bank = await RelyingParty.StartAsync();
        using var browser = await bank.SignedInAsync("alice");
        var id = await ApprovedAsync(bank, browser);
        using var page = await browser.GetAsync($"/biometric/resume/{id}");
        var (action, fields) = Browser.FormOf(await page.Content.ReadAsStringAsync());
        var changed = fields.Select(field => field.Name == "Amount" ? (field.Name, "2500.00") : field).ToArray();
        using var refused = await browser.PostAsync(action, changed);
        Assert.Equal(HttpStatusCode.Conflict, refused.StatusCode);
        using var honest = await browser.PostAsync(action, fields);
        await Browser.ExpectAsync(HttpStatusCode.SeeOther, honest);
        Assert.NotEqual(id, Browser.IdOf(honest));
        Assert.Empty(bank.Executed);
    }

    [Fact]
    public async Task A_forged_post_makes_no_challenge_and_uses_no_approval()
    {
        await using var bank = await RelyingParty.StartAsync();
        using var browser = await bank.SignedInAsync("alice");
        var id = await ApprovedAsync(bank, browser);

        // Without a token, as another site's form would send it; and as JSON from another origin.
        using var forged = await browser.PostAsync("/transfers", ("Amount", "250.00"), ("Currency", "EUR"), ("Account", "DE89370400440532013000"), ("Name", "Ada Lovelace"));
        Assert.Equal(HttpStatusCode.BadRequest, forged.StatusCode);
        using var foreign = await ApiAsync(browser, Payment, origin: "https://evil.example");
        Assert.Equal(HttpStatusCode.BadRequest, foreign.StatusCode);
        using var setting = await browser.PostAsync("/settings/limit");
        Assert.Equal(HttpStatusCode.BadRequest, setting.StatusCode);

        Assert.Equal(id, Assert.Single(await bank.Store.ListOpenAsync("", "alice")).Id);
        Assert.Equal(ChallengeState.Approved, (await bank.ChallengeAsync(id)).State);
        Assert.Empty(bank.Executed);
    }

    [Fact]
    public async Task A_settings_change_takes_a_face_of_its_own()
    {
        await using var bank = await RelyingParty.StartAsync();
        using var browser = await bank.SignedInAsync("alice");
        await ApprovedAsync(bank, browser); // a payment's face serves no settings

        using var asked = await browser.PostAsync("/settings/limit", ("value", "9000"), await browser.TokenAsync());
        await Browser.ExpectAsync(HttpStatusCode.SeeOther, asked);
        var id = Browser.IdOf(asked);
        await CompleteAsync(bank, browser, id);

        // Nor does the face for one setting serve another.
        using var other = await browser.PostAsync("/settings/password", ("value", "x"), await browser.TokenAsync());
        await Browser.ExpectAsync(HttpStatusCode.SeeOther, other);
        Assert.NotEqual(id, Browser.IdOf(other));

        using var done = await browser.ResumeAsync(id);
        Assert.Equal("changed", await done.Content.ReadAsStringAsync());
        Assert.Equal(["setting limit"], bank.Executed);
    }

    [Fact]
    public async Task What_a_settings_form_says_is_what_the_face_approves()
    {
        await using var bank = await RelyingParty.StartAsync();
        using var browser = await bank.SignedInAsync("alice");
        using var asked = await browser.PostAsync("/settings/limit", ("value", "9000"), await browser.TokenAsync());
        var id = Browser.IdOf(asked);
        await CompleteAsync(bank, browser, id);

        using var changed = await browser.PostAsync("/settings/limit", ("value", "90000"), await browser.TokenAsync());
        await Browser.ExpectAsync(HttpStatusCode.SeeOther, changed);
        Assert.NotEqual(id, Browser.IdOf(changed));
        Assert.Empty(bank.Executed);
    }

    [Fact]
    public async Task What_the_browser_sent_last_is_what_comes_back()
    {
        await using var bank = await RelyingParty.StartAsync();
        using var browser = await bank.SignedInAsync("alice");
        var first = await browser.AskAsync();
        using var again = await browser.PostAsync(
            "/transfers", ("Amount", "250.00"), ("Currency", "EUR"), ("Account", "DE89370400440532013000"), ("Name", "Ada Lovelace"), ("note", "the newer one"), await browser.TokenAsync());
        Assert.Equal(first, Browser.IdOf(again)); // the same payment, and another word beside it
        await CompleteAsync(bank, browser, first);
        using var page = await browser.GetAsync($"/biometric/resume/{first}");
        Assert.Contains("the newer one", await page.Content.ReadAsStringAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_get_comes_back_to_its_own_address()
    {
        await using var bank = await RelyingParty.StartAsync();
        using var browser = await bank.SignedInAsync("alice");
        using var asked = await browser.GetAsync("/secret?page=2");
        var id = Browser.IdOf(asked);
        await CompleteAsync(bank, browser, id);
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
    public async Task What_is_no_payment_is_a_400_and_no_challenge(string amount, string currency, string account)
    {
        await using var bank = await RelyingParty.StartAsync();
        using var browser = await bank.SignedInAsync("alice");
        using var answer = await browser.TransferAsync(amount, account, currency);
        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
        Assert.Empty(await bank.Store.ListOpenAsync("", "alice"));
    }

    [Fact]
    public async Task A_token_caller_goes_the_same_way_without_cookies_and_another_token_finds_nothing()
    {
        await using var bank = await RelyingParty.StartAsync();
        using var app = bank.NewBrowser();
        using var asked = await ApiAsync(app, Payment, token: "alice.one");
        var id = (await asked.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("challengeId").GetString()!;

        using var started = await PostWithTokenAsync(app, $"/biometric/start/{id}", "alice.one");
        Assert.Equal(bank.LastSession().HostedPage.AbsoluteUri, (await started.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("url").GetString());
        var callback = await bank.Provider.CompleteAsync(bank.LastSession().Id);
        using var claimed = await PostWithTokenAsync(app, "/biometric/claim", "alice.one", ("code", callback!.Segments[^1]));
        Assert.Equal(HttpStatusCode.OK, claimed.StatusCode);

        using var other = await ApiAsync(app, Payment, challenge: id, token: "alice.two");
        Assert.Equal(HttpStatusCode.Unauthorized, other.StatusCode);
        using var done = await ApiAsync(app, Payment, challenge: id, token: "alice.one");
        Assert.Equal(HttpStatusCode.OK, done.StatusCode);
    }

    [Fact]
    public async Task A_cookie_caller_who_adds_a_token_header_stays_a_cookie_caller()
    {
        await using var bank = await RelyingParty.StartAsync(setup => setup.ConfigureServicesLast = services =>
            services.Configure<Microsoft.AspNetCore.Authentication.AuthenticationOptions>(options => options.DefaultScheme = "Cookies"));
        using var browser = await bank.SignedInAsync("alice");
        using var asked = await browser.PostAsync("/settings/limit", ("value", "9000"), await browser.TokenAsync());
        var id = Browser.IdOf(asked);
        await CompleteAsync(bank, browser, id);

        // No framework's own antiforgery stands before this endpoint: it is ours alone that must not be talked out of it.
        using var request = new HttpRequestMessage(HttpMethod.Post, "/settings/limit") { Content = new FormUrlEncodedContent([new("value", "9000")]) };
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", "anything.at.all");
        using var forged = await browser.SendAsync(request);
        Assert.Equal(HttpStatusCode.BadRequest, forged.StatusCode);
        Assert.Equal(ChallengeState.Approved, (await bank.ChallengeAsync(id)).State);
    }

    [Fact]
    public async Task Nobody_signed_in_is_sent_to_the_applications_own_sign_in()
    {
        await using var bank = await RelyingParty.StartAsync();
        using var browser = bank.NewBrowser();
        using var page = await browser.GetAsync("/secret");
        Assert.StartsWith("/login", page.Headers.Location!.PathAndQuery, StringComparison.Ordinal);
        using var confirm = await browser.GetAsync("/biometric/confirm/AAAAAAAAAAAAAAAAAAAAAAAAAAA");
        Assert.StartsWith("/login", confirm.Headers.Location!.PathAndQuery, StringComparison.Ordinal);
    }

    internal static async Task<string> ApprovedAsync(RelyingParty bank, Browser browser)
    {
        var id = await browser.AskAsync();
        await CompleteAsync(bank, browser, id);
        return id;
    }

    internal static async Task CompleteAsync(RelyingParty bank, Browser browser, string id, string scenario = SandboxScenario.Approve)
    {
        await browser.StartedAsync(id);
        var callback = await bank.Provider.CompleteAsync(bank.LastSession().Id, scenario);
        await browser.ClaimAsync(callback!);
    }

    private static async Task<HttpResponseMessage> ApiAsync(
        Browser browser, object payment, string? challenge = null, string? operation = null, string? origin = null, string? token = null)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, "/api/transfers") { Content = JsonContent.Create(payment) };
        Add(request, "Biometric-Challenge", challenge);
        Add(request, "Idempotency-Key", operation);
        Add(request, "Origin", origin);
        request.Headers.Authorization = token is null ? null : new AuthenticationHeaderValue("Bearer", token);
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

    private static void Add(HttpRequestMessage request, string name, string? value)
    {
        if (value is not null)
        {
            request.Headers.Add(name, value);
        }
    }

    private static async Task<string?> TypeOf(HttpResponseMessage answer) =>
        (await answer.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("type").GetString();
}
