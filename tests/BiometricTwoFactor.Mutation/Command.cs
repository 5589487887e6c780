using System.Diagnostics;

namespace BiometricTwoFactor.Mutation;

/// <summary>Runs another program and waits for it.</summary>
internal static class Command
{
    /// <returns>Its exit code and everything it wrote; null for the code when it was ended for taking too long.</returns>
    public static async Task<(int? Code, string Output)> RunAsync(string folder, string program, IEnumerable<string> arguments, TimeSpan? limit = null)
    {
        using var process = new Process();
        process.StartInfo = new ProcessStartInfo(program, arguments) { WorkingDirectory = folder, RedirectStandardOutput = true, RedirectStandardError = true, UseShellExecute = false };
        process.Start();
        var output = process.StandardOutput.ReadToEndAsync();
        var errors = process.StandardError.ReadToEndAsync();
        using var patience = new CancellationTokenSource(limit ?? TimeSpan.FromMinutes(20));
        try
        {
            await process.WaitForExitAsync(patience.Token);
            return (process.ExitCode, await output + await errors);
        }
        catch (OperationCanceledException)
        {
            process.Kill(entireProcessTree: true);
            return (null, "");
        }
    }
}
