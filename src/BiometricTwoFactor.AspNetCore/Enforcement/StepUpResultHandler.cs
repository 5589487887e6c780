using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Authorization.Policy;
using Microsoft.AspNetCore.Http;

namespace BiometricTwoFactor.AspNetCore;

/// <summary>
/// Decorates the registered result handler: a request that lacks nothing but a face is answered with the way to show one;
/// everything else stays with the handler that was there before (attack 28).
/// </summary>
internal sealed class StepUpResultHandler(IAuthorizationMiddlewareResultHandler inner) : IAuthorizationMiddlewareResultHandler
{
    public Task HandleAsync(RequestDelegate next, HttpContext context, AuthorizationPolicy policy, PolicyAuthorizationResult authorizeResult)
    {
        ArgumentNullException.ThrowIfNull(authorizeResult);
        if (authorizeResult.Forbidden
            && authorizeResult.AuthorizationFailure is { FailCalled: false } failure
            && failure.FailedRequirements.Any()
            && failure.FailedRequirements.All(requirement => requirement is StepUpRequirement)
            && StepUpGate.Pending(context) is { } pending)
        {
            return context.RequestServices.GetRequiredService<StepUpResponder>().RespondAsync(context, pending);
        }

        if (authorizeResult.Succeeded && context.GetEndpoint()?.Metadata.GetMetadata<TransactionStepUpMetadata>() is not null)
        {
            context.RequestServices.GetRequiredService<OriginalRequests>().KeepReadable(context);
        }

        return inner.HandleAsync(next, context, policy, authorizeResult);
    }
}
