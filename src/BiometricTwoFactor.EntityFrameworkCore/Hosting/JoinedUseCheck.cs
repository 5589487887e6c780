using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Routing;

namespace BiometricTwoFactor.EntityFrameworkCore;

/// <summary>
/// Stops the start where an endpoint is to use its approval in a transaction of the application, and the store is in a context
/// of its own: no transaction could hold both, and the first customer would be the one to learn it (protocol 7.3).
/// </summary>
internal sealed class JoinedUseCheck(IStoreDatabase database) : IStartupFilter
{
    public Action<IApplicationBuilder> Configure(Action<IApplicationBuilder> next) => app =>
    {
        next(app);
        if (!database.IsOwn || app.ApplicationServices.GetService<EndpointDataSource>() is not { } endpoints)
        {
            return;
        }

        foreach (var endpoint in endpoints.Endpoints)
        {
            if (endpoint.Metadata.GetMetadata<StepUpEndpointOptions>() is { UseInTransaction: true }
                || endpoint.Metadata.GetMetadata<RequireBiometricAttribute>() is { UseInTransaction: true })
            {
                throw new StoreUnusableException(
                    $"{endpoint.DisplayName} has {nameof(StepUpEndpointOptions.UseInTransaction)}, and the biometric store is in a context of its own ({database.ContextName}): no transaction holds both. Keep step-ups in the application's context (AddEntityFrameworkStore<TContext>()), or take the option away.");
            }
        }
    };
}
