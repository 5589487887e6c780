namespace BiometricTwoFactor.AspNetCore.Tests;

/// <summary>The closed state machine: every pair of states against the written-out table.</summary>
public sealed class ChallengeTransitionsTests
{
    [Fact]
    public void Every_pair_of_states_is_as_the_table_says() =>
        Assert.All(Transitions.AllPairs, pair => Assert.Equal(Transitions.Allows(pair.From, pair.To), ChallengeTransitions.IsAllowed(pair.From, pair.To)));

    [Fact]
    public void What_is_open_can_change_and_what_has_ended_cannot() =>
        Assert.All(
            Enum.GetValues<ChallengeState>(),
            state => Assert.Equal(Transitions.AllPairs.Any(pair => pair.From == state && Transitions.Allows(pair.From, pair.To)), Verdicts.Challenge() with { State = state } is { IsOpen: true }));

    [Fact]
    public void A_state_beyond_the_known_ones_goes_nowhere() => Assert.False(ChallengeTransitions.IsAllowed((ChallengeState)99, ChallengeState.Approved));

    public static TheoryData<string, int?> Deadlines => new()
    {
        // Minutes from the making at which something must happen by itself.
        { "pending", 10 },
        { "in review, unclaimed", 10 },
        { "in review, claimed", 24 * 60 },
        { "in review, no claim needed", 24 * 60 },
        { "approved, unclaimed", 10 },
        { "approved, claimed", 13 },
        { "approved out of review, not confirmed", 24 * 60 },
        { "approved out of review, confirmed", 13 },
        { "consumed", null },
        { "declined", null },
    };

    [Theory]
    [MemberData(nameof(Deadlines))]
    public void Something_happens_by_itself_at_the_deadline_of_the_state(string situation, int? minutes)
    {
        var made = Verdicts.Now;
        var challenge = Verdicts.Challenge() with { CreatedAt = made, Deadline = made.AddMinutes(10), ReviewDeadline = made.AddHours(24), ExecuteBy = made.AddMinutes(13) };
        challenge = situation switch
        {
            "pending" => challenge,
            "in review, unclaimed" => challenge with { State = ChallengeState.InReview },
            "in review, claimed" => challenge with { State = ChallengeState.InReview, ClaimedAt = made },
            "in review, no claim needed" => challenge with { State = ChallengeState.InReview, ClaimRequired = false },
            "approved, unclaimed" => challenge with { State = ChallengeState.Approved },
            "approved, claimed" => challenge with { State = ChallengeState.Approved, ClaimedAt = made },
            "approved out of review, not confirmed" => challenge with { State = ChallengeState.Approved, ClaimedAt = made, CameOutOfReview = true },
            "approved out of review, confirmed" => challenge with { State = ChallengeState.Approved, ClaimedAt = made, CameOutOfReview = true, ConfirmedAt = made },
            "consumed" => challenge with { State = ChallengeState.Consumed },
            _ => challenge with { State = ChallengeState.Declined },
        };
        Assert.Equal(minutes is { } later ? made.AddMinutes(later) : null, challenge.NextDeadline);
    }
}
