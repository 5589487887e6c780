using Bank;
using Microsoft.EntityFrameworkCore;

namespace BiometricTwoFactor.Force;

/// <summary>The database that all processes of the bank work on.</summary>
internal interface IForceDatabase : IAsyncDisposable
{
    /// <summary><c>Bank:Database:Provider</c>.</summary>
    string Provider { get; }

    /// <summary><c>Bank:Database:ConnectionString</c>.</summary>
    string ConnectionString { get; }

    /// <summary>Looks into it, past the bank.</summary>
    BankDbContext Open();
}

/// <summary>A SQLite file: one machine.</summary>
internal sealed class SqliteDatabase(Watchdog watchdog) : IForceDatabase
{
    public string Provider => "Sqlite";

    public string ConnectionString => $"Data Source={Path.Combine(watchdog.Folder, "bank.db")}";

    public BankDbContext Open() => new(new DbContextOptionsBuilder<BankDbContext>().UseSqlite(ConnectionString + ";Pooling=false").Options);

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;
}
