using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.SignalR;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace BiometricTwoFactor.AspNetCore;

/// <summary>
/// Admits a request whose approval it could use. Succeeding and using are one step: whoever evaluates the policy, the
/// middleware or the application itself, an approval counts once.
/// </summary>
internal sealed class StepUpAuthorizationHandler(
    StepUpGate gate,
    AccessGate access,
    IOptionsMonitor<BiometricStepUpOptions> options,
    ILogger<StepUpAuthorizationHandler> logger) : AuthorizationHandler<StepUpRequirement>
{
    protected override async Task HandleRequirementAsync(AuthorizationHandlerContext context, StepUpRequirement requirement)
    {
        if (context.User.Identity?.IsAuthenticated != true)
        {
            return;
        }

        // A hub invocation, a component, a resource of the application's own: there is no request that could wait for a face.
        if (context.Resource is not HttpContext http
            || http.GetEndpoint() is not { } endpoint
            || endpoint.Metadata.GetMetadata<HubMetadata>() is not null
            || endpoint.Metadata.GetOrderedMetadata<RequireBiometricAttribute>() is not { Count: > 0 } attributes
            || attributes[^1] is not { } attribute
            || !string.Equals(attribute.Reason, requirement.Reason, StringComparison.Ordinal)
            || StepUpReasons.Problem(requirement.Reason, options.CurrentValue) is not null)
        {
            Log.CannotEnforce(logger, context.Resource?.GetType().Name ?? "no resource");
            return;
        }

        try
        {
            if (await PassesAsync(http, attribute).ConfigureAwait(false))
            {
                context.Succeed(requirement);
            }
        }
        catch (StepUpStoreException failure)
        {
            Log.StoreFailed(logger, failure);
            StepUpGate.Refuse(http, new PendingStepUp(new StepUpQuestion(attribute.Reason, ""), PendingCause.Unavailable));
        }
    }

    private async Task<bool> PassesAsync(HttpContext http, RequireBiometricAttribute attribute)
    {
        if (string.Equals(attribute.Reason, StepUpReason.LoginNewDevice, StringComparison.Ordinal))
        {
            return await access.TryPassAsync(http, attribute.Title).ConfigureAwait(false);
        }

        var content = await RequestContent.ReadAsync(http, options.CurrentValue.MaxApprovedBodyBytes).ConfigureAwait(false);
        if (content.Refusal is { } refusal)
        {
            return StepUpGate.Refuse(http, new PendingStepUp(new StepUpQuestion(attribute.Reason, ""), refusal));
        }

        var question = new StepUpQuestion(attribute.Reason, ActionName.Of(http, attribute.Title, content), Transaction: null, attribute.Title) { Endpoint = attribute.Endpoint };
        return await gate.TryPassAsync(http, question).ConfigureAwait(false);
    }
}
