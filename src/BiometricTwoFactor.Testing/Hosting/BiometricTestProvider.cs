using System.Runtime.CompilerServices;
using BiometricTwoFactor.Emulator;

namespace BiometricTwoFactor.Testing;

/// <summary>
/// The emulated provider for the tests of one application, with a clock that the test moves and that the application
/// shares. Cheap enough for a test class, or a test, of its own.
/// </summary>
public sealed class BiometricTestProvider : IAsyncDisposable
{
    /// <summary>Which application stands before an emulator: verdicts, which know the emulator alone, ask for it.</summary>
    private static readonly ConditionalWeakTable<BiometricEmulator, BiometricTestProvider> Providers = [];

    private readonly TimeProvider _time;

    private BiometricTestProvider(BiometricEmulator emulator, BiometricEmulatorOptions options, WebhookLink link)
    {
        Emulator = emulator;
        Link = link;
        _time = options.TimeProvider;
        Environment = options.Environment;
        Providers.Add(emulator, this);
    }

    /// <summary>The provider: its sessions, stored faces, faults and deliveries, and the verdicts of <see cref="BiometricEmulatorExtensions"/>.</summary>
    public BiometricEmulator Emulator { get; }

    /// <summary>
    /// The clock of provider and application: sessions, signatures, deadlines, cookies' tickets, retries, time limits. It
    /// stands still until the test moves it, so that nothing that waits for time goes on by itself.
    /// </summary>
    /// <exception cref="InvalidOperationException">The provider was started with another <see cref="BiometricEmulatorOptions.TimeProvider"/>.</exception>
    public TestClock Clock => _time as TestClock
        ?? throw new InvalidOperationException("The provider was started with a clock of the test's own.");

    internal TimeProvider Time => _time;

    internal ProviderEnvironment Environment { get; }

    internal WebhookLink Link { get; }

    /// <summary>The application that was started last and still runs, or null.</summary>
    internal RunningApplication? Application { get; set; }

    /// <summary>The application that uses an emulator; null when none does that is known here.</summary>
    internal static RunningApplication? ApplicationOf(BiometricEmulator emulator) =>
        Providers.TryGetValue(emulator, out var provider) ? provider.Application : null;

    /// <summary>Starts a provider. Dispose it after the application.</summary>
    /// <param name="configure">
    /// Changes the emulator's options; null for all defaults. <see cref="BiometricEmulatorOptions.TimeProvider"/> is a new
    /// <see cref="TestClock"/> at the machine's time unless it is set; <see cref="BiometricEmulatorOptions.WebhookMessageHandler"/>
    /// is this type's own.
    /// </param>
    /// <param name="cancellationToken">Ends the start.</param>
    /// <exception cref="ArgumentException">An option makes no sense, or the webhooks' handler was set.</exception>
    public static async Task<BiometricTestProvider> StartAsync(Action<BiometricEmulatorOptions>? configure = null, CancellationToken cancellationToken = default)
    {
        var options = new BiometricEmulatorOptions { TimeProvider = new TestClock() };
        configure?.Invoke(options);
        if (options.WebhookMessageHandler is not null)
        {
            throw new ArgumentException("The webhooks' handler is what leads them to the application under test: use BiometricEmulator.StartAsync for another.", nameof(configure));
        }

        var link = new WebhookLink();
        options.WebhookMessageHandler = () => link;
        try
        {
            return new BiometricTestProvider(await BiometricEmulator.StartAsync(options, cancellationToken), options, link);
        }
        catch
        {
            link.Dispose(); // refused options are refused before the emulator takes it over
            throw;
        }
    }

    /// <summary>Stops the provider and forgets everything.</summary>
    public ValueTask DisposeAsync() => Emulator.DisposeAsync();
}
