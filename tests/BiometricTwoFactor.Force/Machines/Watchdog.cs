using System.Diagnostics;
using System.Globalization;

namespace BiometricTwoFactor.Force;

/// <summary>
/// Kills every process that was started here and removes the folder of them all, however this process ends: it reads a pipe
/// that the system closes, also after kill -9. In a session of its own, so that what ends this one's group does not end it.
/// </summary>
internal sealed class Watchdog : IAsyncDisposable
{
    private const string Script =
        """
        pids=""
        while read -r what pid; do
          case $what in
            watch) pids="$pids $pid" ;;
            gone) rest=""; for one in $pids; do [ "$one" = "$pid" ] || rest="$rest $one"; done; pids=$rest ;;
          esac
        done
        [ -z "$pids" ] || kill -9 $pids 2>/dev/null
        tries=0
        until rm -rf -- "$0" 2>/dev/null || [ $tries -ge 50 ]; do tries=$((tries + 1)); sleep 0.1; done
        """;

    private readonly Process _process;
    private readonly Lock _gate = new();

    public Watchdog(string name = "biometric-force-")
    {
        Folder = Directory.CreateTempSubdirectory(name).FullName;
        var start = new ProcessStartInfo("setsid", ["sh", "-c", Script, Folder]) { UseShellExecute = false, RedirectStandardInput = true, WorkingDirectory = Path.GetTempPath() };
        _process = Process.Start(start)!;
    }

    /// <summary>Everything that is written goes here.</summary>
    public string Folder { get; }

    public void Watch(Process process) => Tell("watch", process.Id);

    public void Gone(Process process) => Tell("gone", process.Id);

    public async ValueTask DisposeAsync()
    {
        _process.StandardInput.Close();
        await _process.WaitForExitAsync();
        _process.Dispose();
    }

    private void Tell(string what, int id)
    {
        lock (_gate)
        {
            _process.StandardInput.WriteLine(what + " " + id.ToString(CultureInfo.InvariantCulture));
            _process.StandardInput.Flush();
        }
    }
}
