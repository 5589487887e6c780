using BiometricTwoFactor.AspNetCore;

namespace BiometricTwoFactor.Testing;

/// <summary>Evidence comes with its change and not without it; a chain grows at its end alone (protocol 11).</summary>
public sealed partial class StepUpStoreConformance
{
    [StoreCase]
    internal async Task Evidence_is_written_with_the_challenge_that_is_added_and_not_with_one_that_is_returned()
    {
        var store = await CreateAsync();
        await store.AddOrGetAsync(New(), 1, Now, evidence: Draft("one"));
        await store.AddOrGetAsync(New() with { Id = "again" }, 10, Now, evidence: Draft("again"));
        await store.AddOrGetAsync(New("limited"), 1, Now, evidence: Draft("limited"));
        Expect.Equal(["one"], await WaitingAsync(store));
    }

    [StoreCase]
    internal async Task Evidence_is_written_with_the_change_and_not_without_it()
    {
        var store = await CreateAsync();
        var one = await AddAsync(store, New());
        var two = await AddAsync(store, New("two"));
        Expect.Equal(ReplaceResult.Replaced, await store.TryReplaceAsync(one with { State = ChallengeState.InReview, Version = 1 }, Delivery("delivery"), Draft("a")));
        Expect.Equal(ReplaceResult.Conflict, await store.TryReplaceAsync(one with { State = ChallengeState.Declined, Version = 1 }, Delivery("delivery-2"), Draft("b")));
        Expect.Equal(ReplaceResult.NotAllowed, await store.TryReplaceAsync(one with { State = ChallengeState.Pending, Version = 2 }, evidence: Draft("c")));
        Expect.Equal(ReplaceResult.DuplicateDelivery, await store.TryReplaceAsync(two with { State = ChallengeState.Declined, Version = 1 }, Delivery("delivery"), Draft("d")));
        Expect.Equal(ReplaceResult.Missing, await store.TryReplaceAsync(New("none") with { Version = 1 }, evidence: Draft("e")));
        Expect.Equal(AttachResult.Attached, await store.TryAttachSessionAsync(two with { SessionId = Session(), Version = 1 }, Draft("f")));
        Expect.Equal(AttachResult.SessionKnown, await store.TryAttachSessionAsync(two with { SessionId = Session(), Version = 2 }, Draft("g")));
        Expect.Equal(AttachResult.Conflict, await store.TryAttachSessionAsync(two with { SessionId = Session("new"), Version = 1 }, Draft("h")));
        Expect.Equal(["a", "f"], await WaitingAsync(store));
    }

    [StoreCase]
    internal async Task Of_twenty_that_make_the_same_change_at_once_one_leaves_evidence()
    {
        var store = await CreateAsync();
        var before = await AddAsync(store, New());
        await TogetherAsync(20, _ => store.TryReplaceAsync(before with { LastReadAt = Now, Version = 1 }, evidence: Draft("same")));
        Expect.Equal(["same"], await WaitingAsync(store));
    }

    [StoreCase]
    internal async Task A_use_is_evidenced_under_the_id_of_the_challenge_that_was_found_and_a_refusal_is_not()
    {
        var store = await CreateAsync();
        var approved = await ApprovedAsync(store);
        var request = RequestFor(approved, named: false) with { Evidence = Draft("") };
        await store.TryConsumeAsync(request with { Digest = "another" });
        await store.TryConsumeAsync(request);
        await store.TryConsumeAsync(request);
        Expect.Equal([approved.Id], await WaitingAsync(store));
    }

    [StoreCase]
    internal async Task A_draft_comes_back_as_it_was_in_the_order_of_writing()
    {
        var store = await CreateAsync();
        var whole = new EvidenceDraft("bank", "alice", "one", EvidenceKind.Delivered, "Approved", Now.AddTicks(10), [0, 1, 255]);
        await store.AddEvidenceAsync(whole);
        await store.AddEvidenceAsync(Draft("two") with { Tenant = "" });
        var waiting = await store.ListWaitingEvidenceAsync(10);
        Expect.Equal(["one", "two"], waiting.Select(one => one.Draft.ChallengeId));
        Expect.True(waiting[0].Id < waiting[1].Id);
        Expect.Equal(whole with { SealedContent = waiting[0].Draft.SealedContent }, waiting[0].Draft);
        Expect.Equal<IEnumerable<byte>>(whole.SealedContent, waiting[0].Draft.SealedContent);
        Expect.Equal(1, (await store.ListWaitingEvidenceAsync(1)).Count);
    }

    [StoreCase]
    internal async Task Evidence_of_a_delivery_that_changed_nothing_is_written_once_and_marks_it()
    {
        var store = await CreateAsync();
        var one = await AddAsync(store, New());
        Expect.True(await store.AddEvidenceAsync(Draft("a"), "delivery"));
        Expect.Equal(DeliveryStanding.Applied, await StandingAsync(store, Delivery("delivery")));
        Expect.False(await store.AddEvidenceAsync(Draft("b"), "delivery"));
        Expect.Equal(ReplaceResult.DuplicateDelivery, await store.TryReplaceAsync(one with { State = ChallengeState.Declined, Version = 1 }, Delivery("delivery"), Draft("c")));
        Expect.Equal(ReplaceResult.Replaced, await store.TryReplaceAsync(one with { State = ChallengeState.Declined, Version = 1 }, Delivery("delivery-2"), Draft("d")));
        Expect.False(await store.AddEvidenceAsync(Draft("e"), "delivery-2"));
        var added = await TogetherAsync(10, _ => store.AddEvidenceAsync(Draft("f"), "delivery-3"));
        Expect.Single(added, true);
        Expect.Equal(["a", "d", "f"], await WaitingAsync(store));
    }

    [StoreCase]
    internal async Task A_chain_grows_at_its_end_and_its_drafts_are_gone_with_it()
    {
        var store = await WithKeysAsync();
        await store.AddEvidenceAsync(Draft("a"));
        await store.AddEvidenceAsync(Draft("b"));
        var drafts = (await store.ListWaitingEvidenceAsync(10)).Select(one => one.Id).ToArray();
        var empty = EvidenceHead.Empty("bank");
        Expect.Equal(0L, (await store.FindEvidenceHeadAsync("bank")).Sequence);

        Expect.False(await store.TryChainAsync(empty with { Sequence = 1 }, [Entry(2)], [drafts[0]]));
        Expect.False(await store.TryChainAsync(empty with { Hash = Hash(9) }, [Entry(1)], [drafts[0]]));
        Expect.False(await store.TryChainAsync(empty, [Entry(1)], [drafts[0], drafts[1] + 1_000]));
        Expect.Equal(["a", "b"], await WaitingAsync(store));
        Expect.Empty(await EntriesAsync(store, new EvidenceQuery { Tenant = "bank" }));

        Expect.True(await store.TryChainAsync(empty, [Entry(1)], [drafts[0]]));
        Expect.Equal(["b"], await WaitingAsync(store));
        Expect.False(await store.TryChainAsync(empty, [Entry(1)], [drafts[1]]));
        var head = await store.FindEvidenceHeadAsync("bank");
        Expect.Equal(1L, head.Sequence);
        Expect.Equal<IEnumerable<byte>>(Hash(1), head.Hash);
        Expect.Equal(0L, (await store.FindEvidenceHeadAsync("other")).Sequence);
        Expect.True(await store.TryChainAsync(head, [Entry(2), Entry(3)], [drafts[1]]));
        Expect.Equal([1L, 2L, 3L], await EntriesAsync(store, new EvidenceQuery { Tenant = "bank" }));
    }

    [StoreCase]
    internal async Task Of_ten_that_chain_at_once_one_gets_the_place()
    {
        var store = await WithKeysAsync();
        for (var number = 0; number < 10; number++)
        {
            await store.AddEvidenceAsync(Draft("d" + number));
        }

        var drafts = (await store.ListWaitingEvidenceAsync(10)).Select(one => one.Id).ToArray();
        var chained = await TogetherAsync(10, number => store.TryChainAsync(EvidenceHead.Empty("bank"), [Entry(1)], [drafts[number]]));
        Expect.Single(chained, true);
        Expect.Equal(9, (await store.ListWaitingEvidenceAsync(10)).Count);
    }

    [StoreCase]
    internal async Task An_entry_comes_back_as_it_was_and_is_found_by_time_key_challenge_and_place()
    {
        var store = await WithKeysAsync();
        Expect.True(await store.TryChainAsync(EvidenceHead.Empty("bank"), [.. Enumerable.Range(1, 1_203).Select(number => Entry(number))], []));
        Expect.True(await store.TryChainAsync(EvidenceHead.Empty("other"), [Entry(1) with { Tenant = "other" }], []));
        var all = new EvidenceQuery { Tenant = "bank" };
        Expect.Equal(Enumerable.Range(1, 1_203).Select(number => (long)number), await EntriesAsync(store, all));
        Expect.Equal([1_202L, 1_203L], await EntriesAsync(store, all with { AfterSequence = 1_201 }));
        Expect.Equal([2L, 3L], await EntriesAsync(store, all with { From = Now.AddSeconds(2), To = Now.AddSeconds(4) }));
        Expect.Equal([7L], await EntriesAsync(store, all with { ChallengeId = "challenge-7" }));
        Expect.Equal([1L, 3L, 5L], await EntriesAsync(store, all with { KeyIds = ["key-1"], To = Now.AddSeconds(6) }));
        Expect.Empty(await EntriesAsync(store, all with { KeyIds = [] }));
        Expect.Empty(await EntriesAsync(store, new EvidenceQuery()));
        Expect.Equal(["bank", "other"], await store.ListEvidenceTenantsAsync());
        await foreach (var entry in store.ReadEvidenceAsync(all with { AfterSequence = 1_202 }))
        {
            var expected = Entry(1_203);
            Expect.Equal(
                (expected.ChallengeId, expected.Kind, expected.Outcome, expected.At, expected.KeyId),
                (entry.ChallengeId, entry.Kind, entry.Outcome, entry.At, entry.KeyId));
            Expect.Equal<IEnumerable<byte>>(
                [.. expected.KeyCommitment, .. expected.Ciphertext, .. expected.PreviousHash, .. expected.Hash],
                [.. entry.KeyCommitment, .. entry.Ciphertext, .. entry.PreviousHash, .. entry.Hash]);
        }
    }

    [StoreCase]
    internal async Task Tenants_are_those_with_a_chain_or_drafts()
    {
        var store = await WithKeysAsync();
        Expect.Empty(await store.ListEvidenceTenantsAsync());
        await store.AddEvidenceAsync(Draft("a") with { Tenant = "b" });
        await store.TryChainAsync(EvidenceHead.Empty(""), [Entry(1) with { Tenant = "" }], []);
        await store.TryChainAsync(EvidenceHead.Empty("a"), [Entry(1) with { Tenant = "a" }, Entry(2) with { Tenant = "a" }], []);
        Expect.Equal(["", "a", "b"], await store.ListEvidenceTenantsAsync());
    }

    [StoreCase]
    internal async Task The_first_key_of_a_person_stays()
    {
        var store = await CreateAsync();
        var keys = await TogetherAsync(20, number => store.GetOrAddEvidenceKeyAsync(Key("key-" + number)));
        var first = Expect.Single(keys.Select(key => key.Id).Distinct(StringComparer.Ordinal));
        Expect.Equal("key-b", (await store.GetOrAddEvidenceKeyAsync(Key("key-b", "bob"))).Id);
        Expect.Equal("key-c", (await store.GetOrAddEvidenceKeyAsync(Key("key-c") with { Tenant = "" })).Id);
        Expect.Equal([first], (await store.FindEvidenceKeysOfAsync("bank", "alice")).Select(key => key.Id));
        Expect.Equal(["key-b", "key-c"], (await store.FindEvidenceKeysAsync(["key-c", "key-b", "none"])).Select(key => key.Id).Order(StringComparer.Ordinal).ToArray());
        Expect.Empty(await store.FindEvidenceKeysAsync([]));
        var key = Expect.Single(await store.FindEvidenceKeysOfAsync("bank", "bob"));
        Expect.Equal(Key("key-b", "bob") with { Wrapped = key.Wrapped }, key);
        Expect.Equal<IEnumerable<byte>>(Key("key-b").Wrapped, key.Wrapped);
    }

    [StoreCase]
    internal async Task The_key_that_was_made_last_is_found_for_each_tenant()
    {
        var store = await CreateAsync();
        Expect.Null(await store.FindNewestEvidenceKeyAsync("bank"));
        await store.GetOrAddEvidenceKeyAsync(Key("older") with { CreatedAt = Now.AddDays(-2) });
        await store.GetOrAddEvidenceKeyAsync(Key("newest", "bob") with { CreatedAt = Now.AddDays(-1) });
        await store.GetOrAddEvidenceKeyAsync(Key("oldest", "carol") with { CreatedAt = Now.AddDays(-3) });
        await store.GetOrAddEvidenceKeyAsync(Key("others") with { Tenant = "other" });
        Expect.Equal("newest", (await store.FindNewestEvidenceKeyAsync("bank"))?.Id);
        Expect.Equal("others", (await store.FindNewestEvidenceKeyAsync("other"))?.Id);
    }

    [StoreCase]
    internal async Task Erasing_takes_everything_of_one_person_and_leaves_the_chain_and_the_marks_of_sessions()
    {
        var store = await CreateAsync();
        await store.GetOrAddEvidenceKeyAsync(Key("alices"));
        await store.GetOrAddEvidenceKeyAsync(Key("bobs", "bob"));
        var ended = await AddAsync(store, New("ended")) with { SessionId = Session(), Version = 1 };
        await store.TryAttachSessionAsync(ended);
        await ReplaceAsync(store, ended, same => same with { State = ChallengeState.Declined });
        await AddAsync(store, New("open"));
        await ReplaceAsync(store, await AddAsync(store, New("bobs") with { Binding = Alice with { Subject = "bob" } }), same => same with { State = ChallengeState.Declined });
        await store.AddEvidenceAsync(Draft("a"));
        await store.AddEvidenceAsync(Draft("b") with { Subject = "bob" });
        Expect.True(await store.TryChainAsync(EvidenceHead.Empty("bank"), [Entry(1) with { KeyId = "alices" }], []));
        await store.LeaseAsync(new SessionLease("bank", "user-42", "ended", Now.AddMinutes(5)), Now);
        await store.QueueDeletionAsync(Deletion() with { FaceInDoubt = true });
        await store.QueueDeletionAsync(Deletion("bobs") with { VendorData = "bob", FaceInDoubt = true });
        await store.RememberDeviceAsync("bank", "alice", "device", "network", Now);
        await store.BlockAsync("bank", "alice", "", Now);
        await store.OpenAccessAsync(Window());
        await store.SetEnrolmentAsync("bank", "user-42", new EnrolmentRecord(Now, "one"));

        Expect.Equal(["alices"], await store.EraseSubjectAsync("bank", "alice", "user-42"));

        Expect.Empty(await store.EraseSubjectAsync("bank", "alice", "user-42"));
        Expect.Empty(await store.FindEvidenceKeysAsync(["alices"]));
        Expect.Null(await store.FindAsync("ended"));
        Expect.NotNull(await store.FindAsync("open"));
        Expect.Equal(["b"], await WaitingAsync(store));
        Expect.Equal(default, await store.FindDeviceAsync("bank", "alice", "device", "network", Now));
        Expect.False(await store.IsBlockedAsync("bank", "alice", ""));
        Expect.Null(await store.TryTouchAccessAsync(Alice, Now, TimeSpan.FromMinutes(5)));
        Expect.Null(await store.FindEnrolmentAsync("bank", "user-42"));
        Expect.True(await store.IsKnownSessionAsync("bank", Session()));
        Expect.Equal(
            [Deletion() with { VendorData = "" }, Deletion("bobs") with { VendorData = "bob", FaceInDoubt = true }],
            (await store.ListDeletionsAsync(Now, 10)).OrderBy(deletion => deletion.VendorData, StringComparer.Ordinal).ToArray());
        Expect.Equal("another", await store.LeaseAsync(new SessionLease("bank", "user-42", "another", Now.AddMinutes(5)), Now));
        Expect.Equal([1L], await EntriesAsync(store, new EvidenceQuery { Tenant = "bank" }));
        Expect.Equal(1, (await store.FindEvidenceKeysOfAsync("bank", "bob")).Count);
        Expect.NotNull(await store.FindAsync("bobs"));
    }

    [StoreCase]
    internal async Task An_entry_whose_key_is_gone_is_not_chained()
    {
        var store = await WithKeysAsync();
        await store.AddEvidenceAsync(Draft("a"));
        var draft = Expect.Single(await store.ListWaitingEvidenceAsync(10)).Id;
        Expect.False(await store.TryChainAsync(EvidenceHead.Empty("bank"), [Entry(1), Entry(2) with { KeyId = "gone" }], [draft]));
        Expect.Equal(["a"], await WaitingAsync(store));
        Expect.Equal(0L, (await store.FindEvidenceHeadAsync("bank")).Sequence);
        Expect.True(await store.TryChainAsync(EvidenceHead.Empty("bank"), [Entry(1), Entry(2)], [draft]));
    }

    /// <summary>A store with the keys that the entries name.</summary>
    private async Task<IStepUpStore> WithKeysAsync()
    {
        var store = await CreateAsync();
        await store.GetOrAddEvidenceKeyAsync(Key("key-0", "carol"));
        await store.GetOrAddEvidenceKeyAsync(Key("key-1", "dave"));
        return store;
    }

    private static EvidenceDraft Draft(string challenge = "") => new("bank", "alice", challenge, EvidenceKind.Used, Outcome: null, Now, [1]);

    private static EvidenceKey Key(string id, string subject = "alice") => new(id, "bank", subject, [1, 2, 3], Now);

    private static byte[] Hash(int number) => [.. Enumerable.Repeat((byte)number, 32)];

    private static ChainedEvidence Entry(int number) => new()
    {
        Tenant = "bank",
        Sequence = number,
        ChallengeId = "challenge-" + number,
        Kind = EvidenceKind.Claimed,
        Outcome = number % 2 == 0 ? null : "Approved",
        At = Now.AddSeconds(number),
        KeyId = "key-" + (number % 2),
        KeyCommitment = [1, 2],
        Ciphertext = [3],
        PreviousHash = Hash(number - 1),
        Hash = Hash(number),
    };

    private static async Task<string[]> WaitingAsync(IStepUpStore store) => [.. (await store.ListWaitingEvidenceAsync(100)).Select(one => one.Draft.ChallengeId)];

    private static async Task<List<long>> EntriesAsync(IStepUpStore store, EvidenceQuery query)
    {
        List<long> places = [];
        await foreach (var entry in store.ReadEvidenceAsync(query))
        {
            places.Add(entry.Sequence);
        }

        return places;
    }
}
