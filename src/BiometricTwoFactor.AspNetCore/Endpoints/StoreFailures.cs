using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace BiometricTwoFactor.AspNetCore;

/// <summary>Answers 503 on a route of ours when the store fails: nothing is said to have happened that was not stored.</summary>
internal sealed class StoreFailures
{
    public static RequestDelegate Guard(RequestDelegate handler) => async context =>
    {
        using var scope = TenantScope.Of(context);
        try
        {
            await handler(context).ConfigureAwait(false);
        }
        catch (StepUpStoreException failure) when (!context.Response.HasStarted)
        {
            var services = context.RequestServices;
            Log.StoreFailed(services.GetRequiredService<ILogger<StoreFailures>>(), failure);
            await services.GetRequiredService<Problems>().WriteAsync(context, Problem.Unavailable, StepUpResponder.IsApi(context)).ConfigureAwait(false);
        }
    };
}
