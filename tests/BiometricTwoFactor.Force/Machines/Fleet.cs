using System.Diagnostics;
using System.Globalization;
using Bank;
using BiometricTwoFactor.Emulator;
using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;

namespace BiometricTwoFactor.Force;

/// <summary>Everything that runs: the database, the emulated provider, the load balancer and the machines of the bank.</summary>
internal sealed class Fleet : IAsyncDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(3);
    private readonly Watchdog _watchdog = new();
    private readonly WebhookRouter _router = new();
    private BiometricEmulator? _emulator;
    private IForceDatabase? _database;

    private Fleet()
    {
    }

    public IForceDatabase Database => _database!;

    public BiometricEmulator Emulator => _emulator!;

    public WebhookRouter Webhooks => _router;

    public IReadOnlyList<BankProcess> Machines => _router.Machines;

    public static async Task<Fleet> StartAsync(ForceSettings settings)
    {
        var fleet = new Fleet();
        try
        {
            await fleet.BeginAsync(settings);
            return fleet;
        }
        catch
        {
            await fleet.DisposeAsync();
            throw;
        }
    }

    /// <summary>A customer whose face a branch enrolled, and who can pay as often as it takes.</summary>
    public async Task<Customer> OpenAccountAsync(int number)
    {
        var customer = DemoCustomers.Enrolled($"payer-{number.ToString(CultureInfo.InvariantCulture)}@example.com");
        customer.DailyLimit = 1_000_000_000m;
        await using var bank = _database!.Open();
        await new CustomerRegister(new PasswordHasher<Customer>(), new DatabaseCustomers(bank), TimeProvider.System).TryAddAsync(customer, DemoCustomers.Password);
        await bank.Accounts.Where(account => account.CustomerId == customer.Id).ExecuteUpdateAsync(set => set.SetProperty(account => account.Balance, 1_000_000_000m));
        Emulator.StoreFace(customer.Id);
        return customer;
    }

    /// <summary>One of the machines that serve; waits while none does.</summary>
    public async Task<Uri> ServingAsync(Random chance)
    {
        for (var patience = Stopwatch.StartNew(); patience.Elapsed < Patience; await Task.Delay(10))
        {
            if (Machines.Where(machine => machine.Serves).ToArray() is { Length: > 0 } serving)
            {
                return serving[chance.Next(serving.Length)].Address;
            }
        }

        throw new ForceException($"No machine serves after {Patience}.");
    }

    public string Logs() => string.Join(Environment.NewLine, Machines.Select(machine => machine.Log()));

    public async ValueTask DisposeAsync()
    {
        foreach (var machine in Machines)
        {
            await machine.DisposeAsync();
        }

        if (_emulator is not null)
        {
            await _emulator.DisposeAsync();
        }

        if (_database is not null)
        {
            await _database.DisposeAsync();
        }

        await _watchdog.DisposeAsync();
    }

    private async Task BeginAsync(ForceSettings settings)
    {
        _database = settings.Engine == Engine.Sqlite ? new SqliteDatabase(_watchdog) : await PostgreSqlDatabase.StartAsync(_watchdog);
        await using (var bank = _database.Open())
        {
            await bank.Database.EnsureCreatedAsync();
        }

        _emulator = await BiometricEmulator.StartAsync(new BiometricEmulatorOptions
        {
            RateLimits = EmulatorRateLimits.None,
            WebhookUrl = new Uri("http://127.0.0.1/biometric/webhook"),
            WebhookMessageHandler = () => _router,
            WebhookRetryDelays = [.. Enumerable.Range(0, 10).Select(attempt => TimeSpan.FromMilliseconds(200 << Math.Min(attempt, 4)))],
        });
        var options = Options(settings);
        _router.Machines = [.. Enumerable.Range(0, settings.Machines).Select(number => new BankProcess(_watchdog, number, options))];
        await Task.WhenAll(Machines.Select(machine => machine.StartAsync()));
    }

    private Dictionary<string, string> Options(ForceSettings settings)
    {
        var lifetime = settings.Lifetime.ToString("c", CultureInfo.InvariantCulture);
        return new(StringComparer.Ordinal)
        {
            ["Bank:Database:Provider"] = _database!.Provider,
            ["Bank:Database:ConnectionString"] = _database.ConnectionString,
            ["Bank:Database:JoinApproval"] = settings.Joined ? "true" : "false",
            ["Biometric:BaseAddress"] = Emulator.BaseAddress.AbsoluteUri,
            ["Biometric:ApiKey"] = Emulator.ApiKey,
            ["Biometric:WebhookSecrets:0"] = Emulator.WebhookSecret,
            ["Biometric:Environment"] = "Sandbox",
            ["Biometric:Evidence:MasterKey"] = EvidenceAudit.MasterKey,
            ["Biometric:Workflows:StepUp:Id"] = EmulatedWorkflow.BiometricAuthenticationId,
            ["Biometric:Workflows:Payment:Id"] = EmulatedWorkflow.BiometricAuthenticationId,
            ["Biometric:Workflows:Enrolment:Id"] = EmulatedWorkflow.KycEnrolmentId,
            ["Biometric:MaxChallengesPerUser"] = "1000000",
            ["Biometric:MaxChallengesPerDevice"] = "1000000",
            ["Biometric:DeclinesWindow"] = "00:00:01",
            ["Biometric:CaptureLifetime"] = lifetime,
            ["Biometric:ExecutionLifetime"] = lifetime,
            ["Biometric:ReviewLifetime"] = lifetime,
            ["Biometric:DecisionReadInterval"] = "00:00:00.2",
            ["Biometric:Reconciler:FirstPause"] = "00:00:02",
            ["Biometric:Reconciler:LongestPause"] = "00:00:10",
        };
    }
}
