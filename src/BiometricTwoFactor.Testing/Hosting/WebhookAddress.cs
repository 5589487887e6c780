using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Routing;
using Microsoft.AspNetCore.TestHost;
using Microsoft.Extensions.Hosting;

namespace BiometricTwoFactor.Testing;

/// <summary>Tells the provider where its webhooks go, and who is there, once the application listens.</summary>
internal sealed class WebhookAddress(
    BiometricTestProvider provider, RunningApplication application, IServer server, IEnumerable<EndpointDataSource> endpoints, string? webhookPath)
    : IHostedLifecycleService
{
    /// <summary>The route of <c>MapBiometric</c>, below whatever prefix.</summary>
    private const string Route = "/webhook/{tenant?}";

    private Uri? _address;

    public Task StartedAsync(CancellationToken cancellationToken)
    {
        provider.Application = application;
        provider.Link.TestServer = server as TestServer;
        if ((webhookPath ?? MappedPath()) is not { } path)
        {
            return Task.CompletedTask; // an application without the SDK's routes: the test names the address itself
        }

        _address = new Uri((server as TestServer)?.BaseAddress ?? ListeningAddress.Of(server), path);
        provider.Emulator.WebhookUrl = _address;
        return Task.CompletedTask;
    }

    public Task StoppingAsync(CancellationToken cancellationToken)
    {
        // Unless another application has taken over since.
        if (ReferenceEquals(provider.Application, application))
        {
            provider.Application = null;
            provider.Link.TestServer = null;
            if (_address is not null && provider.Emulator.WebhookUrl == _address)
            {
                provider.Emulator.WebhookUrl = null; // one that the test has set is the test's
            }
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
