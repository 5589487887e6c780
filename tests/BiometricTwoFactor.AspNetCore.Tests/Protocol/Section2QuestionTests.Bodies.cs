using System.Net;
using System.Text;
using BiometricTwoFactor.Emulator;

namespace BiometricTwoFactor.AspNetCore.Tests;

/// <summary>Protocol 2.2: whose body is sealed, when, and to whom it is ever served.</summary>
public sealed partial class Section2QuestionTests
{
    [Fact]
    public async Task Rule_2_2_A_json_post_of_a_browser_is_sealed_and_sent_on_once()
    {
        await using var bank = await RelyingParty.StartAsync(Bodies.Map);
        using var browser = await bank.SignedInAsync("alice");
        var id = await Bodies.AskedAsync(Bodies.SendAsync(browser, Bodies.Json("/notes", Bodies.Note), referrer: "/page?x=1"));
        var original = (await bank.ChallengeAsync(id)).Original;
        Assert.Equal(("POST", "/notes", "/page?x=1"), (original.Method, original.LocalUrl, original.BackUrl));
        Assert.DoesNotContain("attention", Encoding.Latin1.GetString(original.SealedContent!), StringComparison.Ordinal);
        await Payments.CompleteAsync(bank, browser, id);

        var page = await ResumePage.OpenAsync(browser, id);
        using var done = await page.SendAsync(browser);
        Assert.Equal("noted", await done.Content.ReadAsStringAsync());
        Assert.Equal(["POST application/json; charset=utf-8 " + Bodies.Note], bank.Executed);

        // Once: neither is it sent again, nor is it still there to be sent.
        using var again = await Bodies.SendAsync(browser, Bodies.Json("/notes", Bodies.Note, challenge: id));
        Assert.Equal(HttpStatusCode.Conflict, again.StatusCode);
        using var body = await browser.GetAsync(page["body-url"]!);
        Assert.Equal(HttpStatusCode.NotFound, body.StatusCode);
        using var reloaded = await browser.GetAsync($"/biometric/resume/{id}");
        Assert.Equal($"/biometric/confirm/{id}", reloaded.Headers.Location!.ToString());
        Assert.Single(bank.Executed);
    }

    [Theory]
    [InlineData("PUT")]
    [InlineData("PATCH")]
    [InlineData("DELETE")]
    public async Task Rule_2_2_Every_method_that_a_script_sends_comes_back_as_it_was(string method)
    {
        await using var bank = await RelyingParty.StartAsync(Bodies.Map);
        using var browser = await bank.SignedInAsync("alice");
        var id = await Bodies.AskedAsync(Bodies.SendAsync(browser, Bodies.Json("/notes?page=2", Bodies.Note, method)));
        await Payments.CompleteAsync(bank, browser, id);
        using var done = await (await ResumePage.OpenAsync(browser, id)).SendAsync(browser);
        await Browser.ExpectAsync(HttpStatusCode.OK, done);
        Assert.Equal([$"{method} application/json; charset=utf-8 {Bodies.Note}"], bank.Executed);
    }

    [Fact]
    public async Task Rule_2_2_A_request_without_a_body_comes_back_with_a_token_of_its_own()
    {
        await using var bank = await RelyingParty.StartAsync(Bodies.Map);
        using var browser = await bank.SignedInAsync("alice");
        using var forged = await Bodies.SendAsync(browser, new HttpRequestMessage(HttpMethod.Delete, "/notes?id=7"));
        Assert.Equal(HttpStatusCode.BadRequest, forged.StatusCode);
        Assert.Empty(await bank.Store.ListOpenAsync("", "alice"));

        var request = new HttpRequestMessage(HttpMethod.Delete, "/notes?id=7");
        request.Headers.Add("RequestVerificationToken", (await browser.TokenAsync()).Value);
        var id = await Bodies.AskedAsync(Bodies.SendAsync(browser, request));
        await Payments.CompleteAsync(bank, browser, id);
        using var done = await (await ResumePage.OpenAsync(browser, id)).SendAsync(browser);
        await Browser.ExpectAsync(HttpStatusCode.OK, done);
        Assert.Equal(["DELETE"], bank.Executed);
    }

    [Fact]
    public async Task Rule_2_2_A_form_of_a_token_alone_comes_back_by_another_method_too()
    {
        await using var bank = await RelyingParty.StartAsync(Bodies.Map);
        using var browser = await bank.SignedInAsync("alice");
        var (field, token) = await browser.TokenAsync();
        var request = new HttpRequestMessage(HttpMethod.Delete, "/notes?id=7") { Content = new FormUrlEncodedContent([new(field, token)]) };
        var id = await Bodies.AskedAsync(Bodies.SendAsync(browser, request));
        await Payments.CompleteAsync(bank, browser, id);
        using var done = await (await ResumePage.OpenAsync(browser, id)).SendAsync(browser);
        await Browser.ExpectAsync(HttpStatusCode.OK, done);
        Assert.Equal(["DELETE"], bank.Executed);
    }

    [Fact]
    public async Task Rule_2_2_A_form_that_a_script_puts_leaves_its_old_token_behind()
    {
        await using var bank = await RelyingParty.StartAsync(Bodies.Map);
        using var browser = await bank.SignedInAsync("alice");
        var (field, token) = await browser.TokenAsync();
        var request = new HttpRequestMessage(HttpMethod.Put, "/notes") { Content = new FormUrlEncodedContent([new("a", "1 & 2"), new(field, token)]) };
        var id = await Bodies.AskedAsync(Bodies.SendAsync(browser, request));
        await Payments.CompleteAsync(bank, browser, id);
        using var done = await (await ResumePage.OpenAsync(browser, id)).SendAsync(browser);
        await Browser.ExpectAsync(HttpStatusCode.OK, done);
        Assert.Equal(["PUT application/x-www-form-urlencoded a=1+%26+2"], bank.Executed);
    }

    [Fact]
    public async Task Rule_2_2_A_payment_as_json_comes_back_although_it_was_bound_before()
    {
        await using var bank = await RelyingParty.StartAsync(Bodies.Map);
        using var browser = await bank.SignedInAsync("alice");
        var id = await Bodies.AskedAsync(Bodies.SendAsync(
            browser, Bodies.Json("/pay", """{"amount":"250.00","currency":"EUR","account":"DE89370400440532013000","name":"Ada Lovelace"}""")));
        await Payments.CompleteAsync(bank, browser, id);
        using var done = await (await ResumePage.OpenAsync(browser, id)).SendAsync(browser);
        Assert.Equal($"executed {id}", await done.Content.ReadAsStringAsync());
        Assert.Equal(["250.00 EUR to DE89370400440532013000"], bank.Executed);
    }

    [Fact]
    public async Task Rule_2_2_What_was_sealed_is_served_to_its_own_browser_alone_and_only_while_it_can_be_used()
    {
        await using var bank = await RelyingParty.StartAsync(Bodies.Map);
        using var browser = await bank.SignedInAsync("alice");
        using var elsewhere = await bank.SignedInAsync("alice");
        using var mallory = await bank.SignedInAsync("mallory");
        using var nobody = bank.NewBrowser();
        var id = await Bodies.AskedAsync(Bodies.SendAsync(browser, Bodies.Json("/notes", Bodies.Note)));
        var url = $"/biometric/resume/{id}/body";
        using var early = await browser.GetAsync(url);
        Assert.Equal(HttpStatusCode.NotFound, early.StatusCode);

        await Payments.CompleteAsync(bank, browser, id);
        foreach (var other in new[] { elsewhere, mallory, nobody })
        {
            using var foreign = await other.GetAsync(url);
            Assert.Equal(HttpStatusCode.NotFound, foreign.StatusCode);
        }

        using var fromOutside = new HttpRequestMessage(HttpMethod.Get, url);
        fromOutside.Headers.Add("Sec-Fetch-Site", "cross-site");
        using var crossSite = await browser.SendAsync(fromOutside);
        Assert.Equal(HttpStatusCode.NotFound, crossSite.StatusCode);

        using var own = await browser.GetAsync(url);
        Assert.Equal(Bodies.Note, await own.Content.ReadAsStringAsync());
        Assert.True(own.Headers.CacheControl!.NoStore);
        await browser.SignOutAsync();
        using var signedOut = await browser.GetAsync(url);
        Assert.Equal(HttpStatusCode.NotFound, signedOut.StatusCode);
        await browser.SignInAsync("alice");
        using var signedInAgain = await browser.GetAsync(url);
        Assert.Equal(HttpStatusCode.NotFound, signedInAgain.StatusCode);
    }

    [Fact]
    public async Task Rule_2_2_The_body_of_a_token_caller_is_never_sealed()
    {
        await using var bank = await RelyingParty.StartAsync(Bodies.Map);
        using var app = bank.NewBrowser();
        using var asked = await Bodies.SendAsync(app, Bodies.Json("/notes", Bodies.Note, token: "alice.one"));
        Assert.Equal(HttpStatusCode.Unauthorized, asked.StatusCode);
        Assert.Null(Assert.Single(await bank.Store.ListOpenAsync("", "alice")).Original.SealedContent);
    }

    [Theory]
    [InlineData("https://evil.example", "cross-site")]
    [InlineData(null, "cross-site")]
    [InlineData("null", null)]
    public async Task Rule_2_2_Json_from_another_site_is_refused_and_makes_no_challenge(string? origin, string? site)
    {
        await using var bank = await RelyingParty.StartAsync(Bodies.Map);
        using var browser = await bank.SignedInAsync("alice");
        var request = Bodies.Json("/notes", Bodies.Note);
        request.Headers.TryAddWithoutValidation("Origin", origin is null ? [] : [origin]);
        request.Headers.TryAddWithoutValidation("Sec-Fetch-Site", site is null ? [] : [site]);
        using var answer = await Bodies.SendAsync(browser, request);
        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
        Assert.Empty(await bank.Store.ListOpenAsync("", "alice"));
    }

    [Fact]
    public async Task Rule_2_2_What_is_too_large_or_of_another_kind_is_not_kept_and_leads_back()
    {
        await using var bank = await RelyingParty.StartAsync(setup =>
        {
            Bodies.Map(setup);
            setup.Options = options => options.MaxSealedFormBytes = 100;
        });
        using var browser = await bank.SignedInAsync("alice");
        var large = await Bodies.AskedAsync(Bodies.SendAsync(browser, Bodies.Json("/notes", $"\"{new string('x', 99)}\""), referrer: "/page"));
        var text = Bodies.Json("/notes", "plain", type: "text/plain");
        text.Headers.Add("RequestVerificationToken", (await browser.TokenAsync()).Value);
        var plain = await Bodies.AskedAsync(Bodies.SendAsync(browser, text, referrer: "/page"));
        var fits = await Bodies.AskedAsync(Bodies.SendAsync(browser, Bodies.Json("/notes", $"\"{new string('x', 98)}\""), referrer: "/page"));
        Assert.Equal(new OriginalRequest("GET", "/page"), (await bank.ChallengeAsync(large)).Original);
        Assert.Equal(new OriginalRequest("GET", "/page"), (await bank.ChallengeAsync(plain)).Original);
        Assert.NotNull((await bank.ChallengeAsync(fits)).Original.SealedContent);
    }

    [Fact]
    public async Task Rule_2_2_Files_are_not_kept_unless_the_application_allows_it()
    {
        await using var bank = await RelyingParty.StartAsync(Bodies.Map);
        using var browser = await bank.SignedInAsync("alice");
        var id = await Bodies.AskedAsync(Bodies.UploadAsync(browser));
        Assert.Null((await bank.ChallengeAsync(id)).Original.SealedContent);

        // It leads back to the page; the same document sent from there passes.
        await Payments.CompleteAsync(bank, browser, id);
        using var done = await Bodies.UploadAsync(browser);
        Assert.Equal("kept", await done.Content.ReadAsStringAsync());
    }

    [Fact]
    public async Task Rule_2_2_Files_that_are_allowed_come_back_in_a_real_form()
    {
        await using var bank = await RelyingParty.StartAsync(setup =>
        {
            Bodies.Map(setup);
            setup.Options = options => { options.AllowSealedFiles = true; options.MaxSealedFilesBytes = 100; };
        });
        using var browser = await bank.SignedInAsync("alice");
        var tooLarge = await Bodies.AskedAsync(Bodies.UploadAsync(browser, new string('x', 101)));
        Assert.Null((await bank.ChallengeAsync(tooLarge)).Original.SealedContent);

        var id = await Bodies.AskedAsync(Bodies.UploadAsync(browser, "the content"));
        await Payments.CompleteAsync(bank, browser, id);
        var page = await ResumePage.OpenAsync(browser, id);
        using var done = await page.SubmitAsync(browser);
        Assert.Equal("kept", await done.Content.ReadAsStringAsync());
        Assert.Equal(["one document a \u00e9.txt text/plain the content"], bank.Executed);
        using var gone = await browser.GetAsync($"/biometric/resume/{id}/files/0");
        Assert.Equal(HttpStatusCode.NotFound, gone.StatusCode);
    }

    [Fact]
    public async Task Rule_2_2_What_did_not_end_well_leads_back_to_the_page_and_not_to_what_was_sent()
    {
        await using var bank = await RelyingParty.StartAsync(Bodies.Map);
        using var browser = await bank.SignedInAsync("alice");
        var id = await Bodies.AskedAsync(Bodies.SendAsync(browser, Bodies.Json("/notes", Bodies.Note), referrer: "/page"));
        await Payments.CompleteAsync(bank, browser, id, SandboxScenario.DeclineLivenessAttack);
        using var page = await browser.GetAsync($"/biometric/confirm/{id}");
        var html = await page.Content.ReadAsStringAsync();
        Assert.Contains("href=\"/page\"", html, StringComparison.Ordinal);
        Assert.DoesNotContain("href=\"/notes\"", html, StringComparison.Ordinal);
    }
}
