using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using BiometricTwoFactor.Force;
using Npgsql;

namespace BiometricTwoFactor.EntityFrameworkCore.Tests;

/// <summary>A PostgreSQL server of the tests' own: on a free port, with its data in a temporary folder, gone with the process, however that ends.</summary>
public sealed class PostgreSqlServer : IAsyncDisposable
{
    private static readonly Lazy<Task<PostgreSqlServer>> SharedServer = new(StartSharedAsync);
    private static int _databases;

    /// <summary>What is lost when a machine loses power is not the tests' matter, and waiting for the disk is their time.</summary>
    private static readonly string[] Careless = ["fsync=off", "full_page_writes=off"];

    private readonly Watchdog _watchdog;
    private readonly string _folder;
    private readonly string[] _settings;
    private Process? _process;

    private PostgreSqlServer(Watchdog watchdog, string folder, int port, string[] settings)
    {
        _watchdog = watchdog;
        _folder = folder;
        _settings = settings;
        Port = port;
    }

    /// <summary>The one server of this test assembly, with a migrated template to copy databases from.</summary>
    public static Task<PostgreSqlServer> Shared => SharedServer.Value;

    public int Port { get; }

    public static Task<PostgreSqlServer> StartAsync() => StartAsync(Careless);

    /// <summary>With other settings than the tests'.</summary>
    public static async Task<PostgreSqlServer> StartAsync(params string[] settings)
    {
        var watchdog = new Watchdog("biometric-pg-");
        var folder = Directory.CreateDirectory(Path.Combine(watchdog.Folder, "server")).FullName;
        if (ServerProcess.IsRoot && !OperatingSystem.IsWindows())
        {
            // The server's user goes through to its own folder.
            File.SetUnixFileMode(watchdog.Folder, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute | UnixFileMode.OtherExecute);
            using var owner = Process.Start("chown", ["postgres", folder]);
            await owner.WaitForExitAsync();
        }

        await ServerProcess.RunAsync("initdb", "-D", Path.Combine(folder, "data"), "-U", "postgres", "--auth=trust", "--encoding=UTF8", "--no-sync");
        var server = new PostgreSqlServer(watchdog, folder, FreePort(), settings);
        await server.RunAsync();
        return server;
    }

    /// <summary>Starts the server, or starts it again after <see cref="StopAsync"/>.</summary>
    public async Task RunAsync()
    {
        _process = ServerProcess.Start(
            "postgres",
            [
                "-D", Path.Combine(_folder, "data"), "-p", Port.ToString(CultureInfo.InvariantCulture), "-k", _folder, "-h", "127.0.0.1", "-c", "max_connections=300",
                .. _settings.SelectMany(setting => new[] { "-c", setting }),
            ]);
        _watchdog.Watch(_process);
        _process.ErrorDataReceived += (_, _) => { };
        _process.OutputDataReceived += (_, _) => { };
        _process.BeginErrorReadLine();
        _process.BeginOutputReadLine();
        for (var patience = Stopwatch.StartNew(); ;)
        {
            try
            {
                await ExecuteAsync("SELECT 1");
                return;
            }
            catch (NpgsqlException) when (patience.Elapsed < TimeSpan.FromSeconds(60) && !_process.HasExited)
            {
                await Task.Delay(50);
            }
        }
    }

    /// <summary>Stops at once, as a server does that is switched off; its clients see their connections break.</summary>
    public async Task StopAsync()
    {
        if (Interlocked.Exchange(ref _process, null) is { } running)
        {
            await ServerProcess.RunAsync("pg_ctl", "-D", Path.Combine(_folder, "data"), "-m", "immediate", "-w", "stop");
            await running.WaitForExitAsync();
            _watchdog.Gone(running);
            running.Dispose();
        }
    }

    public string ConnectionString(string database) =>
        $"Host=127.0.0.1;Port={Port};Database={database};Username=postgres;Maximum Pool Size=40;Timeout=30;Command Timeout=60";

    /// <summary>An empty database with the store's tables.</summary>
    public async Task<string> MigratedAsync()
    {
        var name = NewName();
        await ExecuteAsync($"CREATE DATABASE {name} TEMPLATE migrated STRATEGY FILE_COPY");
        return ConnectionString(name);
    }

    /// <summary>An empty database.</summary>
    public async Task<string> EmptyAsync()
    {
        var name = NewName();
        await ExecuteAsync($"CREATE DATABASE {name}");
        return ConnectionString(name);
    }

    public async Task ExecuteAsync(string sql)
    {
        await using var connection = new NpgsqlConnection(ConnectionString("postgres") + ";Pooling=false");
        await connection.OpenAsync();
        await using var command = new NpgsqlCommand(sql, connection);
        await command.ExecuteNonQueryAsync();
    }

    public async ValueTask DisposeAsync()
    {
        NpgsqlConnection.ClearAllPools();
        await StopAsync();
        await _watchdog.DisposeAsync();
    }

    private static string NewName() => "test" + Interlocked.Increment(ref _databases).ToString(CultureInfo.InvariantCulture);

    private static async Task<PostgreSqlServer> StartSharedAsync()
    {
        var server = await StartAsync();
        AppDomain.CurrentDomain.ProcessExit += (_, _) => server.DisposeAsync().AsTask().Wait(TimeSpan.FromSeconds(20));
        await server.ExecuteAsync("CREATE DATABASE migrated");
        var options = new DbContextOptionsBuilder<PostgreSqlStepUpContext>();
        StoreContexts.UsePostgreSql(options, server.ConnectionString("migrated") + ";Pooling=false");
        await using var context = new PostgreSqlStepUpContext(options.Options);
        await context.Database.MigrateAsync();
        return server;
    }

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
