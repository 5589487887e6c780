using BiometricTwoFactor.Testing;

namespace BiometricTwoFactor.AspNetCore.Tests;

/// <summary>The store of one process keeps the contract, and says what it does not do.</summary>
public sealed class InMemoryStepUpStoreTests
{
    private static readonly DateTimeOffset Now = new(2026, 11, 21, 12, 0, 0, TimeSpan.Zero);

    public static TheoryData<string> Promises => [.. StepUpStoreConformance.Cases.Select(one => one.Name)];

    [Theory]
    [MemberData(nameof(Promises))]
    public Task It_keeps_every_promise_of_a_store(string promise) =>
        StepUpStoreConformance.Cases.Single(one => one.Name == promise).RunAsync(clock => new(new InMemoryStepUpStore(clock)));

    [Fact]
    public void It_says_that_it_forgets_with_the_process()
    {
        var store = new InMemoryStepUpStore(new TestClock(Now));
        Assert.False(store.SurvivesRestart);
        Assert.Equal(Now, store.KnowsSessionsSince);
    }

    [Fact]
    public async Task The_marks_of_parked_deliveries_are_bounded_and_room_is_made_when_they_end()
    {
        var store = new InMemoryStepUpStore(new TestClock(Now));
        for (var number = 0; number < 5_000; number++)
        {
            await store.ParkAsync("bank", SessionId.Parse("early-" + number), Now.AddMinutes(1));
        }

        Assert.True(await store.TakeParkedAsync("bank", SessionId.Parse("early-0"), Now));
        Assert.False(await store.TakeParkedAsync("bank", SessionId.Parse("early-4999"), Now));

        Assert.False(await store.TakeParkedAsync("bank", SessionId.Parse("nobody"), Now.AddMinutes(2)));
        await store.ParkAsync("bank", SessionId.Parse("late"), Now.AddMinutes(3));
        Assert.True(await store.TakeParkedAsync("bank", SessionId.Parse("late"), Now.AddMinutes(2)));
    }

    [Fact]
    public async Task Ended_challenges_are_forgotten_after_a_day_without_being_asked_and_sessions_never()
    {
        var clock = new TestClock(Now);
        var store = new InMemoryStepUpStore(clock);
        var ended = (await store.AddOrGetAsync(New("ended"), 10, Now))!;
        Assert.Equal(AttachResult.Attached, await store.TryAttachSessionAsync(ended with { SessionId = SessionId.Parse("session-1"), CodeHash = "code", Version = 1 }));
        Assert.Equal(ReplaceResult.Replaced, await store.TryReplaceAsync(ended with { State = ChallengeState.Declined, CodeHash = "code", Version = 2 }));
        var open = (await store.AddOrGetAsync(New("open"), 10, Now))!;
        for (var number = 0; number < 1_000; number++)
        {
            await store.AddOrGetAsync(New("other-" + number, "bob"), 10_000, Now);
        }

        clock.Advance(TimeSpan.FromDays(2));
        await store.AddOrGetAsync(New("last"), 10, clock.GetUtcNow());

        Assert.Null(await store.FindAsync(ended.Id));
        Assert.Null(await store.FindByCodeAsync("code"));
        Assert.NotNull(await store.FindAsync(open.Id));
        Assert.True(await store.IsKnownSessionAsync("bank", SessionId.Parse("session-1")));
    }

    private static StepUpChallenge New(string id, string subject = "alice") => new()
    {
        Id = id,
        Binding = new StepUpBinding { Tenant = "bank", Scheme = "Cookies", Subject = subject, SessionHash = "5e55" },
        VendorData = "user-42",
        Reason = "high_value_txn",
        Action = "POST /transfers",
        Digest = "d16e57-" + id,
        WorkflowId = "workflow",
        CreatedAt = Now,
        Deadline = Now.AddMinutes(10),
        Original = new OriginalRequest("GET", "/"),
    };
}
