using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using BiometricTwoFactor.Emulator;

namespace BiometricTwoFactor.AspNetCore.Tests;

/// <summary>Protocol 5.2 and 5.4 for apps: the way back is a deep link, and its code is of use with the app's token alone.</summary>
public sealed partial class Section5ClaimTests
{
    private const string AppLink = "bank-app://biometric/callback";
    private const string UniversalLink = "https://bank.example/app/callback";

    [Theory]
    [InlineData(AppLink)]
    [InlineData(UniversalLink)]
    public async Task Rule_5_2_An_app_gets_the_code_by_its_deep_link_and_claims_it_with_its_token(string link)
    {
        await using var bank = await WithAppsAsync();
        using var app = bank.NewBrowser();
        var id = await AskByTokenAsync(app, "alice.sid=7;client_id=app");
        using var started = await Payments.PostWithTokenAsync(app, $"/biometric/start/{id}", "alice.sid=7;client_id=app", ("callback", link));
        await Browser.ExpectAsync(HttpStatusCode.OK, started);
        Assert.Equal(bank.LastSession().HostedPage.AbsoluteUri, (await started.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("url").GetString());

        // What the hosted page does at its end.
        var callback = await LookAtHostedPageAsync(bank);
        var code = callback[(link.Length + 1)..];
        Assert.Equal($"{link}/{code}", callback);
        Assert.Matches("^[A-Za-z0-9_-]{27}$", code);
        bank.Secrets.Code(code);

        using var claimed = await Payments.PostWithTokenAsync(app, "/biometric/claim", "alice.sid=7;client_id=app", ("code", code));
        await Browser.ExpectAsync(HttpStatusCode.OK, claimed);
        using var done = await Payments.ApiAsync(app, Payments.Payment, id, token: "alice.sid=7;client_id=app");
        Assert.Equal($"executed {id}", await done.Content.ReadAsStringAsync());
        Assert.Single(bank.Executed);
    }

    [Theory]
    [InlineData("bank-app://biometric/other")]
    [InlineData("BANK-APP://biometric/callback")]
    [InlineData("bank-app://biometric/callback/")]
    [InlineData("bank-app://biometric/callback?a=1")]
    [InlineData("https://evil.example/callback")]
    [InlineData("")]
    public async Task Rule_5_2_A_link_that_is_not_listed_opens_no_session(string link)
    {
        await using var bank = await WithAppsAsync();
        using var app = bank.NewBrowser();
        var id = await AskByTokenAsync(app, "alice.one");
        using var refused = await Payments.PostWithTokenAsync(app, $"/biometric/start/{id}", "alice.one", ("callback", link));
        Assert.Equal(HttpStatusCode.BadRequest, refused.StatusCode);
        Assert.Empty(bank.Provider.Sessions);

        using var twice = await Payments.PostWithTokenAsync(app, $"/biometric/start/{id}", "alice.one", ("callback", AppLink), ("callback", UniversalLink));
        Assert.Equal(HttpStatusCode.BadRequest, twice.StatusCode);
        Assert.Empty(bank.Provider.Sessions);

        using var without = await Payments.PostWithTokenAsync(app, $"/biometric/start/{id}", "alice.one");
        await Browser.ExpectAsync(HttpStatusCode.OK, without);
        Assert.StartsWith(new Uri(bank.Address, "/biometric/callback/").AbsoluteUri, await LookAtHostedPageAsync(bank), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Rule_5_2_A_browsers_code_comes_back_to_its_own_origin_whatever_it_names()
    {
        await using var bank = await WithAppsAsync();
        using var browser = await bank.SignedInAsync("alice");
        var id = await browser.AskAsync();
        using var refused = await browser.PostAsync($"/biometric/start/{id}", ("callback", AppLink), await browser.TokenAsync());
        Assert.Equal(HttpStatusCode.BadRequest, refused.StatusCode);
        // A token beside the cookie makes no app of a browser: this challenge is the cookie's.
        using var both = await Payments.PostWithTokenAsync(browser, $"/biometric/start/{id}", "alice.one", ("callback", AppLink), await browser.TokenAsync());
        Assert.NotEqual(HttpStatusCode.OK, both.StatusCode);
        Assert.Empty(bank.Provider.Sessions);
    }

    [Theory]
    [InlineData("bob.one")]
    [InlineData("alice.two")]
    [InlineData(null)]
    public async Task Rule_5_4_Another_app_that_took_the_link_ends_the_challenge_and_gains_nothing(string? token)
    {
        await using var bank = await WithAppsAsync();
        using var app = bank.NewBrowser();
        var id = await AskByTokenAsync(app, "alice.one");
        using var started = await Payments.PostWithTokenAsync(app, $"/biometric/start/{id}", "alice.one", ("callback", AppLink));
        var code = (await bank.Provider.CompleteAsync(bank.LastSession().Id))!.Segments[^1];

        using var other = bank.NewBrowser();
        using var taken = token is null
            ? await other.PostAsync("/biometric/claim", ("code", code), await other.TokenAsync())
            : await Payments.PostWithTokenAsync(other, "/biometric/claim", token, ("code", code));
        Assert.Equal(HttpStatusCode.NotFound, taken.StatusCode);
        Assert.Equal(ChallengeState.Violated, (await bank.ChallengeAsync(id)).State);

        using var late = await Payments.PostWithTokenAsync(app, "/biometric/claim", "alice.one", ("code", code));
        // The app that asked is told how it ended.
        Assert.Equal("declined", (await late.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("state").GetString());
        using var refused = await Payments.ApiAsync(app, Payments.Payment, id, token: "alice.one");
        Assert.NotEqual(HttpStatusCode.OK, refused.StatusCode);
        Assert.Empty(bank.Executed);
    }

    private static Task<RelyingParty> WithAppsAsync() => RelyingParty.StartAsync(setup => setup.Options = options =>
    {
        options.NativeCallbacks.Add(AppLink);
        options.NativeCallbacks.Add(UniversalLink);
    });

    private static async Task<string> AskByTokenAsync(Browser app, string token)
    {
        using var asked = await Payments.ApiAsync(app, Payments.Payment, token: token);
        await Browser.ExpectAsync(HttpStatusCode.Unauthorized, asked);
        return (await asked.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("challengeId").GetString()!;
    }

    private static async Task<string> LookAtHostedPageAsync(RelyingParty bank)
    {
        var callback = await bank.Provider.CompleteAsync(bank.LastSession().Id, SandboxScenario.Approve);
        return callback!.GetLeftPart(UriPartial.Path);
    }
}
