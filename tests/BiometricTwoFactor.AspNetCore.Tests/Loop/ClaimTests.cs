using System.Net;
using System.Security.Claims;
using BiometricTwoFactor.Emulator;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;

namespace BiometricTwoFactor.AspNetCore.Tests;

/// <summary>Protocol 5: the claim says that the face was shown to the browser that asked.</summary>
public sealed class ClaimTests
{
    [Theory]
    [InlineData(null)]
    [InlineData("alice")]
    [InlineData("mallory")]
    public async Task A_link_that_is_completed_in_another_browser_approves_nothing_and_ends_the_challenge(string? signedInThereAs)
    {
        await using var bank = await RelyingParty.StartAsync();
        using var attacker = await bank.SignedInAsync("alice");
        using var victim = signedInThereAs is null ? bank.NewBrowser() : await bank.SignedInAsync(signedInThereAs);

        var id = await attacker.AskAsync();
        await attacker.StartedAsync(id);
        var callback = await bank.Provider.CompleteAsync(bank.LastSession().Id);
        await bank.UntilAsync(id, challenge => challenge.State == ChallengeState.Approved);
        var claim = await victim.ClaimAsync(callback!);

        Assert.Equal((HttpStatusCode.NotFound, "not-found", null), claim);
        var ended = await bank.ChallengeAsync(id);
        Assert.Equal(ChallengeState.Violated, ended.State);
        Assert.Contains(StepUpEventKind.ClaimedElsewhere, bank.Events.Kinds);

        // Neither the page of the asking browser nor the code itself helps any more.
        Assert.Equal("declined", (await attacker.ClaimAsync(callback!)).State);
        using var resumed = await attacker.GetAsync($"/biometric/resume/{id}");
        Assert.Equal($"/biometric/confirm/{id}", resumed.Headers.Location!.ToString());
        using var again = await attacker.TransferAsync();
        Assert.NotEqual(id, Browser.IdOf(again));
        Assert.Empty(bank.Executed);
    }

    [Fact]
    public async Task An_approval_that_nobody_claimed_cannot_be_used()
    {
        await using var bank = await RelyingParty.StartAsync();
        using var browser = await bank.SignedInAsync("alice");
        var id = await browser.AskAsync();
        await browser.StartedAsync(id);
        await bank.Provider.CompleteAsync(bank.LastSession().Id);
        await bank.UntilAsync(id, challenge => challenge.State == ChallengeState.Approved);

        using var resumed = await browser.GetAsync($"/biometric/resume/{id}");
        Assert.Equal($"/biometric/confirm/{id}", resumed.Headers.Location!.ToString());
        Assert.Equal(id, await browser.AskAsync()); // the same question, the same challenge: it is asked again, not passed
        Assert.Empty(bank.Executed);
    }

    [Fact]
    public async Task Status_approved_in_the_callbacks_query_is_not_even_read()
    {
        await using var bank = await RelyingParty.StartAsync();
        using var browser = await bank.SignedInAsync("alice");
        var id = await browser.AskAsync();
        await browser.StartedAsync(id);
        var session = bank.LastSession();
        await bank.Provider.OpenAsync(session.Id);

        using var page = await browser.GetAsync($"{new Uri(session.Callback!).AbsolutePath}?verificationSessionId={session.Id}&status=Approved");
        Assert.Equal(HttpStatusCode.OK, page.StatusCode);
        Assert.Equal(ChallengeState.Pending, (await bank.ChallengeAsync(id)).State);
        Assert.Null((await bank.ChallengeAsync(id)).ClaimedAt);
        Assert.Empty(bank.Executed);
    }

    [Fact]
    public async Task A_callback_that_is_opened_before_anybody_opened_the_session_ends_the_challenge()
    {
        await using var bank = await RelyingParty.StartAsync();
        using var browser = await bank.SignedInAsync("alice");
        var id = await browser.AskAsync();
        await browser.StartedAsync(id);

        var claim = await browser.ClaimAsync(new Uri(bank.LastSession().Callback!));
        Assert.Equal("not-finished", claim.State);
        Assert.Equal(ChallengeState.Abandoned, (await bank.ChallengeAsync(id)).State);
    }

    [Fact]
    public async Task A_repeated_claim_of_the_same_browser_changes_nothing()
    {
        await using var bank = await RelyingParty.StartAsync();
        using var browser = await bank.SignedInAsync("alice");
        var id = await browser.AskAsync();
        await browser.StartedAsync(id);
        var callback = await bank.Provider.CompleteAsync(bank.LastSession().Id);

        var first = await browser.ClaimAsync(callback!);
        var second = await browser.ClaimAsync(callback!);
        Assert.Equal(first, second);
        Assert.Equal("approved", second.State);
    }

    [Fact]
    public async Task A_guessed_code_finds_nothing()
    {
        await using var bank = await RelyingParty.StartAsync();
        using var browser = await bank.SignedInAsync("alice");
        var id = await browser.AskAsync();
        await browser.StartedAsync(id);

        var claim = await browser.ClaimAsync(new Uri(bank.Address, "/biometric/callback/AAAAAAAAAAAAAAAAAAAAAAAAAAA"));
        Assert.Equal(HttpStatusCode.NotFound, claim.Status);
        Assert.Equal(ChallengeState.Pending, (await bank.ChallengeAsync(id)).State);
    }

    [Fact]
    public async Task A_claim_without_the_pages_own_antiforgery_token_is_refused_and_ends_nothing()
    {
        await using var bank = await RelyingParty.StartAsync();
        using var browser = await bank.SignedInAsync("alice");
        var id = await browser.AskAsync();
        await browser.StartedAsync(id);
        var callback = await bank.Provider.CompleteAsync(bank.LastSession().Id);

        using var answer = await browser.PostAsync("/biometric/claim", ("code", callback!.Segments[^1]));
        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
        Assert.Null((await bank.ChallengeAsync(id)).ClaimedAt);
        Assert.True((await bank.ChallengeAsync(id)).IsOpen);
    }

    [Fact]
    public async Task The_same_person_signing_in_again_in_that_browser_takes_the_challenge_over()
    {
        await using var bank = await RelyingParty.StartAsync();
        using var browser = await bank.SignedInAsync("alice");
        var id = await browser.AskAsync();
        await browser.StartedAsync(id);
        var callback = await bank.Provider.CompleteAsync(bank.LastSession().Id);
        browser.Cookies.GetCookies(bank.Address)[".AspNetCore.Cookies"]!.Expired = true; // the session idled out meanwhile

        var early = await browser.ClaimAsync(callback!);
        Assert.Equal((HttpStatusCode.Unauthorized, "sign-in", $"/biometric/confirm/{id}"), early);
        await browser.SignInAsync("alice");
        Assert.Equal("approved", (await browser.ClaimAsync(callback!)).State);
        using var done = await browser.ResumeAsync(id);
        Assert.Equal($"executed {id}", await done.Content.ReadAsStringAsync());
    }

    [Fact]
    public async Task Another_person_signing_in_there_ends_the_challenge()
    {
        await using var bank = await RelyingParty.StartAsync();
        using var browser = await bank.SignedInAsync("alice");
        var id = await browser.AskAsync();
        await browser.StartedAsync(id);
        await browser.SignInAsync("bob");
        Assert.Equal(ChallengeState.Abandoned, (await bank.ChallengeAsync(id)).State);
    }

    [Fact]
    public async Task An_external_providers_ticket_on_the_way_back_in_neither_ends_nor_takes_the_challenge()
    {
        await using var bank = await RelyingParty.StartAsync(setup =>
        {
            setup.ConfigureServices = services => services.AddAuthentication().AddCookie("External");
            setup.Map = app => app.MapPost("/external", async (HttpContext context) =>
            {
                var identity = new ClaimsIdentity([new Claim(ClaimTypes.NameIdentifier, "the-provider's-own-id")], "External");
                await context.SignInAsync("External", new ClaimsPrincipal(identity));
            }).DisableAntiforgery();
        });
        using var browser = await bank.SignedInAsync("alice");
        var id = await browser.AskAsync();
        await browser.StartedAsync(id);
        var callback = await bank.Provider.CompleteAsync(bank.LastSession().Id);
        browser.Cookies.GetCookies(bank.Address)[".AspNetCore.Cookies"]!.Expired = true;
        var before = (await bank.ChallengeAsync(id)).Binding;

        using var external = await browser.PostAsync("/external");
        external.EnsureSuccessStatusCode();
        Assert.Equal(before, (await bank.ChallengeAsync(id)).Binding);
        Assert.Equal(HttpStatusCode.Unauthorized, (await browser.ClaimAsync(callback!)).Status);
        await browser.SignInAsync("alice");
        Assert.Equal("approved", (await browser.ClaimAsync(callback!)).State);
    }

    [Fact]
    public async Task Signing_out_by_hand_ends_the_challenge_even_after_its_approval()
    {
        await using var bank = await RelyingParty.StartAsync();
        using var browser = await bank.SignedInAsync("alice");
        var id = await browser.AskAsync();
        await browser.StartedAsync(id);
        var callback = await bank.Provider.CompleteAsync(bank.LastSession().Id);
        Assert.Equal("approved", (await browser.ClaimAsync(callback!)).State);

        await browser.SignOutAsync();
        await browser.SignInAsync("alice");
        Assert.Equal(ChallengeState.Abandoned, (await bank.ChallengeAsync(id)).State);
        Assert.NotEqual(id, await browser.AskAsync());
        Assert.Empty(bank.Executed);
    }

    [Fact]
    public async Task An_unclaimed_approval_ends_at_the_deadline_and_is_no_failure()
    {
        var time = new ManualTime();
        await using var bank = await RelyingParty.StartAsync(setup => setup.Time = time);
        using var browser = await bank.SignedInAsync("alice");
        var id = await browser.AskAsync();
        await browser.StartedAsync(id);
        await bank.Provider.CompleteAsync(bank.LastSession().Id);
        await bank.UntilAsync(id, challenge => challenge.State == ChallengeState.Approved);

        time.Advance(TimeSpan.FromMinutes(10) + TimeSpan.FromSeconds(5));
        Assert.Equal(ChallengeState.Unclaimed, (await bank.UntilAsync(id, challenge => !challenge.IsOpen)).State);
        Assert.Equal(0, await bank.Store.CountDeclinesInARowAsync("", "alice", "", DateTimeOffset.MinValue));
    }

    [Fact]
    public async Task A_claim_at_the_deadline_is_too_late_whether_or_not_anybody_swept()
    {
        var time = new ManualTime();
        await using var bank = await RelyingParty.StartAsync(setup =>
        {
            setup.Time = time;
            setup.ConfigureServicesLast = services => services.Remove(services.Single(service => service.ImplementationType == typeof(StepUpSweeper)));
        });
        using var browser = await bank.SignedInAsync("alice");
        var id = await browser.AskAsync();
        await browser.StartedAsync(id);
        var callback = await bank.Provider.CompleteAsync(bank.LastSession().Id);
        time.Advance(TimeSpan.FromMinutes(10));

        await browser.ClaimAsync(callback!);
        Assert.Null((await bank.ChallengeAsync(id)).ClaimedAt);
        using var resumed = await browser.GetAsync($"/biometric/resume/{id}");
        Assert.Equal($"/biometric/confirm/{id}", resumed.Headers.Location!.ToString());
    }

    [Fact]
    public async Task Only_an_option_that_says_so_lets_an_approval_be_used_unclaimed()
    {
        await using var bank = await RelyingParty.StartAsync(setup =>
            setup.Options = options => options.Reasons[StepUpReason.HighValueTransaction] = new StepUpReasonOptions { UsableWithoutClaim = true });
        using var browser = await bank.SignedInAsync("alice");
        var id = await browser.AskAsync();
        await browser.StartedAsync(id);
        await bank.Provider.CompleteAsync(bank.LastSession().Id);
        var approved = await bank.UntilAsync(id, challenge => challenge.State == ChallengeState.Approved);
        Assert.False(approved.ClaimRequired);
        using var done = await browser.ResumeAsync(id);
        Assert.Equal($"executed {id}", await done.Content.ReadAsStringAsync());
    }

    [Fact]
    public async Task The_callback_page_may_be_framed_by_its_own_origin_only_and_leaks_no_referrer()
    {
        await using var bank = await RelyingParty.StartAsync();
        using var browser = bank.NewBrowser();
        using var page = await browser.GetAsync("/biometric/callback/AAAAAAAAAAAAAAAAAAAAAAAAAAA?status=Approved");
        var policy = page.Headers.GetValues("Content-Security-Policy").Single();
        Assert.Contains("frame-ancestors 'self'", policy, StringComparison.Ordinal);
        Assert.Contains("default-src 'none'", policy, StringComparison.Ordinal);
        Assert.DoesNotContain("unsafe", policy, StringComparison.Ordinal);
        Assert.Equal("no-referrer", page.Headers.GetValues("Referrer-Policy").Single());
        Assert.True(page.Headers.CacheControl!.NoStore);
    }
}
