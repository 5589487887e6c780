using BiometricTwoFactor.Emulator;

namespace BiometricTwoFactor.AspNetCore.Tests;

/// <summary>Protocol 6.7 for what does not wait for a review.</summary>
public sealed partial class Section6VerdictTests
{
    [Fact]
    public async Task Rule_6_7_A_sign_in_that_is_held_needs_a_new_face()
    {
        await using var bank = await HandlerParty.StartAsync();
        using var browser = bank.NewBrowser();
        var id = await HandlerParty.BeginSignInAsync(browser, "alice");
        await HandlerParty.ShowFaceAsync(bank, browser, id, SandboxScenario.ReviewFaceMatchBorderline);
        var session = bank.LastSession().Id;
        var ended = await bank.ChallengeAsync(id);
        Assert.Equal((ChallengeState.NotFinished, JudgementReason.ReviewNotAwaited), (ended.State, ended.ReasonCodes[0]));

        // What a reviewer says afterwards changes nothing, and the next try is a new challenge with a session of its own.
        await bank.Provider.ReviewAsync(session, approved: true);
        await bank.Provider.WebhooksIdleAsync();
        Assert.Equal(ChallengeState.NotFinished, (await bank.ChallengeAsync(id)).State);
        var again = await HandlerParty.BeginSignInAsync(browser, "alice");
        Assert.NotEqual(id, again);
        await bank.SweepAsync();
        using var done = await browser.GetAsync(await HandlerParty.ShowFaceAsync(bank, browser, again));
        Assert.Equal("/me", done.Headers.Location!.ToString());
    }

    [Fact]
    public async Task Rule_6_7_Account_access_that_is_held_needs_a_new_face()
    {
        await using var bank = await HandlerParty.StartAsync();
        using var browser = await bank.SignedInAsync("alice");
        using var asked = await browser.GetAsync("/account");
        var id = Browser.IdOf(asked);
        await HandlerParty.ShowFaceAsync(bank, browser, id, SandboxScenario.ReviewFaceMatchBorderline);
        Assert.Equal(ChallengeState.NotFinished, (await bank.ChallengeAsync(id)).State);
    }

    [Fact]
    public async Task Rule_6_7_A_sign_in_that_was_claimed_enrols_nobody()
    {
        await using var bank = await HandlerParty.StartAsync();
        using var browser = bank.NewBrowser();
        var id = await HandlerParty.BeginSignInAsync(browser, "alice");
        await HandlerParty.ShowFaceAsync(bank, browser, id);
        Assert.Equal(ChallengeState.Approved, (await bank.ChallengeAsync(id)).State);
        Assert.Null(await bank.Store.FindEnrolmentAsync("", "alice"));
        Assert.DoesNotContain(StepUpEventKind.Enrolled, bank.Events.Kinds);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Rule_6_7_A_sign_in_whose_steps_were_sent_back_waits_for_nobody(bool access)
    {
        await using var bank = await HandlerParty.StartAsync();
        using var browser = access ? await bank.SignedInAsync("alice") : bank.NewBrowser();
        var id = access ? await Bodies.AskedAsync(browser.GetAsync("/account")) : await HandlerParty.BeginSignInAsync(browser, "alice");
        await browser.StartedAsync(id);
        bank.Provider.Faults.Unavailable = true; // so that no decision read comes first
        using var sentBack = await Deliveries.SendAsync(bank, VerdictOf(bank, id, "Resubmitted"));
        Assert.Equal(System.Net.HttpStatusCode.OK, sentBack.StatusCode);
        var ended = await bank.ChallengeAsync(id);
        Assert.Equal((ChallengeState.NotFinished, JudgementReason.ReviewNotAwaited), (ended.State, ended.ReasonCodes.Count > 0 ? ended.ReasonCodes[0] : ""));
    }

    [Fact]
    public async Task Rule_6_7_A_sign_in_that_turns_out_to_have_been_in_review_is_confirmed_by_nobody()
    {
        await using var bank = await HandlerParty.StartAsync();
        using var browser = bank.NewBrowser();
        var id = await HandlerParty.BeginSignInAsync(browser, "alice");
        await HandlerParty.ShowFaceAsync(bank, browser, id);
        await bank.Provider.WebhooksIdleAsync();
        using var late = await Deliveries.SendAsync(bank, VerdictOf(bank, id, "In Review"));
        var settled = await bank.UntilAsync(id, challenge => !challenge.IsOpen || (challenge.CameOutOfReview && challenge.FrozenAt is null));
        Assert.Equal(ChallengeState.Revoked, settled.State);
        Assert.Contains(JudgementReason.ReviewNotAwaited, settled.ReasonCodes);
    }

    private static string VerdictOf(RelyingParty bank, string id, string status) =>
        Deliveries.Verdict(bank.LastSession().Id.ToString(), id).Replace("\"Approved\"", $"\"{status}\"", StringComparison.Ordinal);
}
