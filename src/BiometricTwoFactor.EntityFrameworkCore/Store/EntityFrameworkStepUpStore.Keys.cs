using System.Data.Common;
using System.Text.Json;

namespace BiometricTwoFactor.EntityFrameworkCore;

/// <summary>The keys of persons, and their erasing.</summary>
internal sealed partial class EntityFrameworkStepUpStore
{
    private const string KeyColumns = "id, tenant, subject, wrapped, created_at";

    /// <inheritdoc/>
    public ValueTask<EvidenceKey> GetOrAddEvidenceKeyAsync(EvidenceKey candidate, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(candidate);
        return WriteAsync(
            async connection =>
            {
                // The row that is there already is written with its own value, so that it is returned whoever was first.
                var first = await connection.FirstAsync(
                    $"INSERT INTO {Tables.EvidenceKeys} AS first ({KeyColumns}) VALUES (@id, @tenant, @subject, @wrapped, @at) "
                    + $"ON CONFLICT (tenant, subject) DO UPDATE SET created_at = first.created_at RETURNING {KeyColumns}",
                    ReadKey,
                    cancellationToken,
                    SqlValue.Text("@id", candidate.Id),
                    SqlValue.Text("@tenant", candidate.Tenant),
                    SqlValue.Text("@subject", candidate.Subject),
                    SqlValue.Bytes("@wrapped", candidate.Wrapped),
                    SqlValue.Time("@at", candidate.CreatedAt)).ConfigureAwait(false);
                return first!;
            },
            cancellationToken);
    }

    /// <inheritdoc/>
    public ValueTask<IReadOnlyList<EvidenceKey>> FindEvidenceKeysAsync(IReadOnlyCollection<string> ids, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(ids);
        return ReadAsync(
            connection => connection.ListAsync(
                $"SELECT {KeyColumns} FROM {Tables.EvidenceKeys} WHERE {Tables.Engine.InTexts("id", "@ids")}",
                ReadKey,
                cancellationToken,
                IdsOf([.. ids])),
            cancellationToken);
    }

    /// <inheritdoc/>
    public ValueTask<IReadOnlyList<EvidenceKey>> FindEvidenceKeysOfAsync(string tenant, string subject, CancellationToken cancellationToken = default) =>
        ReadAsync(
            connection => connection.ListAsync(
                $"SELECT {KeyColumns} FROM {Tables.EvidenceKeys} WHERE tenant = @tenant AND subject = @subject",
                ReadKey,
                cancellationToken,
                SqlValue.Text("@tenant", tenant),
                SqlValue.Text("@subject", subject)),
            cancellationToken);

    /// <inheritdoc/>
    public ValueTask<EvidenceKey?> FindNewestEvidenceKeyAsync(string tenant, CancellationToken cancellationToken = default) =>
        ReadAsync(
            connection => connection.FirstAsync(
                $"SELECT {KeyColumns} FROM {Tables.EvidenceKeys} WHERE tenant = @tenant ORDER BY created_at DESC LIMIT 1", ReadKey, cancellationToken, SqlValue.Text("@tenant", tenant)),
            cancellationToken);

    /// <inheritdoc/>
    public ValueTask<IReadOnlyList<string>> EraseSubjectAsync(string tenant, string subject, string vendorData, CancellationToken cancellationToken = default)
    {
        SqlValue[] values = [SqlValue.Text("@tenant", tenant), SqlValue.Text("@subject", subject), SqlValue.Text("@vendor", vendorData)];
        return WriteAsync(
            async connection =>
            {
                await connection.BeginAsync(cancellationToken).ConfigureAwait(false);
                var keys = await connection.ListAsync(
                    $"DELETE FROM {Tables.EvidenceKeys} WHERE tenant = @tenant AND subject = @subject RETURNING id",
                    static row => row.GetString(0),
                    cancellationToken,
                    values).ConfigureAwait(false);
                await connection.ExecuteAsync(
                    $"DELETE FROM {Tables.Challenges} WHERE tenant = @tenant AND subject = @subject AND next_deadline IS NULL", cancellationToken, values).ConfigureAwait(false);
                await connection.ExecuteAsync(
                    $"UPDATE {Tables.Deletions} SET vendor_data = '', face_in_doubt = FALSE WHERE tenant = @tenant AND vendor_data = @vendor", cancellationToken, values).ConfigureAwait(false);
                foreach (var table in new[] { Tables.Drafts, Tables.Devices, Tables.Access, Tables.Blocks, Tables.Unblocks })
                {
                    await connection.ExecuteAsync($"DELETE FROM {table} WHERE tenant = @tenant AND subject = @subject", cancellationToken, values).ConfigureAwait(false);
                }

                foreach (var table in new[] { Tables.Enrolments, Tables.Leases })
                {
                    await connection.ExecuteAsync($"DELETE FROM {table} WHERE tenant = @tenant AND vendor_data = @vendor", cancellationToken, values).ConfigureAwait(false);
                }

                await connection.CommitAsync(cancellationToken).ConfigureAwait(false);
                await Tables.Engine.ErasedAsync(connection, cancellationToken).ConfigureAwait(false);
                return keys;
            },
            cancellationToken);
    }

    /// <summary>True when the keys of all entries are there, and stay until the entries are.</summary>
    private async Task<bool> AreKeptAsync(StoreConnection connection, IReadOnlyList<ChainedEvidence> entries, CancellationToken cancellationToken)
    {
        string[] ids = [.. entries.Select(entry => entry.KeyId).Distinct(StringComparer.Ordinal)];
        var kept = await connection.ListAsync(
            $"SELECT id FROM {Tables.EvidenceKeys} WHERE {Tables.Engine.InTexts("id", "@ids")}{Tables.Engine.ForKeeping}",
            static row => row.GetString(0),
            cancellationToken,
            IdsOf(ids)).ConfigureAwait(false);
        return kept.Count == ids.Length;
    }

    /// <summary>
    /// The persons of whom nothing is left. Taken first and looked at again, since an entry may have come between the look and the
    /// lock: without its key it would be lost.
    /// </summary>
    private async Task ForgetKeysAsync(StoreConnection connection, SqlValue tenant, CancellationToken cancellationToken)
    {
        var unused = $"tenant = @tenant AND NOT EXISTS (SELECT 1 FROM {Tables.Evidence} WHERE {Tables.Evidence}.tenant = @tenant AND key_id = {Tables.EvidenceKeys}.id) "
            + $"AND NOT EXISTS (SELECT 1 FROM {Tables.Drafts} WHERE {Tables.Drafts}.tenant = @tenant AND {Tables.Drafts}.subject = {Tables.EvidenceKeys}.subject)";
        var ids = await connection.ListAsync(
            $"SELECT id FROM {Tables.EvidenceKeys} WHERE {unused}{Tables.Engine.ForChange}", static row => row.GetString(0), cancellationToken, tenant).ConfigureAwait(false);
        if (ids.Count > 0)
        {
            await connection.ExecuteAsync(
                $"DELETE FROM {Tables.EvidenceKeys} WHERE {Tables.Engine.InTexts("id", "@ids")} AND {unused}", cancellationToken, tenant, IdsOf(ids)).ConfigureAwait(false);
        }
    }

    private static SqlValue IdsOf(IReadOnlyList<string> ids) => SqlValue.Text("@ids", JsonSerializer.Serialize(ids, ChallengeJson.Default.IReadOnlyListString));

    private static EvidenceKey ReadKey(DbDataReader row) => new(row.GetString(0), row.GetString(1), row.GetString(2), row.Bytes(3), row.Time(4));
}
