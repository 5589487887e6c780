using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace BiometricTwoFactor.Emulator.Tests;

/// <summary>The SDK's client of an emulator as an application registers it, over real sockets; it repeats nothing unless told.</summary>
internal sealed class SdkClient : IDisposable
{
    private readonly ServiceProvider _services;

    public SdkClient(BiometricEmulator emulator, Action<BiometricClientOptions>? configure = null)
    {
        var services = new ServiceCollection();
        services.AddSingleton<ILoggerFactory>(Log);
        services.AddSingleton(typeof(ILogger<>), typeof(Logger<>));
        services.AddBiometricClient(options =>
        {
            options.BaseAddress = emulator.BaseAddress;
            options.ApiKey = emulator.ApiKey;
            options.Resilience.Retry.MaxRetryAttempts = 0;
            configure?.Invoke(options);
        });
        _services = services.BuildServiceProvider();
        Client = _services.GetRequiredService<BiometricClient>();
    }

    public CapturingLog Log { get; } = new();

    public BiometricClient Client { get; }

    public void Dispose()
    {
        _services.Dispose();
        Log.Dispose();
    }
}
