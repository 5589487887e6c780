namespace BiometricTwoFactor.AspNetCore.Tests;

/// <summary>Changes are conditional on version, table and delivery .</summary>
public abstract partial class StepUpStoreContract
{
    public static TheoryData<ChallengeState, ChallengeState> Pairs
    {
        get
        {
            var pairs = new TheoryData<ChallengeState, ChallengeState>();
            foreach (var (from, to) in Transitions.AllPairs)
            {
                pairs.Add(from, to);
            }

            return pairs;
        }
    }

    [Theory]
    [MemberData(nameof(Pairs))]
    public async Task Only_the_tables_transitions_are_stored_and_a_use_is_never_stored_as_a_change(ChallengeState from, ChallengeState to)
    {
        var store = await CreateAsync();
        var before = await InStateAsync(store, from);
        var after = before with { State = to, Version = before.Version + 1 };
        var expected = to != ChallengeState.Consumed && Transitions.Allows(from, to);

        Assert.Equal(expected ? ReplaceResult.Replaced : ReplaceResult.NotAllowed, await store.TryReplaceAsync(after));

        AssertSame(expected ? after : before, await store.FindAsync(before.Id));
    }

    [Theory]
    [InlineData(-1)]
    [InlineData(0)]
    [InlineData(2)]
    public async Task A_change_made_from_another_version_is_a_conflict(int step)
    {
        var store = await CreateAsync();
        var before = await ReplaceAsync(store, await AddAsync(store, New()), same => same with { LastReadAt = Now });

        var result = await store.TryReplaceAsync(before with { State = ChallengeState.Declined, Version = before.Version + step }, "delivery");

        Assert.Equal(ReplaceResult.Conflict, result);
        AssertSame(before, await store.FindAsync(before.Id));
        Assert.False(await store.HasDeliveryAsync("delivery"));
    }

    [Fact]
    public async Task A_change_of_nothing_is_missing()
    {
        var store = await CreateAsync();
        Assert.Equal(ReplaceResult.Missing, await store.TryReplaceAsync(New() with { Version = 1 }, "delivery"));
        Assert.Null(await store.FindAsync("one"));
        Assert.False(await store.HasDeliveryAsync("delivery"));
    }

    [Fact]
    public async Task A_refused_transition_records_no_delivery()
    {
        var store = await CreateAsync();
        var ended = await InStateAsync(store, ChallengeState.Declined);
        Assert.Equal(ReplaceResult.NotAllowed, await store.TryReplaceAsync(ended with { State = ChallengeState.Approved, Version = ended.Version + 1 }, "delivery"));
        Assert.False(await store.HasDeliveryAsync("delivery"));
    }

    [Fact]
    public async Task A_delivery_is_recorded_with_its_effect_and_has_no_second_one()
    {
        var store = await CreateAsync();
        var one = await AddAsync(store, New());
        var two = await AddAsync(store, New("two"));
        Assert.False(await store.HasDeliveryAsync("delivery"));

        Assert.Equal(ReplaceResult.Replaced, await store.TryReplaceAsync(one with { State = ChallengeState.Approved, Version = 1 }, "delivery"));
        Assert.True(await store.HasDeliveryAsync("delivery"));
        Assert.False(await store.HasDeliveryAsync("Delivery"));

        Assert.Equal(ReplaceResult.DuplicateDelivery, await store.TryReplaceAsync(two with { State = ChallengeState.Approved, Version = 1 }, "delivery"));
        AssertSame(two, await store.FindAsync("two"));
        Assert.Equal(ReplaceResult.Replaced, await store.TryReplaceAsync(two with { State = ChallengeState.Approved, Version = 1 }, "delivery-2"));
    }

    [Fact]
    public async Task Of_fifty_changes_of_one_version_at_once_exactly_one_is_stored()
    {
        var store = await CreateAsync();
        var before = await AddAsync(store, New());

        var results = await TogetherAsync(50, number => store.TryReplaceAsync(before with { Title = "change " + number, Version = 1 }, "delivery-" + number));

        var winner = Assert.Single(Enumerable.Range(0, 50), number => results[number] == ReplaceResult.Replaced);
        Assert.Equal(49, results.Count(result => result == ReplaceResult.Conflict));
        Assert.Equal("change " + winner, (await store.FindAsync("one"))!.Title);
        for (var number = 0; number < 50; number++)
        {
            Assert.Equal(number == winner, await store.HasDeliveryAsync("delivery-" + number));
        }
    }

    [Fact]
    public async Task One_delivery_at_once_for_fifty_challenges_has_one_effect()
    {
        var store = await CreateAsync();
        var all = new StepUpChallenge[50];
        for (var number = 0; number < all.Length; number++)
        {
            all[number] = await AddAsync(store, New("challenge-" + number));
        }

        var results = await TogetherAsync(50, number => store.TryReplaceAsync(all[number] with { State = ChallengeState.Declined, Version = 1 }, "delivery"));

        Assert.Single(results, ReplaceResult.Replaced);
        Assert.Equal(49, results.Count(result => result == ReplaceResult.DuplicateDelivery));
    }

    [Fact]
    public async Task An_event_keeps_the_first_body_that_came_with_it()
    {
        var store = await CreateAsync();
        Assert.Equal("body-1", await store.RecordEventAsync("bank", "event", "body-1"));
        Assert.Equal("body-1", await store.RecordEventAsync("bank", "event", "body-2"));
        Assert.Equal("body-2", await store.RecordEventAsync("other", "event", "body-2"));
        Assert.Equal("body-3", await store.RecordEventAsync("bank", "Event", "body-3"));
    }

    [Fact]
    public async Task A_challenge_is_found_by_its_present_code_only()
    {
        var store = await CreateAsync();
        var first = await ReplaceAsync(store, await AddAsync(store, New()), pending => pending with { CodeHash = "first" });
        Assert.Equal("one", (await store.FindByCodeAsync("first"))?.Id);

        var second = await ReplaceAsync(store, first, same => same with { CodeHash = "second" });
        Assert.Null(await store.FindByCodeAsync("first"));
        Assert.Equal("one", (await store.FindByCodeAsync("second"))?.Id);

        await ReplaceAsync(store, second, same => same with { State = ChallengeState.Declined });
        Assert.Equal(ChallengeState.Declined, (await store.FindByCodeAsync("second"))?.State);
        Assert.Null(await store.FindByCodeAsync("third"));
    }

    [Theory]
    [InlineData("replace")]
    [InlineData("attach")]
    [InlineData("consume")]
    public async Task Whoever_waits_is_released_by_a_change(string change)
    {
        var store = await CreateAsync();
        var before = await ApprovedAsync(store);
        var waiting = new[] { store.WaitForChangeAsync("one", before.Version).AsTask(), store.WaitForChangeAsync("one", before.Version).AsTask() };
        Assert.All(waiting, task => Assert.False(task.IsCompleted));

        _ = change switch
        {
            "replace" => await store.TryReplaceAsync(before with { Title = "changed", Version = before.Version + 1 }) == ReplaceResult.Replaced,
            "attach" => await store.TryAttachSessionAsync(before with { SessionId = Session(), Version = before.Version + 1 }) == AttachResult.Attached,
            _ => (await store.TryConsumeAsync(RequestFor(before))).Outcome == ConsumeOutcome.Consumed,
        };

        await Task.WhenAll(waiting).WaitAsync(TimeSpan.FromSeconds(20));
    }

    [Fact]
    public async Task Who_waits_for_what_has_happened_or_does_not_exist_does_not_wait()
    {
        var store = await CreateAsync();
        var changed = await ReplaceAsync(store, await AddAsync(store, New()), same => same with { Title = "changed" });
        await store.WaitForChangeAsync("one", changed.Version - 1).AsTask().WaitAsync(TimeSpan.FromSeconds(20));
        await store.WaitForChangeAsync("nobody", 0).AsTask().WaitAsync(TimeSpan.FromSeconds(20));
    }

    [Fact]
    public async Task A_wait_ends_with_its_token_and_takes_no_other_along()
    {
        var store = await CreateAsync();
        var before = await AddAsync(store, New());
        using var gone = new CancellationTokenSource();
        var leaver = store.WaitForChangeAsync("one", 0, gone.Token).AsTask();
        var stayer = store.WaitForChangeAsync("one", 0).AsTask();

        await gone.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => leaver.WaitAsync(TimeSpan.FromSeconds(20)));
        Assert.False(stayer.IsCompleted);

        await ReplaceAsync(store, before, same => same with { Title = "changed" });
        await stayer.WaitAsync(TimeSpan.FromSeconds(20));
    }
}
