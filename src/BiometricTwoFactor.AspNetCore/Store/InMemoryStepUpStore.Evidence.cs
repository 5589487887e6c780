using System.Runtime.CompilerServices;
using System.Security.Cryptography;

namespace BiometricTwoFactor.AspNetCore;

/// <summary>
/// The evidence of a single process. It is gone with it, and only the newest entries are kept: for development and tests,
/// where the shape matters and not the years.
/// </summary>
internal sealed partial class InMemoryStepUpStore
{
    private const int MostEntries = 100_000;
    private const int MostWaiting = 100_000;

    private readonly SortedDictionary<long, EvidenceDraft> _waiting = [];
    private readonly Dictionary<string, List<ChainedEvidence>> _chains = new(StringComparer.Ordinal);
    private readonly Dictionary<(string Tenant, string Subject), EvidenceKey> _keys = [];
    private readonly Dictionary<string, EvidenceKey> _keysById = new(StringComparer.Ordinal);
    private readonly Dictionary<string, List<EvidenceCheckpoint>> _checkpoints = new(StringComparer.Ordinal);
    private long _lastWaiting;

    public ValueTask<bool> AddEvidenceAsync(EvidenceDraft draft, string? deliveryKey = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(draft);
        lock (_gate)
        {
            if (deliveryKey is not null && !_deliveries.TryAdd(deliveryKey, ""))
            {
                return new(false);
            }

            Keep(draft);
            return new(true);
        }
    }

    public ValueTask<IReadOnlyList<WaitingEvidence>> ListWaitingEvidenceAsync(int count, CancellationToken cancellationToken = default)
    {
        lock (_gate)
        {
            return new(_waiting.Take(count).Select(entry => new WaitingEvidence(entry.Key, entry.Value)).ToArray());
        }
    }

    public ValueTask<EvidenceHead> FindEvidenceHeadAsync(string tenant, CancellationToken cancellationToken = default)
    {
        lock (_gate)
        {
            return new(HeadOf(tenant));
        }
    }

    public ValueTask<bool> TryChainAsync(
        EvidenceHead expected, IReadOnlyList<ChainedEvidence> entries, IReadOnlyList<long> drafts, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(expected);
        ArgumentNullException.ThrowIfNull(entries);
        ArgumentNullException.ThrowIfNull(drafts);
        lock (_gate)
        {
            var head = HeadOf(expected.Tenant);
            if (head.Sequence != expected.Sequence || !CryptographicOperations.FixedTimeEquals(head.Hash, expected.Hash) || !drafts.All(_waiting.ContainsKey)
                || entries.Any(entry => !_keysById.ContainsKey(entry.KeyId)))
            {
                return new(false);
            }

            if (!_chains.TryGetValue(expected.Tenant, out var chain))
            {
                _chains.Add(expected.Tenant, chain = []);
            }

            chain.AddRange(entries);
            if (chain.Count > MostEntries)
            {
                chain.RemoveRange(0, chain.Count - (MostEntries / 2));
            }

            foreach (var draft in drafts)
            {
                _waiting.Remove(draft);
            }

            return new(true);
        }
    }

    public ValueTask<EvidenceKey> GetOrAddEvidenceKeyAsync(EvidenceKey candidate, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(candidate);
        lock (_gate)
        {
            if (_keys.TryGetValue((candidate.Tenant, candidate.Subject), out var first))
            {
                return new(first);
            }

            _keysById.Add(candidate.Id, candidate);
            return new(_keys[(candidate.Tenant, candidate.Subject)] = candidate);
        }
    }

    public ValueTask<IReadOnlyList<EvidenceKey>> FindEvidenceKeysAsync(IReadOnlyCollection<string> ids, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(ids);
        lock (_gate)
        {
            return new(ids.Distinct(StringComparer.Ordinal).Where(_keysById.ContainsKey).Select(id => _keysById[id]).ToArray());
        }
    }

    public ValueTask<IReadOnlyList<EvidenceKey>> FindEvidenceKeysOfAsync(string tenant, string subject, CancellationToken cancellationToken = default)
    {
        lock (_gate)
        {
            return new(_keys.TryGetValue((tenant, subject), out var key) ? [key] : []);
        }
    }

    public ValueTask<EvidenceKey?> FindNewestEvidenceKeyAsync(string tenant, CancellationToken cancellationToken = default)
    {
        lock (_gate)
        {
            return new(_keys.Values.Where(key => Same(key.Tenant, tenant)).MaxBy(key => key.CreatedAt));
        }
    }

    public ValueTask<IReadOnlyList<string>> EraseSubjectAsync(string tenant, string subject, string vendorData, CancellationToken cancellationToken = default)
    {
        lock (_gate)
        {
            RemoveAll(Of(tenant, subject).Where(challenge => !challenge.IsOpen));
            foreach (var draft in _waiting.Where(entry => Same(entry.Value.Tenant, tenant) && Same(entry.Value.Subject, subject)).Select(entry => entry.Key).ToArray())
            {
                _waiting.Remove(draft);
            }

            foreach (var binding in _access.Keys.Where(binding => Same(binding.Tenant, tenant) && Same(binding.Subject, subject)).ToArray())
            {
                _access.Remove(binding);
            }

            _known.Remove((tenant, subject));
            _unblockedAt.Remove((tenant, subject));
            _blocked.RemoveWhere(block => Same(block.Tenant, tenant) && Same(block.Subject, subject));
            _enrolments.Remove((tenant, vendorData));
            _leases.Remove((tenant, vendorData));
            foreach (var (session, deletion) in _deletions.Where(entry => Same(entry.Key.Tenant, tenant) && Same(entry.Value.VendorData, vendorData)).ToArray())
            {
                _deletions[session] = deletion with { VendorData = "", FaceInDoubt = false };
            }

            return new(_keys.Remove((tenant, subject), out var key) && _keysById.Remove(key.Id) ? [key.Id] : []);
        }
    }

    public async IAsyncEnumerable<ChainedEvidence> ReadEvidenceAsync(EvidenceQuery query, [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(query);
        ChainedEvidence[] entries;
        lock (_gate)
        {
            entries = _chains.TryGetValue(query.Tenant, out var chain) ? [.. chain.Where(entry => IsAsked(entry, query))] : [];
        }

        foreach (var entry in entries)
        {
            cancellationToken.ThrowIfCancellationRequested();
            yield return entry;
        }

        await Task.CompletedTask.ConfigureAwait(false);
    }

    public ValueTask AddEvidenceCheckpointAsync(EvidenceCheckpoint checkpoint, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(checkpoint);
        lock (_gate)
        {
            if (!_checkpoints.TryGetValue(checkpoint.Tenant, out var checkpoints))
            {
                _checkpoints.Add(checkpoint.Tenant, checkpoints = []);
            }

            checkpoints.Add(checkpoint);
        }

        return ValueTask.CompletedTask;
    }

    public ValueTask<EvidenceCheckpoint?> FindLastEvidenceCheckpointAsync(string tenant, DateTimeOffset? before = null, CancellationToken cancellationToken = default)
    {
        lock (_gate)
        {
            return new(CheckpointsOf(tenant).LastOrDefault(checkpoint => before is null || checkpoint.At < before));
        }
    }

    public async IAsyncEnumerable<EvidenceCheckpoint> ReadEvidenceCheckpointsAsync(string tenant, [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        EvidenceCheckpoint[] checkpoints;
        lock (_gate)
        {
            checkpoints = [.. CheckpointsOf(tenant)];
        }

        foreach (var checkpoint in checkpoints)
        {
            yield return checkpoint;
        }

        await Task.CompletedTask.ConfigureAwait(false);
    }

    public ValueTask<IReadOnlyList<string>> ListEvidenceTenantsAsync(CancellationToken cancellationToken = default)
    {
        lock (_gate)
        {
            return new(_chains.Keys.Concat(_waiting.Values.Select(draft => draft.Tenant)).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal).ToArray());
        }
    }

    public ValueTask<long> PruneEvidenceAsync(string tenant, long throughSequence, CancellationToken cancellationToken = default)
    {
        lock (_gate)
        {
            if (!_checkpoints.TryGetValue(tenant, out var checkpoints) || !checkpoints.Exists(checkpoint => checkpoint.Sequence == throughSequence))
            {
                return new(0L);
            }

            checkpoints.RemoveAll(checkpoint => checkpoint.Sequence < throughSequence);
            if (!_chains.TryGetValue(tenant, out var chain))
            {
                return new(0L);
            }

            var gone = chain.RemoveAll(entry => entry.Sequence <= throughSequence && entry.Sequence < chain[^1].Sequence);
            var named = chain.Select(entry => entry.KeyId).ToHashSet(StringComparer.Ordinal);
            foreach (var (person, key) in _keys.Where(one => Same(one.Key.Tenant, tenant) && !named.Contains(one.Value.Id)).ToArray())
            {
                if (!_waiting.Values.Any(draft => Same(draft.Tenant, tenant) && Same(draft.Subject, person.Subject)))
                {
                    _keys.Remove(person);
                    _keysById.Remove(key.Id);
                }
            }

            return new(gone);
        }
    }

    private IEnumerable<EvidenceCheckpoint> CheckpointsOf(string tenant) =>
        _checkpoints.TryGetValue(tenant, out var checkpoints) ? checkpoints.OrderBy(checkpoint => checkpoint.Sequence) : [];

    private static bool IsAsked(ChainedEvidence entry, EvidenceQuery query) =>
        entry.Sequence > query.AfterSequence
        && (query.From is null || entry.At >= query.From)
        && (query.To is null || entry.At < query.To)
        && (query.KeyIds is null || query.KeyIds.Contains(entry.KeyId, StringComparer.Ordinal))
        && (query.ChallengeId is null || Same(entry.ChallengeId, query.ChallengeId));

    private EvidenceHead HeadOf(string tenant) =>
        _chains.TryGetValue(tenant, out var chain) && chain.Count > 0 ? new(tenant, chain[^1].Sequence, chain[^1].Hash) : EvidenceHead.Empty(tenant);

    /// <summary>Under the lock of the change that it belongs to. Where nobody chains it, the oldest goes.</summary>
    private void Keep(EvidenceDraft? draft)
    {
        if (draft is null)
        {
            return;
        }

        if (_waiting.Count >= MostWaiting)
        {
            _waiting.Remove(_waiting.Keys.First());
        }

        _waiting.Add(++_lastWaiting, draft);
    }
}
