using System.Net;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authentication.Cookies;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.SignalR;
using Microsoft.Extensions.DependencyInjection;

namespace BiometricTwoFactor.AspNetCore.Tests;

/// <summary>A scheme that could never be completed, or a policy that would admit people without a face, stops the start (attack 26).</summary>
public sealed class SchemeCheckTests
{
    private static readonly AuthorizationPolicy RecentFace = new AuthorizationPolicyBuilder(BiometricDefaults.AuthenticationScheme).RequireAuthenticatedUser().Build();

    [Fact]
    public Task An_application_that_uses_it_as_it_should_starts() => StartsAsync(app =>
    {
        app.MapGet("/account", () => "").RequireAuthorization(RecentFace);
        app.MapGet("/scheme", [Authorize(AuthenticationSchemes = BiometricDefaults.AuthenticationScheme)] () => "");
        app.MapGet("/statements", () => "").RequireBiometric(StepUpReason.LoginNewDevice);
    });

    [Fact]
    public async Task It_needs_our_routes() =>
        Assert.Contains("app.MapBiometric() was not called", await With(new Starting { MapBiometric = false }).ProblemAsync(), StringComparison.Ordinal);

    [Fact]
    public async Task It_follows_the_prefix_of_our_routes()
    {
        Assert.Null(await With(new Starting { MapBiometric = false, Map = app => app.MapBiometric("/face") }).ProblemAsync());
        var elsewhere = With(new Starting(), options => options.CallbackPath = "/elsewhere");
        Assert.Contains("must be /biometric/complete", await elsewhere.ProblemAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task It_needs_a_cookie_to_sign_in_with()
    {
        var none = With(new Starting());
        none.After = services => services.Configure<AuthenticationOptions>(options => options.DefaultScheme = null);
        Assert.Contains("has no SignInScheme", await none.ProblemAsync(), StringComparison.Ordinal);
        Assert.Contains("is not there or cannot sign in", await With(new Starting(), options => options.SignInScheme = "Nowhere").ProblemAsync(), StringComparison.Ordinal);
        Assert.NotNull(await With(new Starting(), options => options.SignInScheme = BiometricDefaults.AuthenticationScheme).ProblemAsync());
    }

    [Fact]
    public async Task It_is_nobodys_default_way_of_being_signed_in()
    {
        var starting = With(new Starting(), options => options.SignInScheme = CookieAuthenticationDefaults.AuthenticationScheme);
        starting.After = services => services.Configure<AuthenticationOptions>(options => options.DefaultAuthenticateScheme = BiometricDefaults.AuthenticationScheme);
        Assert.Contains("default authenticate scheme", await starting.ProblemAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task It_needs_our_services()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Services.AddAuthentication(CookieAuthenticationDefaults.AuthenticationScheme).AddCookie().AddBiometric();
        builder.Services.AddAuthorization();
        await using var app = builder.Build();
        app.MapGet("/", () => "");
        var refusal = await Assert.ThrowsAsync<InvalidOperationException>(() => app.StartAsync());
        Assert.Contains("AddBiometricStepUp", refusal.Message, StringComparison.Ordinal);
    }

    [Fact]
    public Task Another_scheme_beside_it_would_admit_people_without_a_face() => StopsAsync("would pass without a face", app => app
        .MapGet("/", () => "").RequireAuthorization(new AuthorizationPolicyBuilder("Cookies", BiometricDefaults.AuthenticationScheme).RequireAuthenticatedUser().Build()));

    [Fact]
    public Task Another_attribute_beside_it_would_too() => StopsAsync("would pass without a face", app => app
        .MapGroup("/group").RequireAuthorization(new AuthorizeAttribute { AuthenticationSchemes = "Cookies" })
        .MapGet("/", () => "").RequireAuthorization(RecentFace));

    [Fact]
    public Task The_fallback_policy_is_no_exception() => StopsAsync(
        "The fallback policy",
        app => app.MapGet("/", () => ""),
        services => services.AddAuthorization(options =>
            options.FallbackPolicy = new AuthorizationPolicyBuilder("Cookies", BiometricDefaults.AuthenticationScheme).RequireAuthenticatedUser().Build()));

    [Fact]
    public async Task A_fallback_policy_of_it_alone_leaves_the_anonymous_endpoints_open()
    {
        var starting = With(new Starting { Map = app => app.MapGet("/login", () => "").AllowAnonymous() });
        starting.Before += services => services.AddAuthorization(options => options.FallbackPolicy = RecentFace);
        Assert.Null(await starting.ProblemAsync());
    }

    [Fact]
    public Task A_policy_that_refuses_nobody_demands_nothing() => StopsAsync("RequireAuthenticatedUser", app => app
        .MapGet("/", () => "").RequireAuthorization(new AuthorizationPolicyBuilder(BiometricDefaults.AuthenticationScheme).RequireAssertion(_ => true).Build()));

    [Fact]
    public Task Anonymous_callers_would_skip_it() => StopsAsync("allows anonymous callers", app => app
        .MapGet("/", () => "").RequireAuthorization(RecentFace).AllowAnonymous());

    [Fact]
    public Task A_hub_would_outlive_the_window() => StopsAsync("is a hub", app => app.MapHub<PlainHub>("/hub").RequireAuthorization(RecentFace), services => services.AddSignalR());

    [Fact]
    public async Task The_attribute_needs_the_handler()
    {
        var starting = new Starting { Map = app => app.MapGet("/", () => "").RequireBiometric(StepUpReason.LoginNewDevice) };
        Assert.Contains("AddBiometric()", await starting.ProblemAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public Task Account_access_binds_no_payment() => StopsAsync("can bind no payment", app => app.MapPost("/", (Payment payment) => payment.Amount)
        .RequireBiometric<Payment>(StepUpReason.LoginNewDevice, payment => Transaction.Create(payment.Amount, "EUR", "DE89370400440532013000", "Ada Lovelace")));

    [Fact]
    public async Task A_handler_for_one_cookie_admits_nobody_of_another()
    {
        await using var bank = await HandlerParty.StartAsync(
            configure: setup => setup.ConfigureServices += services => services.AddAuthentication().AddCookie("Admin").AddBiometric("AdminFace", options => options.SignInScheme = "Admin"),
            handler: null);
        using var browser = await bank.SignedInAsync("alice");
        await HandlerParty.OpenAccountAsync(bank, browser);
        using var scope = bank.Services.CreateScope();
        var schemes = scope.ServiceProvider.GetRequiredService<IAuthenticationService>();
        Assert.False((await schemes.AuthenticateAsync(WithCookies(scope, bank, browser), "AdminFace")).Succeeded);
        Assert.True((await schemes.AuthenticateAsync(WithCookies(scope, bank, browser), BiometricDefaults.AuthenticationScheme)).Succeeded);
    }

    private static DefaultHttpContext WithCookies(IServiceScope scope, RelyingParty bank, Browser browser)
    {
        var context = new DefaultHttpContext { RequestServices = scope.ServiceProvider };
        context.Request.Headers.Cookie = browser.Cookies.GetCookieHeader(bank.Address);
        return context;
    }

    private static Starting With(Starting starting, Action<BiometricAuthenticationOptions>? configure = null)
    {
        starting.Before += services => services.AddAuthentication().AddBiometric(configure ?? (_ => { }));
        return starting;
    }

    private static async Task StartsAsync(Action<WebApplication> map) => Assert.Null(await With(new Starting { Map = map }).ProblemAsync());

    private static async Task StopsAsync(string says, Action<WebApplication> map, Action<IServiceCollection>? services = null) =>
        Assert.Contains(says, await With(new Starting { Map = map, Before = services }).ProblemAsync() ?? "it starts", StringComparison.Ordinal);

    private sealed record Payment(string Amount);

    private sealed class PlainHub : Hub;
}
