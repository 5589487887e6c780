using System.Data.Common;

namespace BiometricTwoFactor.EntityFrameworkCore;

/// <summary>What the databases do differently. Everything else is one text for all of them.</summary>
internal abstract class StoreEngine
{
    /// <summary>The engine's name in messages.</summary>
    public abstract string Name { get; }

    /// <summary>How long one who waits trusts that every change is announced before looking again.</summary>
    public abstract TimeSpan PollInterval { get; }

    /// <summary>The engine of a context's provider.</summary>
    /// <exception cref="InvalidOperationException">The provider is none of the two.</exception>
    public static StoreEngine Of(string? provider) => provider switch
    {
        "Microsoft.EntityFrameworkCore.Sqlite" => new SqliteEngine(),
        "Npgsql.EntityFrameworkCore.PostgreSQL" => new PostgreSqlEngine(),
        _ => throw new InvalidOperationException(
            $"The biometric store runs on SQLite and PostgreSQL, and the context's provider is '{provider}'. Give it a context on one of the two (AddSqliteStore, AddPostgreSqlStore), or write an IStepUpStore for the engine and hold it to StepUpStoreConformance."),
    };

    /// <summary>Prepares a connection that was just opened.</summary>
    public abstract ValueTask OpenedAsync(DbConnection connection, CancellationToken cancellationToken);

    /// <summary>Waits until this process may write. One that writes at a time, where the engine has only one writer anyway.</summary>
    public abstract ValueTask<IDisposable?> EnterWriteAsync(CancellationToken cancellationToken);

    /// <summary>True when nothing was written and the same operation may be tried again: a deadlock, a serialization failure.</summary>
    public abstract bool IsWorthARetry(Exception failure);

    /// <summary>True when a unique index refused the write.</summary>
    public abstract bool IsDuplicate(Exception failure);

    /// <summary>True when a write was refused because a value that every row has would be missing.</summary>
    public abstract bool IsMissingValue(Exception failure);

    /// <summary>Lets go of pooled connections that died with the server, so that its return is noticed at once.</summary>
    public abstract void Forget(DbConnection connection, Exception failure);

    /// <summary>True when a table is not there.</summary>
    public abstract bool IsMissingTable(Exception failure);

    /// <summary>What a failure at the start means, and what to do about it. Never with the connection string.</summary>
    public abstract string Explain(Exception failure);

    /// <summary>What EF wraps where it runs something through an execution strategy.</summary>
    protected static Exception CauseOf(Exception failure) => failure is not DbException and { InnerException: DbException cause } ? cause : failure;

    /// <summary>Looks at the database before anybody is served.</summary>
    /// <param name="database">Whose it is, which decides the remedy.</param>
    /// <param name="context">A context on it.</param>
    /// <param name="mayCreate">True when a missing database is about to be made.</param>
    /// <param name="cancellationToken">Ends the look.</param>
    public abstract Task CheckAsync(IStoreDatabase database, DbContext context, bool mayCreate, CancellationToken cancellationToken);

    /// <summary>One column, a name a row: the columns of the table that is given as <c>@table</c>, as <see cref="TableParameter"/> writes it.</summary>
    public abstract string ColumnsOfTable { get; }

    /// <summary>Two columns, an index and a column of it a row: the table's unique indexes that hold for all rows, its primary key among them.</summary>
    public abstract string UniqueColumnsOfTable { get; }

    /// <summary>How a table is named to the two statements above.</summary>
    public abstract string TableParameter(StoreTable table);

    /// <summary>How a context's tables are brought up to date, in the words of whose context it is.</summary>
    protected static string MigrationRemedy(IStoreDatabase database) => database.IsOwn
        ? "await app.Services.MigrateBiometricStoreAsync() in a deployment step, or MigrateOnStart = true"
        : $"dotnet ef database update --context {database.ContextName}, or Database.MigrateAsync() on a {database.ContextName} in a deployment step";

    /// <summary>True when the column is in a JSON list of texts, given as a parameter.</summary>
    public abstract string InTexts(string column, string parameter);

    /// <summary>True when the column is in a JSON list of whole numbers, given as a parameter.</summary>
    public abstract string InNumbers(string column, string parameter);

    /// <summary>After a SELECT: its rows are ours to change until the transaction ends.</summary>
    public abstract string ForChange { get; }

    /// <summary>After a SELECT: nobody may delete its rows until the transaction ends.</summary>
    public abstract string ForKeeping { get; }

    /// <summary>A write that sees what all former ones of its kind have written.</summary>
    public abstract string OneAtATime(int kind, string statement);

    /// <summary>The changed challenge, or null when the condition did not hold; the companions are written exactly when it did.</summary>
    public abstract Task<StepUpChallenge?> ChangeAsync(StoreConnection connection, StoreChange change, SqlValue[] values, CancellationToken cancellationToken);

    /// <summary>
    /// Serialised by the locks: finds a challenge, or else writes the change.
    /// </summary>
    /// <returns>What was found, and what was written: one of them, or none.</returns>
    public abstract Task<(StepUpChallenge? Found, StepUpChallenge? Written)> FindOrChangeAsync(
        StoreConnection connection, StoreLocks locks, string find, StoreChange change, SqlValue[] values, CancellationToken cancellationToken);

    /// <summary>After a person's rows were deleted and that was committed: takes away what the engine itself keeps of them.</summary>
    public abstract Task ErasedAsync(StoreConnection connection, CancellationToken cancellationToken);

    /// <summary>Announcements of changes that other processes make; null where there are none.</summary>
    public abstract ChangeListener? Listen(IStoreDatabase database, Action<string?> changed);
}
