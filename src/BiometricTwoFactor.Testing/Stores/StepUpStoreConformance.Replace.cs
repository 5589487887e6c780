using BiometricTwoFactor.AspNetCore;

namespace BiometricTwoFactor.Testing;

/// <summary>Changes are conditional on version, table and delivery .</summary>
public sealed partial class StepUpStoreConformance
{
    [StoreCase(ChallengeState.Pending)]
    [StoreCase(ChallengeState.InReview)]
    [StoreCase(ChallengeState.Approved)]
    [StoreCase(ChallengeState.Consumed)]
    [StoreCase(ChallengeState.Declined)]
    [StoreCase(ChallengeState.NotFinished)]
    [StoreCase(ChallengeState.Expired)]
    [StoreCase(ChallengeState.Abandoned)]
    [StoreCase(ChallengeState.Superseded)]
    [StoreCase(ChallengeState.Violated)]
    [StoreCase(ChallengeState.Unclaimed)]
    [StoreCase(ChallengeState.Revoked)]
    internal async Task Only_the_tables_transitions_are_stored_and_a_use_is_never_stored_as_a_change(ChallengeState from)
    {
        var store = await CreateAsync();
        foreach (var to in Enum.GetValues<ChallengeState>())
        {
            var before = await InStateAsync(store, from, "to " + to);
            var after = before with { State = to, Version = before.Version + 1 };
            var expected = to != ChallengeState.Consumed && TransitionTable.Allows(from, to);

            Expect.Equal(expected ? ReplaceResult.Replaced : ReplaceResult.NotAllowed, await store.TryReplaceAsync(after));

            ExpectSame(expected ? after : before, await store.FindAsync(before.Id));
        }
    }

    [StoreCase(-1)]
    [StoreCase(0)]
    [StoreCase(2)]
    internal async Task A_change_made_from_another_version_is_a_conflict(int step)
    {
        var store = await CreateAsync();
        var before = await ReplaceAsync(store, await AddAsync(store, New()), same => same with { LastReadAt = Now });

        var result = await store.TryReplaceAsync(before with { State = ChallengeState.Declined, Version = before.Version + step }, Delivery("delivery"));

        Expect.Equal(ReplaceResult.Conflict, result);
        ExpectSame(before, await store.FindAsync(before.Id));
        Expect.Equal(DeliveryStanding.New, await StandingAsync(store, Delivery("delivery")));
    }

    [StoreCase]
    internal async Task A_change_of_nothing_is_missing()
    {
        var store = await CreateAsync();
        Expect.Equal(ReplaceResult.Missing, await store.TryReplaceAsync(New() with { Version = 1 }, Delivery("delivery")));
        Expect.Null(await store.FindAsync("one"));
        Expect.Equal(DeliveryStanding.New, await StandingAsync(store, Delivery("delivery")));
    }

    [StoreCase]
    internal async Task A_refused_transition_records_no_delivery()
    {
        var store = await CreateAsync();
        var ended = await InStateAsync(store, ChallengeState.Declined);
        Expect.Equal(ReplaceResult.NotAllowed, await store.TryReplaceAsync(ended with { State = ChallengeState.Approved, Version = ended.Version + 1 }, Delivery("delivery")));
        Expect.Equal(DeliveryStanding.New, await StandingAsync(store, Delivery("delivery")));
    }

    [StoreCase]
    internal async Task A_delivery_is_recorded_with_its_effect_and_has_no_second_one()
    {
        var store = await CreateAsync();
        var one = await AddAsync(store, New());
        var two = await AddAsync(store, New("two"));
        Expect.Equal(DeliveryStanding.New, await StandingAsync(store, Delivery("delivery")));

        Expect.Equal(ReplaceResult.Replaced, await store.TryReplaceAsync(one with { State = ChallengeState.Approved, Version = 1 }, Delivery("delivery")));
        Expect.Equal(DeliveryStanding.Applied, await StandingAsync(store, Delivery("delivery")));
        Expect.Equal(DeliveryStanding.New, await StandingAsync(store, Delivery("Delivery")));

        Expect.Equal(ReplaceResult.DuplicateDelivery, await store.TryReplaceAsync(two with { State = ChallengeState.Approved, Version = 1 }, Delivery("delivery")));
        ExpectSame(two, await store.FindAsync("two"));
        Expect.Equal(ReplaceResult.Replaced, await store.TryReplaceAsync(two with { State = ChallengeState.Approved, Version = 1 }, Delivery("delivery-2")));
    }

    [StoreCase]
    internal async Task Of_fifty_changes_of_one_version_at_once_exactly_one_is_stored()
    {
        var store = await CreateAsync();
        var before = await AddAsync(store, New());

        var results = await TogetherAsync(50, number => store.TryReplaceAsync(before with { Title = "change " + number, Version = 1 }, Delivery("delivery-" + number)));

        var winner = Expect.Single(Enumerable.Range(0, 50), number => results[number] == ReplaceResult.Replaced);
        Expect.Equal(49, results.Count(result => result == ReplaceResult.Conflict));
        Expect.Equal("change " + winner, (await store.FindAsync("one"))!.Title);
        for (var number = 0; number < 50; number++)
        {
            Expect.Equal(number == winner ? DeliveryStanding.Applied : DeliveryStanding.New, await StandingAsync(store, Delivery("delivery-" + number)));
        }
    }

    [StoreCase]
    internal async Task One_delivery_at_once_for_fifty_challenges_has_one_effect()
    {
        var store = await CreateAsync();
        var all = new StepUpChallenge[50];
        for (var number = 0; number < all.Length; number++)
        {
            all[number] = await AddAsync(store, New("challenge-" + number));
        }

        var results = await TogetherAsync(50, number => store.TryReplaceAsync(all[number] with { State = ChallengeState.Declined, Version = 1 }, Delivery("delivery")));

        Expect.Single(results, ReplaceResult.Replaced);
        Expect.Equal(49, results.Count(result => result == ReplaceResult.DuplicateDelivery));
    }

    [StoreCase]
    internal async Task An_event_is_recorded_with_the_effect_and_another_body_of_it_has_none()
    {
        var store = await CreateAsync();
        var one = await AddAsync(store, New());
        var two = await AddAsync(store, New("two"));
        var first = Delivery("delivery") with { EventId = "event", BodyHash = "body-1" };
        Expect.Equal(ReplaceResult.Replaced, await store.TryReplaceAsync(one with { LastReadAt = Now, Version = 1 }, first));

        var other = Delivery("other") with { EventId = "event", BodyHash = "body-2" };
        Expect.Equal(DeliveryStanding.EventChanged, await StandingAsync(store, other));
        Expect.Equal(ReplaceResult.EventChanged, await store.TryReplaceAsync(two with { State = ChallengeState.Approved, Version = 1 }, other, Draft("a"), Deletion()));
        ExpectSame(two, await store.FindAsync("two"));
        Expect.Equal(DeliveryStanding.EventChanged, await StandingAsync(store, other));
        Expect.Equal(0, (await store.ListWaitingEvidenceAsync(10)).Count);
        Expect.Equal(0, (await store.ListDeletionsAsync(DateTimeOffset.MaxValue, 10)).Count);

        var again = first with { Id = "again" };
        Expect.Equal(DeliveryStanding.New, await StandingAsync(store, again));
        Expect.Equal(ReplaceResult.Replaced, await store.TryReplaceAsync(two with { State = ChallengeState.Approved, Version = 1 }, again));
        Expect.Equal("body-1", await store.RecordEventAsync(Tenant, "event", "body-3"));
    }

    [StoreCase]
    internal async Task Events_are_apart_by_tenant_and_by_case()
    {
        var store = await CreateAsync();
        await store.TryReplaceAsync(await AddAsync(store, New()) with { LastReadAt = Now, Version = 1 }, Delivery("delivery") with { EventId = "event", BodyHash = "body" });
        Expect.Equal(DeliveryStanding.New, await StandingAsync(store, Delivery("2") with { EventId = "event", BodyHash = "else" }, "other"));
        Expect.Equal(DeliveryStanding.New, await StandingAsync(store, Delivery("2") with { EventId = "Event", BodyHash = "else" }));
        Expect.Equal(DeliveryStanding.EventChanged, await StandingAsync(store, Delivery("2") with { EventId = "event", BodyHash = "Body" }));
        Expect.Equal(DeliveryStanding.New, await StandingAsync(store, Delivery("2")));
    }

    [StoreCase]
    internal async Task A_lease_ends_with_the_waiting_for_a_verdict_in_the_same_write()
    {
        var store = await CreateAsync();
        var one = await AddAsync(store, New());
        var lease = new SessionLease(Tenant, one.VendorData, one.Id, Now.AddMinutes(10));
        var others = lease with { ChallengeId = "others" };
        await store.LeaseAsync(lease, Now);
        one = await ReplaceAsync(store, one, pending => pending with { LastReadAt = Now });
        Expect.Equal("one", await store.LeaseAsync(others, Now));

        one = await ReplaceAsync(store, one, pending => pending with { State = ChallengeState.Approved });
        Expect.Equal("others", await store.LeaseAsync(others, Now));
        await ReplaceAsync(store, one, approved => approved with { FrozenAt = Now });
        Expect.Equal("others", await store.LeaseAsync(lease, Now));
    }

    [StoreCase]
    internal async Task An_event_keeps_the_first_body_that_came_with_it()
    {
        var store = await CreateAsync();
        Expect.Equal("body-1", await store.RecordEventAsync("bank", "event", "body-1"));
        Expect.Equal("body-1", await store.RecordEventAsync("bank", "event", "body-2"));
        Expect.Equal("body-2", await store.RecordEventAsync("other", "event", "body-2"));
        Expect.Equal("body-3", await store.RecordEventAsync("bank", "Event", "body-3"));
    }

    [StoreCase]
    internal async Task A_challenge_is_found_by_its_present_code_only()
    {
        var store = await CreateAsync();
        var first = await ReplaceAsync(store, await AddAsync(store, New()), pending => pending with { CodeHash = "first" });
        Expect.Equal("one", (await store.FindByCodeAsync("first"))?.Id);

        var second = await ReplaceAsync(store, first, same => same with { CodeHash = "second" });
        Expect.Null(await store.FindByCodeAsync("first"));
        Expect.Equal("one", (await store.FindByCodeAsync("second"))?.Id);

        var without = await ReplaceAsync(store, second, same => same with { CodeHash = null });
        Expect.Null(await store.FindByCodeAsync("second"));

        var third = await ReplaceAsync(store, without, same => same with { CodeHash = "second" });
        await ReplaceAsync(store, third, same => same with { State = ChallengeState.Declined });
        Expect.Equal(ChallengeState.Declined, (await store.FindByCodeAsync("second"))?.State);
        Expect.Null(await store.FindByCodeAsync("third"));
    }

    [StoreCase("replace")]
    [StoreCase("attach")]
    [StoreCase("consume")]
    internal async Task Whoever_waits_is_released_by_a_change(string change)
    {
        var store = await CreateAsync();
        var before = await ApprovedAsync(store);
        var waiting = new[] { store.WaitForChangeAsync("one", before.Version).AsTask(), store.WaitForChangeAsync("one", before.Version).AsTask() };
        Expect.All(waiting, task => Expect.False(task.IsCompleted));

        _ = change switch
        {
            "replace" => await store.TryReplaceAsync(before with { Title = "changed", Version = before.Version + 1 }) == ReplaceResult.Replaced,
            "attach" => await store.TryAttachSessionAsync(before with { SessionId = Session(), Version = before.Version + 1 }) == AttachResult.Attached,
            _ => (await store.TryConsumeAsync(RequestFor(before))).Outcome == ConsumeOutcome.Consumed,
        };

        await Task.WhenAll(waiting).WaitAsync(TimeSpan.FromSeconds(20));
    }

    [StoreCase]
    internal async Task Who_waits_for_what_has_happened_or_does_not_exist_does_not_wait()
    {
        var store = await CreateAsync();
        var changed = await ReplaceAsync(store, await AddAsync(store, New()), same => same with { Title = "changed" });
        await store.WaitForChangeAsync("one", changed.Version - 1).AsTask().WaitAsync(TimeSpan.FromSeconds(20));
        await store.WaitForChangeAsync("nobody", 0).AsTask().WaitAsync(TimeSpan.FromSeconds(20));
    }

    [StoreCase]
    internal async Task A_wait_ends_with_its_token_and_takes_no_other_along()
    {
        var store = await CreateAsync();
        var before = await AddAsync(store, New());
        using var gone = new CancellationTokenSource();
        var leaver = store.WaitForChangeAsync("one", 0, gone.Token).AsTask();
        var stayer = store.WaitForChangeAsync("one", 0).AsTask();

        await gone.CancelAsync();
        await Expect.ThrowsAnyAsync<OperationCanceledException>(() => leaver.WaitAsync(TimeSpan.FromSeconds(20)));
        Expect.False(stayer.IsCompleted);

        await ReplaceAsync(store, before, same => same with { Title = "changed" });
        await stayer.WaitAsync(TimeSpan.FromSeconds(20));
    }
}
