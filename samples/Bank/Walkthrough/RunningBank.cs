using BiometricTwoFactor.Emulator;

namespace Bank;

/// <summary>The application of <see cref="Program"/> on a free port, with its emulated provider.</summary>
internal sealed class RunningBank : IAsyncDisposable
{
    private readonly WebApplication _app;
    private readonly EmulatedProvider _provider;

    private RunningBank(WebApplication app)
    {
        _app = app;
        _provider = app.Services.GetRequiredService<EmulatedProvider>();
    }

    public Uri Address => _provider.BankAddress;

    public BiometricEmulator Emulator => _provider.Emulator;

    public CustomerRegister Customers => _app.Services.GetRequiredService<CustomerRegister>();

    public Ledger Ledger => _app.Services.GetRequiredService<Ledger>();

    public Mailbox Mailbox => _app.Services.GetRequiredService<Mailbox>();

    public NoticeBoard Notices => _app.Services.GetRequiredService<NoticeBoard>();

    public static async Task<RunningBank> StartAsync(CancellationToken cancellationToken = default)
    {
        var app = await Program.BuildAsync(Arguments("Development"));
        await app.StartAsync(cancellationToken);
        return new RunningBank(app);
    }

    /// <summary>Pages and settings lie beside the assembly, whoever starts it and from wherever.</summary>
    public static string[] Arguments(string environment, params ReadOnlySpan<string> more) =>
    [
        "--urls", "http://127.0.0.1:0",
        "--environment", environment,
        "--applicationName", typeof(Program).Assembly.GetName().Name!,
        "--contentRoot", AppContext.BaseDirectory,
        "--Bank:Greeting", "false",
        // The refusals are asked for: their warnings would read like failures among the stories.
        "--Logging:LogLevel:Default", "None",
        .. more,
    ];

    public async ValueTask DisposeAsync()
    {
        await _app.StopAsync();
        await _app.DisposeAsync();
    }
}
