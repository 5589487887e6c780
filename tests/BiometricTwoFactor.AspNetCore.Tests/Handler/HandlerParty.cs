using System.Security.Claims;
using BiometricTwoFactor.Emulator;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.Extensions.DependencyInjection;

namespace BiometricTwoFactor.AspNetCore.Tests;

/// <summary>A relying party with the authentication handler, and what a person does there.</summary>
internal static class HandlerParty
{
    public static Task<RelyingParty> StartAsync(
        Action<BiometricAuthenticationOptions>? handler = null, Action<RelyingPartySetup>? configure = null, ISignInFinisher? finisher = null) =>
        RelyingParty.StartAsync(setup =>
        {
            setup.ConfigureServices = services =>
            {
                services.AddAuthentication().AddBiometric(options => handler?.Invoke(options));
                services.AddAuthorization(options => options.AddPolicy(
                    "recent-face", new AuthorizationPolicyBuilder(BiometricDefaults.AuthenticationScheme).RequireAuthenticatedUser().Build()));
                if (finisher is not null)
                {
                    services.AddSingleton(finisher);
                }
            };
            setup.Map = Map;
            configure?.Invoke(setup);
        });

    /// <summary>Gives the first factor, and gets the id of the challenge for the second.</summary>
    public static async Task<string> BeginSignInAsync(Browser browser, string user, string returnUrl = "/me", string factors = "pwd")
    {
        using var answer = await browser.PostAsync("/begin", ("user", user), ("returnUrl", returnUrl), ("factors", factors));
        answer.EnsureSuccessStatusCode();
        return await answer.Content.ReadAsStringAsync();
    }

    /// <summary>Shows a face, comes back and claims; gives where the page goes next.</summary>
    public static async Task<string> ShowFaceAsync(RelyingParty bank, Browser browser, string id, string scenario = SandboxScenario.Approve)
    {
        await browser.StartedAsync(id);
        var callback = await bank.Provider.CompleteAsync(bank.LastSession().Id, scenario);
        var (_, _, next) = await browser.ClaimAsync(callback!);
        return next!;
    }

    /// <summary>Signs in, asks for the account, shows a face and is let in.</summary>
    public static async Task OpenAccountAsync(RelyingParty bank, Browser browser)
    {
        using var asked = await browser.GetAsync("/account");
        var next = await ShowFaceAsync(bank, browser, Browser.IdOf(asked));
        using var done = await browser.GetAsync(next);
        Assert.Equal("/account", done.Headers.Location?.ToString());
    }

    public static async Task<string[]> MeAsync(Browser browser)
    {
        using var answer = await browser.GetAsync("/me");
        answer.EnsureSuccessStatusCode();
        return (await answer.Content.ReadAsStringAsync()).Split('\n');
    }

    public static IEnumerable<string> CookiesOf(HttpResponseMessage answer) =>
        answer.Headers.TryGetValues("Set-Cookie", out var values) ? values : [];

    /// <summary>Every claim of the request, with the identity that it stands on.</summary>
    public static string Claims(ClaimsPrincipal user) => string.Join('\n', user.Identities.SelectMany(identity =>
        identity.Claims.Select(claim => $"{identity.Label ?? identity.AuthenticationType} {claim.Type}={claim.Value}")));

    private static void Map(WebApplication app)
    {
        app.MapGet("/account", (ClaimsPrincipal user) => Claims(user)).RequireAuthorization("recent-face");
        app.MapPost("/account", ([FromForm] string note) => "noted " + note).RequireAuthorization("recent-face");
        app.MapGet("/api/account", () => "the account").RequireAuthorization("recent-face").DisableCookieRedirect();
        app.MapPost("/api/account", (Note note) => "noted " + note.Text).RequireAuthorization("recent-face");
        app.MapGet("/statements", (HttpContext context) => Claims(context.User)).RequireBiometric(StepUpReason.LoginNewDevice, "Open your statements");
        app.MapGet("/me", (ClaimsPrincipal user) => Claims(user)).RequireAuthorization();
        app.MapPost("/settings/claims", (HttpContext context) => Claims(context.User)).RequireBiometric(StepUpReason.SettingsChange);
        app.MapGet("/ask", (string? to, string? title) => Results.Challenge(
            new BiometricChallengeProperties { RedirectUri = to, Title = title }, [BiometricDefaults.AuthenticationScheme]));
        app.MapPost("/begin", BeginAsync).DisableAntiforgery();
    }

    /// <summary>What the sign-in room does with whoever has given a password.</summary>
    private static async Task<string> BeginAsync(
        HttpContext context, [FromForm] string user, [FromForm] string returnUrl, [FromForm] string factors, [FromServices] PreSignIn partial,
        [FromServices] SignInPlans plans, [FromServices] StepUpDemands demands, [FromServices] ChallengeMaker challenges)
    {
        var binding = partial.Begin(context, tenant: "", user);
        var question = new StepUpQuestion(StepUpReason.LoginNewDevice, "sign-in");
        var identity = new ClaimsIdentity([new Claim(ClaimTypes.NameIdentifier, user), new Claim("amr", "otp"), new Claim("colour", "green")], "Password");
        var ticket = new AuthenticationTicket(new ClaimsPrincipal(identity), "Password");
        var outcome = await challenges.MakeAsync(
            new ChallengeOrder(binding, ChallengeKind.SignIn, question, demands.For(binding.Tenant, question, AskingDevice.Unknown))
            {
                Factors = factors.Split(',', StringSplitOptions.RemoveEmptyEntries),
                SealedSignIn = plans.Seal(new SignInPlan
                {
                    Handler = BiometricDefaults.AuthenticationScheme,
                    Ticket = TicketSerializer.Default.Serialize(ticket),
                    ReturnUrl = returnUrl,
                }),
            },
            context.RequestAborted);
        return outcome.Challenge!.Id;
    }

    private sealed record Note(string Text);
}
