using System.Data.Common;
using System.Globalization;
using System.Runtime.CompilerServices;
using Microsoft.Data.Sqlite;
using SQLitePCL;

namespace BiometricTwoFactor.EntityFrameworkCore;

/// <summary>
/// One file, one writer at a time. Several statements in one transaction cost nothing here: they never leave the process.
/// </summary>
internal sealed partial class SqliteEngine : StoreEngine
{
    private const int Busy = 5;
    private const int Locked = 6;
    private const int BusyRecovery = 261;
    private const int BusySnapshot = 517;
    private const int Constraint = 19;
    private const int UniqueIndex = 2067;
    private const int PrimaryKey = 1555;
    private const int NotNull = 1299;

    private const int LongestBusySeconds = 10;

    /// <summary>The file is one writer's at a time: to wait here is fair, to wait there is polling.</summary>
    private readonly SemaphoreSlim _writer = new(1, 1);

    private readonly ConditionalWeakTable<sqlite3, object> _prepared = [];

    public override string Name => "SQLite";

    /// <summary>The changes of this process are announced; those of another one on the same file are looked for.</summary>
    public override TimeSpan PollInterval => TimeSpan.FromMilliseconds(250);

    public override async ValueTask OpenedAsync(DbConnection connection, CancellationToken cancellationToken)
    {
        // Pooled connections keep their file handle, and the handle keeps its settings.
        var handle = ((SqliteConnection)connection).Handle;
        if (handle is null || _prepared.TryGetValue(handle, out _))
        {
            return;
        }

        var command = connection.CreateCommand();
        await using (command.ConfigureAwait(false))
        {
            // The provider's own way of waiting sleeps 150 ms at a time, and ends after the connection string's Default Timeout.
            var seconds = ((SqliteConnection)connection).DefaultTimeout is > 0 and < LongestBusySeconds and var shorter ? shorter : LongestBusySeconds;

            // What is deleted is overwritten: the key of an erased person would otherwise stay legible in the free space of the file.
            command.CommandText = string.Create(CultureInfo.InvariantCulture, $"PRAGMA busy_timeout = {seconds * 1000}; PRAGMA secure_delete = ON");
            await command.ExecuteNonQueryAsync(cancellationToken).ConfigureAwait(false);
        }

        _prepared.AddOrUpdate(handle, handle);
    }

    public override async ValueTask<IDisposable?> EnterWriteAsync(CancellationToken cancellationToken)
    {
        await _writer.WaitAsync(cancellationToken).ConfigureAwait(false);
        return new Turn(_writer);
    }

    /// <summary>
    /// Not where another process sits on the file: that was waited for already, and whoever asks is better told so (503) than
    /// kept waiting once more.
    /// </summary>
    public override bool IsWorthARetry(Exception failure) =>
        failure is SqliteException { SqliteErrorCode: Locked } or SqliteException { SqliteErrorCode: Busy, SqliteExtendedErrorCode: BusySnapshot or BusyRecovery };

    public override bool IsDuplicate(Exception failure) =>
        failure is SqliteException { SqliteErrorCode: Constraint, SqliteExtendedErrorCode: UniqueIndex or PrimaryKey };

    public override bool IsMissingValue(Exception failure) =>
        failure is SqliteException { SqliteErrorCode: Constraint, SqliteExtendedErrorCode: NotNull };

    public override void Forget(DbConnection connection, Exception failure)
    {
        // A file does not go away as a server does.
    }

    public override string InTexts(string column, string parameter) => $"{column} IN (SELECT value FROM json_each({parameter}))";

    public override string InNumbers(string column, string parameter) => InTexts(column, parameter);

    // The one writer has the whole file.
    public override string ForChange => "";

    public override string ForKeeping => "";

    public override string OneAtATime(int kind, string statement) => statement;

    public override ChangeListener? Listen(IStoreDatabase database, Action<string?> changed) => null;

    public override async Task<StepUpChallenge?> ChangeAsync(StoreConnection connection, StoreChange change, SqlValue[] values, CancellationToken cancellationToken)
    {
        // Begun by this store (BEGIN IMMEDIATE), or by the application whose transaction it joins.
        var own = !connection.IsInTransaction;
        if (own)
        {
            await connection.BeginAsync(cancellationToken).ConfigureAwait(false);
        }

        var changed = await WriteAsync(connection, change, values, cancellationToken).ConfigureAwait(false);
        if (own)
        {
            await connection.CommitAsync(cancellationToken).ConfigureAwait(false);
        }

        return changed;
    }

    public override async Task<(StepUpChallenge? Found, StepUpChallenge? Written)> FindOrChangeAsync(
        StoreConnection connection, StoreLocks locks, string find, StoreChange change, SqlValue[] values, CancellationToken cancellationToken)
    {
        // The one writer's transaction is the lock.
        await connection.BeginAsync(cancellationToken).ConfigureAwait(false);
        if (await connection.FirstAsync(find, ChallengeMap.Read, cancellationToken, values).ConfigureAwait(false) is { } found)
        {
            return (found, null);
        }

        var written = await WriteAsync(connection, change, values, cancellationToken).ConfigureAwait(false);
        await connection.CommitAsync(cancellationToken).ConfigureAwait(false);
        return (null, written);
    }

    public override async Task ErasedAsync(StoreConnection connection, CancellationToken cancellationToken) =>
        // The log of former pages holds what was erased until it is written over; emptied, it holds nothing.
        await connection.AnyAsync("PRAGMA wal_checkpoint(TRUNCATE)", cancellationToken).ConfigureAwait(false);

    private static async Task<StepUpChallenge?> WriteAsync(StoreConnection connection, StoreChange change, SqlValue[] values, CancellationToken cancellationToken)
    {
        change.Text ??= $"{change.Primary} RETURNING {ChallengeMap.ReadColumns}";
        if (await connection.FirstAsync(change.Text, ChallengeMap.Read, cancellationToken, values).ConfigureAwait(false) is not { } changed)
        {
            return null;
        }

        var from = $"FROM {connection.Schema.Challenges} AS changed WHERE changed.id = @changed_id";
        foreach (var companion in change.Companions)
        {
            await ExecuteAsync($"INSERT INTO {companion.Table} ({companion.Columns}) SELECT {companion.Expressions} {from} {companion.OnConflict}").ConfigureAwait(false);
        }

        if (change.Removal is { } removal)
        {
            await ExecuteAsync($"DELETE FROM {removal.Table} WHERE ({removal.Columns}) IN (SELECT {removal.Expressions} {from} AND {removal.Condition})").ConfigureAwait(false);
        }

        return changed;

        // Of the challenge's many values only those that the statement names: binding them all took longer than the statement.
        Task ExecuteAsync(string sql) => connection.ExecuteAsync(
            sql,
            cancellationToken,
            [SqlValue.Text("@changed_id", changed.Id), .. values.Where(value => sql.Contains(value.Name, StringComparison.Ordinal))]);
    }

    private sealed class Turn(SemaphoreSlim writer) : IDisposable
    {
        public void Dispose() => writer.Release();
    }
}
