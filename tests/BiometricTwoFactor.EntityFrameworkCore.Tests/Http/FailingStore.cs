using BiometricTwoFactor.AspNetCore.Tests;
using Microsoft.Data.Sqlite;
using Npgsql;

namespace BiometricTwoFactor.EntityFrameworkCore.Tests;

/// <summary>A durable store whose database a test takes away and gives back.</summary>
internal abstract class FailingStore : IAsyncDisposable
{
    public static async Task<FailingStore> StartAsync(Failure failure) => failure switch
    {
        Failure.FileGone => new FileGone(),
        Failure.FileReadOnly => new FileReadOnly(),
        Failure.FileLocked => new FileLocked(),
        Failure.ServerGone => new ServerGone(await PostgreSqlServer.StartAsync()),
        Failure.ServerSlow => new ServerSlow(await (await PostgreSqlServer.Shared).MigratedAsync()),
        Failure.ServerReadOnly => new ServerReadOnly(await PostgreSqlServer.Shared, await (await PostgreSqlServer.Shared).MigratedAsync()),
        _ => throw new ArgumentOutOfRangeException(nameof(failure)),
    };

    /// <summary>Puts the relying party's step-ups into this store.</summary>
    public void UseIn(RelyingPartySetup setup) => setup.ConfigureServicesLast = services => Add(setup.StepUp!, services);

    public abstract Task BreakAsync();

    public abstract Task MendAsync();

    public virtual ValueTask DisposeAsync() => ValueTask.CompletedTask;

    protected abstract void Add(BiometricStepUpBuilder builder, IServiceCollection services);

    private static void MigrateOnStart(EntityFrameworkStoreOptions options) => options.MigrateOnStart = true;

    private abstract class OnFile : FailingStore
    {
        protected SqliteFile File { get; } = new();

        protected virtual string ConnectionString => File.ConnectionString;

        public override ValueTask DisposeAsync()
        {
            SqliteConnection.ClearAllPools();
            File.Dispose();
            return ValueTask.CompletedTask;
        }

        protected override void Add(BiometricStepUpBuilder builder, IServiceCollection services) => builder.AddSqliteStore(ConnectionString, MigrateOnStart);
    }

    /// <summary>The folder is not there, as when a volume is not mounted.</summary>
    private sealed class FileGone : OnFile
    {
        private string Folder => Path.GetDirectoryName(File.Path)!;

        public override Task BreakAsync()
        {
            Directory.Move(Folder, Folder + "-away");
            using var pooled = new SqliteConnection(ConnectionString);
            SqliteConnection.ClearPool(pooled);
            return Task.CompletedTask;
        }

        public override Task MendAsync()
        {
            Directory.Move(Folder + "-away", Folder);
            return Task.CompletedTask;
        }
    }

    private sealed class FileReadOnly : OnFile
    {
        private readonly PragmaInterceptor _pragma = new("PRAGMA query_only = OFF");

        public override Task BreakAsync()
        {
            _pragma.Pragma = "PRAGMA query_only = ON";
            return Task.CompletedTask;
        }

        public override Task MendAsync()
        {
            _pragma.Pragma = "PRAGMA query_only = OFF";
            return Task.CompletedTask;
        }

        protected override void Add(BiometricStepUpBuilder builder, IServiceCollection services)
        {
            base.Add(builder, services);
            services.ConfigureDbContext<SqliteStepUpContext>(options => options.AddInterceptors(_pragma));
        }
    }

    /// <summary>Another process sits on the one writer's lock.</summary>
    private sealed class FileLocked : OnFile
    {
        private SqliteConnection? _other;

        protected override string ConnectionString => File.ConnectionString + ";Default Timeout=1";

        public override async Task BreakAsync()
        {
            _other = new SqliteConnection(File.ConnectionString + ";Pooling=false");
            await _other.OpenAsync();
            await using var command = _other.CreateCommand();
            command.CommandText = "BEGIN IMMEDIATE";
            await command.ExecuteNonQueryAsync();
        }

        public override async Task MendAsync() => await _other!.DisposeAsync();
    }

    private sealed class ServerGone(PostgreSqlServer server) : FailingStore
    {
        public override Task BreakAsync() => server.StopAsync();

        public override Task MendAsync() => server.RunAsync();

        public override async ValueTask DisposeAsync() => await server.DisposeAsync();

        protected override void Add(BiometricStepUpBuilder builder, IServiceCollection services) =>
            builder.AddPostgreSqlStore(server.ConnectionString("postgres"), MigrateOnStart);
    }

    /// <summary>No statement comes to an end in time.</summary>
    private sealed class ServerSlow(string connectionString) : FailingStore
    {
        private NpgsqlConnection? _blocker;

        public override async Task BreakAsync()
        {
            _blocker = new NpgsqlConnection(connectionString + ";Pooling=false");
            await _blocker.OpenAsync();
            await using var command = new NpgsqlCommand("BEGIN; LOCK TABLE biometric_challenges IN ACCESS EXCLUSIVE MODE", _blocker);
            await command.ExecuteNonQueryAsync();
        }

        public override async Task MendAsync() => await _blocker!.DisposeAsync();

        protected override void Add(BiometricStepUpBuilder builder, IServiceCollection services) => builder.AddPostgreSqlStore(connectionString + ";Command Timeout=1");
    }

    /// <summary>The sessions are read-only, as on a server that became the standby.</summary>
    private sealed class ServerReadOnly(PostgreSqlServer server, string connectionString) : FailingStore
    {
        private string Database => new NpgsqlConnectionStringBuilder(connectionString).Database!;

        public override async Task BreakAsync()
        {
            await server.ExecuteAsync($"ALTER DATABASE {Database} SET default_transaction_read_only = on");
            await server.ExecuteAsync($"SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = '{Database}'");
        }

        // Sessions that began meanwhile stay read-only: whoever keeps them is denied for as long.
        public override Task MendAsync() => server.ExecuteAsync($"ALTER DATABASE {Database} RESET default_transaction_read_only");

        protected override void Add(BiometricStepUpBuilder builder, IServiceCollection services) => builder.AddPostgreSqlStore(connectionString);
    }
}

/// <summary>How a database fails.</summary>
public enum Failure
{
    FileGone = 0,
    FileReadOnly,
    FileLocked,
    ServerGone,
    ServerSlow,
    ServerReadOnly,
}
