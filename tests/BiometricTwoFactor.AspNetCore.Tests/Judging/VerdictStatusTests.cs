namespace BiometricTwoFactor.AspNetCore.Tests;

/// <summary>Each status has exactly one outcome, and only one of them approves .</summary>
public sealed class VerdictStatusTests
{
    public static TheoryData<SessionStatus, string, string> Outcomes => new()
    {
        // Status, from Pending, out of review.
        { SessionStatus.Unknown, nameof(Verdict.Wait), nameof(Verdict.Wait) },
        { SessionStatus.NotStarted, nameof(Verdict.Wait), nameof(Verdict.NotFinished) },
        { SessionStatus.InProgress, nameof(Verdict.Wait), nameof(Verdict.NotFinished) },
        { SessionStatus.AwaitingUser, nameof(Verdict.Wait), nameof(Verdict.NotFinished) },
        { SessionStatus.InReview, nameof(Verdict.Hold), nameof(Verdict.Hold) },
        { SessionStatus.Approved, nameof(Verdict.Approve), nameof(Verdict.Approve) },
        { SessionStatus.Declined, nameof(Verdict.Decline), nameof(Verdict.Decline) },
        { SessionStatus.Resubmitted, nameof(Verdict.NotFinished), nameof(Verdict.NotFinished) },
        { SessionStatus.Expired, nameof(Verdict.NotFinished), nameof(Verdict.NotFinished) },
        { SessionStatus.KycExpired, nameof(Verdict.NotFinished), nameof(Verdict.NotFinished) },
        { SessionStatus.Abandoned, nameof(Verdict.NotFinished), nameof(Verdict.NotFinished) },
        { SessionStatus.NotFinished, nameof(Verdict.NotFinished), nameof(Verdict.NotFinished) },
    };

    [Fact]
    public void The_table_names_every_status_once()
    {
        var named = Outcomes.Select(row => (SessionStatus)row[0]).ToArray();
        Assert.Equal(Enum.GetValues<SessionStatus>().Order(), named.Order());
    }

    [Theory]
    [MemberData(nameof(Outcomes))]
    public void Each_status_has_one_outcome(SessionStatus status, string pending, string inReview)
    {
        var reason = status == SessionStatus.Approved ? "all-passed" : "status-" + status;
        Verdicts.AssertIs(pending, reason, Verdicts.Judge(shown => shown.Status = status));
        Verdicts.AssertIs(inReview, reason, Verdicts.Judge(shown => shown.Status = status, InReview()));
    }

    [Fact]
    public void A_status_beyond_the_known_ones_approves_nothing() =>
        Assert.Equal(Verdict.Wait, Verdicts.Judge(shown => shown.Status = (SessionStatus)99).Verdict);

    [Theory]
    [InlineData(ChallengeState.Consumed)]
    [InlineData(ChallengeState.Declined)]
    [InlineData(ChallengeState.NotFinished)]
    [InlineData(ChallengeState.Expired)]
    [InlineData(ChallengeState.Abandoned)]
    [InlineData(ChallengeState.Superseded)]
    [InlineData(ChallengeState.Violated)]
    [InlineData(ChallengeState.Unclaimed)]
    [InlineData(ChallengeState.Revoked)]
    public void No_verdict_moves_a_challenge_that_has_ended(ChallengeState ended)
    {
        foreach (var status in Enum.GetValues<SessionStatus>())
        {
            Verdicts.AssertIs(Verdict.Wait, "challenge-ended", Verdicts.Judge(shown => shown.Status = status, Verdicts.Challenge() with { State = ended }));
        }
    }

    [Fact]
    public void An_approved_challenge_is_judged_again_by_the_same_rules()
    {
        var approved = Verdicts.Challenge() with { State = ChallengeState.Approved, ApprovedAt = Verdicts.Now };
        Verdicts.AssertIs(Verdict.Approve, "all-passed", Verdicts.Judge(challenge: approved));
        Verdicts.AssertIs(Verdict.Decline, "status-Declined", Verdicts.Judge(shown => shown.Status = SessionStatus.Declined, approved));
    }

    [Fact]
    public void An_end_is_said_before_anything_else() =>
        Verdicts.AssertIs(
            Verdict.Wait, "challenge-ended",
            Verdicts.Judge(shown => shown.SessionId = null, Verdicts.Challenge() with { State = ChallengeState.Declined }, now: Verdicts.Now.AddDays(1)));

    [Fact]
    public void Too_late_is_said_before_a_wrong_session() =>
        Verdicts.AssertIs(Verdict.NotFinished, "too-late", Verdicts.Judge(shown => shown.SessionId = null, now: Verdicts.Now.AddDays(1)));

    [Fact]
    public void A_wrong_session_is_said_before_the_status() =>
        Verdicts.AssertIs(
            Verdict.Violate, "subject-differs",
            Verdicts.Judge(shown => (shown.VendorData, shown.Status) = ("user-43", SessionStatus.Declined)));

    [Fact]
    public void The_status_is_said_before_what_was_shown() =>
        Verdicts.AssertIs(
            Verdict.Decline, "status-Declined",
            Verdicts.Judge(shown => (shown.Status, shown.Liveness, shown.Faces) = (SessionStatus.Declined, [], [])));

    internal static StepUpChallenge InReview() =>
        Verdicts.Challenge() with { State = ChallengeState.InReview, ClaimedAt = Verdicts.Now, ReviewDeadline = Verdicts.Now.AddHours(24) };
}
