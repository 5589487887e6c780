using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.SignalR;
using Microsoft.Extensions.Logging;

namespace BiometricTwoFactor.AspNetCore;

/// <summary>
/// Admits a request whose approval it could use. Succeeding and using are one step: whoever evaluates the policy, the
/// middleware or the application itself, an approval counts once.
/// </summary>
/// <remarks>The framework makes it for every authorized request of the application: what it needs is made when a face is asked.</remarks>
internal sealed class StepUpAuthorizationHandler(
    IServiceProvider services,
    Tenants tenants,
    ILogger<StepUpAuthorizationHandler> logger) : AuthorizationHandler<StepUpRequirement>
{
    protected override async Task HandleRequirementAsync(AuthorizationHandlerContext context, StepUpRequirement requirement)
    {
        if (context.User.Identity?.IsAuthenticated != true)
        {
            return;
        }

        try
        {
            var passes = context.Resource switch
            {
                HubInvocationContext invocation => await Of<HubGate>().TryPassAsync(invocation, requirement.Reason).ConfigureAwait(false),
                null or RouteData => await Of<ComponentGate>().TryPassAsync(requirement.Reason, PassesAsync).ConfigureAwait(false) ?? CannotEnforce(context.Resource),
                _ => await TryRequestAsync(context.Resource, requirement.Reason).ConfigureAwait(false),
            };
            if (passes)
            {
                context.Succeed(requirement);
            }
        }
        catch (StepUpStoreException failure)
        {
            Log.StoreFailed(logger, failure);
            if (context.Resource is HttpContext http)
            {
                StepUpGate.Refuse(http, new PendingStepUp(new StepUpQuestion(requirement.Reason, ""), PendingCause.Unavailable));
            }
        }
    }

    /// <summary>A request of an endpoint with the attribute. For a resource of the application's own there is no request that could wait for a face.</summary>
    private async Task<bool> TryRequestAsync(object? resource, string reason)
    {
        if (resource is HttpContext http
            && http.GetEndpoint() is { } endpoint
            && endpoint.Metadata.GetMetadata<HubMetadata>() is null
            && endpoint.Metadata.GetOrderedMetadata<RequireBiometricAttribute>() is { Count: > 0 } attributes
            && attributes[^1] is { } attribute
            && string.Equals(attribute.Reason, reason, StringComparison.Ordinal)
            && StepUpReasons.Problem(reason, tenants.Of(http)) is null)
        {
            return await PassesAsync(http, attribute).ConfigureAwait(false);
        }

        return CannotEnforce(resource);
    }

    private bool CannotEnforce(object? resource)
    {
        Log.CannotEnforce(logger, resource?.GetType().Name ?? "no resource");
        return false;
    }

    private async Task<bool> PassesAsync(HttpContext http, RequireBiometricAttribute attribute)
    {
        if (string.Equals(attribute.Reason, StepUpReason.LoginNewDevice, StringComparison.Ordinal))
        {
            return await Of<AccessGate>().TryPassAsync(http, attribute.Title).ConfigureAwait(false);
        }

        var content = await RequestContent.ReadAsync(http, tenants.Of(http).MaxApprovedBodyBytes).ConfigureAwait(false);
        if (content.Refusal is { } refusal)
        {
            return StepUpGate.Refuse(http, new PendingStepUp(new StepUpQuestion(attribute.Reason, ""), refusal));
        }

        var question = new StepUpQuestion(attribute.Reason, ActionName.Of(http, attribute.Title, content), Transaction: null, attribute.Title) { Endpoint = attribute.Endpoint };
        return await Of<StepUpGate>().TryPassAsync(http, question).ConfigureAwait(false);
    }

    private T Of<T>()
        where T : notnull => services.GetRequiredService<T>();
}
