using System.Data.Common;
using System.Globalization;
using System.Text;
using Npgsql;

namespace BiometricTwoFactor.EntityFrameworkCore;

/// <summary>
/// PostgreSQL. A change with all that belongs to it is one statement and one round trip, so that no row is locked while
/// something travels.
/// </summary>
internal sealed partial class PostgreSqlEngine : StoreEngine
{
    /// <summary>Where changes are announced; the payload is the challenge's id, which names nobody.</summary>
    public const string Channel = "biometric_challenge";

    private string? _isolation;

    public override string Name => "PostgreSQL";

    /// <summary>A safety net: announcements arrive in milliseconds.</summary>
    public override TimeSpan PollInterval => TimeSpan.FromSeconds(5);

    public override ValueTask OpenedAsync(DbConnection connection, CancellationToken cancellationToken) => ValueTask.CompletedTask;

    public override ValueTask<IDisposable?> EnterWriteAsync(CancellationToken cancellationToken) => new((IDisposable?)null);

    public override bool IsWorthARetry(Exception failure) =>
        failure is PostgresException { SqlState: PostgresErrorCodes.SerializationFailure or PostgresErrorCodes.DeadlockDetected };

    public override bool IsDuplicate(Exception failure) => failure is PostgresException { SqlState: PostgresErrorCodes.UniqueViolation };

    public override bool IsMissingValue(Exception failure) => failure is PostgresException { SqlState: PostgresErrorCodes.NotNullViolation };

    public override void Forget(DbConnection connection, Exception failure)
    {
        // The server went away or ends its sessions: what is pooled is dead too, and each would fail one request more. One that is
        // read-only, as those that began while the server was the standby, stays so until it ends.
        if (connection is NpgsqlConnection npgsql
            && failure is NpgsqlException
            && (failure is not PostgresException refused
                || string.Equals(refused.SqlState, PostgresErrorCodes.ReadOnlySqlTransaction, StringComparison.Ordinal)
                || refused.SqlState.StartsWith("57P", StringComparison.Ordinal)))
        {
            NpgsqlConnection.ClearPool(npgsql);
        }
    }

    public override string InTexts(string column, string parameter) => $"{column} IN (SELECT json_array_elements_text({parameter}::json))";

    public override string InNumbers(string column, string parameter) => $"{column} IN (SELECT json_array_elements_text({parameter}::json)::bigint)";

    public override string ForChange => " FOR UPDATE";

    public override string ForKeeping => " FOR KEY SHARE";

    public override string OneAtATime(int kind, string statement) => $"SELECT pg_advisory_xact_lock({Number(kind)}, 0); {statement}";

    public override ChangeListener Listen(IStoreDatabase database, Action<string?> changed) => new(database, changed);

    public override Task<StepUpChallenge?> ChangeAsync(StoreConnection connection, StoreChange change, SqlValue[] values, CancellationToken cancellationToken) =>
        connection.FirstAsync(TextOf(change), ChallengeMap.Read, cancellationToken, values);

    public override async Task<(StepUpChallenge? Found, StepUpChallenge? Written)> FindOrChangeAsync(
        StoreConnection connection, StoreLocks locks, string find, StoreChange change, SqlValue[] values, CancellationToken cancellationToken)
    {
        var begun = !await SeesWhatWasCommittedAsync(connection, cancellationToken).ConfigureAwait(false);
        if (begun)
        {
            await connection.BeginAsync(cancellationToken).ConfigureAwait(false);
        }

        var result = await SendAsync(connection, locks, find, change, values, cancellationToken).ConfigureAwait(false);
        if (begun)
        {
            await connection.CommitAsync(cancellationToken).ConfigureAwait(false);
        }

        return result;
    }

    private static async Task<(StepUpChallenge? Found, StepUpChallenge? Written)> SendAsync(
        StoreConnection connection, StoreLocks locks, string find, StoreChange change, SqlValue[] values, CancellationToken cancellationToken)
    {
        // Sent at once, and one transaction: but each statement sees what was committed before it began, that is, after the locks.
        // The numbers stand in a parameter and not in the text, which is to stay the same and prepared.
        var text = locks.Browser is null
            ? $"SELECT pg_advisory_xact_lock({Number(StoreLocks.SubjectKind)}, @lock1); {find}; {TextOf(change)}"
            : $"SELECT pg_advisory_xact_lock({Number(StoreLocks.SubjectKind)}, @lock1); SELECT pg_advisory_xact_lock({Number(StoreLocks.BrowserKind)}, @lock2); {find}; {TextOf(change)}";
        SqlValue[] all = locks.Browser is { } browser
            ? [.. values, SqlValue.Int("@lock1", locks.Subject), SqlValue.Int("@lock2", browser)]
            : [.. values, SqlValue.Int("@lock1", locks.Subject)];
        var command = connection.Command(text, all);
        await using (command.ConfigureAwait(false))
        {
            var reader = await command.ExecuteReaderAsync(cancellationToken).ConfigureAwait(false);
            await using (reader.ConfigureAwait(false))
            {
                for (var skipped = locks.Browser is null ? 1 : 2; skipped > 0; skipped--)
                {
                    await reader.NextResultAsync(cancellationToken).ConfigureAwait(false);
                }

                var found = await reader.ReadAsync(cancellationToken).ConfigureAwait(false) ? ChallengeMap.Read(reader) : null;
                await reader.NextResultAsync(cancellationToken).ConfigureAwait(false);
                var written = await reader.ReadAsync(cancellationToken).ConfigureAwait(false) ? ChallengeMap.Read(reader) : null;

                // To the end, where a failure of the commit would show.
                while (await reader.NextResultAsync(cancellationToken).ConfigureAwait(false))
                {
                }

                return (found, written);
            }
        }
    }

    /// <summary>
    /// True at READ COMMITTED. Where the server, the database or the role has another default, a transaction of several statements
    /// sees what was committed before its first one, that is, before the locks: such a one has to name its level.
    /// </summary>
    private async ValueTask<bool> SeesWhatWasCommittedAsync(StoreConnection connection, CancellationToken cancellationToken)
    {
        _isolation ??= await connection.FirstAsync("SHOW default_transaction_isolation", static row => row.GetString(0), cancellationToken).ConfigureAwait(false);
        return string.Equals(_isolation, "read committed", StringComparison.Ordinal);
    }

    // Dead rows are the server's to take away (VACUUM).
    public override Task ErasedAsync(StoreConnection connection, CancellationToken cancellationToken) => Task.CompletedTask;

    private static string TextOf(StoreChange change)
    {
        if (change.Text is { } text)
        {
            return text;
        }

        var builder = new StringBuilder($"WITH changed AS ({change.Primary} RETURNING {ChallengeMap.ReadColumns})");
        for (var number = 0; number < change.Companions.Count; number++)
        {
            var companion = change.Companions[number];
            builder.Append(CultureInfo.InvariantCulture, $", companion{number} AS (INSERT INTO {companion.Table} ({companion.Columns}) SELECT {companion.Expressions} FROM changed {companion.OnConflict})");
        }

        if (change.Removal is { } removal)
        {
            builder.Append(CultureInfo.InvariantCulture, $", removed AS (DELETE FROM {removal.Table} WHERE ({removal.Columns}) IN (SELECT {removal.Expressions} FROM changed WHERE {removal.Condition}))");
        }

        builder.Append(CultureInfo.InvariantCulture, $" SELECT {ChallengeMap.ReadColumns}{(change.Announced ? $", pg_notify('{Channel}', id)" : "")} FROM changed");
        return change.Text = builder.ToString();
    }

    private static string Number(int number) => number.ToString(CultureInfo.InvariantCulture);
}
