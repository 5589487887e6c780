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
            "The biometric store's SQLite file cannot be opened. Name a file in a folder that exists and may be written to (Data Source=…), or set MigrateOnStart = true to have it made.",
        SqliteException { SqliteErrorCode: ReadOnly } =>
            "The biometric store's SQLite file is read-only. Give this process the right to write to the file and its folder: SQLite keeps two more files beside it.",
        SqliteException { SqliteErrorCode: Full or IoError } =>
            "The biometric store's disk is full or failing. Make room, and see that the folder of the SQLite file can be written to.",
        SqliteException { SqliteErrorCode: Busy or Locked } =>
            "The biometric store's SQLite file is locked by another process. End it, or use PostgreSQL where several processes serve.",
        ArgumentException =>
            "The biometric store's connection string is none for SQLite. It looks like: Data Source=step-up.db",
        _ => $"The biometric store's SQLite database cannot be used ({failure.GetType().Name}). The inner exception has the cause.",
    };

    public override async Task CheckAsync(DbContext context, bool mayCreate, CancellationToken cancellationToken)
    {
        var connection = (SqliteConnection)context.Database.GetDbConnection();
        var file = new FileInfo(connection.DataSource is { Length: > 0 } source ? source : ":memory:");
        var isFile = !connection.DataSource.Contains(":memory:", StringComparison.Ordinal) && !connection.ConnectionString.Contains("Mode=Memory", StringComparison.OrdinalIgnoreCase);
        if (isFile && !file.Exists)
        {
            if (mayCreate)
            {
                return;
            }

            // Opening it would make an empty one, and hide a wrong path behind a missing table.
            throw new StoreUnusableException(
                $"The biometric store's SQLite file '{file.Name}' does not exist. Name the right one in the connection string (Data Source=…), or have it made: await app.Services.MigrateBiometricStoreAsync(), or MigrateOnStart = true.");
        }

        await context.GetService<IRelationalConnection>().OpenAsync(cancellationToken).ConfigureAwait(false);
        await OpenedAsync(connection, cancellationToken).ConfigureAwait(false);
        var command = connection.CreateCommand();
        await using (command.ConfigureAwait(false))
        {
            // Those who read and the one who writes do not wait for each other; kept in the file from then on.
            command.CommandText = "PRAGMA journal_mode = WAL";
            await command.ExecuteScalarAsync(cancellationToken).ConfigureAwait(false);
            if (isFile && file.Length <= MostBytesChecked)
            {
                command.CommandText = "PRAGMA quick_check(1)";
                if (await command.ExecuteScalarAsync(cancellationToken).ConfigureAwait(false) is not "ok")
                {
                    throw new SqliteException("The file's pages do not fit together.", Corrupt);
                }
            }
        }
    }
}
