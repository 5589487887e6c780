using System.Diagnostics;

namespace BiometricTwoFactor.Force.Tests;

/// <summary>Whoever starts servers and kills them must not leave any behind.</summary>
public sealed class LeftoverTests
{
    private static readonly TimeSpan Limit = TimeSpan.FromMinutes(2);

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
                await UntilAsync(() => ProcessesIn(folder.FullName).Any(command => command.Contains("Bank.dll", StringComparison.Ordinal)), "the bank runs");
                Assert.Contains(ProcessesIn(folder.FullName), command => command.Contains("postgres", StringComparison.Ordinal));
                harness.Kill();
                await harness.WaitForExitAsync();
            }

            await UntilAsync(() => !ProcessesIn(folder.FullName).Any(), "every process has ended");
            await UntilAsync(() => !Directory.EnumerateDirectories(folder.FullName, "biometric-force-*").Any(), "its folder is gone");
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    /// <summary>The command lines of those that work there.</summary>
    private static IEnumerable<string> ProcessesIn(string folder)
    {
        foreach (var process in Directory.EnumerateDirectories("/proc").Where(path => char.IsAsciiDigit(Path.GetFileName(path)[0])))
        {
            string? command = null;
            try
            {
                if (Directory.ResolveLinkTarget(Path.Combine(process, "cwd"), returnFinalTarget: false)?.FullName.StartsWith(folder, StringComparison.Ordinal) == true)
                {
                    command = File.ReadAllText(Path.Combine(process, "cmdline"));
                }
            }
            catch (Exception gone) when (gone is IOException or UnauthorizedAccessException)
            {
                // It ended while it was looked at.
            }

            if (command is not null)
            {
                yield return command;
            }
        }
    }

    private static async Task UntilAsync(Func<bool> condition, string what)
    {
        for (var patience = Stopwatch.StartNew(); !condition(); await Task.Delay(50))
        {
            Assert.True(patience.Elapsed < Limit, $"After {Limit}: not yet {what}.");
        }
    }
}
