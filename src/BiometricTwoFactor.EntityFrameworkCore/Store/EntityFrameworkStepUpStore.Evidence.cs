using System.Data.Common;
using System.Globalization;
using System.Runtime.CompilerServices;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;

namespace BiometricTwoFactor.EntityFrameworkCore;

/// <summary>Drafts that wait, each tenant's chain, the persons' keys and the checkpoints.</summary>
internal sealed partial class EntityFrameworkStepUpStore
{
    private const string EntryColumns =
        "tenant, sequence, challenge_id, kind, outcome, happened_at, key_id, key_commitment, ciphertext, previous_hash, hash";

    private const string CheckpointColumns = "tenant, sequence, hash, signed_at, key_id, signature";

    /// <summary>So many entries in one statement: beyond it nothing is gained, and SQLite counts parameters.</summary>
    private const int EntriesAtOnce = 100;

    /// <summary>So many entries are read at a time, so that a chain of millions is a stream.</summary>
    private const int PageSize = 500;

    /// <inheritdoc/>
    public ValueTask<bool> AddEvidenceAsync(EvidenceDraft draft, string? deliveryKey = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(draft);
        List<SqlValue> values = [];
        AddDraft(values, draft);
        var insert = $"INSERT INTO {Tables.Drafts} (tenant, subject, challenge_id, kind, outcome, happened_at, content) "
            + "VALUES (@draft_tenant, @draft_subject, @draft_challenge, @draft_kind, @draft_outcome, @draft_at, @draft_content)";
        return WriteAsync(
            async connection =>
            {
                if (deliveryKey is null)
                {
                    return await connection.ExecuteAsync(insert, cancellationToken, [.. values]).ConfigureAwait(false) == 1;
                }

                await connection.BeginAsync(cancellationToken).ConfigureAwait(false);
                var isFirst = await connection.ExecuteAsync(
                    $"INSERT INTO {Tables.Deliveries} (delivery_key, recorded_at) VALUES (@delivery_key, @recorded_at) ON CONFLICT DO NOTHING",
                    cancellationToken,
                    SqlValue.Text("@delivery_key", deliveryKey),
                    SqlValue.Time("@recorded_at", timeProvider.GetUtcNow())).ConfigureAwait(false) == 1;
                if (isFirst)
                {
                    await connection.ExecuteAsync(insert, cancellationToken, [.. values]).ConfigureAwait(false);
                    await connection.CommitAsync(cancellationToken).ConfigureAwait(false);
                }

                return isFirst;
            },
            cancellationToken);
    }

    /// <inheritdoc/>
    public ValueTask<IReadOnlyList<WaitingEvidence>> ListWaitingEvidenceAsync(int count, CancellationToken cancellationToken = default) =>
        ReadAsync(
            connection => connection.ListAsync(
                $"SELECT id, tenant, subject, challenge_id, kind, outcome, happened_at, content FROM {Tables.Drafts} ORDER BY id LIMIT @count",
                static row => new WaitingEvidence(
                    row.GetInt64(0),
                    new EvidenceDraft(row.GetString(1), row.GetString(2), row.GetString(3), (EvidenceKind)row.GetInt32(4), row.TextOrNull(5), row.Time(6), row.Bytes(7))),
                cancellationToken,
                SqlValue.Int("@count", count)),
            cancellationToken);

    /// <inheritdoc/>
    public ValueTask<EvidenceHead> FindEvidenceHeadAsync(string tenant, CancellationToken cancellationToken = default) =>
        ReadAsync(connection => HeadAsync(connection, tenant, cancellationToken), cancellationToken);

    /// <inheritdoc/>
    public async ValueTask<bool> TryChainAsync(
        EvidenceHead expected, IReadOnlyList<ChainedEvidence> entries, IReadOnlyList<long> drafts, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(expected);
        ArgumentNullException.ThrowIfNull(entries);
        ArgumentNullException.ThrowIfNull(drafts);
        try
        {
            return await WriteAsync(
                async connection =>
                {
                    await connection.BeginAsync(cancellationToken).ConfigureAwait(false);
                    var head = await HeadAsync(connection, expected.Tenant, cancellationToken).ConfigureAwait(false);
                    if (head.Sequence != expected.Sequence || !CryptographicOperations.FixedTimeEquals(head.Hash, expected.Hash))
                    {
                        return false;
                    }

                    var removed = await connection.ExecuteAsync(
                        $"DELETE FROM {Tables.Drafts} WHERE {Tables.Engine.InNumbers("id", "@drafts")}",
                        cancellationToken,
                        SqlValue.Text("@drafts", JsonSerializer.Serialize(drafts, ChallengeJson.Default.IReadOnlyListInt64))).ConfigureAwait(false);
                    if (removed != drafts.Count || !await AreKeptAsync(connection, entries, cancellationToken).ConfigureAwait(false))
                    {
                        return false;
                    }

                    foreach (var some in entries.Chunk(EntriesAtOnce))
                    {
                        await InsertAsync(connection, some, cancellationToken).ConfigureAwait(false);
                    }

                    await connection.CommitAsync(cancellationToken).ConfigureAwait(false);
                    return true;
                },
                cancellationToken).ConfigureAwait(false);
        }
        catch (Exception failure) when (Tables.Engine.IsDuplicate(failure))
        {
            // Another instance took the place.
            return false;
        }
    }

    /// <inheritdoc/>
    public async IAsyncEnumerable<ChainedEvidence> ReadEvidenceAsync(EvidenceQuery query, [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(query);
        var after = query.AfterSequence;
        for (;;)
        {
            // Page by page, so that a slow reader of millions holds neither a connection nor a snapshot.
            var page = await PageAsync(query, after, cancellationToken).ConfigureAwait(false);
            foreach (var entry in page)
            {
                yield return entry;
            }

            if (page.Count < PageSize)
            {
                yield break;
            }

            after = page[^1].Sequence;
        }
    }

    /// <inheritdoc/>
    public ValueTask AddEvidenceCheckpointAsync(EvidenceCheckpoint checkpoint, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(checkpoint);
        return ExecuteAsync(
            $"INSERT INTO {Tables.Checkpoints} (tenant, sequence, hash, signed_at, key_id, signature) VALUES (@tenant, @sequence, @hash, @at, @key, @signature)",
            cancellationToken,
            SqlValue.Text("@tenant", checkpoint.Tenant),
            SqlValue.Long("@sequence", checkpoint.Sequence),
            SqlValue.Bytes("@hash", checkpoint.Hash),
            SqlValue.Time("@at", checkpoint.At),
            SqlValue.Text("@key", checkpoint.KeyId),
            SqlValue.Bytes("@signature", checkpoint.Signature));
    }

    /// <inheritdoc/>
    public ValueTask<EvidenceCheckpoint?> FindLastEvidenceCheckpointAsync(string tenant, DateTimeOffset? before = null, CancellationToken cancellationToken = default) =>
        ReadAsync(
            connection => connection.FirstAsync(
                $"SELECT {CheckpointColumns} FROM {Tables.Checkpoints} WHERE tenant = @tenant AND signed_at < @before ORDER BY sequence DESC, id DESC LIMIT 1",
                ReadCheckpoint,
                cancellationToken,
                SqlValue.Text("@tenant", tenant),
                SqlValue.Long("@before", before?.UtcTicks ?? long.MaxValue)),
            cancellationToken);

    /// <inheritdoc/>
    public async IAsyncEnumerable<EvidenceCheckpoint> ReadEvidenceCheckpointsAsync(string tenant, [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        var (sequence, id) = (long.MinValue, long.MinValue);
        for (;;)
        {
            var page = await ReadAsync(
                connection => connection.ListAsync(
                    $"SELECT {CheckpointColumns}, id FROM {Tables.Checkpoints} WHERE tenant = @tenant AND (sequence, id) > (@sequence, @id) ORDER BY sequence, id LIMIT @count",
                    static row => (Checkpoint: ReadCheckpoint(row), Id: row.GetInt64(6)),
                    cancellationToken,
                    SqlValue.Text("@tenant", tenant),
                    SqlValue.Long("@sequence", sequence),
                    SqlValue.Long("@id", id),
                    SqlValue.Int("@count", PageSize)),
                cancellationToken).ConfigureAwait(false);
            foreach (var (checkpoint, _) in page)
            {
                yield return checkpoint;
            }

            if (page.Count < PageSize)
            {
                yield break;
            }

            (sequence, id) = (page[^1].Checkpoint.Sequence, page[^1].Id);
        }
    }

    /// <inheritdoc/>
    public ValueTask<IReadOnlyList<string>> ListEvidenceTenantsAsync(CancellationToken cancellationToken = default) =>
        ReadAsync(
            async connection =>
            {
                // From one tenant's name to the next by the index: a DISTINCT would read every entry.
                var chained = await connection.ListAsync(
                    $"WITH RECURSIVE each_tenant(tenant) AS (SELECT min(tenant) FROM {Tables.Evidence} UNION ALL "
                    + $"SELECT (SELECT min(tenant) FROM {Tables.Evidence} WHERE tenant > each_tenant.tenant) FROM each_tenant WHERE each_tenant.tenant IS NOT NULL) "
                    + $"SELECT tenant FROM each_tenant WHERE tenant IS NOT NULL UNION SELECT tenant FROM {Tables.Drafts}",
                    static row => row.GetString(0),
                    cancellationToken).ConfigureAwait(false);
                return (IReadOnlyList<string>)[.. chained.Order(StringComparer.Ordinal)];
            },
            cancellationToken);

    /// <inheritdoc/>
    public ValueTask<long> PruneEvidenceAsync(string tenant, long throughSequence, CancellationToken cancellationToken = default)
    {
        SqlValue[] values = [SqlValue.Text("@tenant", tenant), SqlValue.Long("@through", throughSequence)];
        return WriteAsync(
            async connection =>
            {
                await connection.BeginAsync(cancellationToken).ConfigureAwait(false);
                if (!await connection.AnyAsync($"SELECT 1 FROM {Tables.Checkpoints} WHERE tenant = @tenant AND sequence = @through", cancellationToken, values).ConfigureAwait(false))
                {
                    return 0L;
                }

                await connection.ExecuteAsync($"DELETE FROM {Tables.Checkpoints} WHERE tenant = @tenant AND sequence < @through", cancellationToken, values).ConfigureAwait(false);

                // The last entry stays: the next one is chained to it.
                var removed = await connection.ExecuteAsync(
                    $"DELETE FROM {Tables.Evidence} WHERE tenant = @tenant AND sequence <= @through "
                    + $"AND sequence < (SELECT max(sequence) FROM {Tables.Evidence} WHERE tenant = @tenant)",
                    cancellationToken,
                    values).ConfigureAwait(false);
                await ForgetKeysAsync(connection, values[0], cancellationToken).ConfigureAwait(false);
                await connection.CommitAsync(cancellationToken).ConfigureAwait(false);
                return (long)removed;
            },
            cancellationToken);
    }

    private static EvidenceCheckpoint ReadCheckpoint(DbDataReader row) => new(row.GetString(0), row.GetInt64(1), row.Bytes(2), row.Time(3), row.GetString(4), row.Bytes(5));

    private static ChainedEvidence ReadEntry(DbDataReader row) => new()
    {
        Tenant = row.GetString(0),
        Sequence = row.GetInt64(1),
        ChallengeId = row.GetString(2),
        Kind = (EvidenceKind)row.GetInt32(3),
        Outcome = row.TextOrNull(4),
        At = row.Time(5),
        KeyId = row.GetString(6),
        KeyCommitment = row.Bytes(7),
        Ciphertext = row.Bytes(8),
        PreviousHash = row.Bytes(9),
        Hash = row.Bytes(10),
    };

    private ValueTask<IReadOnlyList<ChainedEvidence>> PageAsync(EvidenceQuery query, long after, CancellationToken cancellationToken)
    {
        var sql = new StringBuilder($"SELECT {EntryColumns} FROM {Tables.Evidence} WHERE tenant = @tenant AND sequence > @after");
        List<SqlValue> values = [SqlValue.Text("@tenant", query.Tenant), SqlValue.Long("@after", after), SqlValue.Int("@count", PageSize)];
        Filter(query.From is not null, " AND happened_at >= @from", SqlValue.Time("@from", query.From));
        Filter(query.To is not null, " AND happened_at < @to", SqlValue.Time("@to", query.To));
        Filter(query.ChallengeId is not null, " AND challenge_id = @challenge", SqlValue.Text("@challenge", query.ChallengeId));
        Filter(
            query.KeyIds is not null,
            " AND " + Tables.Engine.InTexts("key_id", "@keys"),
            SqlValue.Text("@keys", query.KeyIds is null ? null : JsonSerializer.Serialize([.. query.KeyIds], ChallengeJson.Default.IReadOnlyListString)));
        sql.Append(" ORDER BY sequence LIMIT @count");
        return ReadAsync(connection => connection.ListAsync(sql.ToString(), ReadEntry, cancellationToken, [.. values]), cancellationToken);

        void Filter(bool isAsked, string condition, SqlValue value)
        {
            if (isAsked)
            {
                sql.Append(condition);
                values.Add(value);
            }
        }
    }

    private async Task<EvidenceHead> HeadAsync(StoreConnection connection, string tenant, CancellationToken cancellationToken) =>
        await connection.FirstAsync(
            $"SELECT sequence, hash FROM {Tables.Evidence} WHERE tenant = @tenant ORDER BY sequence DESC LIMIT 1",
            row => new EvidenceHead(tenant, row.GetInt64(0), row.Bytes(1)),
            cancellationToken,
            SqlValue.Text("@tenant", tenant)).ConfigureAwait(false) ?? EvidenceHead.Empty(tenant);

    private async Task InsertAsync(StoreConnection connection, ChainedEvidence[] entries, CancellationToken cancellationToken)
    {
        var sql = new StringBuilder($"INSERT INTO {Tables.Evidence} ({EntryColumns}) VALUES ");
        List<SqlValue> values = [];
        for (var number = 0; number < entries.Length; number++)
        {
            var entry = entries[number];
            sql.Append(number == 0 ? "(" : ", (");
            SqlValue[] row =
            [
                SqlValue.Text("@t", entry.Tenant), SqlValue.Long("@s", entry.Sequence), SqlValue.Text("@c", entry.ChallengeId), SqlValue.Int("@k", (int)entry.Kind),
                SqlValue.Text("@o", entry.Outcome), SqlValue.Time("@a", entry.At), SqlValue.Text("@i", entry.KeyId), SqlValue.Bytes("@m", entry.KeyCommitment),
                SqlValue.Bytes("@x", entry.Ciphertext), SqlValue.Bytes("@p", entry.PreviousHash), SqlValue.Bytes("@h", entry.Hash),
            ];
            for (var column = 0; column < row.Length; column++)
            {
                var name = row[column].Name + number.ToString(CultureInfo.InvariantCulture);
                sql.Append(column == 0 ? "" : ", ").Append(name);
                values.Add(row[column] with { Name = name });
            }

            sql.Append(')');
        }

        await connection.ExecuteAsync(sql.ToString(), cancellationToken, [.. values]).ConfigureAwait(false);
    }
}
