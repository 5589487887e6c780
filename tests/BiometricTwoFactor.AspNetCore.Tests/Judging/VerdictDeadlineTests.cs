namespace BiometricTwoFactor.AspNetCore.Tests;

/// <summary>A verdict counts until the deadline and not at it (protocol 3.4, 6.7, R-09).</summary>
public sealed class VerdictDeadlineTests
{
    private static readonly DateTimeOffset Deadline = Verdicts.Challenge().Deadline;
    private static readonly TimeSpan Tick = TimeSpan.FromTicks(1);

    [Fact]
    public void The_last_moment_before_the_deadline_counts() =>
        Assert.Equal(Verdict.Approve, Verdicts.Judge(now: Deadline - Tick).Verdict);

    [Fact]
    public void The_deadline_itself_is_too_late() =>
        Verdicts.AssertIs(Verdict.NotFinished, "too-late", Verdicts.Judge(now: Deadline));

    [Fact]
    public void A_claimed_review_lasts_until_its_own_deadline()
    {
        var review = VerdictStatusTests.InReview();
        Assert.Equal(Verdict.Approve, Verdicts.Judge(challenge: review, now: review.ReviewDeadline!.Value - Tick).Verdict);
        Verdicts.AssertIs(Verdict.NotFinished, "too-late", Verdicts.Judge(challenge: review, now: review.ReviewDeadline.Value));
    }

    [Fact]
    public void A_review_whose_capture_nobody_claimed_ends_at_the_captures_deadline()
    {
        var review = VerdictStatusTests.InReview() with { ClaimedAt = null };
        Assert.Equal(Verdict.Approve, Verdicts.Judge(challenge: review, now: Deadline - Tick).Verdict);
        Verdicts.AssertIs(Verdict.NotFinished, "too-late", Verdicts.Judge(challenge: review, now: Deadline));
    }

    [Fact]
    public void A_review_that_needs_no_claim_lasts_until_its_own_deadline()
    {
        var review = VerdictStatusTests.InReview() with { ClaimedAt = null, ClaimRequired = false };
        Assert.Equal(Verdict.Approve, Verdicts.Judge(challenge: review, now: Deadline).Verdict);
        Verdicts.AssertIs(Verdict.NotFinished, "too-late", Verdicts.Judge(challenge: review, now: review.ReviewDeadline!.Value));
    }

    [Fact]
    public void A_review_without_a_deadline_of_its_own_ends_with_the_capture()
    {
        var review = VerdictStatusTests.InReview() with { ReviewDeadline = null };
        Assert.Equal(Verdict.Approve, Verdicts.Judge(challenge: review, now: Deadline - Tick).Verdict);
        Verdicts.AssertIs(Verdict.NotFinished, "too-late", Verdicts.Judge(challenge: review, now: Deadline));
    }

    [Fact]
    public void What_is_approved_already_is_not_too_late_for_a_second_look() =>
        Assert.Equal(Verdict.Approve, Verdicts.Judge(challenge: Verdicts.Challenge() with { State = ChallengeState.Approved }, now: Deadline.AddMinutes(5)).Verdict);

    [Theory]
    [InlineData(true, nameof(Verdict.Approve), "all-passed")]
    [InlineData(false, nameof(Verdict.NotFinished), "review-not-accepted")]
    public void An_approval_that_came_out_of_review_needs_the_policys_leave(bool allowed, string verdict, string reason) =>
        Verdicts.AssertIs(
            verdict, reason,
            Verdicts.Judge(challenge: VerdictStatusTests.InReview() with { CameOutOfReview = true }, policy: Verdicts.Policy() with { AllowApprovalAfterReview = allowed }));

    [Fact]
    public void The_first_approval_out_of_review_needs_the_policys_leave_too() =>
        Verdicts.AssertIs(
            Verdict.NotFinished, "review-not-accepted",
            Verdicts.Judge(challenge: VerdictStatusTests.InReview(), policy: Verdicts.Policy() with { AllowApprovalAfterReview = false }));

    [Fact]
    public void Without_a_review_the_policy_on_reviews_does_not_matter() =>
        Assert.Equal(Verdict.Approve, Verdicts.Judge(policy: Verdicts.Policy() with { AllowApprovalAfterReview = false }).Verdict);

    [Fact]
    public void An_approval_out_of_review_must_pass_every_other_check() =>
        Verdicts.AssertIs(Verdict.Decline, "face-match-below-floor", Verdicts.Judge(shown => shown.Faces = [Shown.Face(similarity: 79m)], VerdictStatusTests.InReview()));
}
