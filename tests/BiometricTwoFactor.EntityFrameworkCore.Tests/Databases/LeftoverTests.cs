using System.Diagnostics;
using BiometricTwoFactor.Force.Tests;

namespace BiometricTwoFactor.EntityFrameworkCore.Tests;

/// <summary>A run of the tests that is killed must not leave its server behind.</summary>
public sealed class LeftoverTests
{
    [Fact]
    public async Task A_killed_run_leaves_no_server_and_no_folder()
    {
        var folder = Directory.CreateTempSubdirectory("pg-leftover-");
        try
        {
            if (!OperatingSystem.IsWindows())
            {
                // The server's user goes through to its own data.
                File.SetUnixFileMode(folder.FullName, folder.UnixFileMode | UnixFileMode.OtherExecute | UnixFileMode.OtherRead);
            }

            var start = new ProcessStartInfo("dotnet", [typeof(LeftoverTests).Assembly.Location]) { UseShellExecute = false, RedirectStandardOutput = true };
            start.Environment["TMPDIR"] = folder.FullName;
            using (var run = Process.Start(start)!)
            {
                Assert.Equal(Program.Ready, await run.StandardOutput.ReadLineAsync());
                Assert.Contains(Leftovers.ProcessesIn(folder.FullName), command => command.Contains("postgres", StringComparison.Ordinal));
                run.Kill();
                await run.WaitForExitAsync();
            }

            await Leftovers.UntilAsync(() => !Leftovers.ProcessesIn(folder.FullName).Any(), "every process has ended");
            await Leftovers.UntilAsync(() => !folder.EnumerateDirectories("biometric-pg-*").Any(), "its folder is gone");
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }
}
