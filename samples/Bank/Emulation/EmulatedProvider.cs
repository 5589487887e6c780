using BiometricTwoFactor.Emulator;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;

namespace Bank;

/// <summary>
/// The identity provider in this process, for as long as there is no key for the real one. It runs before the bank does;
/// where its webhooks go is known only once the bank listens.
/// </summary>
internal sealed class EmulatedProvider(BiometricEmulator emulator, IServer server) : IHostedLifecycleService, IAsyncDisposable
{
    public BiometricEmulator Emulator => emulator;

    /// <summary>The bank's own address.</summary>
    public Uri BankAddress { get; private set; } = new("http://localhost/");

    public Task StartedAsync(CancellationToken cancellationToken)
    {
        var address = new Uri(server.Features.Get<IServerAddressesFeature>()!.Addresses.First());
        // By name: to a browser the emulator on 127.0.0.1 is then another site, as the real provider is.
        BankAddress = new UriBuilder(address) { Host = "localhost" }.Uri;
        emulator.WebhookUrl = new Uri(address, "/biometric/webhook");
        return Task.CompletedTask;
    }

    public ValueTask DisposeAsync() => emulator.DisposeAsync();

    public Task StartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StartingAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StoppingAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StoppedAsync(CancellationToken cancellationToken) => Task.CompletedTask;
}
