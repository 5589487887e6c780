using BiometricTwoFactor;
using BiometricTwoFactor.AspNetCore;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authentication.Cookies;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace Microsoft.Extensions.DependencyInjection;

/// <summary>Adds biometric step-up to an application.</summary>
public static class BiometricStepUpServiceCollectionExtensions
{
    /// <summary>
    /// Adds biometric step-up from a configuration section (<c>Biometric</c>: <c>ApiKey</c>, <c>WebhookSecrets</c>,
    /// <c>PublicOrigin</c>, <c>Workflows</c> and the rest of <see cref="BiometricStepUpOptions"/> and
    /// <see cref="BiometricClientOptions"/>). Call it after the application's own authentication and authorization.
    /// </summary>
    /// <param name="services">The application's services.</param>
    /// <param name="section">The section; changes to it count without a restart.</param>
    public static BiometricStepUpBuilder AddBiometricStepUp(this IServiceCollection services, IConfigurationSection section)
    {
        ArgumentNullException.ThrowIfNull(section);
        services.AddSingleton<IOptionsChangeTokenSource<BiometricStepUpOptions>>(new ConfigurationChangeTokenSource<BiometricStepUpOptions>(section));
        services.AddSingleton<IOptionsChangeTokenSource<BiometricClientOptions>>(new ConfigurationChangeTokenSource<BiometricClientOptions>(section));
        var builder = services.AddBiometricStepUp(
            options => StepUpConfiguration.Bind(section, options),
            client => StepUpConfiguration.Bind(section, client));
        foreach (var tenant in section.GetSection(TenantServices.SectionName).GetChildren())
        {
            builder.AddTenant(tenant.Key, tenant);
            TenantServices.AddChanges(services, tenant.Key, section); // what it inherits
        }

        return builder;
    }

    /// <summary>Adds biometric step-up from code. Call it after the application's own authentication and authorization.</summary>
    /// <param name="services">The application's services.</param>
    /// <param name="configure">Sets the step-up's options.</param>
    /// <param name="configureClient">Sets the provider client's options; the API key at least.</param>
    public static BiometricStepUpBuilder AddBiometricStepUp(
        this IServiceCollection services, Action<BiometricStepUpOptions> configure, Action<BiometricClientOptions> configureClient)
    {
        ArgumentNullException.ThrowIfNull(services);
        ArgumentNullException.ThrowIfNull(configure);
        ArgumentNullException.ThrowIfNull(configureClient);

        var client = services.AddBiometricClient(configureClient);
        services.AddOptions<BiometricStepUpOptions>().Configure(configure).ValidateOnStart();
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IValidateOptions<BiometricStepUpOptions>, BiometricStepUpOptionsValidator>());
        services.TryAddSingleton(TimeProvider.System);
        services.AddAntiforgery();
        services.AddDataProtection();
        services.AddHttpContextAccessor();

        services.TryAddSingleton<Tenants>();
        services.TryAddSingleton<IStepUpStore, InMemoryStepUpStore>();
        services.TryAddSingleton<TextCatalogue>();
        services.TryAddScoped(provider => provider.GetRequiredService<TextCatalogue>().For(provider.GetRequiredService<IHttpContextAccessor>().HttpContext));
        AddDevices(services);
        AddSteps(services);
        AddSignIn(services);
        AddPartialSignIn(services);
        AddEnforcement(services);
        services.AddHosts();
        services.AddHandOver();
        AddRoutes(services);
        AddAccess(services);
        AddRisk(services);
        services.AddEvidence();
        services.AddLogging();
        services.AddMetrics();
        services.TryAddSingleton<StepUpMetrics>();
        Decorate<ILoggerFactory, CodeRedactingLoggerFactory>(services, ServiceLifetime.Singleton);
        services.AddHostedService<StepUpSweeper>();
        services.AddHostedService<Reconciler>();
        services.AddHostedService<KeyRingCheck>();
        services.TryAddEnumerable(ServiceDescriptor.Transient<IStartupFilter, StepUpStartupCheck>());
        return new BiometricStepUpBuilder(services, client);
    }

    private static void AddSteps(IServiceCollection services)
    {
        services.TryAddSingleton<DecisionReadQueue>();
        services.TryAddSingleton<SessionUrls>();
        services.TryAddSingleton<ProviderPause>();
        services.TryAddSingleton<ReconcilerSchedule>();
        services.TryAddScoped<ChallengeWriter>();
        services.TryAddScoped<ChallengeMaker>();
        services.TryAddSingleton<StepUpDemands>();
        services.TryAddScoped<SessionFreshness>();
        services.TryAddScoped<LeasePrecedence>();
        services.TryAddScoped<VerdictProcessor>();
        services.TryAddScoped<DecisionReads>();
        services.TryAddScoped<ClaimService>();
        services.TryAddScoped<ReviewConfirmation>();

        // What the application may or may not supply is optional, which the container expresses only this way.
        services.TryAddScoped(provider => new JudgePolicies(
            provider.GetRequiredService<Tenants>(),
            provider.GetRequiredService<RiskHooks>(),
            provider.GetRequiredService<ILogger<JudgePolicies>>(),
            provider.GetService<IAccountHolderCheck>()));
        services.TryAddScoped(provider => new EnrolmentService(
            provider.GetRequiredService<IStepUpStore>(),
            provider.GetRequiredService<ChallengeWriter>(),
            provider.GetRequiredService<EvidenceRecorder>(),
            provider.GetRequiredService<TimeProvider>(),
            provider.GetService<IEnrolmentVoucher>(),
            provider.GetService<IPortraitSource>()));
        services.TryAddScoped<SessionOpener>();
        services.TryAddScoped<ForeignSessions>();
        services.TryAddScoped<WebhookReceiver>();
        services.TryAddScoped(provider => new StepUpService(
            provider.GetRequiredService<IStepUpStore>(),
            provider.GetRequiredService<ChallengeWriter>(),
            provider.GetRequiredService<EnrolmentService>(),
            provider.GetRequiredService<BindingReader>(),
            provider.GetRequiredService<Tenants>(),
            provider.GetRequiredService<ChallengeMaker>(),
            provider.GetRequiredService<DeviceRecognition>(),
            provider.GetRequiredService<TimeProvider>(),
            provider.GetRequiredService<DemandProofs>(),
            provider.GetRequiredService<AlternativeProofs>()));
    }

    private static void AddDevices(IServiceCollection services)
    {
        services.TryAddSingleton<DeviceCookie>();
        services.TryAddScoped<DeviceRecognition>();
        services.TryAddScoped<DeclineLimits>();
    }

    private static void AddSignIn(IServiceCollection services)
    {
        services.AddAuthenticationCore();
        services.TryAddScoped<BindingReader>();
        services.TryAddSingleton<StartCookie>();
        services.TryAddScoped<BindingTakeOver>();
        services.TryAddSingleton<PreSignIn>();
        services.TryAddSingleton<SignInPlans>();
        services.TryAddScoped<SignInTransitions>();
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IPostConfigureOptions<CookieAuthenticationOptions>, QuietCookieEvents>());
        Decorate<IAuthenticationService, StepUpAuthenticationService>(services, ServiceLifetime.Scoped);
    }

    private static void AddPartialSignIn(IServiceCollection services)
    {
        services.TryAddScoped<PartialSignIns>();
        services.TryAddScoped<SignInChallenges>();
        services.TryAddScoped<SignInEndpoints>();
        services.TryAddScoped(provider => new BiometricSignIn(
            provider.GetRequiredService<SignInChallenges>(),
            provider.GetRequiredService<PartialSignIns>(),
            provider.GetRequiredService<PreSignIn>(),
            provider.GetRequiredService<DeviceRecognition>(),
            provider.GetRequiredService<EnrolmentService>(),
            provider.GetRequiredService<IStepUpStore>(),
            provider.GetRequiredService<ChallengeWriter>(),
            provider.GetRequiredService<EvidenceRecorder>(),
            provider.GetRequiredService<IAuthenticationSchemeProvider>(),
            provider.GetRequiredService<IOptionsMonitor<BiometricAuthenticationOptions>>(),
            provider.GetRequiredService<Tenants>(),
            provider.GetRequiredService<TimeProvider>(),
            provider.GetRequiredService<ILogger<BiometricSignIn>>()));
    }

    private static void AddEnforcement(IServiceCollection services)
    {
        services.AddAuthorization();
        services.TryAddScoped<StepUpGate>();
        services.TryAddScoped<CrossSiteGuard>();
        services.TryAddScoped<StepUpReplies>();
        services.TryAddScoped<StepUpResponder>();
        services.TryAddSingleton<OriginalRequests>();
        services.TryAddEnumerable(ServiceDescriptor.Scoped<IAuthorizationHandler, StepUpAuthorizationHandler>());
        Decorate<IAuthorizationPolicyProvider, StepUpPolicyProvider>(services, ServiceLifetime.Transient);
        Decorate<IAuthorizationMiddlewareResultHandler, StepUpResultHandler>(services, ServiceLifetime.Transient);
    }

    private static void AddAccess(IServiceCollection services)
    {
        services.TryAddSingleton<AccessWindows>();
        services.TryAddScoped<AccessGate>();
        services.TryAddScoped<SessionReissue>();
        services.TryAddSingleton<SignInTickets>();
    }

    private static void AddRoutes(IServiceCollection services)
    {
        services.TryAddSingleton<BiometricRoutes>();
        services.TryAddSingleton<HostedPageOrigins>();
        services.TryAddSingleton<CaptureFrame>();
        services.TryAddScoped<NativeCallbacks>();
        services.TryAddScoped<StepUpPages>();
        services.TryAddScoped<NextStep>();
        services.TryAddScoped<Problems>();
        services.TryAddScoped<ChallengeAccess>();
        services.TryAddScoped<ConfirmEndpoints>();
        services.TryAddScoped<ResumeEndpoints>();
        services.TryAddScoped<CallbackEndpoints>();
        services.TryAddScoped<EnrolEndpoints>();
        services.TryAddScoped<StateEndpoint>();
        services.TryAddScoped<WebhookEndpoint>();
    }

    private static void AddRisk(IServiceCollection services)
    {
        services.TryAddScoped<RiskHooks>();
        services.TryAddScoped<StartingDevice>();
        services.TryAddScoped<DemandProofs>();
        services.TryAddScoped<PayeeEndpoint>();
        services.TryAddScoped<AlternativeWays>();
        services.TryAddScoped<AlternativeProofs>();
        services.TryAddScoped<FacelessChallenges>();
        services.TryAddScoped<AnotherWayEndpoint>();
        services.TryAddScoped(provider => new StepUpReviews(
            provider.GetRequiredService<IStepUpStore>(),
            provider.GetRequiredService<Tenants>(),
            provider.GetRequiredService<ChallengeWriter>(),
            provider.GetRequiredService<DecisionReads>(),
            provider.GetRequiredService<EvidenceRecorder>(),
            provider.GetRequiredService<TimeProvider>()));
    }

    /// <summary>
    /// Puts ours around the one that is registered. Once: a second call of <c>AddBiometricStepUp</c> finds ours in place.
    /// </summary>
    private static void Decorate<TService, TDecorator>(IServiceCollection services, ServiceLifetime lifetime)
        where TService : class
        where TDecorator : class, TService
    {
        if (services.Any(descriptor => descriptor.ServiceType == typeof(TDecorator)))
        {
            return;
        }

        // For each request of the application: found out once how to make them, and not each time anew.
        var inner = MakerOf(services.Last(descriptor => descriptor.ServiceType == typeof(TService) && !descriptor.IsKeyedService));
        var outer = ActivatorUtilities.CreateFactory<TDecorator>([typeof(TService)]);
        services.Add(ServiceDescriptor.Describe(typeof(TDecorator), provider => outer(provider, [inner(provider)]), lifetime));
        services.Replace(ServiceDescriptor.Describe(typeof(TService), provider => provider.GetRequiredService<TDecorator>(), lifetime));
    }

    private static Func<IServiceProvider, object> MakerOf(ServiceDescriptor descriptor)
    {
        if (descriptor.ImplementationInstance is { } instance)
        {
            return _ => instance;
        }

        if (descriptor.ImplementationFactory is { } factory)
        {
            return factory;
        }

        var type = descriptor.ImplementationType!;
        if (type.GetConstructors().Length > 1)
        {
            return provider => ActivatorUtilities.CreateInstance(provider, type); // which of them, what is registered decides
        }

        var maker = ActivatorUtilities.CreateFactory(type, []);
        return provider => maker(provider, []);
    }
}
