using System.Net;
using System.Net.Http.Json;
using System.Security.Claims;
using BiometricTwoFactor.Emulator;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.Extensions.DependencyInjection;

namespace BiometricTwoFactor.AspNetCore.Tests;

/// <summary>An application with a login page of its own, and a way back in for who forgot the password.</summary>
internal static class OwnLogin
{
    public const string PartialCookie = ".Biometric.Pre";

    public static Task<RelyingParty> StartAsync(Action<RelyingPartySetup>? configure = null) => RelyingParty.StartAsync(setup =>
    {
        setup.ConfigureServices = services => services.AddAuthentication().AddBiometric();
        setup.Map = Map;
        configure?.Invoke(setup);
    });

    public static void Map(WebApplication app)
    {
        // Whoever posts here has given the right password.
        app.MapPost("/own/login", async (HttpContext context, BiometricSignIn signIn, [FromForm] string user, [FromForm] string? returnUrl, [FromForm] bool? stay) =>
        {
            var identity = new ClaimsIdentity([new Claim(ClaimTypes.NameIdentifier, user)], "own");
            var step = await signIn.ContinueAsync(context, new ClaimsPrincipal(identity), returnUrl, new AuthenticationProperties { IsPersistent = stay == true });
            context.Response.Headers["X-Outcome"] = step.Outcome.ToString();
            return Results.LocalRedirect(step.Url);
        }).DisableAntiforgery();
        app.MapGet("/me", (ClaimsPrincipal me) => Results.Json(me.Claims.Select(claim => $"{claim.Type[(claim.Type.LastIndexOf('/') + 1)..]}={claim.Value}"))).RequireAuthorization();
        app.MapPost("/recovery/begin", async (HttpContext context, BiometricSignIn signIn, [FromForm] string user) =>
        {
            var step = await signIn.BeginRecoveryAsync(context, user, "/recovery/new");
            context.Response.Headers["X-Outcome"] = step.Outcome.ToString();
            return Results.LocalRedirect(step.Url);
        }).DisableAntiforgery();
        app.MapGet("/recovery/new", async (HttpContext context, BiometricSignIn signIn) => await signIn.FindRecoveryAsync(context) ?? "nobody");
        app.MapPost("/recovery/new", async (HttpContext context, BiometricSignIn signIn) =>
            (await signIn.UseRecoveryAsync(context) ?? "nobody") + " " + context.Features.Get<IBiometricApprovalFeature>()?.Challenge.Kind).DisableAntiforgery();
    }

    /// <summary>Gives the password; says what came of it and where it leads.</summary>
    public static async Task<(string Outcome, string Url)> GivePasswordAsync(this Browser browser, string user, string returnUrl = "/me", bool stay = false)
    {
        using var answer = await browser.PostAsync("/own/login", ("user", user), ("returnUrl", returnUrl), ("stay", stay ? "true" : "false"));
        await Browser.ExpectAsync(HttpStatusCode.Found, answer);
        return (answer.Headers.GetValues("X-Outcome").Single(), answer.Headers.Location!.ToString());
    }

    /// <summary>Gives the password where a face must follow; the id of its challenge.</summary>
    public static async Task<string> AskToSignInAsync(this Browser browser, string user, string returnUrl = "/me", bool stay = false)
    {
        var (outcome, url) = await browser.GivePasswordAsync(user, returnUrl, stay);
        Assert.Equal("FaceRequired", outcome);
        return IdOf(url);
    }

    public static async Task<string> AskToRecoverAsync(this Browser browser, string user)
    {
        using var answer = await browser.PostAsync("/recovery/begin", ("user", user));
        await Browser.ExpectAsync(HttpStatusCode.Found, answer);
        Assert.Equal("FaceRequired", answer.Headers.GetValues("X-Outcome").Single());
        return Browser.IdOf(answer);
    }

    /// <summary>Looks into the camera and claims; where it goes on, if anywhere.</summary>
    public static async Task<string?> LookAsync(this RelyingParty bank, Browser browser, string id, string scenario = SandboxScenario.Approve)
    {
        await browser.StartedAsync(id);
        var callback = await bank.Provider.CompleteAsync(bank.LastSession().Id, scenario);
        return (await browser.ClaimAsync(callback!)).Next;
    }

    /// <summary>From the password to the session.</summary>
    public static async Task<string> SignInByFaceAsync(this RelyingParty bank, Browser browser, string user, string returnUrl = "/me", bool stay = false)
    {
        var id = await browser.AskToSignInAsync(user, returnUrl, stay);
        Assert.Equal(returnUrl, await bank.CompleteAsync(browser, id));
        return id;
    }

    /// <summary>From the challenge to where the completed sign-in leads.</summary>
    public static async Task<string> CompleteAsync(this RelyingParty bank, Browser browser, string id)
    {
        var next = await bank.LookAsync(browser, id);
        Assert.Equal($"/biometric/complete/{id}", next);
        using var done = await browser.GetAsync(next!);
        Assert.True(done.StatusCode is HttpStatusCode.SeeOther or HttpStatusCode.Found, $"{done.StatusCode}");
        return done.Headers.Location!.ToString();
    }

    /// <summary>The claims of who is signed in; null when nobody is.</summary>
    public static async Task<string[]?> WhoAsync(this Browser browser)
    {
        using var answer = await browser.GetAsync("/me");
        return answer.StatusCode == HttpStatusCode.OK ? await answer.Content.ReadFromJsonAsync<string[]>() : null;
    }

    public static bool HasCookie(this Browser browser, string name) =>
        browser.Cookies.GetCookies(browser.Address).Any(cookie => cookie.Name == name && !cookie.Expired);

    /// <summary>What ends with the browser's window: every cookie without an end of its own.</summary>
    public static void CloseWindow(this Browser browser)
    {
        foreach (var cookie in browser.Cookies.GetCookies(browser.Address).Where(cookie => cookie.Expires == DateTime.MinValue))
        {
            cookie.Expired = true;
        }
    }

    public static string IdOf(string confirmUrl)
    {
        Assert.StartsWith("/biometric/confirm/", confirmUrl, StringComparison.Ordinal);
        return confirmUrl["/biometric/confirm/".Length..];
    }
}
