using System.Collections.Concurrent;
using System.Net;
using System.Security.Claims;
using BiometricTwoFactor.Emulator;
using Microsoft.AspNetCore.Antiforgery;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authentication.Cookies;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace BiometricTwoFactor.AspNetCore.Tests;

/// <summary>A relying party and its provider, both on real loopback sockets.</summary>
internal sealed class RelyingParty : IAsyncDisposable
{
    private readonly WebApplication _app;

    private RelyingParty(WebApplication app, BiometricEmulator provider, RelyingPartySetup setup)
    {
        _app = app;
        Provider = provider;
        Setup = setup;
        Address = new Uri(app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses
            .First(address => address.Contains($"//{IPAddress.Loopback}:", StringComparison.Ordinal))); // a test may listen elsewhere too
        provider.WebhookUrl = new Uri(Address, "/biometric/webhook");
        Secrets = new SecretScan(app.Services, provider);
    }

    public Uri Address { get; }

    public BiometricEmulator Provider { get; }

    public RelyingPartySetup Setup { get; }

    public IServiceProvider Services => _app.Services;

    public IStepUpStore Store => Services.GetRequiredService<IStepUpStore>();

    public ConcurrentQueue<string> Executed => Setup.Executed;

    /// <summary>Whatever a test does, nothing secret gets out.</summary>
    public SecretScan Secrets { get; }

    public EventLog Events => Setup.Events;

    public LogCapture Logs => Setup.Logs;

    public static async Task<RelyingParty> StartAsync(Action<RelyingPartySetup>? configure = null)
    {
        var setup = new RelyingPartySetup();
        configure?.Invoke(setup);
        var provider = await BiometricEmulator.StartAsync(new BiometricEmulatorOptions
        {
            TimeProvider = setup.Time,
            WebhookEdition = setup.WebhookEdition,
            DecisionEdition = setup.DecisionEdition,
            Environment = setup.ProviderEnvironment,
            BorderlineFaceMatchScore = 84.2m, // a reviewer may approve it: above our own floor
        });
        try
        {
            setup.Provider = provider;
            var app = Build(provider, setup);
            await app.StartAsync();
            return new RelyingParty(app, provider, setup);
        }
        catch
        {
            await provider.DisposeAsync();
            throw;
        }
    }

    public Browser NewBrowser() => new(Address, Secrets);

    public async Task<Browser> SignedInAsync(string user)
    {
        var browser = NewBrowser();
        await browser.SignInAsync(user);
        return browser;
    }

    /// <summary>The one session that the provider opened last.</summary>
    public EmulatedSession LastSession() => Provider.Sessions.OrderBy(session => session.Number).Last();

    public async Task<StepUpChallenge> ChallengeAsync(string id) =>
        await Store.FindAsync(id) ?? throw new InvalidOperationException("There is no such challenge.");

    /// <summary>Waits, without polling, until a challenge satisfies a condition.</summary>
    public async Task<StepUpChallenge> UntilAsync(string id, Func<StepUpChallenge, bool> condition)
    {
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(20));
        for (;;)
        {
            var challenge = await ChallengeAsync(id);
            if (condition(challenge))
            {
                return challenge;
            }

            try
            {
                await Store.WaitForChangeAsync(id, challenge.Version, patience.Token);
            }
            catch (OperationCanceledException)
            {
                Assert.Fail($"It stays {challenge.State}: {string.Join(", ", challenge.ReasonCodes)}");
            }
        }
    }

    /// <summary>One round of what otherwise happens every few seconds.</summary>
    public Task SweepAsync() => Services.GetServices<IHostedService>().OfType<StepUpSweeper>().Single().SweepAsync(CancellationToken.None);

    public async ValueTask DisposeAsync()
    {
        await _app.DisposeAsync();
        await Provider.DisposeAsync();
        Secrets.Dispose();
        Secrets.Check(Logs);
    }

    private static WebApplication Build(BiometricEmulator provider, RelyingPartySetup setup)
    {
        var builder = WebApplication.CreateBuilder(new WebApplicationOptions { EnvironmentName = setup.EnvironmentName, ApplicationName = setup.ApplicationName });
        builder.WebHost.ConfigureKestrel(kestrel => kestrel.Listen(IPAddress.Loopback, 0));
        builder.Logging.ClearProviders();
        builder.Logging.AddProvider(setup.Logs).SetMinimumLevel(LogLevel.Trace);
        builder.Services.AddSingleton(setup.Time);
        builder.Services.AddSingleton(setup.Events);
        builder.Services.AddAuthentication(options =>
            {
                options.DefaultScheme = "either";
                options.DefaultSignInScheme = CookieAuthenticationDefaults.AuthenticationScheme;
                options.DefaultSignOutScheme = CookieAuthenticationDefaults.AuthenticationScheme;
            })
            .AddPolicyScheme("either", null, options => options.ForwardDefaultSelector = context =>
                context.Request.Headers.Authorization.Count > 0 ? "Token" : CookieAuthenticationDefaults.AuthenticationScheme)
            .AddScheme<AuthenticationSchemeOptions, TokenHandler>("Token", null)
            .AddCookie(options =>
            {
                options.LoginPath = "/login";
                options.ExpireTimeSpan = setup.CookieLifetime;
            });
        builder.Services.AddAuthorization();
        setup.ConfigureServices?.Invoke(builder.Services);
        setup.StepUp = builder.Services
            .AddBiometricStepUp(
                options =>
                {
                    options.WebhookSecrets.Add(new WebhookSecret(provider.WebhookSecret));
                    options.Environment = setup.ProviderEnvironment;
                    options.Workflows.StepUp.Id = EmulatedWorkflow.BiometricAuthenticationId;
                    options.Workflows.Payment.Id = EmulatedWorkflow.ScaWithIpAnalysisId;
                    options.Workflows.Payment.RequireIpAnalysis = true;
                    options.Workflows.Enrolment.Id = EmulatedWorkflow.KycEnrolmentId;
                    options.Workflows.FaceEnrolment.Id = EmulatedWorkflow.FaceEnrolmentId;
                    options.Evidence.MasterKey = "AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8="; // demanded where a store survives a restart
                    setup.Options?.Invoke(options);
                },
                client =>
                {
                    client.ApiKey = provider.ApiKey;
                    client.BaseAddress = provider.BaseAddress;
                    client.Edition = setup.ClientEdition;
                    setup.Client?.Invoke(client);
                })
            .AddAccountHolderCheck<AccountHolder>()
            .AddEnrolmentVoucher<Voucher>()
            .AddObserver<Observer>();
        builder.Services.AddSingleton(new Enrolled(setup, provider));
        setup.ConfigureServicesLast?.Invoke(builder.Services);

        var app = builder.Build();
        app.UseAntiforgery();
        app.MapBiometric();
        MapApplication(app, setup);
        setup.Map?.Invoke(app);
        return app;
    }

    private static void MapApplication(WebApplication app, RelyingPartySetup setup)
    {
        app.MapPost("/login", async (HttpContext context, [FromForm] string user) =>
        {
            var identity = new ClaimsIdentity([new Claim(ClaimTypes.NameIdentifier, user)], CookieAuthenticationDefaults.AuthenticationScheme);
            await context.SignInAsync(CookieAuthenticationDefaults.AuthenticationScheme, new ClaimsPrincipal(identity));
            return Results.Text("signed in");
        }).DisableAntiforgery();
        app.MapPost("/logout", async (HttpContext context) =>
        {
            await context.SignOutAsync(CookieAuthenticationDefaults.AuthenticationScheme);
            return Results.Text("signed out");
        }).DisableAntiforgery();
        app.MapGet("/form", (HttpContext context, IAntiforgery antiforgery) =>
            Results.Json(new { field = antiforgery.GetAndStoreTokens(context).FormFieldName, token = antiforgery.GetTokens(context).RequestToken }));
        app.MapGet("/", () => "home");
        app.MapPost("/transfers", ([FromForm] TransferRequest transfer, HttpContext context) => setup.Execute(transfer, context))
            .RequireBiometric(StepUpReason.HighValueTransaction, (TransferRequest transfer) => transfer.ToTransaction());
        app.MapPost("/api/transfers", (TransferRequest transfer, HttpContext context) => setup.Execute(transfer, context))
            .RequireBiometric(StepUpReason.HighValueTransaction, (TransferRequest transfer) => transfer.ToTransaction());
        app.MapGet("/secret", () => "the secret").RequireBiometric(StepUpReason.SettingsChange, "Show the secret");
        app.MapPost("/settings/{name}", (string name) => { setup.Executed.Enqueue("setting " + name); return "changed"; })
            .RequireBiometric(StepUpReason.SettingsChange, "Change a setting");
    }
}

/// <summary>What a test changes about the relying party.</summary>
internal sealed class RelyingPartySetup
{
    public TimeProvider Time { get; set; } = TimeProvider.System;

    public string EnvironmentName { get; set; } = Environments.Development;

    /// <summary>The assembly whose static files are served; null for none.</summary>
    public string? ApplicationName { get; set; }

    public ApiEdition WebhookEdition { get; set; } = ApiEdition.Reference;

    public ApiEdition DecisionEdition { get; set; } = ApiEdition.Reference;

    public ApiEdition ClientEdition { get; set; } = ApiEdition.Auto;

    public ProviderEnvironment ProviderEnvironment { get; set; } = ProviderEnvironment.Sandbox;

    public TimeSpan CookieLifetime { get; set; } = TimeSpan.FromHours(1);

    public Action<BiometricStepUpOptions>? Options { get; set; }

    public Action<BiometricClientOptions>? Client { get; set; }

    public Action<IServiceCollection>? ConfigureServices { get; set; }

    public Action<IServiceCollection>? ConfigureServicesLast { get; set; }

    public Action<WebApplication>? Map { get; set; }

    public BiometricStepUpBuilder? StepUp { get; set; }

    /// <summary>Known once the services are configured.</summary>
    public BiometricEmulator? Provider { get; set; }

    public HashSet<string> NotEnrolled { get; } = new(StringComparer.Ordinal);

    public ConcurrentQueue<string> Executed { get; } = new();

    public EventLog Events { get; } = new();

    public LogCapture Logs { get; } = new();

    /// <summary>Runs in the endpoint: anything that a test wants to happen between the use of an approval and its effect.</summary>
    public Action? InsideEndpoint { get; set; }

    public bool HolderMatches { get; set; } = true;

    public string Execute(TransferRequest transfer, HttpContext context)
    {
        InsideEndpoint?.Invoke();
        Executed.Enqueue($"{transfer.Amount} {transfer.Currency} to {transfer.Account}");
        return "executed " + (context.Features.Get<IBiometricApprovalFeature>()?.Challenge.Id ?? "without a face");
    }
}

internal sealed record TransferRequest(string Amount, string Currency, string Account, string Name)
{
    public Transaction ToTransaction() => Transaction.Create(Amount, Currency, Account, Name);
}

internal sealed class Enrolled(RelyingPartySetup setup, BiometricEmulator provider)
{
    private readonly ConcurrentDictionary<string, bool> _stored = new(StringComparer.Ordinal);

    public bool Is(string subject)
    {
        if (setup.NotEnrolled.Contains(subject))
        {
            return false;
        }

        // Once: what a test has the provider forget stays forgotten.
        if (_stored.TryAdd(subject, true) && !provider.HasFace(subject))
        {
            provider.StoreFace(subject);
        }

        return true;
    }

    public bool HolderMatches => setup.HolderMatches;
}

internal sealed class Voucher(Enrolled enrolled) : IEnrolmentVoucher
{
    public ValueTask<bool> IsEnrolledAsync(string subject, CancellationToken cancellationToken = default) => new(enrolled.Is(subject));
}

internal sealed class AccountHolder(Enrolled enrolled) : IAccountHolderCheck
{
    public ValueTask<bool> IsAccountHolderAsync(string subject, IdVerification document, CancellationToken cancellationToken = default) => new(enrolled.HolderMatches);
}

internal sealed class EventLog
{
    private readonly ConcurrentQueue<StepUpEvent> _events = new();

    public IReadOnlyList<StepUpEventKind> Kinds => [.. _events.Select(happened => happened.Kind)];

    public void Add(StepUpEvent happened) => _events.Enqueue(happened);
}

internal sealed class Observer(EventLog log) : IStepUpObserver
{
    public ValueTask OnEventAsync(StepUpEvent stepUpEvent, CancellationToken cancellationToken = default)
    {
        log.Add(stepUpEvent);
        return ValueTask.CompletedTask;
    }
}
