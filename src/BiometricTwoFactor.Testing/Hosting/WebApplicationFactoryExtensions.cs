using BiometricTwoFactor.AspNetCore;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Mvc.Testing;
using Microsoft.AspNetCore.Routing;
using Microsoft.AspNetCore.TestHost;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;

namespace BiometricTwoFactor.Testing;

/// <summary>Puts the emulated provider behind an application under test.</summary>
public static class WebApplicationFactoryExtensions
{
    /// <summary>
    /// Points an application at the emulated provider: its client's address and key, its webhook secrets, its environment,
    /// its workflows where it names none that the emulator has, and its public origin where it names none and must. Its
    /// <see cref="TimeProvider"/> becomes the provider's clock. Webhooks reach it in the test server without a socket, or,
    /// after <c>UseKestrel</c> on what is returned here (the framework does not pass it on), over the network. What the application's own configuration says about the provider counts
    /// no more, wherever it was read from.
    /// </summary>
    /// <param name="factory">The application.</param>
    /// <param name="provider">The provider. Of several applications that use it, the one that was started last gets the webhooks.</param>
    /// <param name="section">The configuration section, for code of the application that reads it by itself before it starts.</param>
    /// <param name="webhookPath">The path that webhooks are sent to; null for the one that <c>MapBiometric</c> has mapped.</param>
    /// <returns>The application with the provider behind it.</returns>
    public static WebApplicationFactory<TEntryPoint> UseBiometricEmulator<TEntryPoint>(
        this WebApplicationFactory<TEntryPoint> factory, BiometricTestProvider provider, string section = "Biometric", string? webhookPath = null)
        where TEntryPoint : class
    {
        ArgumentNullException.ThrowIfNull(factory);
        ArgumentNullException.ThrowIfNull(provider);
        ArgumentException.ThrowIfNullOrEmpty(section);
        return factory.WithWebHostBuilder(web =>
        {
            // These become arguments of the entry point, so that they are seen while it still builds the application.
            web.UseSetting($"{section}:BaseAddress", provider.Emulator.BaseAddress.AbsoluteUri);
            web.UseSetting($"{section}:ApiKey", provider.Emulator.ApiKey);
            web.UseSetting($"{section}:WebhookSecrets:0", provider.Emulator.WebhookSecret);
            web.UseSetting($"{section}:Environment", provider.Environment.ToString());
            web.ConfigureTestServices(services =>
            {
                services.RemoveAll<TimeProvider>();
                services.AddSingleton(provider.Time);

                // A second provider, given to one test of a class that has one, takes the first one's place.
                services.RemoveAll<ProviderAddress>();
                services.RemoveAll<WebhookAddress>();
                services.AddSingleton(services => new ProviderAddress(
                    provider, services.GetRequiredService<IHostEnvironment>(), services.GetRequiredService<IServiceProviderIsService>()));
                services.AddSingleton<IPostConfigureOptions<BiometricClientOptions>>(services => services.GetRequiredService<ProviderAddress>());
                services.AddSingleton<IPostConfigureOptions<BiometricStepUpOptions>>(services => services.GetRequiredService<ProviderAddress>());
                services.AddSingleton(services => new WebhookAddress(
                    provider,
                    new RunningApplication(services),
                    services.GetRequiredService<IServer>(),
                    services.GetServices<EndpointDataSource>(),
                    webhookPath));
                services.AddSingleton<IHostedService>(services => services.GetRequiredService<WebhookAddress>());
            });
        });
    }

    /// <summary>
    /// A client like a browser as far as a step-up needs: it keeps cookies and shows each redirect instead of following it,
    /// as <see cref="StepUpHttpClientExtensions"/> demands.
    /// </summary>
    /// <param name="factory">The application.</param>
    public static HttpClient CreateStepUpClient<TEntryPoint>(this WebApplicationFactory<TEntryPoint> factory)
        where TEntryPoint : class
    {
        ArgumentNullException.ThrowIfNull(factory);
        var server = factory.Services.GetRequiredService<IServer>();
        if (server is TestServer)
        {
            return factory.CreateClient(new WebApplicationFactoryClientOptions
            {
                BaseAddress = factory.ClientOptions.BaseAddress,
                AllowAutoRedirect = false,
                HandleCookies = true,
            });
        }

        // For Kestrel the factory's own clients follow redirects, whatever the options say.
        return new HttpClient(new SocketsHttpHandler { AllowAutoRedirect = false, UseCookies = true, UseProxy = false })
        {
            BaseAddress = ListeningAddress.Of(server),
        };
    }
}
