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

    public Mailbox Mailbox => _app.Services.GetRequiredService<Mailbox>();

    public NoticeBoard Notices => _app.Services.GetRequiredService<NoticeBoard>();

    public static async Task<RunningBank> StartAsync(CancellationToken cancellationToken = default, params string[] settings)
    {
        var app = await Program.BuildAsync(Arguments("Development", settings));
        await app.StartAsync(cancellationToken);
        return new RunningBank(app);
    }

    public IReadOnlyList<Account> AccountsOf(Customer customer) => LookUp(services => services.GetRequiredService<ILedger>().AccountsOfAsync(customer));

    public IReadOnlyList<ExecutedTransfer> TransfersOf(Customer customer) => LookUp(services => services.GetRequiredService<ILedger>().TransfersOfAsync(customer));

    public bool TryAdd(Customer customer) => LookUp(services => services.GetRequiredService<CustomerRegister>().TryAddAsync(customer, DemoCustomers.Password));

    public Customer? Find(string id) => LookUp(services => services.GetRequiredService<CustomerRegister>().FindAsync(id));

    public Customer? Check(string email, string password) => LookUp(services => services.GetRequiredService<CustomerRegister>().CheckAsync(email, password));

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

    /// <summary>Waits for it, so that a story asks for a balance within a sentence.</summary>
    private T LookUp<T>(Func<IServiceProvider, Task<T>> question)
    {
        using var scope = _app.Services.CreateScope();
        return question(scope.ServiceProvider).GetAwaiter().GetResult();
    }

    public async ValueTask DisposeAsync()
    {
        await _app.StopAsync();
        await _app.DisposeAsync();
    }
}
