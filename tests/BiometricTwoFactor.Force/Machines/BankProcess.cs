using System.Diagnostics;
using System.Net.Sockets;
using System.Runtime.InteropServices;

namespace BiometricTwoFactor.Force;

/// <summary>One machine of the bank: the sample's own executable, on a port of its own, which it keeps when it comes back.</summary>
internal sealed class BankProcess(Watchdog watchdog, int number, IReadOnlyDictionary<string, string> settings) : IAsyncDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(3);
    private readonly int _port = Ports.Free();
    private Process? _process;

    public Uri Address => new($"http://127.0.0.1:{_port}");

    /// <summary>True from when it answers until it is killed.</summary>
    public bool Serves { get; private set; }

    /// <summary>What it wrote, all its lives.</summary>
    public string LogFile { get; } = Path.Combine(watchdog.Folder, $"bank-{number}.log");

    public async Task StartAsync()
    {
        // The host itself, not a script that starts it: it is what is to be killed.
        var host = Path.Combine(RuntimeEnvironment.GetRuntimeDirectory(), "..", "..", "..", "dotnet");
        string[] arguments =
        [
            "exec", Path.Combine(AppContext.BaseDirectory, "Bank.dll"),
            "--urls", Address.AbsoluteUri, "--environment", "Development", "--contentRoot", AppContext.BaseDirectory, "--applicationName", "Bank",
        ];
        var start = new ProcessStartInfo(host, arguments) { UseShellExecute = false, RedirectStandardOutput = true, RedirectStandardError = true, WorkingDirectory = watchdog.Folder };
        start.Environment["DOTNET_TieredPGO"] = "0";
        start.Environment["Biometric__PublicOrigin"] = Address.GetLeftPart(UriPartial.Authority);
        foreach (var (name, value) in settings)
        {
            start.Environment[name.Replace(":", "__", StringComparison.Ordinal)] = value;
        }

        var process = Process.Start(start)!;
        watchdog.Watch(process);
        _process = process;
        process.OutputDataReceived += (_, line) => Write(line.Data);
        process.ErrorDataReceived += (_, line) => Write(line.Data);
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
        for (var patience = Stopwatch.StartNew(); !await AnswersAsync(); await Task.Delay(20))
        {
            if (process.HasExited || patience.Elapsed > Patience)
            {
                throw new ForceException($"The bank did not start:{Environment.NewLine}{Log()}");
            }
        }

        Serves = true;
    }

    /// <summary>kill -9: no goodbye, nothing is finished.</summary>
    public async Task KillAsync()
    {
        Serves = false;
        if (_process is { } process)
        {
            process.Kill();
            await process.WaitForExitAsync();
            watchdog.Gone(process);
            process.Dispose();
            _process = null;
        }
    }

    public string Log()
    {
        lock (LogFile)
        {
            return File.Exists(LogFile) ? File.ReadAllText(LogFile) : "";
        }
    }

    public async ValueTask DisposeAsync() => await KillAsync();

    private async Task<bool> AnswersAsync()
    {
        try
        {
            using var client = new TcpClient();
            await client.ConnectAsync(Address.Host, _port);
            return true;
        }
        catch (SocketException)
        {
            return false;
        }
    }

    private void Write(string? line)
    {
        if (line is not null)
        {
            lock (LogFile)
            {
                File.AppendAllText(LogFile, line + Environment.NewLine);
            }
        }
    }
}
