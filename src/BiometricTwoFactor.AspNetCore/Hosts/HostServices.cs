using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Server.Circuits;
using Microsoft.AspNetCore.SignalR;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace BiometricTwoFactor.AspNetCore;

/// <summary>What asks for a face where a redirect is impossible. Nothing of it costs an application that has no such host.</summary>
internal static class HostServices
{
    public static void AddHosts(this IServiceCollection services)
    {
        services.TryAddScoped<StepUpAdmissions>();
        services.TryAddScoped<HubGate>();
        services.TryAddScoped(provider => new BiometricHub(provider.GetRequiredService<StepUpAdmissions>(), provider));
        services.Configure<HubOptions>(options => options.AddFilter<HubCallers>());
        services.TryAddSingleton<HubCallers>();

        services.TryAddScoped<CircuitRequests>();
        services.TryAddEnumerable(ServiceDescriptor.Scoped<CircuitHandler, CircuitRequests>(provider => provider.GetRequiredService<CircuitRequests>()));
        services.TryAddScoped<ComponentGate>();
        services.TryAddScoped(provider => new BiometricCircuit(
            provider.GetRequiredService<CircuitRequests>(),
            provider.GetRequiredService<NavigationManager>(),
            provider.GetRequiredService<IStepUpStore>(),
            provider.GetRequiredService<TimeProvider>()));
    }
}
