using BiometricTwoFactor.Tests.Support;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace BiometricTwoFactor.Tests.Client;

/// <summary>The client as an application registers it, over a scripted network and a clock that stands still.</summary>
internal sealed class ClientHarness : IDisposable
{
    public const string Key = "CANARY-api-key-0123456789";
    public const string SessionUuid = "11111111-2222-4333-8444-555555555555";

    public const string CreatedBody =
        "{\"session_id\":\"" + SessionUuid + "\",\"session_number\":7,\"session_token\":\"CANARYtoken1\"," +
        "\"url\":\"https://verify.didit.me/en/session/CANARYtoken1\",\"vendor_data\":\"user-1\",\"metadata\":{\"nonce\":\"n-1\"}," +
        "\"status\":\"Not Started\",\"workflow_id\":\"wf\",\"workflow_version\":3,\"callback\":null}";

    private readonly ServiceProvider _services;

    public ClientHarness(Action<BiometricClientOptions>? configure = null)
    {
        var services = new ServiceCollection();
        services.AddSingleton<TimeProvider>(Time);
        services.AddLogging(logging => logging.ClearProviders().AddProvider(Log).SetMinimumLevel(LogLevel.Trace));
        services.AddBiometricClient(options =>
            {
                options.ApiKey = Key;
                options.Resilience.Retry.UseJitter = false;
                configure?.Invoke(options);
            })
            .ConfigurePrimaryHttpMessageHandler(() => Network);
        _services = services.BuildServiceProvider();
        Client = _services.GetRequiredService<BiometricClient>();
    }

    public ManualTimeProvider Time { get; } = new();

    public ScriptedHandler Network { get; } = new();

    public CapturingLoggerProvider Log { get; } = new();

    public BiometricClient Client { get; }

    public static SessionId Session { get; } = SessionId.Parse(SessionUuid);

    public void Dispose() => _services.Dispose();
}
