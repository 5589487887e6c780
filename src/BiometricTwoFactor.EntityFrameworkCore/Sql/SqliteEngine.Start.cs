using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Storage;

namespace BiometricTwoFactor.EntityFrameworkCore;

/// <summary>What can be wrong with a file, seen at the start.</summary>
internal sealed partial class SqliteEngine
{
    private const int ReadOnly = 8;
    private const int IoError = 10;
    private const int Corrupt = 11;
    private const int Full = 13;
    private const int CannotOpen = 14;
    private const int NotADatabase = 26;

    /// <summary>Up to this size every page is looked at; a larger file takes too long, and its damage shows when it is met.</summary>
    private const long MostBytesChecked = 256L * 1024 * 1024;

    public override bool IsMissingTable(Exception failure) =>
        failure is SqliteException { SqliteErrorCode: 1 } missing && missing.Message.Contains("no such table", StringComparison.Ordinal);

    public override string Explain(Exception failure) => CauseOf(failure) switch
    {
        StoreUnusableException known => known.Message,
        SqliteException { SqliteErrorCode: NotADatabase } =>
            "The biometric store's file is no SQLite database, or an encrypted one. Name the right file in the connection string (Data Source=…).",
        SqliteException { SqliteErrorCode: Corrupt } =>
            "The biometric store's SQLite file is damaged. Restore it from a backup; what can be saved is saved by: sqlite3 FILE .recover. Do not go on with it: approvals could be lost.",
        SqliteException { SqliteErrorCode: CannotOpen } =>
            "The biometric store's SQLite file cannot be opened. Name a file in a folder that exists (Data Source=…), which this process may read and write to.",
        SqliteException { SqliteErrorCode: ReadOnly } =>
            "The biometric store's SQLite file is read-only. Take Mode=ReadOnly from the connection string where it is there, and give this process the right to write to the file and its folder: SQLite keeps two more files beside it.",
        SqliteException { SqliteErrorCode: Full or IoError } =>
            "The biometric store's disk is full or failing. Make room, and see that the folder of the SQLite file can be written to.",
        SqliteException { SqliteErrorCode: Busy or Locked } =>
            "The biometric store's SQLite file is locked by another process. End it, or use PostgreSQL where several processes serve.",
        ArgumentException =>
            "The biometric store's connection string is none for SQLite. It looks like: Data Source=step-up.db",
        _ => $"The biometric store's SQLite database cannot be used ({failure.GetType().Name}). The inner exception has the cause.",
    };

    public override string ColumnsOfTable => "SELECT name FROM pragma_table_info(@table)";

    public override string UniqueColumnsOfTable =>
        """SELECT list.name, part.name FROM pragma_index_list(@table) AS list, pragma_index_info(list.name) AS part WHERE list."unique" = 1 AND list.partial = 0 AND part.name IS NOT NULL """
        + "UNION ALL SELECT 'primary key', name FROM pragma_table_info(@table) WHERE pk > 0";

    public override string TableParameter(StoreTable table) => table.Name;

    public override async Task CheckAsync(IStoreDatabase database, DbContext context, bool mayCreate, CancellationToken cancellationToken)
    {
        var connection = (SqliteConnection)context.Database.GetDbConnection();
        var file = FileOf(connection);
        if (file is { Exists: false })
        {
            if (file.Directory is { Exists: false } folder)
            {
                throw new StoreUnusableException(
                    $"The folder '{folder.FullName}' of the biometric store's SQLite file does not exist. Make it, with the right for this process to write to it, or name another in the connection string (Data Source=…).");
            }

            if (mayCreate)
            {
                return;
            }

            // Opening it would make an empty one, and hide a wrong path behind a missing table.
            throw new StoreUnusableException(
                $"The biometric store's SQLite file '{file.FullName}' does not exist. Name the right one in the connection string (Data Source=…), or have it made: {MigrationRemedy(database)}.");
        }

        await context.GetService<IRelationalConnection>().OpenAsync(cancellationToken).ConfigureAwait(false);
        await OpenedAsync(connection, cancellationToken).ConfigureAwait(false);
        await TryToWriteAsync(connection, cancellationToken).ConfigureAwait(false);
        var command = connection.CreateCommand();
        await using (command.ConfigureAwait(false))
        {
            // Those who read and the one who writes do not wait for each other; kept in the file from then on.
            command.CommandText = "PRAGMA journal_mode = WAL";
            await command.ExecuteScalarAsync(cancellationToken).ConfigureAwait(false);
            if (file?.Length <= MostBytesChecked)
            {
                command.CommandText = "PRAGMA quick_check(1)";
                if (await command.ExecuteScalarAsync(cancellationToken).ConfigureAwait(false) is not "ok")
                {
                    throw new SqliteException("The file's pages do not fit together.", Corrupt);
                }
            }
        }
    }

    /// <summary>
    /// A file that can be read and not written to would be noticed by the first customer. To begin a transaction does not tell:
    /// on a file that is read-only SQLite begins one all the same. So something is written, and rolled back.
    /// </summary>
    private static async Task TryToWriteAsync(SqliteConnection connection, CancellationToken cancellationToken)
    {
        var transaction = await connection.BeginTransactionAsync(cancellationToken).ConfigureAwait(false);
        await using (transaction.ConfigureAwait(false))
        {
            var command = connection.CreateCommand();
            await using (command.ConfigureAwait(false))
            {
                command.Transaction = (SqliteTransaction)transaction;
                command.CommandText = "PRAGMA user_version = 0";
                await command.ExecuteNonQueryAsync(cancellationToken).ConfigureAwait(false);
                await transaction.RollbackAsync(cancellationToken).ConfigureAwait(false);
            }
        }
    }

    /// <summary>Null for a database in memory that the application keeps alive itself.</summary>
    /// <exception cref="StoreUnusableException">The connection string names no file, or one that cannot be.</exception>
    private static FileInfo? FileOf(SqliteConnection connection)
    {
        var names = new SqliteConnectionStringBuilder(connection.ConnectionString);
        if (names.Mode == SqliteOpenMode.Memory || names.DataSource.Contains(":memory:", StringComparison.Ordinal))
        {
            // One that is open belongs to somebody who keeps it; so may a shared one. Every other ends with the connection.
            return connection.State == System.Data.ConnectionState.Open || names.Cache == SqliteCacheMode.Shared
                ? null
                : throw new StoreUnusableException(
                    "The biometric store's SQLite database is in memory, and gone with each connection. Name a file in the connection string (Data Source=step-up.db); for a store that lives in the process, leave AddSqliteStore out.");
        }

        if (names.DataSource.Length == 0)
        {
            throw new StoreUnusableException("The biometric store's connection string names no SQLite file. It looks like: Data Source=step-up.db");
        }

        return names.DataSource.StartsWith("file:", StringComparison.OrdinalIgnoreCase) ? null // a URI, which SQLite itself reads
            : Directory.Exists(connection.DataSource)
                ? throw new StoreUnusableException(
                    $"The biometric store's connection string names the folder '{Path.GetFullPath(connection.DataSource)}'. Name a file in it: Data Source={Path.Combine(connection.DataSource, "step-up.db")}")
                : new FileInfo(connection.DataSource);
    }
}
