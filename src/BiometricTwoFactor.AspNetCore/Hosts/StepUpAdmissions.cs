using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace BiometricTwoFactor.AspNetCore;

/// <summary>Asks for a face from code: in an action of a controller, a hub's method, an event of a circuit.</summary>
internal sealed class StepUpAdmissions(
    StepUpGate gate, StepUpReplies replies, Problems problems, Tenants tenants, ILogger<StepUpAdmissions> logger)
{
    private const string Call = "call";

    /// <summary>For a call that has no answer of its own, with a payment.</summary>
    public async Task<StepUpAdmission> RequireAsync(
        HttpContext context, string reason, Transaction transaction, Action<StepUpEndpointOptions>? configure, OriginalRequest? original) =>
        await AdmissionAsync(context, await PendingAsync(context, reason, transaction, configure).ConfigureAwait(false), original).ConfigureAwait(false);

    /// <summary>For a call that has no answer of its own, with an action in the application's words.</summary>
    public async Task<StepUpAdmission> RequireAsync(
        HttpContext context, string reason, string action, string? title, Action<StepUpEndpointOptions>? configure, OriginalRequest? original)
    {
        ArgumentException.ThrowIfNullOrEmpty(action);
        var question = new StepUpQuestion(Checked(reason), string.Join('\n', Call, title, action), Transaction: null, title) { Endpoint = Of(context, configure) };
        return await AdmissionAsync(context, await PendingAsync(context, question).ConfigureAwait(false), original).ConfigureAwait(false);
    }

    /// <summary>What a request with a payment lacks; null when it may go on.</summary>
    public Task<PendingStepUp?> PendingAsync(HttpContext context, string reason, Transaction transaction, Action<StepUpEndpointOptions>? configure)
    {
        ArgumentNullException.ThrowIfNull(transaction);
        var action = ConnectionRequest.Is(context) ? Call : ActionName.Of(context, title: null);
        return PendingAsync(context, new StepUpQuestion(Checked(reason), action, transaction) { Endpoint = Of(context, configure) });
    }

    private async Task<PendingStepUp?> PendingAsync(HttpContext context, StepUpQuestion question)
    {
        try
        {
            return await gate.TryPassAsync(context, question).ConfigureAwait(false) ? null : StepUpGate.Pending(context)!;
        }
        catch (StepUpStoreException failure)
        {
            Log.StoreFailed(logger, failure);
            return new PendingStepUp(question, PendingCause.Unavailable);
        }
    }

    private async Task<StepUpAdmission> AdmissionAsync(HttpContext context, PendingStepUp? pending, OriginalRequest? original)
    {
        if (pending is null)
        {
            return new StepUpAdmission(context.Features.Get<IBiometricApprovalFeature>()?.Challenge);
        }

        StepUpReply reply;
        try
        {
            reply = await replies.OfAsync(pending, original, context.RequestAborted).ConfigureAwait(false);
        }
        catch (StepUpStoreException failure)
        {
            Log.StoreFailed(logger, failure);
            reply = new StepUpReply(Problem.Unavailable);
        }

        return new StepUpAdmission(problems.SignalOf(context, reply));
    }

    private string Checked(string reason)
    {
        ArgumentException.ThrowIfNullOrEmpty(reason);
        return string.Equals(reason, StepUpReason.LoginNewDevice, StringComparison.Ordinal)
            ? throw new ArgumentException("A face for account access opens a window, and approves no single call.", nameof(reason))
            : StepUpReasons.Problem(reason, tenants.Of(tenants.Present())) is { } problem ? throw new ArgumentException(problem, nameof(reason))
            : reason;
    }

    private static StepUpEndpointOptions? Of(HttpContext context, Action<StepUpEndpointOptions>? configure)
    {
        if (configure is null)
        {
            return null;
        }

        var own = new StepUpEndpointOptions();
        configure(own);
        return own.UseInTransaction && ConnectionRequest.Is(context)
            ? throw new ArgumentException($"{nameof(own.UseInTransaction)} is for requests: a call over a connection has no response in which its use could be missed.", nameof(configure))
            : own;
    }
}
