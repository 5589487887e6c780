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

        if (string.Equals(requirement.Reason, StepUpReason.LoginNewDevice, StringComparison.Ordinal))
        {
            if (await access.TryPassAsync(http, attribute.Title).ConfigureAwait(false))
            {
                context.Succeed(requirement);
            }

            return;
        }

        var content = await RequestContent.ReadAsync(http, options.CurrentValue.MaxApprovedBodyBytes).ConfigureAwait(false);
        if (content.Refusal is { } refusal)
        {
            StepUpGate.Refuse(http, new PendingStepUp(new StepUpQuestion(attribute.Reason, ""), refusal));
            return;
        }

        var question = new StepUpQuestion(attribute.Reason, ActionName.Of(http, attribute.Title, content), Transaction: null, attribute.Title) { Endpoint = attribute.Endpoint };
        if (await gate.TryPassAsync(http, question).ConfigureAwait(false))
        {
            context.Succeed(requirement);
        }
    }
}
