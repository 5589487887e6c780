using System.Diagnostics;
using System.Globalization;
using Bank;
using Microsoft.EntityFrameworkCore;
using Npgsql;

namespace BiometricTwoFactor.Force;

/// <summary>A PostgreSQL server of its own on a free port, with its data in the watched folder.</summary>
internal sealed class PostgreSqlDatabase : IForceDatabase
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(2);
    private readonly Watchdog _watchdog;
    private readonly Process _server;
    private readonly int _port;

    private PostgreSqlDatabase(Watchdog watchdog, Process server, int port)
    {
        _watchdog = watchdog;
        _server = server;
        _port = port;
    }

    public string Provider => "PostgreSql";

    /// <summary>Fewer connections than requests at once: whoever keeps one for nothing is found out.</summary>
    public string ConnectionString => $"Host=127.0.0.1;Port={_port};Database=bank;Username=postgres;Maximum Pool Size=20;Timeout=30;Command Timeout=60";

    /// <summary>PostgreSQL refuses to run as root, which a build agent often is.</summary>
    private static bool IsRoot => Environment.UserName == "root";

    public static async Task<PostgreSqlDatabase> StartAsync(Watchdog watchdog)
    {
        var folder = Directory.CreateDirectory(Path.Combine(watchdog.Folder, "postgresql")).FullName;
        if (IsRoot && !OperatingSystem.IsWindows())
        {
            // The server's user goes through to its own folder, and reads nothing on the way.
            File.SetUnixFileMode(watchdog.Folder, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute | UnixFileMode.OtherExecute);
            using var owner = Process.Start("chown", ["postgres", folder]);
            await owner.WaitForExitAsync();
        }

        var data = Path.Combine(folder, "data");
        using (var made = Start(watchdog, "initdb", "-D", data, "-U", "postgres", "--auth=trust", "--encoding=UTF8", "--no-sync"))
        {
            await made.WaitForExitAsync();
            watchdog.Gone(made);
            if (made.ExitCode != 0)
            {
                throw new ForceException($"initdb ended with {made.ExitCode}.");
            }
        }

        // What is lost when a machine loses power is not the matter here: processes of the bank die, the server does not.
        var port = Ports.Free();
        var server = Start(
            watchdog, "postgres", "-D", data, "-p", port.ToString(CultureInfo.InvariantCulture), "-k", folder, "-h", "127.0.0.1",
            "-c", "fsync=off", "-c", "full_page_writes=off", "-c", "max_connections=300");
        var database = new PostgreSqlDatabase(watchdog, server, port);
        await database.CreateAsync();
        return database;
    }

    public BankDbContext Open() => new(new DbContextOptionsBuilder<BankDbContext>().UseNpgsql(ConnectionString).Options);

    public async ValueTask DisposeAsync()
    {
        NpgsqlConnection.ClearAllPools();

        // SIGINT: a fast shutdown, which takes its own children with it.
        using var signal = Process.Start("kill", ["-INT", _server.Id.ToString(CultureInfo.InvariantCulture)]);
        await signal.WaitForExitAsync();
        await _server.WaitForExitAsync();
        _watchdog.Gone(_server);
        _server.Dispose();
    }

    private async Task CreateAsync()
    {
        for (var patience = Stopwatch.StartNew(); ;)
        {
            try
            {
                await using var connection = new NpgsqlConnection(ConnectionString.Replace("Database=bank", "Database=postgres", StringComparison.Ordinal) + ";Pooling=false");
                await connection.OpenAsync();
                await using var command = new NpgsqlCommand("CREATE DATABASE bank", connection);
                await command.ExecuteNonQueryAsync();
                return;
            }
            catch (NpgsqlException) when (patience.Elapsed < Patience && !_server.HasExited)
            {
                await Task.Delay(50);
            }
        }
    }

    private static Process Start(Watchdog watchdog, string program, params string[] arguments)
    {
        var path = Path.Combine(Programs(), program);
        string[] command = IsRoot ? ["setpriv", "--reuid=postgres", "--regid=postgres", "--init-groups", path] : [path];
        var start = new ProcessStartInfo(command[0], [.. command[1..], .. arguments]) { UseShellExecute = false, WorkingDirectory = Path.GetTempPath(), RedirectStandardOutput = true, RedirectStandardError = true };
        var process = Process.Start(start)!;
        watchdog.Watch(process);
        process.OutputDataReceived += (_, _) => { };
        process.ErrorDataReceived += (_, _) => { };
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
        return process;
    }

    private static string Programs() =>
        (Directory.Exists("/usr/lib/postgresql") ? Directory.GetDirectories("/usr/lib/postgresql") : [])
            .Select(version => Path.Combine(version, "bin"))
            .Where(bin => File.Exists(Path.Combine(bin, "initdb")))
            .OrderByDescending(bin => bin, StringComparer.Ordinal)
            .FirstOrDefault() ?? throw new ForceException("PostgreSQL is not installed; tests/run installs it (Debian's package postgresql).");
}
