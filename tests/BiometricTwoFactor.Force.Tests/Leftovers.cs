using System.Diagnostics;

namespace BiometricTwoFactor.Force.Tests;

/// <summary>What is left of a process that was killed.</summary>
internal static class Leftovers
{
    private static readonly TimeSpan Limit = TimeSpan.FromMinutes(2);

    /// <summary>The command lines of those that work there.</summary>
    public static IEnumerable<string> ProcessesIn(string folder)
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

    public static async Task UntilAsync(Func<bool> condition, string what)
    {
        for (var patience = Stopwatch.StartNew(); !condition(); await Task.Delay(50))
        {
            Assert.True(patience.Elapsed < Limit, $"After {Limit}: not yet {what}.");
        }
    }
}
