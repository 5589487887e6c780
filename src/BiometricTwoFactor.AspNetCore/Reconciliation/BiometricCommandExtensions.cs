using System.Globalization;
using BiometricTwoFactor;
using BiometricTwoFactor.AspNetCore;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace Microsoft.AspNetCore.Builder;

/// <summary>Commands that need the application's own store and secrets, and so run within it.</summary>
public static class BiometricCommandExtensions
{
    private const int Done = 0;
    private const int Incomplete = 1;
    private const int AskedWrongly = 2;

    private const string First = "biometric";
    private const string Reconcile = "reconcile";

    private const string Usage =
        """
        Usage: biometric reconcile --from 2026-05-01T08:00:00Z --to 2026-05-01T14:00:00Z [--tenant name]
        Imports what became of the provider's sessions between two times, through the same judge as everything else.
        Of all tenants, one after the other, where the application has several and none is named. A time without an offset is UTC. Sessions are taken that were made from --from, less Biometric:ReviewLifetime, until --to.
        Ends with 0 when it is done, 1 when something could not be read (run it again), 2 when it was asked wrongly or the application cannot start.
        """;

    /// <summary>
    /// Runs a command where the arguments begin with <c>biometric</c>, and serves nothing:
    /// <c>dotnet Bank.dll biometric reconcile --from … --to …</c>. Call it between <c>Build</c> and <c>Run</c>:
    /// <code>if (await app.RunBiometricCommandAsync(args) is { } exitCode) return exitCode;</code>
    /// What would stop the start stops the command.
    /// </summary>
    /// <param name="host">The built application; it is not started.</param>
    /// <param name="args">The program's arguments.</param>
    /// <param name="output">Where the result is written; the console by default.</param>
    /// <param name="cancellationToken">Ends the command.</param>
    /// <returns>
    /// 0 when it is done, 1 when something could not be read, 2 when it was asked wrongly or the application cannot start as it is
    /// configured; null when the arguments are no command.
    /// </returns>
    public static async Task<int?> RunBiometricCommandAsync(this IHost host, string[] args, TextWriter? output = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(host);
        ArgumentNullException.ThrowIfNull(args);
        output ??= Console.Out;
        if (args is not [First, .. var rest])
        {
            if (!IsMisplaced(args))
            {
                return null;
            }

            // Served in its place, it would be believed to have been done.
            await output.WriteLineAsync($"'{First}' is the first argument of a command, and stands behind others here. Put it before them.").ConfigureAwait(false);
            return AskedWrongly;
        }

        if (rest is ["--help" or "-h", ..] or [_, "--help" or "-h", ..])
        {
            await output.WriteLineAsync(Usage).ConfigureAwait(false);
            return Done;
        }

        var (arguments, problem) = rest is [Reconcile, .. var given] ? ReconcileArguments.Read(given)
            : (null, rest is [var other, ..] ? $"There is no command '{other}'." : "The command is missing.");
        if (arguments?.Tenant is { } tenant && host.Services.GetRequiredService<Tenants>() is var tenants && !(tenants.AreNamed && tenants.Knows(tenant)))
        {
            (arguments, problem) = (null, $"There is no tenant '{tenant}'.");
        }

        if (arguments is null)
        {
            await output.WriteLineAsync(problem).ConfigureAwait(false);
            await output.WriteLineAsync(Usage).ConfigureAwait(false);
            return AskedWrongly;
        }

        return await RunAsync(host, arguments, output, cancellationToken).ConfigureAwait(false);
    }

    private static bool IsMisplaced(string[] args)
    {
        var place = Array.IndexOf(args, First);

        // Behind an option it may be that option's value.
        return place > 0 && (args.ElementAtOrDefault(place + 1) == Reconcile || !args[place - 1].StartsWith('-'));
    }

    private static async Task<int> RunAsync(IHost host, ReconcileArguments arguments, TextWriter output, CancellationToken cancellationToken)
    {
        try
        {
            await CheckAsync(host.Services, cancellationToken).ConfigureAwait(false);
        }
        catch (Exception refusal) when (!cancellationToken.IsCancellationRequested)
        {
            await output.WriteLineAsync(refusal switch
            {
                OptionsValidationException several => string.Join(" ", several.Failures),
                InvalidOperationException or StepUpStoreException => refusal.Message,
                _ => Failed(host.Services, refusal),
            }).ConfigureAwait(false);
            return AskedWrongly;
        }

        try
        {
            return await ReconcileAsync(host.Services, arguments, output, cancellationToken).ConfigureAwait(false);
        }
        catch (BiometricException failure)
        {
            await output.WriteLineAsync(WordsOf(failure)).ConfigureAwait(false);
        }
        catch (StepUpStoreException)
        {
            await output.WriteLineAsync("The store of step-ups failed on the way. What was judged until then is stored; see to the database, and run it again.").ConfigureAwait(false);
        }
        catch (Exception failure) when (!cancellationToken.IsCancellationRequested)
        {
            await output.WriteLineAsync(Failed(host.Services, failure)).ConfigureAwait(false);
        }

        return Incomplete;
    }

    private static string Failed(IServiceProvider services, Exception failure)
    {
        Log.CommandFailed(services.GetRequiredService<ILogger<StepUpReconciliation>>(), failure);
        return $"The command failed ({failure.GetType().Name}); the log has the cause. What was judged until then is stored.";
    }

    /// <summary>The host is not started, so that nothing has looked at any of this before.</summary>
    private static async Task CheckAsync(IServiceProvider services, CancellationToken cancellationToken)
    {
        services.GetService<IStartupValidator>()?.Validate();
        foreach (var check in services.GetServices<IStepUpStartCheck>())
        {
            await check.CheckAsync(cancellationToken).ConfigureAwait(false);
        }

        await services.GetRequiredService<EvidenceKeyCheck>().StartAsync(cancellationToken).ConfigureAwait(false);
    }

    private static async Task<int> ReconcileAsync(IServiceProvider services, ReconcileArguments arguments, TextWriter output, CancellationToken cancellationToken)
    {
        await using var scope = services.CreateAsyncScope();
        var tenants = services.GetRequiredService<Tenants>();
        var failed = 0;
        foreach (var tenant in arguments.Tenant is { } one ? [one] : tenants.Names)
        {
            failed += await ReconcileAsync(scope.ServiceProvider, arguments, tenant, output, cancellationToken).ConfigureAwait(false);
        }

        await services.GetRequiredService<EvidenceChainer>().ChainAsync(cancellationToken).ConfigureAwait(false);
        return failed == 0 ? Done : Incomplete;
    }

    private static async Task<int> ReconcileAsync(IServiceProvider services, ReconcileArguments arguments, string tenant, TextWriter output, CancellationToken cancellationToken)
    {
        var result = await services.GetRequiredService<StepUpReconciliation>().ForTenant(tenant).RunAsync(arguments.From, arguments.To, cancellationToken).ConfigureAwait(false);
        await output.WriteLineAsync(string.Create(
            CultureInfo.InvariantCulture,
            $"{(tenant.Length > 0 ? tenant + ": " : "")}{result.Sessions} sessions: {result.Judged} judged, {result.Recorded} recorded, {result.Unchanged} unchanged, {result.Unknown} of no challenge here, {result.Failed} could not be read")).ConfigureAwait(false);
        return result.Failed;
    }

    private static string WordsOf(BiometricException failure) => failure.Code switch
    {
        BiometricErrorCode.NotAuthorised => $"The provider refuses the key (status {failure.Status}). Correct Biometric:ApiKey, and run it again.",
        BiometricErrorCode.Unreachable or BiometricErrorCode.Timeout or BiometricErrorCode.CircuitOpen =>
            $"The provider could not be reached ({failure.Code}). See to the network and to Biometric:BaseAddress, and run it again.",
        _ => $"The provider's list of sessions could not be read ({failure.Code}, status {failure.Status}). Run it again; where the list is too long, take a shorter gap.",
    };
}
