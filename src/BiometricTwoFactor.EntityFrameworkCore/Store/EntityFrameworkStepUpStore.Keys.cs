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
                SqlValue.Text("@ids", JsonSerializer.Serialize([.. ids], ChallengeJson.Default.IReadOnlyListString))),
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
                foreach (var table in new[] { Tables.Drafts, Tables.Devices, Tables.Access, Tables.Blocks, Tables.Unblocks })
                {
                    await connection.ExecuteAsync($"DELETE FROM {table} WHERE tenant = @tenant AND subject = @subject", cancellationToken, values).ConfigureAwait(false);
                }

                await connection.ExecuteAsync($"DELETE FROM {Tables.Enrolments} WHERE tenant = @tenant AND vendor_data = @vendor", cancellationToken, values).ConfigureAwait(false);
                await connection.CommitAsync(cancellationToken).ConfigureAwait(false);
                return keys;
            },
            cancellationToken);
    }

    private static EvidenceKey ReadKey(DbDataReader row) => new(row.GetString(0), row.GetString(1), row.GetString(2), row.Bytes(3), row.Time(4));
}
