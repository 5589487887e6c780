using Npgsql;

namespace BiometricTwoFactor.EntityFrameworkCore;

/// <summary>How the store's own contexts reach their databases.</summary>
internal static class StoreContexts
{
    /// <summary>A table of its own, so that another context on the same database keeps its migrations.</summary>
    private const string HistoryTable = "biometric_migrations";

    public static void UseSqlite(DbContextOptionsBuilder options, string connectionString) =>
        options.UseSqlite(connectionString, sqlite => sqlite.MigrationsHistoryTable(HistoryTable));

    /// <exception cref="StoreUnusableException">The text is no connection string.</exception>
    public static void UsePostgreSql(DbContextOptionsBuilder options, string connectionString)
    {
        NpgsqlConnectionStringBuilder builder;
        try
        {
            builder = new NpgsqlConnectionStringBuilder(connectionString);
        }
        catch (Exception failure) when (failure is ArgumentException or FormatException)
        {
            throw new StoreUnusableException(new PostgreSqlEngine().Explain(failure), failure);
        }

        if (!connectionString.Contains("Max Auto Prepare", StringComparison.OrdinalIgnoreCase))
        {
            // Every step-up runs the same few statements: planned once for each connection. With a pooler in transaction mode
            // before the server, say "Max Auto Prepare=0".
            builder.MaxAutoPrepare = 64;
            builder.AutoPrepareMinUsages = 2;
        }

        options.UseNpgsql(builder.ConnectionString, npgsql => npgsql.MigrationsHistoryTable(HistoryTable));
    }
}
