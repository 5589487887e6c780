using System.Net;
using System.Net.Http.Json;
using System.Security.Claims;
using System.Text.Json;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Authorization.Policy;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.Extensions.DependencyInjection;

namespace BiometricTwoFactor.AspNetCore.Tests;

/// <summary>The attribute where applications put it, and beside what they have already.</summary>
public sealed class SurfaceTests
{
    [Fact]
    public async Task A_controllers_action_asks_for_a_face_and_runs_once_with_it()
    {
        await using var bank = await StartWithControllersAsync();
        using var browser = await bank.SignedInAsync("alice");
        using var forged = await browser.PostAsync("/mvc/settings/email", ("address", "a@example.com"));
        Assert.Equal(HttpStatusCode.BadRequest, forged.StatusCode);

        using var asked = await browser.PostAsync("/mvc/settings/email", ("address", "a@example.com"), await browser.TokenAsync());
        await Browser.ExpectAsync(HttpStatusCode.SeeOther, asked);
        var id = Browser.IdOf(asked);
        using var confirm = await browser.GetAsync($"/biometric/confirm/{id}");
        Assert.Contains("Change your e-mail address", await confirm.Content.ReadAsStringAsync(), StringComparison.Ordinal);
        await Payments.CompleteAsync(bank, browser, id);

        using var done = await browser.ResumeAsync(id);
        Assert.Equal("a@example.com", await done.Content.ReadAsStringAsync());
        using var again = await browser.PostAsync("/mvc/settings/email", ("address", "a@example.com"), await browser.TokenAsync());
        Assert.Equal(HttpStatusCode.SeeOther, again.StatusCode);
    }

    [Fact]
    public async Task An_api_controller_answers_401_instead_of_a_redirect()
    {
        await using var bank = await StartWithControllersAsync();
        using var browser = await bank.SignedInAsync("alice");
        using var request = new HttpRequestMessage(HttpMethod.Post, "/mvc/api/email") { Content = JsonContent.Create(new { address = "a@example.com" }) };
        using var asked = await browser.SendAsync(request);
        Assert.Equal(HttpStatusCode.Unauthorized, asked.StatusCode);
        Assert.True((await asked.Content.ReadFromJsonAsync<JsonElement>()).TryGetProperty("challengeId", out _));
    }

    [Fact]
    public async Task Where_there_is_no_request_that_could_wait_for_a_face_the_policy_refuses()
    {
        await using var bank = await RelyingParty.StartAsync();
        using var scope = bank.Services.CreateScope();
        var user = new ClaimsPrincipal(new ClaimsIdentity([new Claim(ClaimTypes.NameIdentifier, "alice")], "Cookies"));
        var authorization = scope.ServiceProvider.GetRequiredService<IAuthorizationService>();
        var policy = new RequireBiometricAttribute(StepUpReason.SettingsChange).Policy!;

        // A hub invocation or a component comes with a resource of its own, or with none.
        Assert.False((await authorization.AuthorizeAsync(user, new object(), policy)).Succeeded);
        Assert.False((await authorization.AuthorizeAsync(user, null, policy)).Succeeded);
        Assert.False((await authorization.AuthorizeAsync(user, new DefaultHttpContext { RequestServices = scope.ServiceProvider }, policy)).Succeeded);
    }

    [Fact]
    public async Task The_applications_own_result_handler_keeps_everything_but_the_face()
    {
        await using var bank = await RelyingParty.StartAsync(setup =>
        {
            setup.ConfigureServices = services => services.AddSingleton<IAuthorizationMiddlewareResultHandler, Teapot>();
            setup.Map = app => app.MapGet("/staff", () => "staff only").RequireAuthorization(policy => policy.RequireRole("staff"));
        });
        using var browser = await bank.SignedInAsync("alice");
        using var refused = await browser.GetAsync("/staff");
        Assert.Equal(418, (int)refused.StatusCode);
        using var asked = await browser.GetAsync("/secret");
        Assert.Equal(HttpStatusCode.SeeOther, asked.StatusCode);
    }

    [Fact]
    public async Task Who_lacks_more_than_a_face_is_not_asked_for_one()
    {
        await using var bank = await RelyingParty.StartAsync(setup => setup.Map = app =>
            app.MapGet("/staff", () => "staff only").RequireAuthorization(policy => policy.RequireRole("staff")).RequireBiometric(StepUpReason.SettingsChange));
        using var browser = await bank.SignedInAsync("alice");
        using var refused = await browser.GetAsync("/staff");
        Assert.StartsWith("/Account/AccessDenied", refused.Headers.Location!.PathAndQuery, StringComparison.Ordinal);
        Assert.Empty(await bank.Store.ListOpenAsync("", "alice"));
    }

    private static Task<RelyingParty> StartWithControllersAsync() => RelyingParty.StartAsync(setup =>
    {
        // With views: the antiforgery attribute of controllers lives there.
        setup.ConfigureServices = services => services.AddControllersWithViews().AddApplicationPart(typeof(SurfaceTests).Assembly);
        setup.Map = app => app.MapControllers();
    });

    private sealed class Teapot : IAuthorizationMiddlewareResultHandler
    {
        public Task HandleAsync(RequestDelegate next, HttpContext context, AuthorizationPolicy policy, PolicyAuthorizationResult authorizeResult)
        {
            if (authorizeResult.Succeeded)
            {
                return next(context);
            }

            context.Response.StatusCode = StatusCodes.Status418ImATeapot;
            return Task.CompletedTask;
        }
    }
}

[Route("mvc/settings")]
public sealed class SettingsController : Controller
{
    [HttpPost("email")]
    [ValidateAntiForgeryToken]
    [RequireBiometric(StepUpReason.SettingsChange, Title = "Change your e-mail address")]
    public IActionResult ChangeEmail([FromForm] string address) => Content(address);
}

[ApiController]
[Route("mvc/api")]
public sealed class SettingsApiController : ControllerBase
{
    public sealed record Change(string Address);

    [HttpPost("email")]
    [RequireBiometric(StepUpReason.SettingsChange)]
    public IActionResult ChangeEmail(Change change) => Content(change.Address);
}
