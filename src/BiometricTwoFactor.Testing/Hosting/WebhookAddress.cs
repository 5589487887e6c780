using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Routing;
using Microsoft.AspNetCore.TestHost;
using Microsoft.Extensions.Hosting;

namespace BiometricTwoFactor.Testing;

/// <summary>Tells the provider where its webhooks go, once the application listens.</summary>
internal sealed class WebhookAddress(BiometricTestProvider provider, IServer server, IEnumerable<EndpointDataSource> endpoints, string? webhookPath)
    : IHostedLifecycleService
{
    /// <summary>The route of <c>MapBiometric</c>, below whatever prefix.</summary>
    private const string Route = "/webhook/{tenant?}";

    private HttpMessageInvoker? _testServer;
    private Uri? _address;

    public Task StartedAsync(CancellationToken cancellationToken)
    {
        if ((webhookPath ?? MappedPath()) is not { } path)
        {
            return Task.CompletedTask; // an application without the SDK's routes: the test names the address itself
        }

        if (server is TestServer inProcess)
        {
            _testServer = new HttpMessageInvoker(inProcess.CreateHandler());
            _address = new Uri(inProcess.BaseAddress, path);
        }
        else
        {
            var listening = server.Features.Get<IServerAddressesFeature>()?.Addresses.FirstOrDefault()
                ?? throw new InvalidOperationException("The application listens nowhere: webhooks cannot reach it.");
            _address = new Uri(new Uri(listening.Replace("://+", "://localhost", StringComparison.Ordinal).Replace("://*", "://localhost", StringComparison.Ordinal)), path);
        }

        provider.Link.InProcess = _testServer;
        provider.Emulator.WebhookUrl = _address;
        return Task.CompletedTask;
    }

    public Task StoppingAsync(CancellationToken cancellationToken)
    {
        // Unless another application has taken over since.
        if (_address is not null && ReferenceEquals(provider.Emulator.WebhookUrl, _address))
        {
            provider.Emulator.WebhookUrl = null;
            provider.Link.InProcess = null;
        }

        return Task.CompletedTask;
    }

    public Task StartingAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StoppedAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    private string? MappedPath() => endpoints
        .SelectMany(source => source.Endpoints)
        .OfType<RouteEndpoint>()
        .Select(endpoint => endpoint.RoutePattern.RawText)
        .Where(pattern => pattern?.EndsWith(Route, StringComparison.Ordinal) == true)
        .Select(pattern => "/" + pattern![..^"/{tenant?}".Length].TrimStart('/'))
        .FirstOrDefault();
}
