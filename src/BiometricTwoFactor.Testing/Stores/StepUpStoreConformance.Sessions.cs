using BiometricTwoFactor.AspNetCore;

namespace BiometricTwoFactor.Testing;

/// <summary>The provider's sessions: new ones only, leased to one challenge, deleted until confirmed (protocol 3.1, 3.3, 6.4, 8.4).</summary>
public sealed partial class StepUpStoreConformance
{
    [StoreCase]
    internal async Task A_session_is_stored_with_its_challenge_and_finds_it_in_its_tenant()
    {
        var store = await CreateAsync();
        var before = await AddAsync(store, New());
        Expect.False(await store.IsKnownSessionAsync("bank", Session()));
        Expect.Null(await store.FindBySessionAsync("bank", Session()));
        Expect.Null((await store.FindForDeliveryAsync("bank", Session(), Delivery("delivery"))).Challenge);
        Expect.Equal(new DeliveryTarget(null, DeliveryStanding.New), await store.FindForDeliveryAsync("bank", Session(), Delivery("delivery")));

        var attached = before with { SessionId = Session(), CodeHash = "code", Version = 1 };
        Expect.Equal(AttachResult.Attached, await store.TryAttachSessionAsync(attached));

        ExpectSame(attached, await store.FindBySessionAsync("bank", Session()));
        ExpectSame(attached, await store.FindByCodeAsync("code"));
        ExpectSame(attached, (await store.FindForDeliveryAsync("bank", Session(), Delivery("delivery"))).Challenge);
        Expect.Null((await store.FindForDeliveryAsync("other", Session(), Delivery("delivery"))).Challenge);
        Expect.True(await store.IsKnownSessionAsync("bank", Session()));
        Expect.Null(await store.FindBySessionAsync("other", Session()));
        Expect.False(await store.IsKnownSessionAsync("other", Session()));
    }

    [StoreCase]
    internal async Task A_session_that_was_ever_stored_is_never_stored_again()
    {
        var store = await CreateAsync();
        var one = await AddAsync(store, New()) with { SessionId = Session(), Version = 1 };
        var two = await AddAsync(store, New("two"));
        await store.TryAttachSessionAsync(one);

        Expect.Equal(AttachResult.SessionKnown, await store.TryAttachSessionAsync(two with { SessionId = Session(), Version = 1 }));
        Expect.Equal(AttachResult.SessionKnown, await store.TryAttachSessionAsync(one with { Version = 2 }));

        await ReplaceAsync(store, one, same => same with { State = ChallengeState.Declined });
        Expect.Equal(AttachResult.SessionKnown, await store.TryAttachSessionAsync(two with { SessionId = Session(), Version = 1 }));
        ExpectSame(two, await store.FindAsync("two"));
        Expect.Equal("one", (await store.FindBySessionAsync("bank", Session()))?.Id);
    }

    [StoreCase]
    internal async Task A_session_whose_challenge_changed_meanwhile_is_not_stored_and_stays_new()
    {
        var store = await CreateAsync();
        var before = await AddAsync(store, New());
        var ended = await ReplaceAsync(store, before, one => one with { State = ChallengeState.Abandoned });

        Expect.Equal(AttachResult.Conflict, await store.TryAttachSessionAsync(before with { SessionId = Session(), Version = 1 }));
        Expect.Equal(AttachResult.Conflict, await store.TryAttachSessionAsync(ended with { State = ChallengeState.Pending, SessionId = Session(), Version = 2 }));
        Expect.Equal(AttachResult.Conflict, await store.TryAttachSessionAsync(New("nobody") with { SessionId = Session(), Version = 1 }));

        Expect.False(await store.IsKnownSessionAsync("bank", Session()));
        ExpectSame(ended, await store.FindAsync("one"));
    }

    [StoreCase]
    internal async Task Of_fifty_challenges_that_got_the_same_session_at_once_one_keeps_it()
    {
        var store = await CreateAsync();
        var all = new StepUpChallenge[50];
        for (var number = 0; number < all.Length; number++)
        {
            all[number] = await AddAsync(store, New("challenge-" + number)) with { SessionId = Session(), Version = 1 };
        }

        var results = await TogetherAsync(50, number => store.TryAttachSessionAsync(all[number]));

        Expect.Single(results, AttachResult.Attached);
        Expect.Equal(49, results.Count(result => result == AttachResult.SessionKnown));
    }

    [StoreCase]
    internal async Task A_session_that_came_back_names_its_former_challenge_once_and_finds_none_any_more()
    {
        var store = await CreateAsync();
        await store.TryAttachSessionAsync(await AddAsync(store, New()) with { SessionId = Session(), Version = 1 });

        Expect.Equal("one", (await store.TaintSessionAsync("bank", Session()))?.Id);

        Expect.Null(await store.FindBySessionAsync("bank", Session()));
        Expect.Null((await store.FindForDeliveryAsync("bank", Session(), Delivery("delivery"))).Challenge);
        Expect.True(await store.IsKnownSessionAsync("bank", Session()));
        Expect.Null(await store.TaintSessionAsync("bank", Session()));
        var two = await AddAsync(store, New("two")) with { SessionId = Session(), Version = 1 };
        Expect.Equal(AttachResult.SessionKnown, await store.TryAttachSessionAsync(two));
    }

    [StoreCase]
    internal async Task A_session_that_was_never_stored_can_be_marked_as_well()
    {
        var store = await CreateAsync();
        Expect.Null(await store.TaintSessionAsync("bank", Session()));
        Expect.True(await store.IsKnownSessionAsync("bank", Session()));
        Expect.False(await store.IsKnownSessionAsync("other", Session()));
    }

    [StoreCase]
    internal async Task A_subjects_sessions_are_leased_to_one_challenge_at_a_time()
    {
        var store = await CreateAsync();
        Expect.Equal("one", await store.LeaseAsync(Lease("one"), Now));
        Expect.Equal("one", await store.LeaseAsync(Lease("two"), Now));
        Expect.Equal("one", await store.LeaseAsync(Lease("one"), Now));

        Expect.Equal("two", await store.LeaseAsync(Lease("two") with { Tenant = "other" }, Now));
        Expect.Equal("two", await store.LeaseAsync(Lease("two") with { VendorData = "user-43" }, Now));
    }

    [StoreCase]
    internal async Task A_lease_ends_at_its_time_and_its_holder_can_make_it_longer()
    {
        var store = await CreateAsync();
        await store.LeaseAsync(Lease("one"), Now);
        var end = Lease("one").Until;
        Expect.Equal("one", await store.LeaseAsync(Lease("two"), end - Instant));

        await store.LeaseAsync(Lease("one") with { Until = end.AddMinutes(1) }, Now);
        Expect.Equal("one", await store.LeaseAsync(Lease("two"), end));
        Expect.Equal("two", await store.LeaseAsync(Lease("two") with { Until = end.AddMinutes(9) }, end.AddMinutes(1)));
        Expect.Equal("two", await store.LeaseAsync(Lease("one"), end.AddMinutes(1)));
    }

    [StoreCase]
    internal async Task Only_its_holder_gives_a_lease_back()
    {
        var store = await CreateAsync();
        await store.LeaseAsync(Lease("one"), Now);

        await store.ReleaseLeaseAsync("bank", "user-42", "two");
        await store.ReleaseLeaseAsync("other", "user-42", "one");
        await store.ReleaseLeaseAsync("bank", "user-43", "one");
        Expect.Equal("one", await store.LeaseAsync(Lease("two"), Now));

        await store.ReleaseLeaseAsync("bank", "user-42", "one");
        Expect.Equal("two", await store.LeaseAsync(Lease("two"), Now));
    }

    [StoreCase]
    internal async Task Of_fifty_challenges_that_want_a_lease_at_once_one_has_it_and_all_know_which()
    {
        var store = await CreateAsync();
        var holders = await TogetherAsync(50, number => store.LeaseAsync(Lease("challenge-" + number), Now));
        Expect.Single(holders.Distinct(StringComparer.Ordinal));
    }

    [StoreCase]
    internal async Task One_start_of_a_challenge_runs_at_a_time()
    {
        var store = await CreateAsync();
        var until = Now.AddMinutes(1);
        Expect.False(await store.IsStartInFlightAsync("bank", Now));
        Expect.True(await store.TryBeginStartAsync("bank", "one", Now, until));
        Expect.False(await store.TryBeginStartAsync("bank", "one", Now, until));
        Expect.True(await store.TryBeginStartAsync("bank", "two", Now, until));
        Expect.True(await store.TryBeginStartAsync("other", "one", Now, until));
        Expect.True(await store.IsStartInFlightAsync("bank", Now));
        Expect.False(await store.IsStartInFlightAsync("third", Now));

        await store.EndStartAsync("bank", "one");
        Expect.True(await store.IsStartInFlightAsync("bank", Now));
        await store.EndStartAsync("bank", "two");
        Expect.False(await store.IsStartInFlightAsync("bank", Now));
        Expect.True(await store.IsStartInFlightAsync("other", Now));
        Expect.True(await store.TryBeginStartAsync("bank", "one", Now, until));
    }

    [StoreCase]
    internal async Task A_start_that_never_came_back_ends_at_its_time()
    {
        var store = await CreateAsync();
        var until = Now.AddMinutes(1);
        await store.TryBeginStartAsync("bank", "one", Now, until);
        Expect.False(await store.TryBeginStartAsync("bank", "one", until - Instant, until));
        Expect.True(await store.IsStartInFlightAsync("bank", until - Instant));
        Expect.False(await store.IsStartInFlightAsync("bank", until));
        Expect.True(await store.TryBeginStartAsync("bank", "one", until, until.AddMinutes(1)));
    }

    [StoreCase]
    internal async Task Of_fifty_starts_at_once_one_runs()
    {
        var store = await CreateAsync();
        Expect.Single(await TogetherAsync(50, _ => store.TryBeginStartAsync("bank", "one", Now, Now.AddMinutes(1))), true);
    }

    [StoreCase]
    internal async Task A_delivery_that_came_early_is_remembered_once_for_its_tenant_and_until_its_time()
    {
        var store = await CreateAsync();
        await store.ParkAsync("bank", Session(), Now.AddMinutes(1));
        await store.ParkAsync("bank", Session("late"), Now.AddMinutes(1));

        Expect.False(await store.TakeParkedAsync("other", Session(), Now));
        Expect.False(await store.TakeParkedAsync("bank", Session("never"), Now));
        Expect.True(await store.TakeParkedAsync("bank", Session(), Now));
        Expect.False(await store.TakeParkedAsync("bank", Session(), Now));
        Expect.False(await store.TakeParkedAsync("bank", Session("late"), Now.AddMinutes(1) + Instant));
        Expect.False(await store.IsKnownSessionAsync("bank", Session()));
    }

    [StoreCase]
    internal async Task A_deletion_is_queued_once_and_due_until_the_provider_confirms_it()
    {
        var store = await CreateAsync();
        var deletion = Deletion();
        await store.QueueDeletionAsync(deletion);
        await store.QueueDeletionAsync(deletion with { DueAt = Now.AddMinutes(5) });

        Expect.Empty(await store.ListDeletionsAsync(Now - Instant, 10));
        Expect.Equal([deletion], await store.ListDeletionsAsync(Now, 10));

        await store.PostponeDeletionAsync(deletion, Now.AddMinutes(1));
        Expect.Empty(await store.ListDeletionsAsync(Now, 10));
        Expect.Equal([deletion with { DueAt = Now.AddMinutes(1), Attempts = 1 }], await store.ListDeletionsAsync(Now.AddMinutes(1), 10));

        await store.CompleteDeletionAsync(deletion);
        Expect.Empty(await store.ListDeletionsAsync(Now.AddDays(1), 10));
        await store.PostponeDeletionAsync(deletion, Now);
        Expect.Empty(await store.ListDeletionsAsync(Now.AddDays(1), 10));
    }

    [StoreCase]
    internal async Task A_deletion_is_queued_with_the_change_and_not_without_it()
    {
        var store = await CreateAsync();
        var one = await AddAsync(store, New());
        var two = await AddAsync(store, New("two"));
        var refused = one with { State = ChallengeState.Declined, Version = 1 };
        Expect.Equal(ReplaceResult.Conflict, await store.TryReplaceAsync(refused with { Version = 2 }, deletion: Deletion("a")));
        Expect.Equal(ReplaceResult.Missing, await store.TryReplaceAsync(New("none") with { Version = 1 }, deletion: Deletion("b")));
        Expect.Empty(await QueuedAsync());

        Expect.Equal(ReplaceResult.Replaced, await store.TryReplaceAsync(refused, Delivery("delivery"), Draft("evidence"), Deletion("c")));
        Expect.Equal(ReplaceResult.NotAllowed, await store.TryReplaceAsync(refused with { Version = 2 }, deletion: Deletion("d")));
        Expect.Equal(ReplaceResult.DuplicateDelivery, await store.TryReplaceAsync(two with { State = ChallengeState.Declined, Version = 1 }, Delivery("delivery"), deletion: Deletion("e")));
        Expect.Equal([Deletion("c")], await QueuedAsync());
        Expect.Equal(["evidence"], await WaitingAsync(store));

        async Task<IReadOnlyList<SessionDeletion>> QueuedAsync() => await store.ListDeletionsAsync(Now, 10);
    }

    [StoreCase]
    internal async Task A_deletion_that_is_queued_already_refuses_no_change_and_keeps_its_doubt()
    {
        var store = await CreateAsync();
        var one = await AddAsync(store, New());
        await store.QueueDeletionAsync(Deletion() with { FaceInDoubt = true, DueAt = Now.AddMinutes(-1) });
        Expect.Equal(ReplaceResult.Replaced, await store.TryReplaceAsync(one with { State = ChallengeState.Declined, Version = 1 }, deletion: Deletion()));
        Expect.Equal([Deletion() with { FaceInDoubt = true, DueAt = Now.AddMinutes(-1) }], await store.ListDeletionsAsync(Now, 10));

        var two = await AddAsync(store, New("two"));
        await store.QueueDeletionAsync(Deletion("second"));
        Expect.Equal(ReplaceResult.Replaced, await store.TryReplaceAsync(two with { State = ChallengeState.Violated, Version = 1 }, deletion: Deletion("second") with { FaceInDoubt = true }));
        Expect.True((await store.ListDeletionsAsync(Now, 10)).All(deletion => deletion.FaceInDoubt));
    }

    [StoreCase]
    internal async Task Deletions_come_in_their_order_and_no_more_than_asked()
    {
        var store = await CreateAsync();
        await store.QueueDeletionAsync(Deletion("second") with { DueAt = Now.AddMinutes(-1) });
        await store.QueueDeletionAsync(Deletion("first") with { DueAt = Now.AddMinutes(-2) });
        await store.QueueDeletionAsync(Deletion("first") with { Tenant = "other", DueAt = Now.AddMinutes(-3) });

        Expect.Equal(3, (await store.ListDeletionsAsync(Now, 10)).Count);
        Expect.Equal(
            [("other", "first"), ("bank", "first")],
            (await store.ListDeletionsAsync(Now, 2)).Select(deletion => (deletion.Tenant, deletion.SessionId.ToString())));
    }

    [StoreCase]
    internal async Task A_stored_face_is_in_doubt_until_the_deletion_behind_it_is_confirmed()
    {
        var store = await CreateAsync();
        await store.QueueDeletionAsync(Deletion());
        Expect.False(await DoubtAsync());

        await store.QueueDeletionAsync(Deletion() with { FaceInDoubt = true });
        Expect.True(await DoubtAsync());
        await store.QueueDeletionAsync(Deletion());
        Expect.True(await DoubtAsync());
        await store.PostponeDeletionAsync(Deletion(), Now.AddDays(1));
        Expect.True(await DoubtAsync());
        Expect.False(await DoubtAsync(tenant: "other"));
        Expect.False(await DoubtAsync(vendorData: "user-43"));

        await store.CompleteDeletionAsync(Deletion("another") with { FaceInDoubt = true });
        Expect.True(await DoubtAsync());
        await store.CompleteDeletionAsync(Deletion());
        Expect.False(await DoubtAsync());

        async Task<bool> DoubtAsync(string tenant = "bank", string vendorData = "user-42") => await store.IsStoredFaceInDoubtAsync(tenant, vendorData);
    }

    [StoreCase]
    internal async Task An_enrolment_is_recorded_for_its_tenant_and_taken_back()
    {
        var store = await CreateAsync();
        Expect.Null(await store.FindEnrolmentAsync("bank", "user-42"));

        await store.SetEnrolmentAsync("bank", "user-42", new EnrolmentRecord(Now, "one"));
        Expect.Equal(new EnrolmentRecord(Now, "one"), await store.FindEnrolmentAsync("bank", "user-42"));
        Expect.Null(await store.FindEnrolmentAsync("other", "user-42"));
        Expect.Null(await store.FindEnrolmentAsync("bank", "User-42"));

        await store.SetEnrolmentAsync("bank", "user-42", new EnrolmentRecord(Now.AddDays(1), "two"));
        Expect.Equal("two", (await store.FindEnrolmentAsync("bank", "user-42"))?.ChallengeId);
        await store.SetEnrolmentAsync("bank", "user-42", enrolment: null);
        Expect.Null(await store.FindEnrolmentAsync("bank", "user-42"));
    }

    private static SessionLease Lease(string challengeId) => new("bank", "user-42", challengeId, Now.AddMinutes(10));

    private static SessionDeletion Deletion(string session = "session-1") => new("bank", Session(session), "user-42", FaceInDoubt: false, Now);
}
