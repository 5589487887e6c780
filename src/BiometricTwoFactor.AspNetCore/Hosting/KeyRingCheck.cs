using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.DataProtection.KeyManagement;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace BiometricTwoFactor.AspNetCore;

/// <summary>
/// Says at start when the keys of Data Protection would be lost with this process or known to this machine alone: what waits
/// for a face is sealed with them. It sees where they are kept, not whether that place lasts: a folder that the application
/// named itself is trusted.
/// </summary>
internal sealed class KeyRingCheck(
    IDataProtectionProvider protection, IOptions<KeyManagementOptions> keys, IStepUpStore store, IHostEnvironment environment, ILogger<KeyRingCheck> logger) : IHostedService
{
    private const string InContainer = "DOTNET_RUNNING_IN_CONTAINER";

    public Task StartAsync(CancellationToken cancellationToken)
    {
        if (environment.IsDevelopment())
        {
            return Task.CompletedTask;
        }

        var repository = keys.Value.XmlRepository;
        if (protection is EphemeralDataProtectionProvider
            || repository?.GetType().Name.StartsWith("Ephemeral", StringComparison.Ordinal) == true
            || (repository is null && IsTrue(Environment.GetEnvironmentVariable(InContainer))))
        {
            Log.KeysLostOnRestart(logger);
        }
        else if (repository is null && store.SurvivesRestart)
        {
            Log.KeysOfOneMachine(logger);
        }

        return Task.CompletedTask;
    }

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    private static bool IsTrue(string? text) => text is "1" || string.Equals(text, "true", StringComparison.OrdinalIgnoreCase);
}
