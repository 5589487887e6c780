namespace BiometricTwoFactor.AspNetCore;

/// <summary>
/// The evidence of every step-up, for the regulator, the support desk and the person: exports that a verifier checks without
/// the application, a report of one authentication, and erasure. Nothing here asks who calls: put it behind your own
/// authorization. What it hands out names people, and belongs into no log.
/// </summary>
public sealed partial class StepUpEvidence
{
    private const int MostWaitingCounted = 10_000;

    private readonly IStepUpStore _store;
    private readonly EvidenceReader _reader;
    private readonly EvidenceChainer _chainer;
    private readonly EvidenceRecorder _recorder;
    private readonly ChallengeWriter _writer;
    private readonly Tenants _tenants;
    private readonly TimeProvider _timeProvider;
    private string? _tenant;

    internal StepUpEvidence(
        IStepUpStore store,
        EvidenceReader reader,
        EvidenceChainer chainer,
        EvidenceRecorder recorder,
        ChallengeWriter writer,
        Tenants tenants,
        TimeProvider timeProvider)
    {
        _store = store;
        _reader = reader;
        _chainer = chainer;
        _recorder = recorder;
        _writer = writer;
        _tenants = tenants;
        _timeProvider = timeProvider;
    }

    /// <summary>
    /// Writes the evidence as JSON lines: a header, the entries in the order of the chain with the checkpoints between them,
    /// and an end that names the chain's last entry and how many drafts wait to be chained. Each entry has its public fields,
    /// hashes and ciphertext and, while the person is not erased, its own key and the content in clear; the raw bytes of a
    /// delivery stay within the ciphertext. <c>biometric2fa evidence verify</c> checks it.
    /// </summary>
    /// <param name="output">Where to; it is not closed.</param>
    /// <param name="filter">Which part; null for everything. A part says so in its header, and each of its entries can still be verified.</param>
    /// <param name="cancellationToken">Ends the export.</param>
    /// <returns>How many entries were written.</returns>
    public async Task<long> ExportAsync(Stream output, EvidenceFilter? filter = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(output);
        filter ??= new EvidenceFilter();
        var lines = new EvidenceLineWriter(output);
        var head = await _store.FindEvidenceHeadAsync(Tenant, cancellationToken).ConfigureAwait(false);
        var checkpoints = _store.ReadEvidenceCheckpointsAsync(Tenant, cancellationToken).GetAsyncEnumerator(cancellationToken);
        await using var ending = checkpoints.ConfigureAwait(false);
        var hasNext = await checkpoints.MoveNextAsync().ConfigureAwait(false);
        var written = 0L;
        await lines.HeaderAsync(Tenant, _timeProvider.GetUtcNow(), filter, cancellationToken).ConfigureAwait(false);
        if (await _reader.QueryAsync(Tenant, filter, cancellationToken).ConfigureAwait(false) is { } query)
        {
            await foreach (var opened in _reader.ReadAsync(query, filter, head.Sequence, cancellationToken).ConfigureAwait(false))
            {
                await CheckpointsBeforeAsync(opened.Entry.Sequence).ConfigureAwait(false);
                await lines.EntryAsync(opened, cancellationToken).ConfigureAwait(false);
                written++;
            }
        }

        await CheckpointsBeforeAsync(head.Sequence + 1).ConfigureAwait(false);
        await lines.EndAsync(head, written, await CountWaitingAsync(cancellationToken).ConfigureAwait(false), cancellationToken).ConfigureAwait(false);
        return written;

        async Task CheckpointsBeforeAsync(long sequence)
        {
            while (hasNext && checkpoints.Current.Sequence < sequence)
            {
                await lines.CheckpointAsync(checkpoints.Current, cancellationToken).ConfigureAwait(false);
                hasNext = await checkpoints.MoveNextAsync().ConfigureAwait(false);
            }
        }
    }

    /// <summary>
    /// Writes a table, one row a challenge, as CSV (RFC 4180, UTF-8): when it was asked, by whom, for what, amount and payee,
    /// when and how it was decided, why, when it was used and by which operation. A row is written when its challenge has ended; a
    /// reversal after use is a row of its own. No cell begins as a formula does.
    /// </summary>
    /// <param name="output">Where to; it is not closed.</param>
    /// <param name="filter">Which part; null for everything.</param>
    /// <param name="cancellationToken">Ends the export.</param>
    /// <returns>How many rows were written.</returns>
    public async Task<long> ExportCsvAsync(Stream output, EvidenceFilter? filter = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(output);
        filter ??= new EvidenceFilter();
        var table = new EvidenceTable(output);
        await table.BeginAsync(cancellationToken).ConfigureAwait(false);
        var head = await _store.FindEvidenceHeadAsync(Tenant, cancellationToken).ConfigureAwait(false);
        if (await _reader.QueryAsync(Tenant, filter, cancellationToken).ConfigureAwait(false) is { } query)
        {
            await foreach (var opened in _reader.ReadAsync(query, filter, head.Sequence, cancellationToken).ConfigureAwait(false))
            {
                await table.AddAsync(opened, cancellationToken).ConfigureAwait(false);
            }
        }

        return await table.EndAsync(cancellationToken).ConfigureAwait(false);
    }

    private async Task<long> CountWaitingAsync(CancellationToken cancellationToken) =>
        (await _store.ListWaitingEvidenceAsync(MostWaitingCounted, cancellationToken).ConfigureAwait(false))
            .Count(waiting => string.Equals(waiting.Draft.Tenant, Tenant, StringComparison.Ordinal));
}
