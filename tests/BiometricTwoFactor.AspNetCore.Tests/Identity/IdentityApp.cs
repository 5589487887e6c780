using System.Net;
using BiometricTwoFactor.Emulator;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Identity;
using Microsoft.AspNetCore.Mvc;
using Microsoft.Extensions.DependencyInjection;

namespace BiometricTwoFactor.AspNetCore.Tests;

/// <summary>An application of ASP.NET Core Identity whose login page has the one line changed.</summary>
internal static class IdentityApp
{
    public const string Password = "Correct-horse-1";

    public static Task<RelyingParty> StartAsync(Action<RelyingPartySetup>? configure = null, Action<IServiceCollection>? services = null) => RelyingParty.StartAsync(setup =>
    {
        setup.ConfigureServices = all =>
        {
            AddIdentity(all);
            services?.Invoke(all);
        };
        setup.Map = Map;
        configure?.Invoke(setup);
    });

    private static void AddIdentity(IServiceCollection services)
    {
        services.AddSingleton<IUserStore<BankUser>, BankUsers>();
        services.AddAuthentication(options =>
            {
                // As AddIdentity has it.
                options.DefaultAuthenticateScheme = IdentityConstants.ApplicationScheme;
                options.DefaultChallengeScheme = IdentityConstants.ApplicationScheme;
                options.DefaultSignInScheme = IdentityConstants.ExternalScheme;
            })
            .AddBiometric()
            .AddIdentityCookies();
        services.ConfigureApplicationCookie(cookie => cookie.LoginPath = "/account/login");
        services.AddIdentityCore<BankUser>()
            .AddSignInManager()
            .AddTokenProvider<PhoneNumberTokenProvider<BankUser>>(TokenOptions.DefaultPhoneProvider)
            .AddBiometric<BankUser>();
    }

    private static void Map(WebApplication app)
    {
        app.MapPost("/account/login", async (
            SignInManager<BankUser> signIn, BiometricSignIn faces, [FromForm] string user, [FromForm] bool? stay, [FromForm] bool? keepSms, [FromForm] string? returnUrl) =>
        {
            var result = await signIn.PasswordSignInAsync(user, Password, stay == true, lockoutOnFailure: true);
            if (result.RequiresTwoFactor)
            {
                // The two lines for running both for a while.
                if (keepSms == true && !await faces.IsEnrolledAsync((await signIn.GetTwoFactorAuthenticationUserAsync())!.Id))
                {
                    return Results.LocalRedirect("/account/sms");
                }

                // The one line.
                return Results.Challenge(new AuthenticationProperties { RedirectUri = returnUrl ?? "/me", IsPersistent = stay == true }, ["Biometric"]);
            }

            return result.IsLockedOut ? Results.Text("locked out") : result.Succeeded ? Results.LocalRedirect("/me") : Results.Text("refused");
        });
        app.MapPost("/account/password-only", async (SignInManager<BankUser> signIn, [FromForm] string user) =>
            (await signIn.PasswordSignInAsync(user, Password, isPersistent: false, lockoutOnFailure: true)).ToString()).DisableAntiforgery();
        app.MapPost("/account/code", async (SignInManager<BankUser> signIn, [FromForm] string provider, [FromForm] string code) =>
            (await signIn.TwoFactorSignInAsync(provider, code, isPersistent: false, rememberClient: false)).ToString()).DisableAntiforgery();
        app.MapPost("/account/logout", async (HttpContext context) => await context.SignOutAsync(IdentityConstants.ApplicationScheme)).DisableAntiforgery();
        app.MapGet("/me", (System.Security.Claims.ClaimsPrincipal me) =>
            Results.Json(me.Claims.Select(claim => $"{claim.Type[(claim.Type.LastIndexOf('/') + 1)..]}={claim.Value}"))).RequireAuthorization();
    }

    public static async Task<BankUser> AddUserAsync(this RelyingParty bank, string name, string? phone = null, bool twoFactor = true)
    {
        using var scope = bank.Services.CreateScope();
        var users = scope.ServiceProvider.GetRequiredService<UserManager<BankUser>>();
        var user = new BankUser { Id = "id-of-" + name, Name = name, Phone = phone, TwoFactor = twoFactor };
        var made = await users.CreateAsync(user, Password);
        Assert.True(made.Succeeded, made.ToString());
        return user;
    }

    public static async Task<T> WithUsersAsync<T>(this RelyingParty bank, Func<UserManager<BankUser>, Task<T>> work)
    {
        using var scope = bank.Services.CreateScope();
        return await work(scope.ServiceProvider.GetRequiredService<UserManager<BankUser>>());
    }

    /// <summary>Gives the password at the login page; where it leads.</summary>
    public static async Task<string> LogInAsync(this Browser browser, string user, bool stay = false, bool keepSms = false, string? returnUrl = null)
    {
        using var answer = await browser.PostAsync(
            "/account/login", ("user", user), ("stay", stay ? "true" : "false"), ("keepSms", keepSms ? "true" : "false"), ("returnUrl", returnUrl ?? "/me"), await browser.TokenAsync());
        return answer.Headers.Location?.ToString() ?? await answer.Content.ReadAsStringAsync();
    }

    /// <summary>From the password to the claimed approval.</summary>
    public static async Task<string> ApprovedAsync(this RelyingParty bank, Browser browser, string user, bool remember = false, string scenario = SandboxScenario.Approve)
    {
        var id = OwnLogin.IdOf(await browser.LogInAsync(user));
        using var start = remember
            ? await browser.PostAsync($"/biometric/start/{id}", ("rememberDevice", "true"), await browser.TokenAsync())
            : await browser.StartAsync(id);
        await Browser.ExpectAsync(HttpStatusCode.SeeOther, start);
        var callback = await bank.Provider.CompleteAsync(bank.LastSession().Id, scenario);
        await browser.ClaimAsync(callback!);
        return id;
    }

    public static async Task<string?> FinishAsync(this Browser browser, string id)
    {
        using var done = await browser.GetAsync($"/biometric/complete/{id}");
        return done.Headers.Location?.ToString() ?? $"{(int)done.StatusCode}";
    }
}
