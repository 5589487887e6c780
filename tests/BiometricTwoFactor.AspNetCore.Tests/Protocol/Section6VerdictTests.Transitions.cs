using System.Net;
using System.Text;
using BiometricTwoFactor.Emulator;

namespace BiometricTwoFactor.AspNetCore.Tests;

public sealed partial class Section6VerdictTests
{
    [Fact]
    public async Task Rule_6_7_An_approval_out_of_review_is_confirmed_once_more_and_then_used()
    {
        await using var bank = await RelyingParty.StartAsync();
        using var browser = await bank.SignedInAsync("alice");
        var id = await Reviews.HeldAsync(bank, browser);
        Assert.Equal("held", await Reviews.StateAsync(browser, id));
        Assert.Empty(bank.Executed);

        await bank.Provider.ReviewAsync(bank.LastSession().Id, approved: true);
        await bank.UntilAsync(id, challenge => challenge.State == ChallengeState.Approved);
        Assert.Equal("awaits-confirmation", await Reviews.StateAsync(browser, id));
        using var early = await browser.GetAsync($"/biometric/resume/{id}");
        Assert.Equal($"/biometric/confirm/{id}", early.Headers.Location!.ToString());

        await Reviews.ConfirmAsync(browser, id);
        using var done = await browser.ResumeAsync(id);
        Assert.Equal($"executed {id}", await done.Content.ReadAsStringAsync());
    }

    [Fact]
    public async Task Rule_6_7_The_subject_confirms_it_from_a_new_sign_in_which_replaces_the_binding()
    {
        await using var bank = await RelyingParty.StartAsync();
        using var former = await bank.SignedInAsync("alice");
        using var later = await bank.SignedInAsync("alice");
        using var mallory = await bank.SignedInAsync("mallory");
        var id = await Reviews.HeldAsync(bank, former);
        await bank.Provider.ReviewAsync(bank.LastSession().Id, approved: true);
        await bank.UntilAsync(id, challenge => challenge.State == ChallengeState.Approved);

        using var foreign = await mallory.PostAsync($"/biometric/confirm/{id}", await mallory.TokenAsync());
        Assert.Equal(HttpStatusCode.NotFound, foreign.StatusCode);
        using var cancelled = await later.PostAsync($"/biometric/cancel/{id}", await later.TokenAsync());
        Assert.Equal(HttpStatusCode.NotFound, cancelled.StatusCode); // to confirm is all that another sign-in of the subject may
        await Reviews.ConfirmAsync(later, id);
        using var old = await former.GetAsync($"/biometric/resume/{id}");
        Assert.Equal(HttpStatusCode.NotFound, old.StatusCode);
        former.Cookies.GetCookies(bank.Address)[".AspNetCore.Cookies"]!.Expired = true;
        await former.SignInAsync("alice"); // in the browser that started it, and not in the one that confirmed
        using var again = await former.GetAsync($"/biometric/resume/{id}");
        Assert.Equal(HttpStatusCode.NotFound, again.StatusCode);
        using var done = await later.ResumeAsync(id);
        Assert.Equal($"executed {id}", await done.Content.ReadAsStringAsync());
    }

    [Fact]
    public async Task Rule_6_6_A_review_that_ends_in_no_declines_for_good()
    {
        await using var bank = await RelyingParty.StartAsync();
        using var browser = await bank.SignedInAsync("alice");
        var id = await Reviews.HeldAsync(bank, browser);
        await bank.Provider.ReviewAsync(bank.LastSession().Id, approved: false);
        await bank.UntilAsync(id, challenge => challenge.State == ChallengeState.Declined);
        await bank.Provider.ReviewAsync(bank.LastSession().Id, approved: true); // somebody overturns it by hand
        await bank.Provider.WebhooksIdleAsync();
        Assert.Equal(ChallengeState.Declined, (await bank.ChallengeAsync(id)).State);
        Assert.Empty(bank.Executed);
    }

    [Fact]
    public async Task Rule_6_7_Policy_can_refuse_every_approval_out_of_review()
    {
        await using var bank = await RelyingParty.StartAsync(setup => setup.Options = options => options.AllowApprovalAfterReview = false);
        using var browser = await bank.SignedInAsync("alice");
        var id = await Reviews.HeldAsync(bank, browser);
        await bank.Provider.ReviewAsync(bank.LastSession().Id, approved: true);
        Assert.NotEqual(ChallengeState.Approved, (await bank.UntilAsync(id, challenge => challenge.State != ChallengeState.InReview)).State);
    }

    [Fact]
    public async Task Rule_6_7_A_review_of_a_capture_that_nobody_claimed_ends_at_the_deadline()
    {
        var time = new ManualTime();
        await using var bank = await RelyingParty.StartAsync(setup => setup.Time = time);
        using var browser = await bank.SignedInAsync("alice");
        var id = await browser.AskAsync();
        await browser.StartedAsync(id);
        await bank.Provider.CompleteAsync(bank.LastSession().Id, SandboxScenario.ReviewFaceMatchBorderline);
        await bank.UntilAsync(id, challenge => challenge.State == ChallengeState.InReview);
        time.Advance(TimeSpan.FromMinutes(10));
        await bank.SweepAsync();
        Assert.False((await bank.ChallengeAsync(id)).IsOpen);
    }

    [Fact]
    public async Task Rule_6_6_A_reversal_revokes_an_unused_approval()
    {
        await using var bank = await RelyingParty.StartAsync();
        using var browser = await bank.SignedInAsync("alice");
        var id = await Payments.ApprovedAsync(bank, browser);
        await bank.Provider.ReviewAsync(bank.LastSession().Id, approved: false);
        var revoked = await bank.UntilAsync(id, challenge => !challenge.IsOpen);
        Assert.Equal(ChallengeState.Revoked, revoked.State);
        using var resumed = await browser.GetAsync($"/biometric/resume/{id}");
        Assert.Equal($"/biometric/confirm/{id}", resumed.Headers.Location!.ToString());
        Assert.Empty(bank.Executed);
    }

    [Fact]
    public async Task Rule_6_6_A_reversal_of_a_used_approval_is_an_alarm_and_changes_nothing()
    {
        await using var bank = await RelyingParty.StartAsync();
        using var browser = await bank.SignedInAsync("alice");
        var id = await Payments.ApprovedAsync(bank, browser);
        using var done = await browser.ResumeAsync(id);
        await bank.Provider.ReviewAsync(bank.LastSession().Id, approved: false);
        await bank.Provider.WebhooksIdleAsync();
        Assert.Equal(ChallengeState.Consumed, (await bank.ChallengeAsync(id)).State);
        Assert.Contains(StepUpEventKind.ReversedAfterUse, bank.Events.Kinds);
    }

    [Fact]
    public async Task Rule_6_6_An_earlier_status_that_comes_late_takes_nothing_away()
    {
        await using var bank = await RelyingParty.StartAsync();
        using var browser = await bank.SignedInAsync("alice");
        var id = await browser.AskAsync();
        await browser.StartedAsync(id);
        var session = bank.LastSession().Id;
        bank.Provider.Faults.HoldWebhooks = true;
        await bank.Provider.OpenAsync(session);
        bank.Provider.Faults.HoldWebhooks = false;
        var callback = await bank.Provider.CompleteAsync(session);
        Assert.Equal("approved", (await browser.ClaimAsync(callback!)).State);
        await bank.Provider.Faults.ReleaseWebhooksAsync(); // "In Progress", after "Approved"
        await bank.Provider.WebhooksIdleAsync();

        var settled = await bank.UntilAsync(id, challenge => challenge.FrozenAt is null);
        Assert.Equal(ChallengeState.Approved, settled.State);
        using var done = await browser.ResumeAsync(id);
        Assert.Equal($"executed {id}", await done.Content.ReadAsStringAsync());
    }

    [Fact]
    public async Task Rule_6_6_An_earlier_status_that_comes_late_does_not_end_a_review()
    {
        await using var bank = await RelyingParty.StartAsync();
        using var browser = await bank.SignedInAsync("alice");
        var id = await browser.AskAsync();
        await browser.StartedAsync(id);
        var session = bank.LastSession().Id;
        bank.Provider.Faults.HoldWebhooks = true;
        await bank.Provider.OpenAsync(session);
        bank.Provider.Faults.HoldWebhooks = false;
        var callback = await bank.Provider.CompleteAsync(session, SandboxScenario.ReviewFaceMatchBorderline);
        Assert.Equal("held", (await browser.ClaimAsync(callback!)).State);
        await bank.Provider.Faults.ReleaseWebhooksAsync(); // "In Progress", after "In Review"

        var read = await bank.UntilAsync(id, challenge => challenge.LastReadAt is not null || !challenge.IsOpen);
        Assert.Equal(ChallengeState.InReview, read.State);
    }

    [Fact]
    public async Task Rule_6_7_Steps_that_a_reviewer_sends_back_end_the_challenge_and_the_next_try_is_a_new_one()
    {
        await using var bank = await RelyingParty.StartAsync();
        using var browser = await bank.SignedInAsync("alice");
        var id = await Reviews.HeldAsync(bank, browser);
        using var operatorsClient = new HttpClient { BaseAddress = bank.Provider.BaseAddress };
        operatorsClient.DefaultRequestHeaders.Add("x-api-key", bank.Provider.ApiKey);
        using var content = new StringContent("""{"new_status":"Resubmitted"}""", System.Text.Encoding.UTF8, "application/json");
        using var sentBack = await operatorsClient.PatchAsync($"/v3/session/{bank.LastSession().Id}/update-status/", content);
        Assert.Equal(HttpStatusCode.OK, sentBack.StatusCode);

        Assert.Equal(ChallengeState.NotFinished, (await bank.UntilAsync(id, challenge => challenge.State != ChallengeState.InReview)).State);
        Assert.NotEqual(id, await browser.AskAsync());
    }

    [Theory]
    [InlineData(SandboxScenario.DeclineFaceMatchLowSimilarity)]
    [InlineData(SandboxScenario.DeclineLivenessAttack)]
    [InlineData(SandboxScenario.DeclineIpBlocklist)]
    public async Task Rule_6_9_Every_biometric_cause_of_a_refusal_looks_the_same(string scenario)
    {
        await using var bank = await RelyingParty.StartAsync();
        using var browser = await bank.SignedInAsync("alice");
        var id = await browser.AskAsync();
        await Payments.CompleteAsync(bank, browser, id, scenario);
        using var page = await browser.GetAsync($"/biometric/confirm/{id}");
        var html = await page.Content.ReadAsStringAsync();
        Assert.Equal("declined", await Reviews.StateAsync(browser, id));
        Assert.Contains("We could not confirm that it is you", html, StringComparison.Ordinal);
        foreach (var word in new[] { "iveness", "imilarity", "attack", "score", "match", "blocklist" })
        {
            Assert.DoesNotContain(word, html, StringComparison.OrdinalIgnoreCase);
        }

        Assert.Empty(bank.Executed);
    }

    [Theory]
    [InlineData(SandboxScenario.Abandon)]
    [InlineData(SandboxScenario.Expire)]
    public async Task Rule_6_6_A_capture_that_came_to_nothing_ends_the_challenge_and_counts_as_no_failure(string scenario)
    {
        await using var bank = await RelyingParty.StartAsync();
        using var browser = await bank.SignedInAsync("alice");
        var id = await browser.AskAsync();
        await browser.StartedAsync(id);
        await bank.Provider.CompleteAsync(bank.LastSession().Id, scenario);
        Assert.Equal(ChallengeState.NotFinished, (await bank.UntilAsync(id, challenge => !challenge.IsOpen)).State);
        Assert.Equal("not-finished", await Reviews.StateAsync(browser, id));
        Assert.Equal(0, await bank.Store.CountDeclinesInARowAsync("", "alice", "", DateTimeOffset.MinValue));
    }

    [Fact]
    public async Task Rule_6_1_The_long_poll_is_released_by_the_verdict()
    {
        var time = new ManualTime(); // its clock stands still: no time limit could release the poll
        await using var bank = await RelyingParty.StartAsync(setup => setup.Time = time);
        using var browser = await bank.SignedInAsync("alice");
        var id = await browser.AskAsync();
        await browser.StartedAsync(id);
        var version = (await bank.ChallengeAsync(id)).Version;
        var poll = browser.GetAsync($"/biometric/challenges/{id}?wait=30&version={version}");
        Assert.False(poll.IsCompleted);
        await bank.Provider.CompleteAsync(bank.LastSession().Id, SandboxScenario.DeclineLivenessAttack);
        using var answer = await poll;
        Assert.Contains("\"declined\"", await answer.Content.ReadAsStringAsync(), StringComparison.Ordinal);
    }
}
