using Microsoft.Data.Sqlite;

namespace BiometricTwoFactor.EntityFrameworkCore.Tests;

/// <summary>The migrations are the model's, and apply once whoever starts at once.</summary>
public sealed class MigrationTests
{
    [Fact]
    public void No_change_of_the_model_waits_for_a_migration()
    {
        using var sqlite = new SqliteDesignTimeFactory().CreateDbContext([]);
        Assert.False(sqlite.Database.HasPendingModelChanges(), "dotnet ef migrations add … --context SqliteStepUpContext");
        using var postgres = new PostgreSqlDesignTimeFactory().CreateDbContext([]);
        Assert.False(postgres.Database.HasPendingModelChanges(), "dotnet ef migrations add … --context PostgreSqlStepUpContext");
    }

    [Fact]
    public void Every_migration_is_found_and_writes_the_version_of_the_tables()
    {
        using var sqlite = new SqliteDesignTimeFactory().CreateDbContext([]);
        using var postgres = new PostgreSqlDesignTimeFactory().CreateDbContext([]);
        foreach (var context in new DbContext[] { sqlite, postgres })
        {
            Assert.True(context.Database.GetMigrations().Count() == BiometricStepUpModelBuilderExtensions.SchemaVersion);
            Assert.Contains("biometric_schema", context.Database.GenerateCreateScript(), StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task Several_instances_that_migrate_at_once_do_it_once()
    {
        var connection = await (await PostgreSqlServer.Shared).EmptyAsync();
        var hosts = Enumerable.Range(0, 4).Select(_ => StoreHost.OnPostgreSql(connection)).ToArray();
        await Task.WhenAll(hosts.Select(host => Task.Run(() => host.Services.MigrateBiometricStoreAsync())));
        Assert.Null(await hosts[3].Store.FindAsync("nobody"));
        foreach (var host in hosts)
        {
            await host.DisposeAsync();
        }
    }

    [Fact]
    public async Task Every_query_of_a_step_up_is_answered_by_an_index()
    {
        using var file = new SqliteFile();
        await using var host = StoreHost.OnSqlite(file.ConnectionString);
        await host.Services.MigrateBiometricStoreAsync();
        await using var connection = new SqliteConnection(file.ConnectionString);
        await connection.OpenAsync();
        string[] conditions =
        [
            "id = 'a'", "facts = 'a' AND operation_id = 'b'", "tenant = 'a' AND subject = 'b' AND created_at >= 1", "tenant = 'a' AND browser_hash = 'b' AND created_at >= 1",
            "code_hash = 'a'", "next_deadline <= 1", "read_due_at <= 1", "tenant = 'a' AND state = 1", "next_deadline IS NULL AND deadline < 1",
        ];
        foreach (var condition in conditions)
        {
            await using var command = connection.CreateCommand();
            command.CommandText = $"EXPLAIN QUERY PLAN SELECT document FROM biometric_challenges WHERE {condition}";
            await using var reader = await command.ExecuteReaderAsync();
            Assert.True(await reader.ReadAsync());
            Assert.StartsWith("SEARCH", reader.GetString(3), StringComparison.Ordinal);
        }
    }
}
