using System.Diagnostics;

namespace BiometricTwoFactor.EntityFrameworkCore.Tests;

/// <summary>Runs a program of PostgreSQL, as the user that may run it.</summary>
internal static class ServerProcess
{
    /// <summary>The folder of the newest server on this machine.</summary>
    public static string Programs { get; } = FindPrograms();

    /// <summary>PostgreSQL refuses to run as root, which a build agent often is.</summary>
    public static bool IsRoot { get; } = Environment.UserName == "root";

    public static Process Start(string program, params string[] arguments)
    {
        var start = new ProcessStartInfo { UseShellExecute = false, RedirectStandardOutput = true, RedirectStandardError = true, WorkingDirectory = Path.GetTempPath() };
        var path = Path.Combine(Programs, program);
        if (IsRoot)
        {
            start.FileName = "setpriv";
            Array.ForEach(["--reuid=postgres", "--regid=postgres", "--init-groups", path], start.ArgumentList.Add);
        }
        else
        {
            start.FileName = path;
        }

        Array.ForEach(arguments, start.ArgumentList.Add);
        return Process.Start(start)!;
    }

    public static async Task RunAsync(string program, params string[] arguments)
    {
        using var process = Start(program, arguments);
        var output = process.StandardOutput.ReadToEndAsync();
        var error = await process.StandardError.ReadToEndAsync();
        await process.WaitForExitAsync();
        if (process.ExitCode != 0)
        {
            throw new InvalidOperationException($"{program} ended with {process.ExitCode}: {error} {await output}");
        }
    }

    private static string FindPrograms()
    {
        var found = Directory.Exists("/usr/lib/postgresql")
            ? Directory.GetDirectories("/usr/lib/postgresql").Select(version => Path.Combine(version, "bin")).Where(bin => File.Exists(Path.Combine(bin, "initdb")))
            : [];
        return found.OrderByDescending(bin => bin, StringComparer.Ordinal).FirstOrDefault()
            ?? throw new InvalidOperationException("PostgreSQL is not installed; tests/run installs it (Debian's package postgresql).");
    }
}
