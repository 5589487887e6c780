using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using BiometricTwoFactor.Emulator;

namespace BiometricTwoFactor.AspNetCore.Tests;

public sealed partial class Section5ClaimTests
{
    [Fact]
    public async Task Rule_5_1_The_code_is_new_for_each_session_and_stored_as_a_hash_only()
    {
        await using var bank = await RelyingParty.StartAsync();
        using var browser = await bank.SignedInAsync("alice");
        HashSet<string> codes = [];
        for (var amount = 1; amount <= 3; amount++)
        {
            var id = await browser.AskAsync($"{amount}.00");
            await browser.StartedAsync(id);
            var code = new Uri(bank.LastSession().Callback!).Segments[^1];
            Assert.True(codes.Add(code));
            Assert.True(code.Length * 6 >= 128, "A code of the base64url alphabet has six bits in each character.");
            var stored = await bank.ChallengeAsync(id);
            Assert.NotEqual(code, stored.CodeHash);
            Assert.NotEqual(code, stored.Id);
            Assert.Equal(id, (await bank.Store.FindByCodeAsync(ChallengeIds.Hash(code)))!.Id);
            Assert.Null(await bank.Store.FindByCodeAsync(code));
        }
    }

    [Fact]
    public async Task Rule_5_2_To_open_the_callback_page_claims_nothing_however_often()
    {
        await using var bank = await RelyingParty.StartAsync();
        using var browser = await bank.SignedInAsync("alice");
        using var stranger = bank.NewBrowser();
        var id = await browser.AskAsync();
        await browser.StartedAsync(id);
        var callback = await bank.Provider.CompleteAsync(bank.LastSession().Id);
        var before = await bank.UntilAsync(id, challenge => challenge.State == ChallengeState.Approved);
        foreach (var visitor in new[] { stranger, browser, stranger })
        {
            using var page = await visitor.GetAsync(callback!.PathAndQuery);
            Assert.Equal(HttpStatusCode.OK, page.StatusCode);
            Assert.DoesNotContain(page.Headers, header => header.Key == "Set-Cookie"); // a token made here would belong to nobody
        }

        Assert.Equal(before, await bank.ChallengeAsync(id));
    }

    [Fact]
    public async Task Rule_5_3_Without_a_verdict_the_claim_waits_and_a_failed_read_changes_nothing()
    {
        var time = new ManualTime();
        await using var bank = await RelyingParty.StartAsync(setup => setup.Time = time);
        using var browser = await bank.SignedInAsync("alice");
        var id = await browser.AskAsync();
        await browser.StartedAsync(id);
        var session = bank.LastSession();
        await bank.Provider.OpenAsync(session.Id);

        foreach (var fails in new[] { false, true })
        {
            time.Advance(TimeSpan.FromSeconds(2)); // past the throttle of reads
            if (fails)
            {
                bank.Provider.Faults.FailNextRequests(1, 400, "{}");
            }

            var waiting = time.TimerOfAsync(TimeSpan.FromSeconds(8));
            var claim = browser.ClaimOnceAsync(new Uri(session.Callback!));
            await waiting;
            time.Advance(TimeSpan.FromSeconds(8));
            using var answer = await claim;
            Assert.Equal(HttpStatusCode.Accepted, answer.StatusCode);
            Assert.Equal((ChallengeState.Pending, null), ((await bank.ChallengeAsync(id)).State, (await bank.ChallengeAsync(id)).ClaimedAt));
        }

        var callback = await bank.Provider.CompleteAsync(session.Id);
        Assert.Equal("approved", (await browser.ClaimAsync(callback!)).State);
    }

    [Theory]
    [InlineData(SandboxScenario.Approve, ChallengeState.Approved, "approved")]
    [InlineData(SandboxScenario.DeclineLivenessAttack, ChallengeState.Declined, "declined")]
    [InlineData(SandboxScenario.ReviewFaceMatchBorderline, ChallengeState.InReview, "held")]
    [InlineData(SandboxScenario.Expire, ChallengeState.NotFinished, "not-finished")]
    public async Task Rule_5_3_Whatever_the_end_is_the_claim_tells_it_also_when_no_delivery_came(string scenario, ChallengeState state, string told)
    {
        await using var bank = await RelyingParty.StartAsync();
        using var browser = await bank.SignedInAsync("alice");
        bank.Provider.Faults.DropWebhooks = true;
        var id = await browser.AskAsync();
        await browser.StartedAsync(id);
        var callback = new Uri(bank.LastSession().Callback!);
        await bank.Provider.CompleteAsync(bank.LastSession().Id, scenario);
        var claim = await browser.ClaimAsync(callback);
        Assert.Equal((HttpStatusCode.OK, told), (claim.Status, claim.State));
        Assert.Equal(state, (await bank.ChallengeAsync(id)).State);
    }

    [Fact]
    public async Task Rule_5_3_An_approval_that_nobody_has_claimed_shows_as_waiting_and_leads_on()
    {
        await using var bank = await RelyingParty.StartAsync();
        using var browser = await bank.SignedInAsync("alice");
        var id = await browser.AskAsync();
        await browser.StartedAsync(id);
        await bank.Provider.CompleteAsync(bank.LastSession().Id);
        await bank.UntilAsync(id, challenge => challenge.State == ChallengeState.Approved);
        using var answer = await browser.GetAsync($"/biometric/challenges/{id}");
        var state = await answer.Content.ReadFromJsonAsync<JsonElement>();
        Assert.Equal("awaits-claim", state.GetProperty("state").GetString());
        Assert.False(state.TryGetProperty("next", out var next) && next.ValueKind == JsonValueKind.String); // nothing to go on with yet
        using var page = await browser.GetAsync($"/biometric/confirm/{id}");
        Assert.Contains("device", await page.Content.ReadAsStringAsync(), StringComparison.OrdinalIgnoreCase);
    }

    [Fact]
    public async Task Rule_5_4_A_live_code_elsewhere_ends_a_challenge_without_a_verdict_too_and_the_asking_browser_is_told()
    {
        await using var bank = await RelyingParty.StartAsync();
        using var asking = await bank.SignedInAsync("alice");
        using var other = await bank.SignedInAsync("alice");
        var id = await asking.AskAsync();
        await asking.StartedAsync(id);
        var session = bank.LastSession();
        await bank.Provider.OpenAsync(session.Id);
        Assert.Equal(HttpStatusCode.NotFound, (await other.ClaimAsync(new Uri(session.Callback!))).Status);
        Assert.Equal(ChallengeState.Violated, (await bank.ChallengeAsync(id)).State);
        Assert.Equal("declined", await Reviews.StateAsync(asking, id));
        Assert.Contains(StepUpEventKind.ClaimedElsewhere, bank.Events.Kinds);

        // The verdict that comes afterwards approves nothing, and the way on is a new question.
        await bank.Provider.CompleteAsync(session.Id);
        await bank.Provider.WebhooksIdleAsync();
        Assert.Equal(ChallengeState.Violated, (await bank.ChallengeAsync(id)).State);
        await bank.SweepAsync();
        var fresh = await asking.AskAsync();
        await Payments.CompleteAsync(bank, asking, fresh);
        using var done = await asking.ResumeAsync(fresh);
        Assert.Equal($"executed {fresh}", await done.Content.ReadAsStringAsync());
    }

    [Fact]
    public async Task Rule_5_5_A_reason_whose_claim_is_off_leaves_the_others_claimed()
    {
        await using var bank = await RelyingParty.StartAsync(setup =>
            setup.Options = options => options.Reasons[StepUpReason.SettingsChange] = new StepUpReasonOptions { UsableWithoutClaim = true });
        using var browser = await bank.SignedInAsync("alice");
        var id = await browser.AskAsync();
        await browser.StartedAsync(id);
        await bank.Provider.CompleteAsync(bank.LastSession().Id);
        Assert.True((await bank.UntilAsync(id, challenge => challenge.State == ChallengeState.Approved)).ClaimRequired);
        using var unclaimed = await Payments.ApiAsync(browser, Payments.Payment, challenge: id);
        Assert.Equal(HttpStatusCode.Unauthorized, unclaimed.StatusCode);
        Assert.Empty(bank.Executed);
    }
}
