using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace BiometricTwoFactor.AspNetCore;

/// <summary>The scope in which log lines are a tenant's; none where there are no tenants.</summary>
internal static class TenantScope
{
    /// <summary>For a request on a route of the SDK.</summary>
    public static IDisposable? Of(HttpContext context)
    {
        var tenants = context.RequestServices.GetRequiredService<Tenants>();
        return tenants.AreNamed
            ? Begin(context.RequestServices.GetRequiredService<ILogger<Tenants>>(), context.Request.RouteValues["tenant"] as string ?? tenants.NameOf(context))
            : null;
    }

    public static IDisposable? Begin(ILogger logger, string? tenant) =>
        string.IsNullOrEmpty(tenant) ? null : logger.BeginScope("biometric.tenant {biometric.tenant}", tenant);
}
