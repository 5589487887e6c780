using Microsoft.AspNetCore.Builder;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.Hosting;

namespace BiometricTwoFactor.EntityFrameworkCore.Tests;

/// <summary>A database that cannot hold the step-ups stops the start, with the reason and the remedy.</summary>
public sealed class StartTests
{
    [Fact]
    public async Task With_its_tables_it_starts()
    {
        using var file = new SqliteFile();
        await StartAsync(builder => builder.AddSqliteStore(file.ConnectionString, options => options.MigrateOnStart = true));
        await StartAsync(builder => builder.AddSqliteStore(file.ConnectionString));
        var postgres = await (await PostgreSqlServer.Shared).EmptyAsync();
        await StartAsync(builder => builder.AddPostgreSqlStore(postgres, options => options.MigrateOnStart = true));
        await StartAsync(builder => builder.AddPostgreSqlStore(postgres));
    }

    [Theory]
    [InlineData("Data Sauce=step-up.db", "none for SQLite")]
    [InlineData("Data Source=/no/such/folder/step-up.db", "does not exist")]
    public async Task A_wrong_connection_string_for_Sqlite(string connectionString, string reason) =>
        await RefusedAsync(reason, builder => builder.AddSqliteStore(connectionString));

    [Fact]
    public async Task A_wrong_connection_string_for_PostgreSql()
    {
        var server = await PostgreSqlServer.Shared;
        await RefusedAsync("none for PostgreSQL", builder => builder.AddPostgreSqlStore("Hosst=127.0.0.1"));
        await RefusedAsync("no database of that name", builder => builder.AddPostgreSqlStore(server.ConnectionString("nowhere")));
        await RefusedAsync("refuses the user", builder => builder.AddPostgreSqlStore(server.ConnectionString("migrated").Replace("Username=postgres", "Username=mallory", StringComparison.Ordinal)));
        await RefusedAsync("cannot be reached", builder => builder.AddPostgreSqlStore("Host=127.0.0.1;Port=1;Database=bank;Username=bank"));
    }

    [Fact]
    public async Task A_missing_migration()
    {
        using var file = new SqliteFile();
        await using (var connection = new SqliteConnection(file.ConnectionString))
        {
            await connection.OpenAsync();
            await ExecuteAsync(connection, "CREATE TABLE other (id INTEGER)");
        }

        await RefusedAsync("MigrateBiometricStoreAsync", builder => builder.AddSqliteStore(file.ConnectionString));
        var postgres = await (await PostgreSqlServer.Shared).EmptyAsync();
        await RefusedAsync("MigrateBiometricStoreAsync", builder => builder.AddPostgreSqlStore(postgres));
    }

    [Fact]
    public async Task Tables_of_a_newer_version()
    {
        using var file = new SqliteFile();
        await StartAsync(builder => builder.AddSqliteStore(file.ConnectionString, options => options.MigrateOnStart = true));
        await using (var connection = new SqliteConnection(file.ConnectionString))
        {
            await connection.OpenAsync();
            await ExecuteAsync(connection, "UPDATE biometric_schema SET version = 7");
        }

        await RefusedAsync("version 7", builder => builder.AddSqliteStore(file.ConnectionString));
    }

    [Fact]
    public async Task A_file_that_is_no_database()
    {
        using var file = new SqliteFile();
        await File.WriteAllTextAsync(file.Path, string.Concat(Enumerable.Repeat("this is a letter and no database. ", 200)));
        await RefusedAsync("no SQLite database", builder => builder.AddSqliteStore(file.ConnectionString));
    }

    [Fact]
    public async Task A_damaged_file()
    {
        using var file = new SqliteFile();
        await using (var host = StoreHost.OnSqlite(file.ConnectionString))
        {
            await host.Services.MigrateBiometricStoreAsync();
            for (var number = 0; number < 200; number++)
            {
                await Samples.AddAsync(host.Store, Samples.New("challenge-" + number));
            }
        }

        await using (var connection = new SqliteConnection(file.ConnectionString))
        {
            await connection.OpenAsync();
            await ExecuteAsync(connection, "PRAGMA journal_mode = DELETE");
            SqliteConnection.ClearPool(connection);
        }

        await using (var bytes = File.Open(file.Path, FileMode.Open))
        {
            bytes.Position = bytes.Length / 2 / 4096 * 4096;
            await bytes.WriteAsync(Enumerable.Repeat((byte)0xFF, 8 * 4096).ToArray());
        }

        await RefusedAsync("damaged", builder => builder.AddSqliteStore(file.ConnectionString));
    }

    [Fact]
    public async Task A_context_without_the_tables_and_an_engine_that_is_none_of_the_two()
    {
        await RefusedAsync("AddBiometricStepUp", builder =>
        {
            builder.Services.AddDbContext<BareContext>(options => options.UseSqlite("Data Source=:memory:"));
            builder.AddEntityFrameworkStore<BareContext>();
        });
        Assert.Contains("StepUpStoreConformance", Assert.Throws<InvalidOperationException>(() => StoreEngine.Of("Other.Provider")).Message, StringComparison.Ordinal);
    }

    private static async Task RefusedAsync(string reason, Action<BiometricStepUpBuilder> addStore)
    {
        var failure = await Assert.ThrowsAnyAsync<InvalidOperationException>(() => StartAsync(addStore));
        Assert.Contains(reason, failure.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("Password", failure.Message.Replace("Username and Password", "", StringComparison.Ordinal), StringComparison.Ordinal);
    }

    private static async Task StartAsync(Action<BiometricStepUpBuilder> addStore)
    {
        var builder = Host.CreateApplicationBuilder(new HostApplicationBuilderSettings { EnvironmentName = Environments.Staging });
        addStore(new StoreOnly(builder.Services).Builder);
        using var host = builder.Build();
        await host.StartAsync();
        await host.StopAsync();
    }

    private static async Task ExecuteAsync(SqliteConnection connection, string sql)
    {
        await using var command = connection.CreateCommand();
        command.CommandText = sql;
        await command.ExecuteNonQueryAsync();
    }

    private sealed class BareContext(DbContextOptions<BareContext> options) : DbContext(options);
}
