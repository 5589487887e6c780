using System.Net;
using BiometricTwoFactor.Emulator;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;

namespace BiometricTwoFactor.AspNetCore.Tests;

/// <summary>The face as the second factor of a sign-in: completed once, for the browser that gave the first.</summary>
public sealed class SignInTests
{
    [Fact]
    public async Task The_kept_ticket_is_signed_in_with_truthful_claims_and_leads_where_it_was_meant_to()
    {
        await using var bank = await HandlerParty.StartAsync();
        using var browser = bank.NewBrowser();
        var id = await HandlerParty.BeginSignInAsync(browser, "alice");
        using var early = await browser.GetAsync("/me");
        Assert.Equal(HttpStatusCode.Redirect, early.StatusCode); // a partial sign-in admits to nothing

        var next = await HandlerParty.ShowFaceAsync(bank, browser, id);
        Assert.Equal($"/biometric/complete/{id}", next);
        using var done = await browser.GetAsync(next);
        Assert.Equal("/me", done.Headers.Location!.ToString());

        var me = await HandlerParty.MeAsync(browser);
        var challenge = await bank.ChallengeAsync(id);
        Assert.Equal(ChallengeState.Consumed, challenge.State);
        Assert.Contains("Password http://schemas.xmlsoap.org/ws/2005/05/identity/claims/nameidentifier=alice", me);
        Assert.Contains("Password colour=green", me);
        Assert.Equal(["Password amr=face", "Password amr=pwd", "Password amr=mfa"], me.Where(claim => claim.Contains(" amr=", StringComparison.Ordinal)));
        Assert.Contains("Password acr=urn:biometric-step-up:login_new_device", me);
        Assert.Contains($"Password auth_time={challenge.ApprovedAt!.Value.ToUnixTimeSeconds()}", me);
        Assert.Contains($"Password biometric_challenge={id}", me);
        Assert.Contains($"Password biometric_digest={challenge.Digest}", me);
    }

    [Fact]
    public async Task The_second_time_nothing_happens()
    {
        await using var bank = await HandlerParty.StartAsync();
        using var browser = bank.NewBrowser();
        var id = await HandlerParty.BeginSignInAsync(browser, "alice");
        var partial = browser.Cookies.GetCookies(bank.Address)[".Biometric.Pre"]!.Value;
        var next = await HandlerParty.ShowFaceAsync(bank, browser, id);
        using var done = await browser.GetAsync(next);
        using var again = await browser.GetAsync(next);
        Assert.Equal(HttpStatusCode.NotFound, again.StatusCode); // the partial sign-in has ended with the first

        // Whoever kept its cookie is led on as an honest double click is, and signed in as nobody.
        using var thief = bank.NewBrowser();
        thief.Cookies.Add(bank.Address, new Cookie(".Biometric.Pre", partial));
        using var replay = await thief.GetAsync(next);
        Assert.Equal("/me", replay.Headers.Location!.ToString());
        Assert.Empty(HandlerParty.CookiesOf(replay));
        using var me = await thief.GetAsync("/me");
        Assert.StartsWith("/login", me.Headers.Location!.PathAndQuery, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Twenty_at_once_sign_in_once()
    {
        await using var bank = await HandlerParty.StartAsync();
        using var browser = bank.NewBrowser();
        var id = await HandlerParty.BeginSignInAsync(browser, "alice");
        var next = await HandlerParty.ShowFaceAsync(bank, browser, id);
        var partial = browser.Cookies.GetCookies(bank.Address)[".Biometric.Pre"]!.Value;
        var answers = await Task.WhenAll(Enumerable.Range(0, 20).Select(async _ =>
        {
            using var one = bank.NewBrowser();
            one.Cookies.Add(bank.Address, new Cookie(".Biometric.Pre", partial));
            using var answer = await one.GetAsync(next);
            return HandlerParty.CookiesOf(answer).Any(cookie => cookie.StartsWith(".AspNetCore.Cookies=", StringComparison.Ordinal));
        }));
        Assert.Single(answers, signedIn => signedIn);
    }

    [Fact]
    public async Task A_head_request_or_a_post_uses_nothing()
    {
        await using var bank = await HandlerParty.StartAsync();
        using var browser = bank.NewBrowser();
        var id = await HandlerParty.BeginSignInAsync(browser, "alice");
        var next = await HandlerParty.ShowFaceAsync(bank, browser, id);
        foreach (var method in new[] { HttpMethod.Head, HttpMethod.Post })
        {
            using var request = new HttpRequestMessage(method, next);
            using var answer = await browser.SendAsync(request);
            Assert.Equal(HttpStatusCode.NotFound, answer.StatusCode);
        }

        Assert.Equal(ChallengeState.Approved, (await bank.ChallengeAsync(id)).State);
    }

    [Fact]
    public async Task What_is_not_approved_yet_leads_to_its_page_and_stays()
    {
        await using var bank = await HandlerParty.StartAsync();
        using var browser = bank.NewBrowser();
        var id = await HandlerParty.BeginSignInAsync(browser, "alice");
        using var early = await browser.GetAsync($"/biometric/complete/{id}");
        Assert.Equal($"/biometric/confirm/{id}", early.Headers.Location!.ToString());
        Assert.Equal(ChallengeState.Pending, (await bank.ChallengeAsync(id)).State);
    }

    [Fact]
    public async Task A_finisher_signs_in_in_its_own_way_once_the_approval_is_used()
    {
        var finisher = new Finisher();
        await using var bank = await HandlerParty.StartAsync(finisher: finisher);
        using var browser = bank.NewBrowser();
        finisher.Partial = new PartialSignIn("alice", ["pwd"]);
        using var asked = await browser.GetAsync("/ask?to=/me");
        var id = Browser.IdOf(asked);
        Assert.Equal(ChallengeKind.SignIn, (await bank.ChallengeAsync(id)).Kind);

        finisher.Partial = null;
        var next = await HandlerParty.ShowFaceAsync(bank, browser, id);
        using var done = await browser.GetAsync(next);
        Assert.Equal("/finished?at=/me", done.Headers.Location!.ToString());
        Assert.Equal([$"{id} Consumed pwd"], finisher.Finished);
    }

    [Fact]
    public async Task A_finisher_that_leads_elsewhere_is_not_followed()
    {
        var finisher = new Finisher { Answer = "https://evil.example", Partial = new PartialSignIn("alice", ["pwd"]) };
        await using var bank = await HandlerParty.StartAsync(finisher: finisher);
        using var browser = bank.NewBrowser();
        using var asked = await browser.GetAsync("/ask");
        var next = await HandlerParty.ShowFaceAsync(bank, browser, Browser.IdOf(asked));
        using var done = await browser.GetAsync(next);
        Assert.Equal("/", done.Headers.Location!.ToString());
    }

    [Fact]
    public async Task Nobody_to_ask_goes_to_the_applications_own_sign_in()
    {
        await using var bank = await HandlerParty.StartAsync(finisher: new Finisher());
        using var browser = bank.NewBrowser();
        using var asked = await browser.GetAsync("/ask?to=/me");
        Assert.Equal("/login?ReturnUrl=%2Fme", asked.Headers.Location!.PathAndQuery);
        using var page = await browser.GetAsync("/account");
        Assert.Equal("/login?ReturnUrl=%2Faccount", page.Headers.Location!.PathAndQuery);
    }

    [Fact]
    public async Task A_finisher_that_is_gone_ends_the_challenge_and_uses_no_approval()
    {
        var finisher = new Finisher { Partial = new PartialSignIn("alice", ["pwd"]) };
        await using var bank = await HandlerParty.StartAsync(finisher: finisher);
        using var browser = bank.NewBrowser();
        using var asked = await browser.GetAsync("/ask");
        var id = Browser.IdOf(asked);
        var next = await HandlerParty.ShowFaceAsync(bank, browser, id);
        finisher.Name = "renamed";
        using var done = await browser.GetAsync(next);
        Assert.Equal($"/biometric/confirm/{id}", done.Headers.Location!.ToString());
        using var page = await browser.GetAsync(done.Headers.Location!.ToString());
        Assert.Contains("not finished", await page.Content.ReadAsStringAsync(), StringComparison.Ordinal);
        Assert.Equal((ChallengeState.Abandoned, JudgementReason.PlanGone), ((await bank.ChallengeAsync(id)).State, (await bank.ChallengeAsync(id)).ReasonCodes.Single()));
    }

    internal sealed class Finisher : ISignInFinisher
    {
        public string Name { get; set; } = "test";

        public PartialSignIn? Partial { get; set; }

        public string? Answer { get; set; }

        public List<string> Finished { get; } = [];

        public Task<PartialSignIn?> FindPartialAsync(HttpContext context) => Task.FromResult(Partial);

        public Task<string> FinishAsync(HttpContext context, StepUpChallenge consumed, SignInPlan plan, CancellationToken cancellationToken)
        {
            Assert.Same(consumed, context.Features.Get<IBiometricApprovalFeature>()!.Challenge);
            Finished.Add($"{consumed} {string.Join(' ', consumed.Factors)}");
            return Task.FromResult(Answer ?? "/finished?at=" + plan.ReturnUrl);
        }
    }
}
