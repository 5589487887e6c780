using System.Collections.Concurrent;
using System.Net;
using BiometricTwoFactor.AspNetCore;
using BiometricTwoFactor.Emulator;
using Microsoft.AspNetCore.Authentication.Cookies;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace BiometricTwoFactor.Bank.Tests.Browsing;

/// <summary>
/// A small bank with the strictest cookies there are, whose clock and provider a test can upset. It is at
/// <c>localhost</c> and its provider at <c>127.0.0.1</c>: two sites, to a browser.
/// </summary>
internal sealed class HonestBank : IAsyncDisposable
{
    private readonly WebApplication _app;

    private HonestBank(WebApplication app, BiometricEmulator provider, HonestBankSetup setup)
    {
        (_app, Provider, Setup) = (app, provider, setup);
        var listening = new Uri(app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.First());
        Address = new UriBuilder(listening) { Host = "localhost" }.Uri;
        provider.WebhookUrl = new Uri(listening, "/biometric/webhook");
    }

    public Uri Address { get; }

    public BiometricEmulator Provider { get; }

    public HonestBankSetup Setup { get; }

    public MovableTime Time => Setup.Time;

    public IStepUpStore Store => _app.Services.GetRequiredService<IStepUpStore>();

    /// <summary>The payments that were carried out, in order.</summary>
    public ConcurrentQueue<string> Paid => Setup.Paid;

    /// <summary>What browsers sent, in order, once it was answered.</summary>
    public IReadOnlyList<SeenRequest> Seen => [.. Setup.Seen];

    public static async Task<HonestBank> StartAsync(Action<HonestBankSetup>? configure = null)
    {
        var setup = new HonestBankSetup();
        configure?.Invoke(setup);
        var provider = await BiometricEmulator.StartAsync(new BiometricEmulatorOptions { TimeProvider = setup.Time, BorderlineFaceMatchScore = 85m });
        try
        {
            provider.StoreFace(Visitor.User);
            var app = Build(provider, setup);
            await app.StartAsync();
            return new HonestBank(app, provider, setup);
        }
        catch
        {
            await provider.DisposeAsync();
            throw;
        }
    }

    /// <summary>Waits until the bank has answered as many requests as a condition needs.</summary>
    public async Task UntilSeenAsync(Func<IReadOnlyList<SeenRequest>, bool> condition)
    {
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(40));
        while (!condition(Seen))
        {
            await Setup.Changed.WaitAsync(patience.Token);
        }
    }

    /// <summary>Waits, bounded, until something is so of which nobody is told.</summary>
    public static async Task UntilAsync(Func<Task<bool>> condition)
    {
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(40));
        using var often = new PeriodicTimer(TimeSpan.FromMilliseconds(50));
        while (!await condition())
        {
            await often.WaitForNextTickAsync(patience.Token);
        }
    }

    /// <summary>Waits until the provider has forgotten the face that it should not have taken (protocol 8.4).</summary>
    public Task UntilFaceIsTrustedAsync()
    {
        Time.Advance(TimeSpan.FromSeconds(10)); // the background work comes round
        return UntilAsync(async () => !await Store.IsStoredFaceInDoubtAsync("", Visitor.User));
    }

    public async ValueTask DisposeAsync()
    {
        using var now = new CancellationTokenSource();
        await now.CancelAsync();
        await _app.StopAsync(now.Token); // long polls of pages that are still open must not hold the end up
        await _app.DisposeAsync();
        await Provider.DisposeAsync();
    }

    private static WebApplication Build(BiometricEmulator provider, HonestBankSetup setup)
    {
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions { EnvironmentName = Environments.Development });
        builder.WebHost.UseKestrelCore().ConfigureKestrel(kestrel => kestrel.Listen(IPAddress.Loopback, 0));
        builder.Services.AddRoutingCore();
        builder.Services.AddSingleton<TimeProvider>(setup.Time);
        builder.Services.AddDataProtection().UseEphemeralDataProtectionProvider();
        builder.Services.AddAuthentication(CookieAuthenticationDefaults.AuthenticationScheme).AddCookie(cookie =>
        {
            cookie.LoginPath = "/signin";
            cookie.ExpireTimeSpan = setup.SessionLifetime;
            cookie.Cookie.SameSite = SameSiteMode.Strict;
            cookie.Cookie.Name = SeenRequest.SessionCookie;
        });
        builder.Services.AddAuthorization();
        var stepUp = builder.Services.AddBiometricStepUp(
                options =>
                {
                    options.DisplayName = "Honest Bank";
                    options.WebhookSecrets.Add(new WebhookSecret(provider.WebhookSecret));
                    options.Environment = ProviderEnvironment.Sandbox;
                    options.Workflows.StepUp.Id = EmulatedWorkflow.BiometricAuthenticationId;
                    options.Workflows.Payment.Id = EmulatedWorkflow.ScaWithIpAnalysisId;
                    options.Workflows.Payment.RequireIpAnalysis = true;
                    options.Workflows.Enrolment.Id = EmulatedWorkflow.KycEnrolmentId;
                    setup.Options?.Invoke(options);
                },
                client =>
                {
                    client.ApiKey = provider.ApiKey;
                    client.BaseAddress = provider.BaseAddress;
                    client.Resilience.Retry.MaxRetryAttempts = 0; // a provider in trouble is in trouble at once
                })
            .AddAccountHolderCheck<Anybody>()
            .AddEnrolmentVoucher<OneOfUs>();
        setup.StepUp?.Invoke(stepUp);

        var app = builder.Build();
        app.Use(setup.WatchAsync);
        app.UseAuthentication();
        app.UseAuthorization();
        app.UseAntiforgery();
        app.MapBiometric();
        HonestBankPages.Map(app, setup, provider.BaseAddress);
        return app;
    }

    private sealed class OneOfUs : IEnrolmentVoucher
    {
        public ValueTask<bool> IsEnrolledAsync(string subject, CancellationToken cancellationToken = default) => new(subject == Visitor.User);
    }

    private sealed class Anybody : IAccountHolderCheck
    {
        public ValueTask<bool> IsAccountHolderAsync(string subject, IdVerification document, CancellationToken cancellationToken = default) => new(true);
    }
}
