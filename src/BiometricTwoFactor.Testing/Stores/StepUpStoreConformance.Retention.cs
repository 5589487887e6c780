using BiometricTwoFactor.AspNetCore;

namespace BiometricTwoFactor.Testing;

/// <summary>Checkpoints, and what retention takes: whole beginnings of a chain, and the keys of persons of whom nothing is left.</summary>
public sealed partial class StepUpStoreConformance
{
    [StoreCase]
    internal async Task Checkpoints_come_in_the_order_of_the_chain_and_the_last_one_is_found_by_time()
    {
        var store = await CreateAsync();
        Expect.Null(await store.FindLastEvidenceCheckpointAsync("bank"));
        for (var place = 1_203; place > 0; place--)
        {
            await store.AddEvidenceCheckpointAsync(Checkpoint(place) with { At = Now.AddMinutes(place) });
        }

        await store.AddEvidenceCheckpointAsync(Checkpoint(2_000) with { Tenant = "other" });
        Expect.Equal(Enumerable.Range(1, 1_203).Select(place => (long)place), (await CheckpointsAsync(store, "bank")).Select(checkpoint => checkpoint.Sequence));
        Expect.Equal([2_000L], (await CheckpointsAsync(store, "other")).Select(checkpoint => checkpoint.Sequence));
        Expect.Empty(await CheckpointsAsync(store, "none"));
        Expect.Equal(1_203L, (await store.FindLastEvidenceCheckpointAsync("bank"))!.Sequence);
        Expect.Equal(6L, (await store.FindLastEvidenceCheckpointAsync("bank", Now.AddMinutes(7)))!.Sequence);
        Expect.Equal(7L, (await store.FindLastEvidenceCheckpointAsync("bank", Now.AddMinutes(7) + Instant))!.Sequence);
        Expect.Null(await store.FindLastEvidenceCheckpointAsync("bank", Now.AddMinutes(1)));
    }

    [StoreCase]
    internal async Task A_chain_is_pruned_up_to_a_checkpoint_and_keeps_its_end()
    {
        var store = await WithKeysAsync();
        await store.TryChainAsync(EvidenceHead.Empty("bank"), [.. Enumerable.Range(1, 5).Select(number => Entry(number))], []);
        foreach (var place in new[] { 4, 2, 5 })
        {
            await store.AddEvidenceCheckpointAsync(Checkpoint(place));
        }

        Expect.Equal([2L, 4L, 5L], (await CheckpointsAsync(store, "bank")).Select(checkpoint => checkpoint.Sequence));
        Expect.Empty(await CheckpointsAsync(store, "other"));
        Expect.Equal(0L, await store.PruneEvidenceAsync("bank", 3)); // covered by no checkpoint
        Expect.Equal(0L, await store.PruneEvidenceAsync("other", 4));
        Expect.Equal(4L, await store.PruneEvidenceAsync("bank", 4));
        Expect.Equal([5L], await EntriesAsync(store, new EvidenceQuery { Tenant = "bank" }));
        var kept = await CheckpointsAsync(store, "bank");
        Expect.Equal([4L, 5L], kept.Select(checkpoint => checkpoint.Sequence));
        Expect.Equal(("signer", Now), (kept[0].KeyId, kept[0].At));
        Expect.Equal<IEnumerable<byte>>([.. Hash(4), 1, 2], [.. kept[0].Hash, .. kept[0].Signature]);
        Expect.Equal(0L, await store.PruneEvidenceAsync("bank", 5)); // the end stays: the next entry is chained to it
        Expect.True(await store.TryChainAsync(await store.FindEvidenceHeadAsync("bank"), [Entry(6) with { KeyId = "key-1" }], []));
    }

    [StoreCase]
    internal async Task Keys_of_persons_of_whom_nothing_is_left_go_with_what_is_pruned()
    {
        var store = await WithKeysAsync();
        await store.GetOrAddEvidenceKeyAsync(Key("alices"));
        await store.GetOrAddEvidenceKeyAsync(Key("others") with { Tenant = "other" });
        await store.AddEvidenceAsync(Draft("waits")); // alice's
        Expect.True(await store.TryChainAsync(EvidenceHead.Empty("bank"), [Entry(1), Entry(2), Entry(3)], []));
        await store.AddEvidenceCheckpointAsync(Checkpoint(2));
        Expect.Equal(2L, await store.PruneEvidenceAsync("bank", 2));
        Expect.Equal(["alices", "key-1", "others"], (await store.FindEvidenceKeysAsync(["key-0", "key-1", "alices", "others"])).Select(key => key.Id).Order(StringComparer.Ordinal).ToArray());
    }

    [StoreCase]
    internal async Task Pruning_takes_no_key_from_an_entry_that_is_chained_at_the_same_moment()
    {
        var store = await WithKeysAsync();
        await store.AddEvidenceAsync(Draft() with { Subject = "carol" }); // so that the other keys stay
        await store.AddEvidenceAsync(Draft() with { Subject = "dave" });
        var head = EvidenceHead.Empty("bank");
        for (var round = 1; round <= 20; round++)
        {
            // One person has entries that go, and comes again while they do.
            var key = await store.GetOrAddEvidenceKeyAsync(Key("of-" + round, "person-" + round));
            var (old, kept, again) = ((3 * round) - 2, (3 * round) - 1, 3 * round);
            Expect.True(await store.TryChainAsync(head, [Entry(old) with { KeyId = key.Id }, Entry(kept)], []));
            await store.AddEvidenceCheckpointAsync(Checkpoint(old));
            var chained = false;
            await Task.WhenAll(
                Task.Run(async () => await store.PruneEvidenceAsync("bank", old)),
                Task.Run(async () => chained = await store.TryChainAsync(await store.FindEvidenceHeadAsync("bank"), [Entry(again) with { KeyId = key.Id }], [])));
            Expect.Equal(chained ? 1 : 0, (await store.FindEvidenceKeysAsync([key.Id])).Count);
            if (!chained)
            {
                Expect.True(await store.TryChainAsync(await store.FindEvidenceHeadAsync("bank"), [Entry(again)], []));
            }

            head = await store.FindEvidenceHeadAsync("bank");
        }
    }

    private static EvidenceCheckpoint Checkpoint(int place) => new("bank", place, Hash(place), Now, "signer", [1, 2]);

    private static async Task<List<EvidenceCheckpoint>> CheckpointsAsync(IStepUpStore store, string tenant)
    {
        List<EvidenceCheckpoint> checkpoints = [];
        await foreach (var checkpoint in store.ReadEvidenceCheckpointsAsync(tenant))
        {
            checkpoints.Add(checkpoint);
        }

        return checkpoints;
    }
}
