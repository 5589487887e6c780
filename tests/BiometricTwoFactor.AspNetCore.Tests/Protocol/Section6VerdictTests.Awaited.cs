using BiometricTwoFactor.Emulator;
using Microsoft.AspNetCore.Builder;

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
    [InlineData("sign-in")]
    [InlineData("recovery")]
    [InlineData("access")]
    public async Task Rule_6_7_What_waits_for_no_review_is_not_confirmed_out_of_one_that_its_approval_overtook(string kind)
    {
        await using var bank = await OwnLogin.StartAsync(AlsoAccess);
        using var browser = bank.NewBrowser();
        var id = await AskForAsync(browser, kind);
        await browser.StartedAsync(id);
        var session = bank.LastSession().Id;
        bank.Provider.Faults.HoldWebhooks = true;
        var callback = await bank.Provider.CompleteAsync(session, SandboxScenario.ReviewFaceMatchBorderline);
        bank.Provider.Faults.HoldWebhooks = false;
        await bank.Provider.ReviewAsync(session, approved: true);
        await browser.ClaimAsync(callback!);
        Assert.Equal(ChallengeState.Approved, (await bank.ChallengeAsync(id)).State);
        await bank.Provider.Faults.ReleaseWebhooksAsync(); // "In Review", after "Approved"

        await AskedAnewAsync(bank, browser, kind, id);
    }

    [Theory]
    [InlineData("sign-in")]
    [InlineData("recovery")]
    [InlineData("access")]
    public async Task Rule_6_7_What_waits_for_no_review_is_not_confirmed_after_steps_were_sent_back(string kind)
    {
        await using var bank = await OwnLogin.StartAsync(AlsoAccess);
        using var browser = bank.NewBrowser();
        var id = await AskForAsync(browser, kind);
        await browser.StartedAsync(id);
        bank.Provider.Faults.NextWebhookBody = body => WithStatus(body, "Resubmitted");
        var callback = await bank.Provider.CompleteAsync(bank.LastSession().Id);
        await browser.ClaimAsync(callback!);

        await AskedAnewAsync(bank, browser, kind, id);
    }

    private static void AlsoAccess(RelyingPartySetup setup)
    {
        var map = setup.Map!;
        setup.Map = app =>
        {
            map(app);
            app.MapGet("/statements", () => "statements").RequireBiometric(StepUpReason.LoginNewDevice, "Open your statements");
        };
    }

    private static async Task<string> AskForAsync(Browser browser, string kind)
    {
        switch (kind)
        {
            case "sign-in":
                return await browser.AskToSignInAsync("alice");
            case "recovery":
                return await browser.AskToRecoverAsync("alice");
            default:
                await browser.SignInAsync("alice");
                using (var asked = await browser.GetAsync("/statements"))
                {
                    return Browser.IdOf(asked);
                }
        }
    }

    private static async Task AskedAnewAsync(RelyingParty bank, Browser browser, string kind, string id)
    {
        var ended = await bank.UntilAsync(id, challenge => !challenge.IsOpen || (challenge.CameOutOfReview && challenge.FrozenAt is null));
        Assert.True(ended.State is ChallengeState.Revoked or ChallengeState.NotFinished, $"{ended.State}");
        using var confirmed = await browser.PostAsync($"/biometric/confirm/{id}", await browser.TokenAsync());
        Assert.False((await bank.ChallengeAsync(id)).IsOpen);
        await bank.SweepAsync(); // the refused session is deleted, so that a face counts again
        Assert.NotEqual(id, await AskForAsync(browser, kind));
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
        Assert.Equal(ChallengeState.NotFinished, (await bank.ChallengeAsync(id)).State);
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
