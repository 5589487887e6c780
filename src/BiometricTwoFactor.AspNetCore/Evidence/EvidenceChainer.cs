using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace BiometricTwoFactor.AspNetCore;

/// <summary>
/// Takes the drafts that wait, seals each under its person's key and links it to its tenant's chain. Any number of instances
/// may do this: the store lets one append at a time, and who comes second begins anew. What is not chained yet stays a draft.
/// </summary>
internal sealed class EvidenceChainer(
    IStepUpStore store,
    EvidenceRecorder recorder,
    EvidenceKeys keys,
    EvidenceSigner signer,
    EvidenceSignal signal,
    Tenants tenants,
    TimeProvider timeProvider,
    ILogger<EvidenceChainer> logger) : BackgroundService
{
    private const int Batch = 256;
    private const int MostLookedAt = 8_192;
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(2);

    /// <summary>What is written within so long is chained together: an append for each verdict would double the waits for the disk.</summary>
    private static readonly TimeSpan Gathering = TimeSpan.FromSeconds(1);

    /// <summary>So long a draft that cannot be opened may wait for a key that another instance has just made.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromHours(1);

    private readonly SemaphoreSlim _turn = new(1, 1);
    private readonly Dictionary<string, EvidenceCheckpoint> _last = new(StringComparer.Ordinal);
    private readonly DateTimeOffset _startedAt = timeProvider.GetUtcNow();

    /// <summary>Chains everything that waits now. Returns how many entries this call appended.</summary>
    public async Task<int> ChainAsync(CancellationToken cancellationToken)
    {
        await _turn.WaitAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            var chained = 0;
            var tries = 0;
            var count = Batch;
            for (;;)
            {
                var waiting = await store.ListWaitingEvidenceAsync(count, cancellationToken).ConfigureAwait(false);
                var appended = 0;
                var lost = false;
                foreach (var tenant in waiting.GroupBy(entry => entry.Draft.Tenant, StringComparer.Ordinal))
                {
                    var some = await ChainAsync(tenant.Key, [.. tenant], cancellationToken).ConfigureAwait(false);
                    lost |= some is null;
                    appended += some ?? 0;
                }

                chained += appended;
                tries = lost && appended == 0 ? tries + 1 : 0;
                if (!lost && appended == 0 && waiting.Count == count && count < MostLookedAt)
                {
                    // Drafts that cannot be sealed now keep their places, and are not to keep all others from theirs.
                    count *= 2;
                    continue;
                }

                if ((!lost && (waiting.Count < count || appended == 0)) || tries > 100)
                {
                    break;
                }
            }

            await CheckpointAsync(force: false, cancellationToken).ConfigureAwait(false);
            return chained;
        }
        finally
        {
            _turn.Release();
        }
    }

    /// <summary>Signs where each chain ends, when it is time or <paramref name="force"/> says so.</summary>
    public async Task CheckpointAsync(bool force, CancellationToken cancellationToken)
    {
        foreach (var tenant in await store.ListEvidenceTenantsAsync(cancellationToken).ConfigureAwait(false))
        {
            var head = await store.FindEvidenceHeadAsync(tenant, cancellationToken).ConfigureAwait(false);
            var now = timeProvider.GetUtcNow();
            if (!IsDue(_last.GetValueOrDefault(tenant), head, now, force))
            {
                continue;
            }

            // Another instance may have made one since.
            var last = await store.FindLastEvidenceCheckpointAsync(tenant, before: null, cancellationToken).ConfigureAwait(false);
            if (IsDue(last, head, now, force))
            {
                last = signer.Sign(head, now);
                await store.AddEvidenceCheckpointAsync(last, cancellationToken).ConfigureAwait(false);
            }

            _last[tenant] = last!;
        }
    }

    public override void Dispose()
    {
        _turn.Dispose();
        base.Dispose();
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (!stoppingToken.IsCancellationRequested)
        {
            try
            {
                await ChainAsync(stoppingToken).ConfigureAwait(false);
            }
            catch (Exception failure) when (!stoppingToken.IsCancellationRequested)
            {
                Log.ChainingFailed(logger, failure);
            }

            await PauseAsync(stoppingToken).ConfigureAwait(false);
        }
    }

    private async Task PauseAsync(CancellationToken stoppingToken)
    {
        using var timer = new CancellationTokenSource(Interval, timeProvider);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(timer.Token, stoppingToken);
        try
        {
            await signal.Reader.ReadAsync(either.Token).ConfigureAwait(false);
            await Task.Delay(Gathering, timeProvider, stoppingToken).ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (!stoppingToken.IsCancellationRequested)
        {
            // Drafts of other instances, or of a process that died: looked for from time to time.
        }
    }

    /// <summary>The number of entries; null when another instance was faster, or a draft was erased meanwhile.</summary>
    private async Task<int?> ChainAsync(string tenant, IReadOnlyList<WaitingEvidence> waiting, CancellationToken cancellationToken)
    {
        var head = await store.FindEvidenceHeadAsync(tenant, cancellationToken).ConfigureAwait(false);
        List<ChainedEvidence> entries = [];
        List<long> drafts = [];
        // Never kept longer: a person who is erased gets another key when they come again.
        Dictionary<string, (string Id, byte[]? Key)> found = new(StringComparer.Ordinal);
        var writer = new EntryWriter(head);
        foreach (var (id, draft) in waiting)
        {
            if (recorder.Open(draft) is not { } plaintext)
            {
                // Of a process that has just begun, such as a command with another ring of keys, it says nothing how old the draft is.
                if (timeProvider.GetUtcNow() - (draft.At > _startedAt ? draft.At : _startedAt) < Patience)
                {
                    continue;
                }

                Log.DraftUnreadable(logger, draft.Kind, draft.ChallengeId);
                plaintext = EvidencePlaintext.Pack(EvidenceJson.Write(new EvidenceContent { Unreadable = true }), raw: default);
            }

            if (!found.TryGetValue(draft.Subject, out var key))
            {
                found[draft.Subject] = key = await keys.GetOrAddAsync(tenant, draft.Subject, cancellationToken).ConfigureAwait(false);
                if (key.Key is null)
                {
                    Log.MasterKeyMissing(logger, key.Id);
                }
            }

            if (key.Key is null)
            {
                // Sealed under what nobody can open it would be lost; it waits until the master key is configured again.
                continue;
            }

            entries.Add(writer.Append(draft, key.Id, key.Key, plaintext));
            drafts.Add(id);
        }

        return entries.Count == 0 ? 0
            : await store.TryChainAsync(head, entries, drafts, cancellationToken).ConfigureAwait(false) ? entries.Count
            : null;
    }

    private bool IsDue(EvidenceCheckpoint? last, EvidenceHead head, DateTimeOffset now, bool force)
    {
        var evidence = tenants.EvidenceOf(head.Tenant);
        var since = head.Sequence - (last?.Sequence ?? 0);
        return since > 0 && (force || since >= evidence.CheckpointEvery || now - (last?.At ?? _startedAt) >= evidence.CheckpointInterval);
    }
}
