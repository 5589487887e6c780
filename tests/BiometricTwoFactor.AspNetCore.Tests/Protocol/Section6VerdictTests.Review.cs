using BiometricTwoFactor.Emulator;
using Microsoft.Extensions.DependencyInjection;

namespace BiometricTwoFactor.AspNetCore.Tests;

/// <summary>Protocol 6.7: the queue of what a person must look at, and what a reviewer can and cannot do.</summary>
public sealed partial class Section6VerdictTests
{
    [Fact]
    public async Task Rule_6_7_A_reviewer_finds_it_approves_it_and_the_subject_confirms_once_more()
    {
        await using var bank = await RiskyBank.StartAsync();
        using var browser = await bank.SignedInAsync("alice");
        var id = await HeldByProviderAsync(bank, browser);
        Assert.Equal(id, Assert.Single(await ReviewAsync(bank, reviews => reviews.ListAsync())).Id);
        Assert.NotNull(await ReviewAsync(bank, reviews => reviews.FindAsync(id)));

        var result = await ReviewAsync(bank, reviews => reviews.ApproveAsync(id, "otto-who-reviews", "looks like her"));
        Assert.Equal(ReviewOutcome.Done, result.Outcome);
        Assert.Equal(ChallengeState.Approved, result.Challenge!.State);
        Assert.True(result.Challenge.CameOutOfReview);
        Assert.Empty(await ReviewAsync(bank, reviews => reviews.ListAsync()));
        Assert.Equal("awaits-confirmation", await browser.StateAsync(id));
        await ConfirmedAsync(browser, id);
        using var done = await browser.ResumeAsync(id);
        Assert.Equal($"executed {id}", await done.Content.ReadAsStringAsync());

        Assert.Contains(StepUpEventKind.ReviewApproved, bank.Events.Kinds);
        Assert.DoesNotContain("otto-who-reviews", bank.Logs.All, StringComparison.Ordinal);
        Assert.DoesNotContain("looks like her", bank.Logs.All, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Rule_6_7_A_reviewer_declines_it_for_good()
    {
        await using var bank = await RiskyBank.StartAsync();
        using var browser = await bank.SignedInAsync("alice");
        var id = await HeldByProviderAsync(bank, browser);
        var result = await ReviewAsync(bank, reviews => reviews.DeclineAsync(id, "otto"));
        Assert.Equal(ReviewOutcome.Done, result.Outcome);
        Assert.Equal(ChallengeState.Declined, result.Challenge!.State);
        Assert.Equal(ReviewOutcome.NotInReview, (await ReviewAsync(bank, reviews => reviews.ApproveAsync(id, "otto"))).Outcome);
        Assert.Equal(ChallengeState.Declined, (await bank.ChallengeAsync(id)).State);
    }

    [Fact]
    public async Task Rule_6_7_Steps_sent_back_end_the_challenge()
    {
        await using var bank = await RiskyBank.StartAsync();
        using var browser = await bank.SignedInAsync("alice");
        var id = await HeldByProviderAsync(bank, browser);
        var result = await ReviewAsync(bank, reviews => reviews.SendBackAsync(id, "otto", [new NodeToResubmit("feature_face_match_1", "FACE_MATCH")], "too dark"));
        Assert.Equal(ReviewOutcome.Done, result.Outcome);
        Assert.Equal(ChallengeState.NotFinished, result.Challenge!.State);
    }

    [Fact]
    public async Task Rule_6_7_What_our_own_policy_holds_is_released_here_and_confirmed_by_the_subject()
    {
        await using var bank = await RiskyBank.StartAsync();
        using var browser = await bank.SignedInAsync("alice");
        var (id, _) = await RiskyBank.CapturedAsync(bank, browser, new CaptureOrigin { CountryCode = "US" });
        var held = Assert.Single(await ReviewAsync(bank, reviews => reviews.ListAsync()));
        Assert.Equal(["country-differs"], StepUpReviews.HoldsOf(held));

        // The provider approved it already: to approve it again changes nothing.
        Assert.Equal(ReviewOutcome.StillHeld, (await ReviewAsync(bank, reviews => reviews.ApproveAsync(id, "otto"))).Outcome);
        Assert.DoesNotContain(StepUpEventKind.ReviewApproved, bank.Events.Kinds);
        var result = await ReviewAsync(bank, reviews => reviews.ReleaseAsync(id, "otto", "she is on holiday"));
        Assert.Equal(ReviewOutcome.Done, result.Outcome);
        Assert.True(result.Challenge is { State: ChallengeState.Approved, CameOutOfReview: true, ConfirmedAt: null });
        Assert.Contains(StepUpEventKind.HoldReleased, bank.Events.Kinds);

        using var early = await browser.ResumeAsync(id);
        Assert.Empty(bank.Executed);
        await ConfirmedAsync(browser, id);
        using var done = await browser.ResumeAsync(id);
        Assert.Equal($"executed {id}", await done.Content.ReadAsStringAsync());
    }

    [Fact]
    public async Task Rule_6_7_A_release_while_the_provider_is_away_can_be_repeated()
    {
        await using var bank = await RiskyBank.StartAsync();
        using var browser = await bank.SignedInAsync("alice");
        var (id, _) = await RiskyBank.CapturedAsync(bank, browser, new CaptureOrigin { CountryCode = "US" });
        bank.Provider.Faults.AnswerNonsense = true;
        Assert.Equal(ReviewOutcome.StillHeld, (await ReviewAsync(bank, reviews => reviews.ReleaseAsync(id, "otto"))).Outcome);
        bank.Provider.Faults.AnswerNonsense = false;
        Assert.Equal(ChallengeState.Approved, (await ReviewAsync(bank, reviews => reviews.ReleaseAsync(id, "otto"))).Challenge!.State);
    }

    [Fact]
    public async Task Rule_6_7_A_release_takes_no_demand_away()
    {
        await using var bank = await RiskyBank.StartAsync();
        using var browser = await bank.SignedInAsync("alice");
        var (id, _) = await RiskyBank.CapturedAsync(bank, browser, new CaptureOrigin { CountryCode = "US", IsVpnOrTor = true });
        await ReviewAsync(bank, reviews => reviews.ReleaseAsync(id, "otto"));
        await ConfirmedAsync(browser, id);
        Assert.Equal("awaits-payee", await browser.StateAsync(id));
    }

    [Fact]
    public async Task Rule_6_7_What_both_hold_needs_both_words_in_either_order()
    {
        foreach (var releaseFirst in new[] { true, false })
        {
            await using var bank = await RiskyBank.StartAsync();
            using var browser = await bank.SignedInAsync("alice");
            var id = await browser.AskAsync();
            await browser.StartedAsync(id);
            var callback = await bank.Provider.CompleteFromAsync(bank.LastSession().Id, new CaptureOrigin { CountryCode = "US" }, SandboxScenario.ReviewFaceMatchBorderline);
            Assert.Equal("held", (await browser.ClaimAsync(callback!)).State);
            Func<StepUpReviews, Task<ReviewResult>> release = reviews => reviews.ReleaseAsync(id, "otto");
            Func<StepUpReviews, Task<ReviewResult>> approve = reviews => reviews.ApproveAsync(id, "otto");
            Assert.Equal(ReviewOutcome.StillHeld, (await ReviewAsync(bank, releaseFirst ? release : approve)).Outcome);
            await bank.Provider.WebhooksIdleAsync();
            Assert.Equal(ChallengeState.InReview, (await bank.ChallengeAsync(id)).State);
            Assert.Equal(ChallengeState.Approved, (await ReviewAsync(bank, releaseFirst ? approve : release)).Challenge!.State);
        }
    }

    [Fact]
    public async Task Rule_6_7_A_reviewer_cannot_approve_what_the_judge_refuses()
    {
        await using var bank = await RiskyBank.StartAsync(configure: setup =>
        {
            var usual = setup.Options;
            setup.Options = options =>
            {
                usual?.Invoke(options);
                options.FaceMatchFloorPercent = 90m; // above the borderline face
            };
        });
        using var browser = await bank.SignedInAsync("alice");
        var id = await HeldByProviderAsync(bank, browser);
        var result = await ReviewAsync(bank, reviews => reviews.ApproveAsync(id, "otto"));
        Assert.Equal(ReviewOutcome.Done, result.Outcome);
        Assert.Equal(ChallengeState.Declined, result.Challenge!.State);
    }

    [Fact]
    public async Task Rule_6_7_A_policy_without_approvals_out_of_review_is_not_talked_round_by_a_release()
    {
        await using var bank = await RiskyBank.StartAsync(configure: setup => setup.Options = options => options.AllowApprovalAfterReview = false);
        using var browser = await bank.SignedInAsync("alice");
        var (id, _) = await RiskyBank.CapturedAsync(bank, browser, new CaptureOrigin { CountryCode = "US" });
        await ReviewAsync(bank, reviews => reviews.ReleaseAsync(id, "otto"));
        Assert.Equal(ChallengeState.NotFinished, (await bank.ChallengeAsync(id)).State);
    }

    [Fact]
    public async Task Rule_6_7_Nobody_reviews_themselves_and_only_what_is_in_review()
    {
        await using var bank = await RiskyBank.StartAsync();
        using var browser = await bank.SignedInAsync("alice");
        var id = await HeldByProviderAsync(bank, browser);
        Assert.Equal(ReviewOutcome.OwnChallenge, (await ReviewAsync(bank, reviews => reviews.ApproveAsync(id, "alice"))).Outcome);
        Assert.Equal(ReviewOutcome.OwnChallenge, (await ReviewAsync(bank, reviews => reviews.ReleaseAsync(id, "alice"))).Outcome);
        Assert.Equal(ReviewOutcome.StillHeld, (await ReviewAsync(bank, reviews => reviews.ReleaseAsync(id, "otto"))).Outcome); // nothing of ours to release
        Assert.Null((await bank.ChallengeAsync(id)).HoldReleasedAt);
        Assert.Equal(ReviewOutcome.NotFound, (await ReviewAsync(bank, reviews => reviews.ApproveAsync("nothing", "otto"))).Outcome);

        var pending = await browser.AskAsync("1.00");
        Assert.Equal(ReviewOutcome.NotInReview, (await ReviewAsync(bank, reviews => reviews.ReleaseAsync(pending, "otto"))).Outcome);
        Assert.Null(await ReviewAsync(bank, reviews => reviews.FindAsync(pending)));
        await Assert.ThrowsAsync<ArgumentOutOfRangeException>(() => ReviewAsync(bank, reviews => reviews.ListAsync(0)));
        await Assert.ThrowsAsync<ArgumentOutOfRangeException>(() => ReviewAsync(bank, reviews => reviews.ApproveAsync(id, "otto", new string('x', 1001))));
        await Assert.ThrowsAsync<ArgumentException>(() => ReviewAsync(bank, reviews => reviews.ApproveAsync(id, " ")));
    }

    private static async Task<string> HeldByProviderAsync(RelyingParty bank, Browser browser)
    {
        var id = await browser.AskAsync();
        await Payments.CompleteAsync(bank, browser, id, SandboxScenario.ReviewFaceMatchBorderline);
        Assert.Equal("held", await browser.StateAsync(id));
        return id;
    }

    private static async Task ConfirmedAsync(Browser browser, string id)
    {
        using var confirmed = await browser.PostAsync($"/biometric/confirm/{id}", await browser.TokenAsync());
        Assert.Equal(System.Net.HttpStatusCode.SeeOther, confirmed.StatusCode);
    }

    private static async Task<T> ReviewAsync<T>(RelyingParty bank, Func<StepUpReviews, Task<T>> act)
    {
        await using var scope = bank.Services.CreateAsyncScope();
        return await act(scope.ServiceProvider.GetRequiredService<StepUpReviews>());
    }
}
