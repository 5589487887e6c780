using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;

namespace BiometricTwoFactor.Emulator;

/// <summary>Where the provider's router differs from ours: slashes, letter case, pages for what it does not know.</summary>
internal static class RoutingMiddleware
{
    public static async Task InvokeAsync(HttpContext context, EmulatorCore core, RequestDelegate next)
    {
        var path = context.Request.Path.Value ?? "";
        if (!path.StartsWith("/v3/", StringComparison.OrdinalIgnoreCase) && !path.StartsWith("/v1/", StringComparison.OrdinalIgnoreCase))
        {
            await next(context);
            return;
        }

        // Ours ignores case; the provider's does not (and an upper-case UUID is no route there: contract 2).
        if (context.GetEndpoint() is null || path.AsSpan().ContainsAnyInRange('A', 'Z'))
        {
            await ApiErrors.HtmlNotFoundAsync(context);
            return;
        }

        if (path[^1] != '/')
        {
            // Whatever the method: this is how a POST without the slash loses its body (contract 1).
            context.Response.StatusCode = StatusCodes.Status301MovedPermanently;
            context.Response.Headers.Location = context.Request.PathBase + context.Request.Path + "/" + context.Request.QueryString;
            return;
        }

        if (!await core.RateLimiter.AdmitAsync(context))
        {
            return;
        }

        await next(context);
        if (context.Response is { StatusCode: StatusCodes.Status405MethodNotAllowed, HasStarted: false })
        {
            await ApiErrors.DetailAsync(context, StatusCodes.Status405MethodNotAllowed, $"Method \"{context.Request.Method}\" not allowed.");
        }
    }
}
