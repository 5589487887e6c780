using System.Net;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.Extensions.DependencyInjection;

namespace BiometricTwoFactor.Emulator;

/// <summary>
/// The provider on a port of this machine: API, hosted page and signed webhooks, without the internet. For development
/// and tests: it compares the pictures that it is given, and approves what it is told to approve.
/// </summary>
public sealed partial class BiometricEmulator : IAsyncDisposable
{
    private readonly EmulatorCore _core;
    private readonly WebApplication _app;
    private readonly StateKeeper? _state;
    private int _disposed;

    private BiometricEmulator(EmulatorCore core, WebApplication app, StateKeeper? state)
    {
        _core = core;
        _app = app;
        _state = state;
    }

    /// <summary>The API's address, such as <c>http://127.0.0.1:40123/</c>.</summary>
    public Uri BaseAddress { get; private set; } = new("http://127.0.0.1/");

    /// <summary>The <c>x-api-key</c> to send.</summary>
    public string ApiKey => _core.Settings.ApiKey;

    /// <summary>The workflows that exist.</summary>
    public IReadOnlyList<EmulatedWorkflow> Workflows => _core.Settings.Workflows;

    /// <summary>Whether what costs credits is refused from now on (<see cref="BiometricEmulatorOptions.IsOutOfCredits"/>).</summary>
    public bool IsOutOfCredits
    {
        get => _core.IsOutOfCredits;
        set => _core.IsOutOfCredits = value;
    }

    /// <summary>What goes wrong on purpose.</summary>
    public EmulatorFaults Faults => _core.Faults;

    internal EmulatorCore Core => _core;

    /// <summary>Starts an emulator. Dispose it to stop it.</summary>
    /// <param name="options">How it is set up; null for all defaults. Read once: later changes have no effect.</param>
    /// <param name="cancellationToken">Ends the start.</param>
    /// <exception cref="InvalidOperationException">The host is not a loopback address and <see cref="BiometricEmulatorOptions.AllowNonLoopback"/> is off.</exception>
    /// <exception cref="ArgumentException">Another option makes no sense; the message names it.</exception>
    /// <exception cref="IOException">The port is taken, or the state file is in use or cannot be read.</exception>
    /// <exception cref="InvalidDataException">The state file is no state of this version.</exception>
    public static async Task<BiometricEmulator> StartAsync(BiometricEmulatorOptions? options = null, CancellationToken cancellationToken = default)
    {
        options ??= new BiometricEmulatorOptions();
        var file = options.StateFile is { } path ? new StateFile(path) : null;
        BiometricEmulator emulator;
        try
        {
            emulator = Build(options, file);
        }
        catch
        {
            file?.Dispose();
            throw;
        }

        try
        {
            await emulator._app.StartAsync(cancellationToken);
            emulator.BaseAddress = emulator.ListeningAddress();
            emulator._core.BaseAddress = options.PublicAddress ?? emulator.BaseAddress;
            emulator._state?.Start();
            return emulator;
        }
        catch
        {
            await emulator.DisposeAsync();
            throw;
        }
    }

    /// <summary>
    /// Stops the server and forgets everything, retries included, but for what <see cref="BiometricEmulatorOptions.StateFile"/>
    /// keeps; pictures are zeroed.
    /// </summary>
    public async ValueTask DisposeAsync()
    {
        if (Interlocked.Exchange(ref _disposed, 1) != 0)
        {
            return; // a container that hands it out twice disposes it twice
        }

        // Hosting waits for open requests; a test's kept-alive connection must not hold its end up.
        using var now = new CancellationTokenSource();
        await now.CancelAsync();
        await _app.StopAsync(now.Token);
        await _app.DisposeAsync();
        await _core.Flips.DisposeAsync();
        await _core.Webhooks.DisposeAsync();
        if (_state is not null)
        {
            await _state.DisposeAsync();
        }

        lock (_core.Store.Gate)
        {
            _core.Store.WipePictures();
        }
    }

    private static BiometricEmulator Build(BiometricEmulatorOptions options, StateFile? file)
    {
        var saved = file?.Load();
        var core = new EmulatorCore(new EmulatorSettings(options, saved));
        var state = file is null ? null : new StateKeeper(core, file);
        if (saved is not null)
        {
            state!.Restore(saved);
        }

        return new BiometricEmulator(core, EmulatorHost.Build(core), state);
    }

    private Uri ListeningAddress()
    {
        var addresses = _app.Services.GetRequiredService<IServer>().Features.GetRequiredFeature<IServerAddressesFeature>().Addresses;
        var port = new Uri(addresses.First()).Port;
        var address = _core.Settings.Address;
        // Every address of the machine includes the loopback one, which is the one that works from here.
        var host = address.Equals(IPAddress.Any) ? IPAddress.Loopback : address.Equals(IPAddress.IPv6Any) ? IPAddress.IPv6Loopback : address;
        return new UriBuilder(Uri.UriSchemeHttp, host.ToString(), port).Uri;
    }
}
