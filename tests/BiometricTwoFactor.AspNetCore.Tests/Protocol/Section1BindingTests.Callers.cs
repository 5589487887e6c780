using System.Net;
using System.Net.Http.Json;
using System.Security.Claims;
using System.Text.Json;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authentication.Cookies;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.Extensions.DependencyInjection;

namespace BiometricTwoFactor.AspNetCore.Tests;

/// <summary>Protocol 1.1 for callers whom several schemes or a token name.</summary>
public sealed partial class Section1BindingTests
{
    [Theory]
    [InlineData("mallory", "alice")]
    [InlineData("alice", "mallory")]
    public async Task Rule_1_1_Where_two_schemes_name_two_people_the_face_of_neither_serves_the_other(string inner, string outer)
    {
        await using var bank = await TwoSchemesAsync();
        using var browser = await bank.SignedInAsync(inner);
        (await browser.PostAsync("/other/login", ("user", outer))).Dispose();
        using var asked = await browser.PostAsync("/both", await browser.TokenAsync());
        Assert.StartsWith("/login", asked.Headers.Location!.PathAndQuery, StringComparison.Ordinal);
        Assert.Empty(bank.Events.Kinds);
        Assert.Empty(bank.Executed);
    }

    [Fact]
    public async Task Rule_1_1_Where_two_schemes_name_one_person_the_face_serves()
    {
        await using var bank = await TwoSchemesAsync();
        using var browser = await bank.SignedInAsync("alice");
        (await browser.PostAsync("/other/login", ("user", "alice"))).Dispose();
        using var asked = await browser.PostAsync("/both", await browser.TokenAsync());
        var id = Browser.IdOf(asked);
        await Payments.CompleteAsync(bank, browser, id);
        using var done = await browser.ResumeAsync(id);
        Assert.Equal(["alice"], bank.Executed);
    }

    [Fact]
    public async Task Rule_1_1_A_token_of_another_client_in_the_same_session_finds_nothing()
    {
        await using var bank = await RelyingParty.StartAsync();
        using var app = bank.NewBrowser();
        const string Own = "alice.sid=7;client_id=bank";
        using var asked = await Payments.ApiAsync(app, Payments.Payment, token: Own);
        var id = (await asked.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("challengeId").GetString()!;
        using var foreign = await Payments.PostWithTokenAsync(app, $"/biometric/start/{id}", "alice.sid=7;client_id=shop");
        Assert.Equal(HttpStatusCode.NotFound, foreign.StatusCode);
        using var otherSession = await Payments.PostWithTokenAsync(app, $"/biometric/start/{id}", "alice.sid=8;client_id=bank");
        Assert.Equal(HttpStatusCode.NotFound, otherSession.StatusCode);

        // A refreshed token of the same client and session goes on.
        using var started = await Payments.PostWithTokenAsync(app, $"/biometric/start/{id}", Own + ";jti=2");
        Assert.Equal(HttpStatusCode.OK, started.StatusCode);
    }

    private static Task<RelyingParty> TwoSchemesAsync() => RelyingParty.StartAsync(setup =>
    {
        setup.ConfigureServices = services => services.AddAuthentication().AddCookie("Other");
        setup.Map = app =>
        {
            app.MapPost("/other/login", (HttpContext context, [FromForm] string user) =>
                context.SignInAsync("Other", new ClaimsPrincipal(new ClaimsIdentity([new Claim(ClaimTypes.NameIdentifier, user)], "Other")))).DisableAntiforgery();
            app.MapPost("/both", (ClaimsPrincipal me) => setup.Executed.Enqueue(me.FindFirstValue(ClaimTypes.NameIdentifier)!))
                .RequireAuthorization(policy => policy.AddAuthenticationSchemes(CookieAuthenticationDefaults.AuthenticationScheme, "Other").RequireAuthenticatedUser())
                .RequireBiometric(StepUpReason.SettingsChange);
        };
    });
}
