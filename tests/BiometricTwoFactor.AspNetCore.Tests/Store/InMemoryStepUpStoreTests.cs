namespace BiometricTwoFactor.AspNetCore.Tests;

/// <summary>The store of one process keeps the contract, and says what it does not do.</summary>
public sealed class InMemoryStepUpStoreTests : StepUpStoreContract
{
    [Fact]
    public void It_says_that_it_forgets_with_the_process()
    {
        var store = new InMemoryStepUpStore(new StoppedClock());
        Assert.False(store.SurvivesRestart);
        Assert.Equal(Now, store.KnowsSessionsSince);
    }

    [Fact]
    public async Task The_marks_of_parked_deliveries_are_bounded_and_room_is_made_when_they_end()
    {
        var store = await CreateAsync();
        for (var number = 0; number < 5_000; number++)
        {
            await store.ParkAsync("bank", Session("early-" + number), Now.AddMinutes(1));
        }

        Assert.True(await store.TakeParkedAsync("bank", Session("early-0"), Now));
        Assert.False(await store.TakeParkedAsync("bank", Session("early-4999"), Now));

        Assert.False(await store.TakeParkedAsync("bank", Session("nobody"), Now.AddMinutes(2)));
        await store.ParkAsync("bank", Session("late"), Now.AddMinutes(3));
        Assert.True(await store.TakeParkedAsync("bank", Session("late"), Now.AddMinutes(2)));
    }

    [Fact]
    public async Task Ended_challenges_are_forgotten_after_a_day_and_sessions_never()
    {
        var clock = new StoppedClock();
        var store = new InMemoryStepUpStore(clock);
        var ended = await AddAsync(store, New("ended"));
        Assert.Equal(AttachResult.Attached, await store.TryAttachSessionAsync(ended with { SessionId = Session(), CodeHash = "code", Version = 1 }));
        Assert.Equal(ReplaceResult.Replaced, await store.TryReplaceAsync(ended with { State = ChallengeState.Declined, CodeHash = "code", Version = 2 }));
        var open = await AddAsync(store, New("open"));
        for (var number = 0; number < 1_000; number++)
        {
            await AddAsync(store, New("other-" + number) with { Binding = New().Binding with { Subject = "bob" } });
        }

        clock.Now = Now.AddDays(2);
        await store.AddOrGetAsync(New("last"), 10, clock.Now);

        Assert.Null(await store.FindAsync(ended.Id));
        Assert.Null(await store.FindByCodeAsync("code"));
        Assert.NotNull(await store.FindAsync(open.Id));
        Assert.True(await store.IsKnownSessionAsync("bank", Session()));
    }

    protected override ValueTask<IStepUpStore> CreateAsync() => new(new InMemoryStepUpStore(new StoppedClock()));

    private sealed class StoppedClock : TimeProvider
    {
        public DateTimeOffset Now { get; set; } = StepUpStoreContract.Now;

        public override DateTimeOffset GetUtcNow() => Now;
    }
}
