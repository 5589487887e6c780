using System.Globalization;
using BiometricTwoFactor.AspNetCore;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;

namespace Microsoft.AspNetCore.Builder;

/// <summary>Commands that need the application's own store and secrets, and so run within it.</summary>
public static class BiometricCommandExtensions
{
    private const string Usage = "Usage: biometric reconcile --from 2026-05-01T08:00:00Z --to 2026-05-01T14:00:00Z";

    /// <summary>
    /// Runs a command where the arguments begin with <c>biometric</c>, and serves nothing:
    /// <c>dotnet run -- biometric reconcile --from … --to …</c>. Call it between <c>Build</c> and <c>Run</c>:
    /// <code>if (await app.RunBiometricCommandAsync(args) is { } exitCode) return exitCode;</code>
    /// </summary>
    /// <param name="host">The built application; it is not started.</param>
    /// <param name="args">The program's arguments.</param>
    /// <param name="output">Where the result is written; the console by default.</param>
    /// <param name="cancellationToken">Ends the command.</param>
    /// <returns>0 when it is done, 1 when something could not be read, 2 when it was asked wrongly; null when the arguments are no command.</returns>
    public static async Task<int?> RunBiometricCommandAsync(this IHost host, string[] args, TextWriter? output = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(host);
        ArgumentNullException.ThrowIfNull(args);
        if (args is not ["biometric", ..])
        {
            return null;
        }

        output ??= Console.Out;
        if (args is not [_, "reconcile", .. var rest] || Read(rest) is not var (from, to) || from >= to)
        {
            await output.WriteLineAsync(Usage).ConfigureAwait(false);
            return 2;
        }

        // The host is not started, so that nothing has looked at this before.
        if (host.Services.GetRequiredService<IStepUpStore>().SurvivesRestart
            && host.Services.GetRequiredService<IOptionsMonitor<BiometricStepUpOptions>>().CurrentValue.Evidence.MasterKey is null)
        {
            await output.WriteLineAsync(EvidenceKeys.MasterKeyMissing).ConfigureAwait(false);
            return 2;
        }

        await using var scope = host.Services.CreateAsyncScope();
        var result = await scope.ServiceProvider.GetRequiredService<StepUpReconciliation>().RunAsync(from, to, cancellationToken).ConfigureAwait(false);
        await host.Services.GetRequiredService<EvidenceChainer>().ChainAsync(cancellationToken).ConfigureAwait(false);
        await output.WriteLineAsync(string.Create(
            CultureInfo.InvariantCulture,
            $"{result.Sessions} sessions: {result.Judged} judged, {result.Recorded} recorded, {result.Unknown} of no challenge here, {result.Failed} could not be read")).ConfigureAwait(false);
        return result.Failed == 0 ? 0 : 1;
    }

    private static (DateTimeOffset From, DateTimeOffset To)? Read(string[] args) =>
        args is ["--from", var from, "--to", var to]
        && DateTimeOffset.TryParse(from, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var begin)
        && DateTimeOffset.TryParse(to, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var end)
            ? (begin, end)
            : null;
}
