using System.Net;
using System.Security.Claims;
using BiometricTwoFactor.Emulator;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;

namespace BiometricTwoFactor.AspNetCore.Tests;

/// <summary>Every turn of the handler is the application's to see, to answer, or to leave alone.</summary>
public sealed class EventTests
{
    [Fact]
    public async Task A_challenge_is_told_of_and_may_be_answered_by_the_application()
    {
        await using var bank = await HandlerParty.StartAsync(handler => handler.Events.OnChallenge = async context =>
        {
            context.HandleResponse();
            context.Response.StatusCode = StatusCodes.Status418ImATeapot;
            await context.Response.WriteAsync($"{context.Challenge.Kind} {context.ConfirmUrl} {context.Properties.RedirectUri}");
        });
        using var browser = await bank.SignedInAsync("alice");
        using var answer = await browser.GetAsync("/ask?to=/me");
        Assert.Equal((HttpStatusCode)418, answer.StatusCode);
        var id = (await bank.Store.ListOpenAsync("", "alice")).Single().Id;
        Assert.Equal($"Access /biometric/confirm/{id} /me", await answer.Content.ReadAsStringAsync());

        using var attribute = await browser.GetAsync("/statements");
        Assert.Equal((HttpStatusCode)418, attribute.StatusCode); // the attribute's goes the same way
    }

    [Fact]
    public async Task A_challenge_that_is_skipped_ends_and_leaves_the_answer_to_the_sign_in()
    {
        await using var bank = await HandlerParty.StartAsync(handler => handler.Events.OnChallenge = context =>
        {
            context.SkipHandler();
            return Task.CompletedTask;
        });
        using var browser = await bank.SignedInAsync("alice");
        using var answer = await browser.GetAsync("/account");
        Assert.Equal("/login?ReturnUrl=%2Faccount", answer.Headers.Location!.PathAndQuery);
        Assert.Empty(await bank.Store.ListOpenAsync("", "alice"));
    }

    [Fact]
    public async Task What_is_approved_may_be_added_to_and_led_elsewhere()
    {
        await using var bank = await HandlerParty.StartAsync(handler =>
        {
            handler.Events.OnApproved = context =>
            {
                Assert.Equal(ChallengeState.Consumed, context.Challenge.State);
                ((ClaimsIdentity)context.Principal!.Identity!).AddClaim(new Claim("shoe", "42"));
                context.ReturnUrl = "/welcome";
                return Task.CompletedTask;
            };
            handler.Events.OnTicketReceived = context =>
            {
                ((ClaimsIdentity)context.Principal!.Identity!).AddClaim(new Claim("hat", "7"));
                return Task.CompletedTask;
            };
        });
        using var browser = bank.NewBrowser();
        var id = await HandlerParty.BeginSignInAsync(browser, "alice");
        using var done = await browser.GetAsync(await HandlerParty.ShowFaceAsync(bank, browser, id));
        Assert.Equal("/welcome", done.Headers.Location!.ToString());
        var me = await HandlerParty.MeAsync(browser);
        Assert.Contains("Password shoe=42", me);
        Assert.Contains("Password hat=7", me);
    }

    [Fact]
    public async Task An_approval_that_the_application_answers_for_signs_nobody_in_and_opens_nothing()
    {
        await using var bank = await HandlerParty.StartAsync(handler => handler.Events.OnApproved = context =>
        {
            context.HandleResponse();
            return context.Response.WriteAsync("handled " + context.Challenge.Kind);
        });
        using var browser = bank.NewBrowser();
        var id = await HandlerParty.BeginSignInAsync(browser, "alice");
        using var done = await browser.GetAsync(await HandlerParty.ShowFaceAsync(bank, browser, id));
        Assert.Equal("handled SignIn", await done.Content.ReadAsStringAsync());
        Assert.DoesNotContain(HandlerParty.CookiesOf(done), cookie => cookie.StartsWith(".AspNetCore.Cookies=", StringComparison.Ordinal));
        Assert.Equal(ChallengeState.Consumed, (await bank.ChallengeAsync(id)).State); // used all the same

        await browser.SignInAsync("alice");
        using var asked = await browser.GetAsync("/account");
        using var access = await browser.GetAsync(await HandlerParty.ShowFaceAsync(bank, browser, Browser.IdOf(asked)));
        Assert.Equal("handled Access", await access.Content.ReadAsStringAsync());
        using var account = await browser.GetAsync("/account");
        await Browser.ExpectAsync(HttpStatusCode.SeeOther, account);
    }

    [Fact]
    public async Task An_approval_that_is_skipped_falls_to_the_application_behind()
    {
        await using var bank = await HandlerParty.StartAsync(
            handler => handler.Events.OnApproved = context =>
            {
                context.SkipHandler();
                return Task.CompletedTask;
            },
            setup => setup.Map += app => app.MapGet("/biometric/complete/{id}", (HttpContext context) =>
                "behind " + context.Features.Get<IBiometricApprovalFeature>()!.Challenge.State));
        using var browser = await bank.SignedInAsync("alice");
        using var asked = await browser.GetAsync("/account");
        using var done = await browser.GetAsync(await HandlerParty.ShowFaceAsync(bank, browser, Browser.IdOf(asked)));
        Assert.Equal("behind Consumed", await done.Content.ReadAsStringAsync());
        using var account = await browser.GetAsync("/account");
        await Browser.ExpectAsync(HttpStatusCode.SeeOther, account);
    }

    [Theory]
    [InlineData(SandboxScenario.DeclineFaceMatchLowSimilarity, "declined Declined")]
    [InlineData(SandboxScenario.DeclineLivenessAttack, "declined Declined")]
    [InlineData(SandboxScenario.ReviewFaceMatchBorderline, "held NotFinished")]
    [InlineData(SandboxScenario.Abandon, "failure NotFinished")]
    [InlineData(SandboxScenario.Expire, "failure NotFinished")]
    public async Task An_end_without_an_approval_is_told_of_and_explained_by_default(string scenario, string heard)
    {
        var events = new List<string>();
        await using var bank = await HandlerParty.StartAsync(handler => Record(handler.Events, events));
        using var browser = bank.NewBrowser();
        var id = await HandlerParty.BeginSignInAsync(browser, "alice");
        var next = await HandlerParty.ShowFaceAsync(bank, browser, id, scenario);
        Assert.Equal($"/biometric/complete/{id}", next);
        using var ended = await browser.GetAsync(next);
        Assert.Equal([heard], events);
        Assert.Equal($"/biometric/confirm/{id}", ended.Headers.Location!.ToString());
        Assert.DoesNotContain(HandlerParty.CookiesOf(ended), cookie => cookie.StartsWith(".AspNetCore.Cookies=", StringComparison.Ordinal));

        // The page is there, and goes nowhere by itself.
        using var page = await browser.GetAsync(ended.Headers.Location!.ToString());
        await Browser.ExpectAsync(HttpStatusCode.OK, page);
        Assert.DoesNotContain("wait.js", await page.Content.ReadAsStringAsync(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(SandboxScenario.DeclineFaceMatchLowSimilarity)]
    [InlineData(SandboxScenario.ReviewFaceMatchBorderline)]
    [InlineData(SandboxScenario.Abandon)]
    public async Task An_end_may_be_answered_skipped_or_led_elsewhere(string scenario)
    {
        var turn = 0;
        await using var bank = await HandlerParty.StartAsync(handler =>
        {
            handler.Events.OnDeclined = handler.Events.OnHeld = handler.Events.OnFailure = context =>
            {
                switch (turn)
                {
                    case 0:
                        context.HandleResponse();
                        return context.Response.WriteAsync("handled");
                    case 1:
                        context.SkipHandler();
                        break;
                    case 2:
                        context.RedirectUrl = "/sorry";
                        break;
                    default:
                        context.RedirectUrl = "https://evil.example/";
                        break;
                }

                return Task.CompletedTask;
            };
        });
        using var browser = await bank.SignedInAsync("alice");
        using var asked = await browser.GetAsync("/account");
        var id = Browser.IdOf(asked);
        var next = await HandlerParty.ShowFaceAsync(bank, browser, id, scenario);
        using var handled = await browser.GetAsync(next);
        Assert.Equal("handled", await handled.Content.ReadAsStringAsync());
        turn = 1;
        using var skipped = await browser.GetAsync(next);
        Assert.Equal(HttpStatusCode.NotFound, skipped.StatusCode);
        turn = 2;
        using var led = await browser.GetAsync(next);
        Assert.Equal("/sorry", led.Headers.Location!.ToString());
        turn = 3;
        using var kept = await browser.GetAsync(next);
        Assert.Equal($"/biometric/confirm/{id}", kept.Headers.Location!.ToString());
    }

    [Fact]
    public async Task A_failure_of_the_applications_own_code_is_the_frameworks_remote_failure()
    {
        await using var bank = await HandlerParty.StartAsync(handler =>
        {
            handler.Events.OnApproved = _ => throw new InvalidOperationException("of the application's own");
            handler.Events.OnRemoteFailure = context =>
            {
                context.HandleResponse();
                return context.Response.WriteAsync(context.Failure!.Message);
            };
        });
        using var browser = bank.NewBrowser();
        var id = await HandlerParty.BeginSignInAsync(browser, "alice");
        using var done = await browser.GetAsync(await HandlerParty.ShowFaceAsync(bank, browser, id));
        Assert.Equal("of the application's own", await done.Content.ReadAsStringAsync());
        using var me = await browser.GetAsync("/me");
        Assert.Equal(HttpStatusCode.Redirect, me.StatusCode);
    }

    [Fact]
    public async Task Events_may_be_a_type_with_services()
    {
        await using var bank = await HandlerParty.StartAsync(
            handler => handler.EventsType = typeof(OwnEvents),
            setup => setup.ConfigureServicesLast = services => services.AddScoped<OwnEvents>());
        using var browser = await bank.SignedInAsync("alice");
        using var asked = await browser.GetAsync("/account");
        Assert.Equal("asked", await asked.Content.ReadAsStringAsync());
    }

    private static void Record(BiometricEvents events, List<string> heard)
    {
        events.OnDeclined = context => Hear("declined", context);
        events.OnHeld = context => Hear("held", context);
        events.OnFailure = context => Hear("failure", context);

        Task Hear(string name, BiometricEndedContext context)
        {
            heard.Add($"{name} {context.Challenge.State}");
            return Task.CompletedTask;
        }
    }

    private sealed class OwnEvents : BiometricEvents
    {
        public override Task Challenge(BiometricChallengeContext context)
        {
            context.HandleResponse();
            return context.Response.WriteAsync("asked");
        }
    }
}
