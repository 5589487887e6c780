using System.Reflection;
using Microsoft.AspNetCore.SignalR;
using Microsoft.Extensions.Logging;

namespace BiometricTwoFactor.AspNetCore;

/// <summary>
/// Admits a call of a hub's method by using an approval for exactly its arguments. A call that lacks one is refused by the
/// framework with a generic error; before that the client is sent a <see cref="StepUpSignal"/>.
/// </summary>
internal sealed class HubGate(StepUpGate gate, AccessGate access, StepUpReplies replies, Problems problems, ILogger<HubGate> logger)
{
    /// <summary>True when the call may run, once.</summary>
    public async Task<bool> TryPassAsync(HubInvocationContext invocation, string reason)
    {
        var attribute = invocation.HubMethod.GetCustomAttribute<RequireBiometricAttribute>(inherit: true);
        if (attribute is null || !string.Equals(attribute.Reason, reason, StringComparison.Ordinal) || HubCallers.RequestOf(invocation.Context, invocation.ServiceProvider) is not { } context)
        {
            Log.CannotEnforce(logger, invocation.HubMethodName);
            return false;
        }

        StepUpReply reply;
        try
        {
            if (string.Equals(reason, StepUpReason.LoginNewDevice, StringComparison.Ordinal)
                ? await access.TryPassAsync(context, attribute.Title).ConfigureAwait(false)
                : await gate.TryPassAsync(context, QuestionOf(invocation, attribute)).ConfigureAwait(false))
            {
                return true;
            }

            reply = await replies.OfAsync(StepUpGate.Pending(context)!, original: null, context.RequestAborted).ConfigureAwait(false);
        }
        catch (StepUpStoreException failure)
        {
            Log.StoreFailed(logger, failure);
            reply = new StepUpReply(Problem.Unavailable);
        }

        await HubCallers.TellAsync(invocation.Context, problems.SignalOf(context, reply), context.RequestAborted).ConfigureAwait(false);
        return false;
    }

    private static StepUpQuestion QuestionOf(HubInvocationContext invocation, RequireBiometricAttribute attribute) =>
        new(attribute.Reason, HubAction.Of(invocation, attribute.Title), Transaction: null, attribute.Title) { Endpoint = attribute.Endpoint };
}
