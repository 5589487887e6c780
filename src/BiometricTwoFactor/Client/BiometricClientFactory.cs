using System.Collections.Concurrent;
using System.Diagnostics.Metrics;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace BiometricTwoFactor;

/// <summary>Keeps what belongs to a client's name: its circuit, its learned edition.</summary>
internal sealed class BiometricClientFactory(
    IHttpClientFactory http,
    IOptionsMonitor<BiometricClientOptions> options,
    IEnumerable<BiometricClientRegistration> registrations,
    TimeProvider time,
    ILogger<BiometricClient> logger,
    IMeterFactory? meters = null) : IBiometricClientFactory
{
    private readonly ProviderMetrics _metrics = new(meters);
    private readonly ConcurrentDictionary<string, ClientState> _states = new(StringComparer.Ordinal);

    public BiometricClient Get(string name)
    {
        ArgumentNullException.ThrowIfNull(name);
        // The name first: options of a name that nobody registered would be refused for the key they lack.
        return registrations.Any(registration => string.Equals(registration.Name, name, StringComparison.Ordinal)) && !options.Get(name).IsTemplate
            ? new BiometricClient(StateOf(name))
            : throw new InvalidOperationException("No client of this name was registered with AddBiometricClient.");
    }

    internal ClientState StateOf(string name) => _states.GetOrAdd(name, Create);

    private ClientState Create(string name) => new(
        name,
        () => http.CreateClient(BiometricClientRegistration.HttpName(name)),
        () => options.Get(name),
        new ProviderPipelines(time, logger),
        _metrics,
        time,
        logger);
}

/// <summary>That a client of this name was registered.</summary>
internal sealed record BiometricClientRegistration(string Name)
{
    internal static string HttpName(string name) => name.Length == 0 ? "BiometricTwoFactor" : "BiometricTwoFactor:" + name;
}
