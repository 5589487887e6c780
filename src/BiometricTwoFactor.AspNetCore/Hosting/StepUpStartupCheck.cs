using System.Threading.Channels;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.AspNetCore.SignalR;
using Microsoft.Extensions.Logging;

namespace BiometricTwoFactor.AspNetCore;

/// <summary>
/// Stops the start where a demand for a face would be ignored, overridden or impossible to meet (attack 26): better no
/// server than one that only looks protected.
/// </summary>
internal sealed class StepUpStartupCheck(Tenants tenants, BiometricRoutes routes) : IStartupFilter
{
    public Action<IApplicationBuilder> Configure(Action<IApplicationBuilder> next) => app =>
    {
        next(app);
        using var scope = app.ApplicationServices.CreateScope();
        CheckServices(scope.ServiceProvider);
        var endpoints = app.ApplicationServices.GetRequiredService<EndpointDataSource>().Endpoints;
        var demanding = false;
        foreach (var endpoint in endpoints)
        {
            demanding |= CheckEndpoint(endpoint);
            CheckAccess(scope.ServiceProvider, endpoint);
            demanding |= CheckHub(scope.ServiceProvider, endpoint);
        }

        if (IgnoredDemands.Problem(scope.ServiceProvider, endpoints) is { } ignored)
        {
            throw Stop(ignored);
        }

        if (demanding && routes.Prefix is null)
        {
            throw Stop("An endpoint demands a face and app.MapBiometric() was not called: nobody could ever show one.");
        }
    };

    private void CheckServices(IServiceProvider services)
    {
        Expect<IAuthenticationService, StepUpAuthenticationService>(services);
        Expect<IAuthorizationPolicyProvider, StepUpPolicyProvider>(services);
        Expect<IAuthorizationMiddlewareResultHandler, StepUpResultHandler>(services);
        CheckEvidence(services);
        if (TenantsCheck.Problem(tenants) is { } tenancy)
        {
            throw Stop(tenancy);
        }

        if (tenants.Names.Any(tenant => tenants.Of(tenant).Pages.Language is { } language && services.GetRequiredService<TextCatalogue>().Find(language) is null))
        {
            throw Stop("Biometric:Pages:Language: there are no words in that language. Add them with AddTexts.");
        }

        if (tenants.Names.Any(tenant => !string.IsNullOrWhiteSpace(tenants.Of(tenant).Workflows.Enrolment.Id)) && services.GetService(typeof(IAccountHolderCheck)) is null)
        {
            throw Stop("Biometric:Workflows:Enrolment is set and no IAccountHolderCheck is registered: anybody's valid passport would enrol. Call AddAccountHolderCheck<T>().");
        }
    }

    /// <summary>A key that ends with the process would leave evidence that nobody can read.</summary>
    private void CheckEvidence(IServiceProvider services)
    {
        if (!services.GetRequiredService<IStepUpStore>().SurvivesRestart)
        {
            return;
        }

        if (tenants.Names.Any(tenant => tenants.EvidenceOf(tenant).MasterKey is null))
        {
            throw Stop(EvidenceKeys.MasterKeyMissing);
        }

        if (tenants.Names.Any(tenant => tenants.EvidenceOf(tenant).SigningKey is null))
        {
            Log.CheckpointsUnsigned(services.GetRequiredService<ILogger<StepUpStartupCheck>>());
        }
    }

    private static void Expect<TService, TOurs>(IServiceProvider services)
    {
        if (services.GetService(typeof(TService)) is not TOurs)
        {
            throw Stop($"{typeof(TService).Name} was registered after AddBiometricStepUp and hides it. Call AddBiometricStepUp last.");
        }
    }

    private bool CheckEndpoint(Endpoint endpoint)
    {
        var attributes = endpoint.Metadata.GetOrderedMetadata<RequireBiometricAttribute>();
        var transactions = endpoint.Metadata.GetOrderedMetadata<TransactionStepUpMetadata>();
        if (attributes.Count == 0 && transactions.Count == 0)
        {
            return false;
        }

        var name = endpoint.DisplayName;
        if (attributes.Count + transactions.Count > 1)
        {
            throw Stop($"{name} demands a face more than once. One face approves one thing: keep one demand.");
        }

        if (endpoint.Metadata.GetMetadata<IAllowAnonymous>() is not null)
        {
            throw Stop($"{name} demands a face and allows anonymous callers, which would skip it.");
        }

        if (endpoint.Metadata.GetMetadata<HubMetadata>() is not null)
        {
            throw Stop($"{name} is a hub; a connection cannot wait for a face. Put [RequireBiometric] on the hub's method that does the work.");
        }

        var reason = attributes.Count > 0 ? attributes[0].Reason : transactions[0].Reason;
        if (ReasonProblem(reason) is { } problem)
        {
            throw Stop($"{name}: {problem}");
        }

        CheckRules(name, reason, attributes.Count > 0 ? attributes[0].Endpoint : transactions[0].Endpoint, hasTransaction: transactions.Count > 0);
        return true;
    }

    /// <summary>Account access is a window and no payment's, and its handler completes it.</summary>
    private static void CheckAccess(IServiceProvider services, Endpoint endpoint)
    {
        if (endpoint.Metadata.GetMetadata<TransactionStepUpMetadata>()?.Reason is StepUpReason.LoginNewDevice)
        {
            throw Stop($"{endpoint.DisplayName}: the reason '{StepUpReason.LoginNewDevice}' opens a window for account access and can bind no payment.");
        }

        if (endpoint.Metadata.GetMetadata<RequireBiometricAttribute>() is { Reason: StepUpReason.LoginNewDevice, UseInTransaction: true })
        {
            throw Stop($"{endpoint.DisplayName}: the reason '{StepUpReason.LoginNewDevice}' opens a window, which is used up by nothing: {nameof(StepUpEndpointOptions.UseInTransaction)} has no meaning there.");
        }

        if (endpoint.Metadata.GetMetadata<RequireBiometricAttribute>() is { } demand)
        {
            CheckHandler(services, endpoint.DisplayName, demand.Reason);
        }
    }

    private static void CheckHandler(IServiceProvider services, string? name, string reason)
    {
        if (string.Equals(reason, StepUpReason.LoginNewDevice, StringComparison.Ordinal)
            && !BiometricSchemeCheck.Ours(services.GetRequiredService<IAuthenticationSchemeProvider>().GetAllSchemesAsync().GetAwaiter().GetResult()).Any())
        {
            throw Stop($"{name}: the reason '{StepUpReason.LoginNewDevice}' is completed by the authentication handler. Call AddAuthentication().AddBiometric().");
        }
    }

    /// <summary>What the endpoint does otherwise than its reason must be possible, in the same way as the reason's own settings.</summary>
    private void CheckRules(string? name, string reason, StepUpEndpointOptions? endpoint, bool hasTransaction)
    {
        if (endpoint is null)
        {
            return;
        }

        if (!hasTransaction && (endpoint.Thresholds is not null || endpoint.StrongThresholds is not null))
        {
            throw Stop($"{name}: {nameof(endpoint.Thresholds)} are amounts, and this endpoint binds no transaction. Use RequireBiometric(reason, transaction).");
        }

        foreach (var tenant in tenants.Names)
        {
            var current = tenants.Of(tenant);
            var rules = StepUpRules.Of(current.Reasons.TryGetValue(reason, out var configured) ? configured : new StepUpReasonOptions(), endpoint);
            if (StepUpRulesCheck.Problems(rules, current.Workflows, prefix: "").FirstOrDefault() is { } problem)
            {
                throw Stop($"{name}: {problem}");
            }
        }
    }

    private string? ReasonProblem(string reason) =>
        tenants.Names.Select(tenant => StepUpReasons.Problem(reason, tenants.Of(tenant))).FirstOrDefault(problem => problem is not null);

    /// <summary>A hub's methods are no endpoints; the framework asks their policies when they are called.</summary>
    private bool CheckHub(IServiceProvider services, Endpoint endpoint)
    {
        if (endpoint.Metadata.GetMetadata<HubMetadata>()?.HubType is not { } hub)
        {
            return false;
        }

        var demanding = false;
        foreach (var (method, demand) in IgnoredDemands.OfHub(hub))
        {
            demanding = true;
            var name = $"{hub.Name}.{method.Name}";
            if (method.IsDefined(typeof(AllowAnonymousAttribute), inherit: true) || hub.IsDefined(typeof(AllowAnonymousAttribute), inherit: true))
            {
                throw Stop($"{name} demands a face and allows anonymous callers, which contradict each other.");
            }

            if (demand.UseInTransaction)
            {
                throw Stop($"{name}: {nameof(StepUpEndpointOptions.UseInTransaction)} is for endpoints; a hub's method has no response in which its use could be missed.");
            }

            if (method.GetParameters().FirstOrDefault(parameter => IsStream(parameter.ParameterType)) is { } stream)
            {
                throw Stop($"{name}: what the client streams ('{stream.Name}') comes after the face and is not covered by it. Take a value instead.");
            }

            if (ReasonProblem(demand.Reason) is { } problem)
            {
                throw Stop($"{name}: {problem}");
            }

            CheckHandler(services, name, demand.Reason);
            CheckRules(name, demand.Reason, demand.Endpoint, hasTransaction: false);
        }

        return demanding;
    }

    private static bool IsStream(Type type) =>
        type.IsGenericType && type.GetGenericTypeDefinition() is { } generic && (generic == typeof(IAsyncEnumerable<>) || generic == typeof(ChannelReader<>));

    private static InvalidOperationException Stop(string message) => new(message);
}
