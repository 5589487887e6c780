using System.Net;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace BiometricTwoFactor.AspNetCore.Tests;

/// <summary>What a load balancer is told.</summary>
public sealed class HealthTests
{
    [Fact]
    public async Task With_a_store_and_a_provider_all_is_well_and_the_provider_was_not_asked()
    {
        await using var bank = await StartAsync();
        using var measured = new Measured(bank.Services);
        Assert.Equal((HttpStatusCode.OK, "Healthy"), await HealthAsync(bank));
        Assert.DoesNotContain("biometric.provider.request", measured.All, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Without_a_store_nothing_can_be_approved_or_used()
    {
        var (store, proxy) = StoreProxy.Create(TimeProvider.System);
        await using var bank = await StartAsync(setup => setup.ConfigureServicesLast = services => services.AddSingleton(store));
        proxy.Before = _ => throw new StepUpStoreException("The database db.secret.example is gone.");
        Assert.Equal((HttpStatusCode.ServiceUnavailable, "Unhealthy"), await HealthAsync(bank));
        var report = await bank.Services.GetRequiredService<HealthCheckService>().CheckHealthAsync();
        Assert.DoesNotContain("db.secret.example", report.Entries["biometric"].Description, StringComparison.Ordinal);
        Assert.Null(report.Entries["biometric"].Exception);
    }

    [Fact]
    public async Task While_the_provider_is_held_back_it_is_degraded()
    {
        await using var bank = await StartAsync();
        bank.Services.GetRequiredService<ProviderPause>().Note(Tenants.Only, new BiometricException(BiometricErrorCode.RateLimited, "Too many."));
        Assert.Equal((HttpStatusCode.OK, "Degraded"), await HealthAsync(bank));
    }

    private static Task<RelyingParty> StartAsync(Action<RelyingPartySetup>? configure = null) => RelyingParty.StartAsync(setup =>
    {
        setup.ConfigureServices = services => services.AddHealthChecks().AddBiometricStepUp();
        setup.Map = app => app.MapHealthChecks("/health");
        configure?.Invoke(setup);
    });

    private static async Task<(HttpStatusCode Status, string Text)> HealthAsync(RelyingParty bank)
    {
        using var browser = bank.NewBrowser();
        using var answer = await browser.GetAsync("/health");
        return (answer.StatusCode, await answer.Content.ReadAsStringAsync());
    }
}
