namespace BiometricTwoFactor.AspNetCore;

/// <summary>
/// Where the evidence is kept: drafts that wait, each tenant's chain, the persons' keys and the checkpoints. The drafts of
/// changes come with the changes themselves (<see cref="IStepUpStore.TryReplaceAsync"/> and the others), in one transaction.
/// </summary>
public interface IEvidenceStore
{
    /// <summary>
    /// Adds a draft that belongs to no change of a challenge. Where <paramref name="deliveryKey"/> is given, it is recorded in the
    /// same write as <see cref="IStepUpStore.TryReplaceAsync"/> does, and where the key is there already, nothing is added.
    /// </summary>
    /// <returns>True when it was added.</returns>
    ValueTask<bool> AddEvidenceAsync(EvidenceDraft draft, string? deliveryKey = null, CancellationToken cancellationToken = default);

    /// <summary>The drafts that wait, in the order of their writing, at most <paramref name="count"/>; of all tenants.</summary>
    ValueTask<IReadOnlyList<WaitingEvidence>> ListWaitingEvidenceAsync(int count, CancellationToken cancellationToken = default);

    /// <summary>The end of a tenant's chain.</summary>
    ValueTask<EvidenceHead> FindEvidenceHeadAsync(string tenant, CancellationToken cancellationToken = default);

    /// <summary>
    /// One transaction: when the chain still ends at <paramref name="expected"/>, appends the entries and removes the drafts
    /// that they were made from. False, and nothing changed, when another instance was faster, or a draft or the key of an entry is gone.
    /// </summary>
    ValueTask<bool> TryChainAsync(
        EvidenceHead expected, IReadOnlyList<ChainedEvidence> entries, IReadOnlyList<long> drafts, CancellationToken cancellationToken = default);

    /// <summary>The subject's key, or <paramref name="candidate"/> where there was none: the first that comes stays.</summary>
    ValueTask<EvidenceKey> GetOrAddEvidenceKeyAsync(EvidenceKey candidate, CancellationToken cancellationToken = default);

    /// <summary>Keys by their ids; those that are erased are missing.</summary>
    ValueTask<IReadOnlyList<EvidenceKey>> FindEvidenceKeysAsync(IReadOnlyCollection<string> ids, CancellationToken cancellationToken = default);

    /// <summary>The subject's keys: one, or none.</summary>
    ValueTask<IReadOnlyList<EvidenceKey>> FindEvidenceKeysOfAsync(string tenant, string subject, CancellationToken cancellationToken = default);

    /// <summary>The tenant's key that was made last; null where there is none. A start looks whether the master key still opens it.</summary>
    ValueTask<EvidenceKey?> FindNewestEvidenceKeyAsync(string tenant, CancellationToken cancellationToken = default);

    /// <summary>
    /// Erases a person in one transaction: the keys, the challenges that have ended, the drafts that wait, the devices, networks,
    /// access and enrolment, and the person's name at deletions that are queued, with the doubt that it stood for. Marks of the
    /// provider's sessions stay: they name nobody (protocol 3.3).
    /// </summary>
    /// <returns>The ids of the keys that are gone.</returns>
    ValueTask<IReadOnlyList<string>> EraseSubjectAsync(string tenant, string subject, string vendorData, CancellationToken cancellationToken = default);

    /// <summary>Reads entries in the order of the chain, as a stream.</summary>
    IAsyncEnumerable<ChainedEvidence> ReadEvidenceAsync(EvidenceQuery query, CancellationToken cancellationToken = default);

    /// <summary>Adds a checkpoint.</summary>
    ValueTask AddEvidenceCheckpointAsync(EvidenceCheckpoint checkpoint, CancellationToken cancellationToken = default);

    /// <summary>The tenant's last checkpoint in the order of the chain, or the last one that was made before a time; null where there is none.</summary>
    ValueTask<EvidenceCheckpoint?> FindLastEvidenceCheckpointAsync(string tenant, DateTimeOffset? before = null, CancellationToken cancellationToken = default);

    /// <summary>Reads the tenant's checkpoints in the order of the chain, as a stream: over years they are many.</summary>
    IAsyncEnumerable<EvidenceCheckpoint> ReadEvidenceCheckpointsAsync(string tenant, CancellationToken cancellationToken = default);

    /// <summary>The tenants that have a chain or drafts.</summary>
    ValueTask<IReadOnlyList<string>> ListEvidenceTenantsAsync(CancellationToken cancellationToken = default);

    /// <summary>
    /// Removes the tenant's entries up to a place that a checkpoint covers, the checkpoints before it, and the keys of persons of
    /// whom neither entry nor draft is left: retention. The chain verifies from that checkpoint on.
    /// </summary>
    /// <returns>How many entries are gone.</returns>
    ValueTask<long> PruneEvidenceAsync(string tenant, long throughSequence, CancellationToken cancellationToken = default);
}
