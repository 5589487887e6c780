using BiometricTwoFactor.Emulator;
using Microsoft.Extensions.DependencyInjection;

namespace BiometricTwoFactor.AspNetCore.Tests;

/// <summary>
/// One application for two banks, each with a provider application of its own; the host says which is meant. Both have a user
/// of the same id, and a browser has the cookies of both, since it is one address underneath.
/// </summary>
internal sealed class TwoTenants : IAsyncDisposable
{
    public const string North = "north";
    public const string South = "south";

    private TwoTenants(RelyingParty bank, BiometricEmulator south)
    {
        Bank = bank;
        Providers = new Dictionary<string, BiometricEmulator>(StringComparer.Ordinal) { [North] = bank.Provider, [South] = south };
        foreach (var (tenant, provider) in Providers)
        {
            provider.WebhookUrl = new Uri(bank.Address, $"/biometric/webhook/{tenant}");
        }
    }

    public RelyingParty Bank { get; }

    public IReadOnlyDictionary<string, BiometricEmulator> Providers { get; }

    public static async Task<TwoTenants> StartAsync(Action<RelyingPartySetup>? configure = null, Action<BiometricStepUpBuilder>? tenants = null)
    {
        var south = await BiometricEmulator.StartAsync();
        try
        {
            var bank = await RelyingParty.StartAsync(setup =>
            {
                setup.ConfigureServices = services => services.AddSingleton<IEnrolmentVoucher, Everybody>();
                configure?.Invoke(setup);
                var last = setup.ConfigureServicesLast;
                setup.ConfigureServicesLast = services =>
                {
                    last?.Invoke(services);
                    Add(setup.StepUp!, North, () => setup.Provider!);
                    Add(setup.StepUp!, South, () => south);
                    setup.StepUp!.ChooseTenant(context => context.Request.Host.Host.EndsWith(".bank.test", StringComparison.Ordinal) ? context.Request.Host.Host.Split('.')[0] : null);
                    tenants?.Invoke(setup.StepUp!);
                };
            });
            return new TwoTenants(bank, south);
        }
        catch
        {
            await south.DisposeAsync();
            throw;
        }
    }

    /// <summary>A browser with somebody signed in; it is at one tenant after the other.</summary>
    public async Task<Browser> SignedInAsync(string tenant, string user = "alice")
    {
        var browser = Bank.NewBrowser();
        browser.Host = HostOf(tenant);
        foreach (var (name, provider) in Providers)
        {
            provider.StoreFace($"{name}:{user}");
        }

        await browser.SignInAsync(user);
        return browser;
    }

    public static string HostOf(string tenant) => tenant + ".bank.test";

    public EmulatedSession LastSession(string tenant) => Providers[tenant].Sessions.OrderBy(session => session.Number).Last();

    public async ValueTask DisposeAsync()
    {
        await Bank.DisposeAsync();
        await Providers[South].DisposeAsync();
    }

    private static void Add(BiometricStepUpBuilder builder, string tenant, Func<BiometricEmulator> provider) => builder.AddTenant(
        tenant,
        options =>
        {
            options.PublicOrigin = "https://" + HostOf(tenant);
            options.WebhookSecrets.Add(new WebhookSecret(provider().WebhookSecret, label: tenant));
        },
        client =>
        {
            client.ApiKey = provider().ApiKey;
            client.BaseAddress = provider().BaseAddress;
        });

    private sealed class Everybody : IEnrolmentVoucher
    {
        public ValueTask<bool> IsEnrolledAsync(string subject, CancellationToken cancellationToken = default) => new(true);
    }
}
