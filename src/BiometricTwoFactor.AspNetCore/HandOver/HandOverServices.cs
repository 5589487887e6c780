using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace BiometricTwoFactor.AspNetCore;

/// <summary>What a hand-over needs, and its routes.</summary>
internal static class HandOverServices
{
    public static void AddHandOver(this IServiceCollection services)
    {
        services.TryAddSingleton<HandOverSecrets>();
        services.TryAddSingleton<HandedCookie>();
        services.TryAddSingleton<HandOverLinks>();
        services.TryAddScoped<HandOvers>();
        services.TryAddScoped<HandOverEndpoints>();
        services.TryAddScoped<DeviceEndpoints>();
    }

    public static void MapHandOver(this IEndpointRouteBuilder group)
    {
        Post(group, "/handover/{id}", context => Of<HandOverEndpoints>(context).OfferAsync(context));
        Post(group, "/handover/{id}/back", context => Of<HandOverEndpoints>(context).TakeBackAsync(context));
        Get(group, "/handover/{id}", context => Of<HandOverEndpoints>(context).StateAsync(context));
        Get(group, "/handover/{id}/qr", context => Of<HandOverEndpoints>(context).PictureAsync(context));
        foreach (var link in (string[])["/device/{code}", "/device/{tenant}/{code}"])
        {
            // HEAD too: what asks for a preview so must not leave the code in a trace as a path that nobody serves.
            group.MapMethods(link, [HttpMethods.Get, HttpMethods.Head], StoreFailures.Guard(context => Of<DeviceEndpoints>(context).ShowLinkAsync(context)));
            Post(group, link, context => Of<DeviceEndpoints>(context).TakeAsync(context));
        }

        Get(group, "/device", context => Of<DeviceEndpoints>(context).ShowAsync(context));
        Post(group, "/device", context => Of<DeviceEndpoints>(context).StartAsync(context));
        Post(group, "/device/not-me", context => Of<DeviceEndpoints>(context).RefuseAsync(context));
    }

    private static void Get(IEndpointRouteBuilder group, string pattern, RequestDelegate handler) => group.MapGet(pattern, StoreFailures.Guard(handler));

    private static void Post(IEndpointRouteBuilder group, string pattern, RequestDelegate handler) => group.MapPost(pattern, StoreFailures.Guard(handler));

    private static T Of<T>(HttpContext context)
        where T : notnull => context.RequestServices.GetRequiredService<T>();
}
