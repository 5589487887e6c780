using BiometricTwoFactor.AspNetCore.Tests;
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
    [InlineData("Data Source=/no/such/folder/step-up.db", "The folder '/no/such/folder'")]
    [InlineData("Data Source=", "names no SQLite file")]
    [InlineData("Cache=Shared", "names no SQLite file")]
    [InlineData("Data Source=:memory:", "in memory")]
    [InlineData("Data Source=step-up;Mode=Memory", "in memory")]
    [InlineData("Data Source=/usr", "names the folder '/usr'")]
    public async Task A_wrong_connection_string_for_Sqlite(string connectionString, string reason)
    {
        await RefusedAsync(reason, builder => builder.AddSqliteStore(connectionString));

        // Making what is missing would not help, so that it is not offered either.
        await RefusedAsync(reason, builder => builder.AddSqliteStore(connectionString, options => options.MigrateOnStart = true));
    }

    [Fact]
    public void A_connection_string_that_the_configuration_does_not_have()
    {
        var builder = new StoreOnly(new ServiceCollection()).Builder;
        Assert.Contains("ConnectionStrings:", Assert.Throws<ArgumentNullException>(() => builder.AddSqliteStore(null!)).Message, StringComparison.Ordinal);
        Assert.Contains("ConnectionStrings:", Assert.Throws<ArgumentNullException>(() => builder.AddPostgreSqlStore(null!)).Message, StringComparison.Ordinal);
        Assert.Contains("Data Source=", Assert.Throws<ArgumentException>(() => builder.AddSqliteStore(" ")).Message, StringComparison.Ordinal);
        Assert.Contains("Host=", Assert.Throws<ArgumentException>(() => builder.AddPostgreSqlStore("")).Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_file_that_is_missing_is_named_whole_with_the_remedy_of_whose_it_is()
    {
        using var file = new SqliteFile();
        await RefusedAsync($"'{file.Path}' does not exist", builder => builder.AddSqliteStore(file.ConnectionString));
        await RefusedAsync("MigrateOnStart", builder => builder.AddSqliteStore(file.ConnectionString));
        var own = await Assert.ThrowsAnyAsync<InvalidOperationException>(() => StartAsync(builder => OnTheBanksOwn(builder, options => options.UseSqlite(file.ConnectionString))));
        Assert.Contains("dotnet ef database update --context BankContext", own.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("MigrateOnStart", own.Message, StringComparison.Ordinal);
        Assert.False(File.Exists(file.Path));
    }

    [Fact]
    public async Task A_context_that_is_not_registered() =>
        await RefusedAsync("builder.Services.AddDbContext<BankContext>", builder => builder.AddEntityFrameworkStore<BankContext>());

    [Fact]
    public async Task Two_stores()
    {
        using var file = new SqliteFile();
        await RefusedAsync("added twice", builder => OnTheBanksOwn(builder, options => options.UseSqlite(file.ConnectionString)).AddSqliteStore(file.ConnectionString));
        await RefusedAsync("added twice", builder => builder.AddSqliteStore(file.ConnectionString).AddEntityFrameworkStore<BankContext>());
        await RefusedAsync("added twice", builder => builder.AddSqliteStore(file.ConnectionString).AddPostgreSqlStore("Host=127.0.0.1"));
    }

    [Fact]
    public async Task A_database_that_can_be_read_and_not_written_to()
    {
        using var file = new SqliteFile();
        await StartAsync(builder => builder.AddSqliteStore(file.ConnectionString, options => options.MigrateOnStart = true));
        await RefusedAsync("Mode=ReadOnly", builder => builder.AddSqliteStore($"{file.ConnectionString};Mode=ReadOnly"));

        var postgres = await (await PostgreSqlServer.Shared).EmptyAsync();
        await StartAsync(builder => builder.AddPostgreSqlStore(postgres, options => options.MigrateOnStart = true));
        await RefusedAsync("read-only", builder => builder.AddPostgreSqlStore(postgres + ";Options=-c default_transaction_read_only=on"));
    }

    [Theory]
    [InlineData("DROP INDEX ux_biometric_challenges_facts", "the unique index over biometric_challenges (facts, operation_id)")]
    [InlineData("DROP TABLE biometric_events", "the table biometric_events")]
    [InlineData("ALTER TABLE biometric_enrolments RENAME COLUMN challenge_id TO challenge", "the column biometric_enrolments.challenge_id")]
    public async Task Tables_that_lack_what_their_version_has(string change, string lacking)
    {
        using var file = new SqliteFile();
        await StartAsync(builder => builder.AddSqliteStore(file.ConnectionString, options => options.MigrateOnStart = true));
        await using (var connection = new SqliteConnection(file.ConnectionString))
        {
            await connection.OpenAsync();
            await ExecuteAsync(connection, change);
        }

        await RefusedAsync($"lack: {lacking}.", builder => builder.AddSqliteStore(file.ConnectionString));
        await RefusedAsync($"lack: {lacking}.", builder => OnTheBanksOwn(builder, options => options.UseSqlite(file.ConnectionString)));

        var postgres = await (await PostgreSqlServer.Shared).EmptyAsync();
        await StartAsync(builder => builder.AddPostgreSqlStore(postgres, options => options.MigrateOnStart = true));
        await using (var connection = new Npgsql.NpgsqlConnection(postgres))
        {
            await connection.OpenAsync();
            await ExecuteAsync(connection, change);
        }

        await RefusedAsync($"lack: {lacking}.", builder => builder.AddPostgreSqlStore(postgres));
    }

    [Theory]
    [InlineData("an action")]
    [InlineData("a payment")]
    public async Task A_use_in_a_transaction_that_the_stores_own_context_cannot_join(string bound)
    {
        using var file = new SqliteFile();
        var failure = await Assert.ThrowsAnyAsync<InvalidOperationException>(() => RelyingParty.StartAsync(setup =>
        {
            setup.ConfigureServicesLast = _ => setup.StepUp!.AddSqliteStore(file.ConnectionString, options => options.MigrateOnStart = true);
            setup.Map = app =>
            {
                if (bound == "an action")
                {
                    app.MapPost("/limits", () => "changed").RequireBiometric(StepUpReason.SettingsChange, "Change", endpoint => endpoint.UseInTransaction = true);
                }
                else
                {
                    app.MapPost("/limits", (Payment payment) => payment.Amount)
                        .RequireBiometric(StepUpReason.HighValueTransaction, (Payment payment) => payment.ToTransaction(), endpoint => endpoint.UseInTransaction = true);
                }
            };
        }));
        Assert.Contains("/limits has UseInTransaction", failure.Message, StringComparison.Ordinal);
        Assert.Contains("AddEntityFrameworkStore<TContext>()", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_server_that_asks_for_a_password() => Assert.Contains(
        "Password=…",
        new PostgreSqlEngine().Explain(new Npgsql.NpgsqlException("No password has been provided but the backend requires one (in SASL/SCRAM-SHA-256)")),
        StringComparison.Ordinal);

    [Fact]
    public async Task The_command_is_refused_as_the_start_is_and_makes_no_file()
    {
        using var file = new SqliteFile();
        var builder = Host.CreateApplicationBuilder(new HostApplicationBuilderSettings { EnvironmentName = Environments.Staging });
        new StoreOnly(builder.Services).Builder.AddSqliteStore(file.ConnectionString);
        using var host = builder.Build();
        using var output = new StringWriter();
        Assert.Equal(2, await host.RunBiometricCommandAsync(["biometric", "reconcile", "--from", "2026-05-01", "--to", "2026-05-02"], output));
        Assert.Contains($"'{file.Path}' does not exist", Assert.Single(output.ToString().Split(output.NewLine, StringSplitOptions.RemoveEmptyEntries)), StringComparison.Ordinal);
        Assert.False(File.Exists(file.Path));
    }

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

    private static BiometricStepUpBuilder OnTheBanksOwn(BiometricStepUpBuilder builder, Action<DbContextOptionsBuilder> use)
    {
        builder.Services.AddDbContext<BankContext>(use);
        return builder.AddEntityFrameworkStore<BankContext>();
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

    private static async Task ExecuteAsync(System.Data.Common.DbConnection connection, string sql)
    {
        await using var command = connection.CreateCommand();
        command.CommandText = sql;
        await command.ExecuteNonQueryAsync();
    }

    private sealed class BareContext(DbContextOptions<BareContext> options) : DbContext(options);
}
