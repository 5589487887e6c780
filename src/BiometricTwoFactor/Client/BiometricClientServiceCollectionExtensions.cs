using System.Net;
using BiometricTwoFactor;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Options;

namespace Microsoft.Extensions.DependencyInjection;

/// <summary>Registers the provider's client.</summary>
public static class BiometricClientServiceCollectionExtensions
{
    /// <summary>Registers the client, which is then injected as <see cref="BiometricClient"/>, with any lifetime.</summary>
    /// <param name="services">The application's services.</param>
    /// <param name="configure">Sets the API key and whatever else differs from the defaults.</param>
    /// <returns>The builder of the underlying HTTP client, for handlers of the application's own.</returns>
    public static IHttpClientBuilder AddBiometricClient(this IServiceCollection services, Action<BiometricClientOptions> configure) =>
        services.AddBiometricClient(Options.Options.DefaultName, configure);

    /// <summary>Registers a client for one of several tenants, which is then had from <see cref="IBiometricClientFactory.Get"/>.</summary>
    /// <param name="services">The application's services.</param>
    /// <param name="name">The client's name; also the name of its <see cref="BiometricClientOptions"/>.</param>
    /// <param name="configure">Sets the API key and whatever else differs from the defaults.</param>
    /// <returns>The builder of the underlying HTTP client, for handlers of the application's own.</returns>
    public static IHttpClientBuilder AddBiometricClient(this IServiceCollection services, string name, Action<BiometricClientOptions> configure)
    {
        ArgumentNullException.ThrowIfNull(services);
        ArgumentNullException.ThrowIfNull(name);
        ArgumentNullException.ThrowIfNull(configure);

        services.AddOptions<BiometricClientOptions>(name).Configure(configure).ValidateOnStart();
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IValidateOptions<BiometricClientOptions>, BiometricClientOptionsValidator>());
        services.TryAddSingleton(TimeProvider.System);
        services.TryAddSingleton<BiometricClientFactory>();
        services.TryAddSingleton<IBiometricClientFactory>(static provider => provider.GetRequiredService<BiometricClientFactory>());

        var http = services.AddHttpClient(BiometricClientRegistration.HttpName(name));
        if (services.Any(service => service.ImplementationInstance is BiometricClientRegistration known && string.Equals(known.Name, name, StringComparison.Ordinal)))
        {
            // Registered before: the configuration is added to, the handlers are not put on twice.
            return http;
        }

        services.AddSingleton(new BiometricClientRegistration(name));
        if (name.Length == 0)
        {
            services.TryAddSingleton(static provider => provider.GetRequiredService<IBiometricClientFactory>().Get(Options.Options.DefaultName));
        }

        return http
            .ConfigureHttpClient(static client => client.Timeout = Timeout.InfiniteTimeSpan) // The pipeline keeps the time.
            .RemoveAllLoggers() // They write addresses, which name users and sessions; the client logs for itself.
            .ConfigurePrimaryHttpMessageHandler(static () => new SocketsHttpHandler
            {
                AllowAutoRedirect = false, // The key would go along.
                UseCookies = false,
                AutomaticDecompression = DecompressionMethods.None, // What is counted is what is received.
                PooledConnectionLifetime = TimeSpan.FromMinutes(5),
            })
            .AddHttpMessageHandler(provider =>
            {
                var state = provider.GetRequiredService<BiometricClientFactory>().StateOf(name);
                return new ResilienceHandler(state.Pipelines, state.Options, state.Logger);
            })
            .AddHttpMessageHandler(provider => new ApiKeyHandler(provider.GetRequiredService<BiometricClientFactory>().StateOf(name).Options));
    }
}
