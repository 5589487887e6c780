using System.Net;

namespace BiometricTwoFactor.AspNetCore.Tests;

/// <summary>Protocol 5: the claim says that the face was shown to the browser that asked.</summary>
public sealed partial class Section5ClaimTests
{
    [Theory]
    [InlineData(null)]
    [InlineData("alice")]
    [InlineData("mallory")]
    public async Task Rule_5_4_A_link_that_is_completed_in_another_browser_approves_nothing_and_ends_the_challenge(string? signedInThereAs)
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
    public async Task Rule_5_3_An_approval_that_nobody_claimed_cannot_be_used()
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
    public async Task Rule_5_2_Status_approved_in_the_callbacks_query_is_not_even_read()
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
    public async Task Rule_5_3_A_callback_that_is_opened_before_anybody_opened_the_session_ends_the_challenge()
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
    public async Task Rule_5_3_A_repeated_claim_of_the_same_browser_changes_nothing()
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
    public async Task Rule_5_1_A_guessed_code_finds_nothing()
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
    public async Task Rule_5_2_A_claim_without_the_pages_own_antiforgery_token_is_refused_and_ends_nothing()
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
    public async Task Rule_5_3_An_unclaimed_approval_ends_at_the_deadline_and_is_no_failure()
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
    public async Task Rule_5_5_Only_an_option_that_says_so_lets_an_approval_be_used_unclaimed()
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
    public async Task Rule_5_1_A_host_header_of_an_attacker_does_not_reach_the_callback()
    {
        await using var bank = await RelyingParty.StartAsync(setup => setup.Options = options => options.PublicOrigin = "https://bank.example");
        using var browser = await bank.SignedInAsync("alice");
        var id = await browser.AskAsync();
        await browser.StartedAsync(id);
        Assert.StartsWith("https://bank.example/biometric/callback/", bank.LastSession().Callback, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Rule_5_2_A_signed_post_to_the_callback_is_a_webhook()
    {
        await using var bank = await RelyingParty.StartAsync();
        using var browser = await bank.SignedInAsync("alice");
        var id = await browser.AskAsync();
        await browser.StartedAsync(id);
        bank.Provider.WebhookUrl = new Uri(bank.LastSession().Callback!);
        await bank.Provider.CompleteAsync(bank.LastSession().Id);
        Assert.Equal(ChallengeState.Approved, (await bank.UntilAsync(id, challenge => challenge.State != ChallengeState.Pending)).State);
    }
}
