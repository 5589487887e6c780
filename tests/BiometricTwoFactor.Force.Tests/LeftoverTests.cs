using System.Diagnostics;

namespace BiometricTwoFactor.Force.Tests;

/// <summary>Whoever starts servers and kills them must not leave any behind.</summary>
public sealed class LeftoverTests
{
    [Fact]
    public async Task Killed_itself_it_leaves_no_process_and_no_folder()
    {
        var folder = Directory.CreateTempSubdirectory("force-leftover-");
        try
        {
            using (var open = Process.Start("chmod", ["755", folder.FullName]))
            {
                // The server's user goes through to its own data.
                await open.WaitForExitAsync();
            }

            var start = new ProcessStartInfo("dotnet", [typeof(ForceSettings).Assembly.Location, "kill", "--engine", "PostgreSql"]) { UseShellExecute = false, RedirectStandardOutput = true, RedirectStandardError = true };
            start.Environment["TMPDIR"] = folder.FullName;
            using (var harness = Process.Start(start)!)
            {
                harness.OutputDataReceived += (_, _) => { };
                harness.ErrorDataReceived += (_, _) => { };
                harness.BeginOutputReadLine();
                harness.BeginErrorReadLine();
                await Leftovers.UntilAsync(() => Leftovers.ProcessesIn(folder.FullName).Any(command => command.Contains("Bank.dll", StringComparison.Ordinal)), "the bank runs");
                Assert.Contains(Leftovers.ProcessesIn(folder.FullName), command => command.Contains("postgres", StringComparison.Ordinal));
                harness.Kill();
                await harness.WaitForExitAsync();
            }

            await Leftovers.UntilAsync(() => !Leftovers.ProcessesIn(folder.FullName).Any(), "every process has ended");
            await Leftovers.UntilAsync(() => !Directory.EnumerateDirectories(folder.FullName, "biometric-force-*").Any(), "its folder is gone");
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }
}
