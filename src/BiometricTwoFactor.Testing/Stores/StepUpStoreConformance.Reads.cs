using BiometricTwoFactor.AspNetCore;

namespace BiometricTwoFactor.Testing;

public sealed partial class StepUpStoreConformance
{
    [StoreCase]
    internal async Task To_read_are_the_open_challenges_that_are_due_the_longest_due_first()
    {
        var store = await CreateAsync();
        await AddAsync(store, New("now") with { NextReadAt = Now });
        await AddAsync(store, New("earlier") with { NextReadAt = Now.AddMinutes(-1) });
        await AddAsync(store, New("later") with { NextReadAt = Now + Instant });
        await AddAsync(store, New("never"));
        foreach (var state in new[] { ChallengeState.InReview, ChallengeState.Declined, ChallengeState.Expired })
        {
            await ReplaceAsync(store, await AddAsync(store, New("in " + state) with { NextReadAt = Now.AddSeconds(-30) }), current => current with { State = state });
        }

        await ApprovedAsync(store, New("approved") with { NextReadAt = Now.AddSeconds(-20) });
        Expect.Equal(["earlier", "in InReview", "approved", "now"], IdsOf(await store.ListToReadAsync(Now, 10)));
        Expect.Equal(["earlier", "in InReview"], IdsOf(await store.ListToReadAsync(Now, 2)));
        Expect.Empty(await store.ListToReadAsync(Now.AddDays(-1), 10));
    }

    [StoreCase]
    internal async Task A_challenge_that_was_put_off_or_has_ended_is_not_to_be_read_any_more()
    {
        var store = await CreateAsync();
        var putOff = await AddAsync(store, New("put off") with { NextReadAt = Now });
        var ended = await AddAsync(store, New("ended") with { NextReadAt = Now });
        await ReplaceAsync(store, putOff, current => current with { NextReadAt = Now.AddMinutes(1), ReadCount = 1, LastReadAt = Now });
        await ReplaceAsync(store, ended, current => current with { State = ChallengeState.Abandoned });
        Expect.Empty(await store.ListToReadAsync(Now, 10));
        var again = Expect.Single(await store.ListToReadAsync(Now.AddMinutes(1), 10));
        Expect.Equal(("put off", 1, Now.AddMinutes(1)), (again.Id, again.ReadCount, again.NextReadAt));
    }

    [StoreCase]
    internal async Task A_reminder_is_kept()
    {
        var store = await CreateAsync();
        await ReplaceAsync(store, await AddAsync(store, New()), current => current with { RemindedAt = Now });
        Expect.Equal(Now, (await store.FindAsync("one"))?.RemindedAt);
    }

    [StoreCase]
    internal async Task Of_twenty_that_take_a_turn_one_gets_it()
    {
        var store = await CreateAsync();
        var due = await AddAsync(store, New() with { NextReadAt = Now });
        var results = await TogetherAsync(20, async _ => await store.TryReplaceAsync(due with { NextReadAt = Now.AddMinutes(1), ReadCount = 1, Version = due.Version + 1 }));
        Expect.Single(results, ReplaceResult.Replaced);
        Expect.Equal(19, results.Count(result => result == ReplaceResult.Conflict));
    }

    [StoreCase]
    internal async Task In_review_are_the_tenants_own_the_oldest_first()
    {
        var store = await CreateAsync();
        await HoldAsync(store, New("newer") with { CreatedAt = Now.AddSeconds(1) });
        await HoldAsync(store, New("older") with { CreatedAt = Now.AddSeconds(-1) });
        await HoldAsync(store, New("elsewhere") with { Binding = Alice with { Tenant = "another" } });
        await AddAsync(store, New("pending"));
        await ReplaceAsync(store, await HoldAsync(store, New("done")), current => current with { State = ChallengeState.Approved, CameOutOfReview = true });
        Expect.Equal(["older", "newer"], IdsOf(await store.ListInReviewAsync("bank", 10)));
        Expect.Equal(["older"], IdsOf(await store.ListInReviewAsync("bank", 1)));
        Expect.Equal(["elsewhere"], IdsOf(await store.ListInReviewAsync("another", 10)));
        Expect.Empty(await store.ListInReviewAsync("", 10));

        static async Task<StepUpChallenge> HoldAsync(IStepUpStore store, StepUpChallenge challenge) =>
            await ReplaceAsync(store, await AddAsync(store, challenge), current => current with { State = ChallengeState.InReview, ReviewDeadline = Now.AddDays(1) });
    }

    private static string[] IdsOf(IEnumerable<StepUpChallenge> challenges) => [.. challenges.Select(challenge => challenge.Id)];
}
