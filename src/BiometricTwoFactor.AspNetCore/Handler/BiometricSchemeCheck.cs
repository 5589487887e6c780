using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Authorization.Infrastructure;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.AspNetCore.SignalR;
using Microsoft.Extensions.Options;

namespace BiometricTwoFactor.AspNetCore;

/// <summary>
/// Stops the start where the scheme could never be completed, or where a policy that lists it would admit people without a
/// face (attack 26). What a policy provider decides only at a request cannot be looked at here; the framework then decides.
/// </summary>
internal sealed class BiometricSchemeCheck : IStartupFilter
{
    public Action<IApplicationBuilder> Configure(Action<IApplicationBuilder> next) => app =>
    {
        next(app);
        using var scope = app.ApplicationServices.CreateScope();
        CheckAsync(scope.ServiceProvider, app.ApplicationServices.GetService<EndpointDataSource>()?.Endpoints ?? []).GetAwaiter().GetResult();
    };

    /// <summary>The names of our schemes.</summary>
    public static IEnumerable<string> Ours(IEnumerable<AuthenticationScheme> schemes) =>
        schemes.Where(scheme => typeof(BiometricAuthenticationHandler).IsAssignableFrom(scheme.HandlerType)).Select(scheme => scheme.Name);

    private static async Task CheckAsync(IServiceProvider services, IReadOnlyList<Endpoint> endpoints)
    {
        if (services.GetService<BiometricRoutes>() is not { } routes)
        {
            throw Stop("AddBiometric was called and services.AddBiometricStepUp(...) was not.");
        }

        var schemes = services.GetRequiredService<IAuthenticationSchemeProvider>();
        var ours = Ours(await schemes.GetAllSchemesAsync().ConfigureAwait(false)).ToHashSet(StringComparer.Ordinal);
        foreach (var name in ours)
        {
            await CheckSchemeAsync(name, services.GetRequiredService<IOptionsMonitor<BiometricAuthenticationOptions>>().Get(name), schemes, routes).ConfigureAwait(false);
        }

        if ((await schemes.GetDefaultAuthenticateSchemeAsync().ConfigureAwait(false))?.Name is { } standard && ours.Contains(standard))
        {
            throw Stop($"The default authenticate scheme is '{standard}': nobody would be signed in outside the window of a face. Make the application's own session the default.");
        }

        var policies = services.GetRequiredService<IAuthorizationPolicyProvider>();
        foreach (var endpoint in endpoints)
        {
            if (await PolicyOfAsync(policies, endpoint).ConfigureAwait(false) is { } policy && policy.AuthenticationSchemes.Any(ours.Contains))
            {
                CheckPolicy(endpoint.DisplayName ?? "An endpoint", endpoint.Metadata, policy);
            }
        }

        if (await policies.GetFallbackPolicyAsync().ConfigureAwait(false) is { } fallback && fallback.AuthenticationSchemes.Any(ours.Contains))
        {
            CheckPolicy("The fallback policy", EndpointMetadataCollection.Empty, fallback);
        }
    }

    private static async Task CheckSchemeAsync(string name, BiometricAuthenticationOptions options, IAuthenticationSchemeProvider schemes, BiometricRoutes routes)
    {
        if (routes.Prefix is null)
        {
            throw Stop($"The scheme '{name}' was added and app.MapBiometric() was not called: nobody could ever show a face.");
        }

        if (!string.Equals(options.CallbackPath.Value, routes.Prefix + "/complete", StringComparison.Ordinal))
        {
            throw Stop($"The CallbackPath of '{name}' is {options.CallbackPath} and must be {routes.Prefix}/complete, below the prefix given to MapBiometric.");
        }

        if (string.IsNullOrEmpty(options.SignInScheme))
        {
            throw Stop($"The scheme '{name}' has no SignInScheme and the application has no default that can sign in. Set it to the scheme of its session cookie.");
        }

        var signIn = await schemes.GetSchemeAsync(options.SignInScheme).ConfigureAwait(false);
        if (signIn is null || !typeof(IAuthenticationSignInHandler).IsAssignableFrom(signIn.HandlerType))
        {
            throw Stop($"The SignInScheme '{options.SignInScheme}' of '{name}' is not there or cannot sign in.");
        }
    }

    private static async Task<AuthorizationPolicy?> PolicyOfAsync(IAuthorizationPolicyProvider policies, Endpoint endpoint)
    {
        var demands = endpoint.Metadata.GetOrderedMetadata<IAuthorizeData>();
        var own = endpoint.Metadata.GetOrderedMetadata<AuthorizationPolicy>();
        if (demands.Count == 0 && own.Count == 0)
        {
            return null; // the fallback policy, which is looked at by itself: there, an anonymous endpoint is no mistake
        }

        try
        {
            return await AuthorizationPolicy.CombineAsync(policies, demands, own).ConfigureAwait(false);
        }
        catch (Exception unknown) when (unknown is not OperationCanceledException)
        {
            // A policy that is not known yet, or only at a request: it is not ours to say that it never will be.
            return null;
        }
    }

    private static void CheckPolicy(string name, EndpointMetadataCollection metadata, AuthorizationPolicy policy)
    {
        if (policy.AuthenticationSchemes.Distinct(StringComparer.Ordinal).Count() > 1)
        {
            throw Stop($"{name}: its policy lists the schemes {string.Join(", ", policy.AuthenticationSchemes)}. Whoever is signed in by another one would pass without a face: list the biometric scheme alone.");
        }

        if (!policy.Requirements.OfType<DenyAnonymousAuthorizationRequirement>().Any())
        {
            throw Stop($"{name}: its policy lists the biometric scheme and does not refuse anonymous callers. Add RequireAuthenticatedUser().");
        }

        if (metadata.GetMetadata<IAllowAnonymous>() is not null)
        {
            throw Stop($"{name} lists the biometric scheme and allows anonymous callers, which would skip it.");
        }

        if (metadata.GetMetadata<HubMetadata>() is not null)
        {
            throw Stop($"{name} is a hub; its connection would outlive the window of a face.");
        }
    }

    private static InvalidOperationException Stop(string message) => new(message);
}
