using System.Diagnostics.CodeAnalysis;
using System.Reflection;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Endpoints;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc.Controllers;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.AspNetCore.Mvc.RazorPages.Infrastructure;
using Microsoft.AspNetCore.Mvc.ViewComponents;
using Microsoft.AspNetCore.Routing;
using Microsoft.AspNetCore.SignalR;

namespace BiometricTwoFactor.AspNetCore;

/// <summary>
/// Finds demands for a face that the framework would pass over in silence (attack 26): on handlers of Razor Pages, on methods
/// that no route reaches, on components that are no page, on view components.
/// </summary>
internal static class IgnoredDemands
{
    private const BindingFlags Every = BindingFlags.Instance | BindingFlags.Static | BindingFlags.Public | BindingFlags.NonPublic;

    /// <summary>The first of them, in words; null where every demand counts.</summary>
    public static string? Problem(IServiceProvider services, IReadOnlyList<Endpoint> endpoints) =>
        endpoints.Select(endpoint => OfPage(services, endpoint)).FirstOrDefault(problem => problem is not null)
        ?? OfControllers(endpoints)
        ?? OfHubs(endpoints)
        ?? OfComponents(endpoints)
        ?? OfViewComponents(services);

    /// <summary>The methods of a hub that demand a face and can be called.</summary>
    public static IEnumerable<(MethodInfo Method, RequireBiometricAttribute Demand)> OfHub(Type hub) =>
        from method in hub.GetMethods(BindingFlags.Instance | BindingFlags.Public)
        where !method.IsSpecialName && method.GetBaseDefinition().DeclaringType is { } declaring && !IsOfTheFramework(declaring)
        let demand = method.GetCustomAttribute<RequireBiometricAttribute>(inherit: true)
        where demand is not null
        select (method, demand);

    /// <summary>The framework ignores authorization attributes on the handler methods of a Razor Page.</summary>
    private static string? OfPage(IServiceProvider services, Endpoint endpoint)
    {
        if (endpoint.Metadata.GetMetadata<PageActionDescriptor>() is not { } page || services.GetService(typeof(PageLoader)) is not PageLoader loader)
        {
            return null;
        }

        var compiled = page as CompiledPageActionDescriptor
            ?? loader.LoadAsync(page, EndpointMetadataCollection.Empty).GetAwaiter().GetResult();
        return compiled.HandlerMethods.Any(handler => Demands(handler.MethodInfo))
            ? $"{endpoint.DisplayName}: [RequireBiometric] on a handler method of a Razor Page is ignored by the framework. Put it on the page model's class."
            : null;
    }

    private static string? OfControllers(IReadOnlyList<Endpoint> endpoints)
    {
        var actions = endpoints.Select(endpoint => endpoint.Metadata.GetMetadata<ControllerActionDescriptor>()).OfType<ControllerActionDescriptor>().ToArray();
        var reached = actions.Select(action => action.MethodInfo).ToHashSet();
        return actions.Select(action => action.ControllerTypeInfo.AsType()).Distinct()
            .SelectMany(MethodsOf)
            .Where(method => Demands(method) && !reached.Contains(method) && !reached.Any(action => IsOverrideOf(action, method)))
            .Select(method => $"{NameOf(method)} demands a face and is no action that a route reaches: nothing would ask for it. Put [RequireBiometric] on the action.")
            .FirstOrDefault();
    }

    private static string? OfHubs(IReadOnlyList<Endpoint> endpoints)
    {
        foreach (var hub in endpoints.Select(endpoint => endpoint.Metadata.GetMetadata<HubMetadata>()?.HubType).OfType<Type>().Distinct())
        {
            var called = OfHub(hub).Select(found => found.Method).ToHashSet();
            if (MethodsOf(hub).FirstOrDefault(method => Demands(method) && !called.Contains(method)) is { } ignored)
            {
                return $"{NameOf(ignored)} demands a face and is no method that a client can call: nothing would ask for it.";
            }
        }

        return null;
    }

    [UnconditionalSuppressMessage("Trimming", "IL2026", Justification = "A component that was trimmed away is shown to nobody.")]
    private static string? OfComponents(IReadOnlyList<Endpoint> endpoints)
    {
        var pages = endpoints.Select(endpoint => endpoint.Metadata.GetMetadata<ComponentTypeMetadata>()?.Type).OfType<Type>().ToHashSet();
        foreach (var component in pages.Select(page => page.Assembly).Distinct().SelectMany(assembly => assembly.GetTypes()).Where(typeof(IComponent).IsAssignableFrom))
        {
            if (MethodsOf(component).FirstOrDefault(Demands) is { } method)
            {
                return $"{NameOf(method)}: [RequireBiometric] on a method of a component is ignored by the framework. Call BiometricCircuit.RequireAsync in it.";
            }

            if (component.IsDefined(typeof(RequireBiometricAttribute), inherit: false) && !component.IsAbstract && !pages.Contains(component))
            {
                return $"{component.FullName}: [RequireBiometric] on a component that is no page is ignored by the framework. Put it on the page, or call BiometricCircuit.RequireAsync.";
            }
        }

        return null;
    }

    private static string? OfViewComponents(IServiceProvider services) =>
        (services.GetService(typeof(IViewComponentDescriptorCollectionProvider)) as IViewComponentDescriptorCollectionProvider)?.ViewComponents.Items
            .Where(view => view.TypeInfo.IsDefined(typeof(RequireBiometricAttribute), inherit: true) || MethodsOf(view.TypeInfo).Any(Demands))
            .Select(view => $"{view.TypeInfo.FullName}: [RequireBiometric] on a view component is ignored by the framework. Put it on the page or the action that shows it.")
            .FirstOrDefault();

    [UnconditionalSuppressMessage("Trimming", "IL2070", Justification = "A method that was trimmed away is called by nobody.")]
    private static IEnumerable<MethodInfo> MethodsOf(Type type) => type.GetMethods(Every).Where(method => method.DeclaringType is { } declaring && !IsOfTheFramework(declaring));

    private static bool Demands(MethodInfo method) => method.IsDefined(typeof(RequireBiometricAttribute), inherit: true);

    private static bool IsOverrideOf(MethodInfo action, MethodInfo method) => action.GetBaseDefinition() == method.GetBaseDefinition();

    private static bool IsOfTheFramework(Type type) => type.Namespace?.StartsWith("Microsoft.AspNetCore.", StringComparison.Ordinal) == true || type == typeof(object);

    private static string NameOf(MethodInfo method) => $"{method.DeclaringType?.FullName}.{method.Name}";
}
