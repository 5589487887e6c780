using Microsoft.AspNetCore.SignalR;

namespace BiometricTwoFactor.AspNetCore;

/// <summary>
/// Asks for a face in the methods of hubs, where no redirect is possible: take it in the hub's constructor or as a parameter
/// <c>[FromServices]</c>, and call <c>RequireAsync</c> before what it protects. For a call without a payment
/// <see cref="RequireBiometricAttribute"/> on the method does the same.
/// </summary>
public sealed class BiometricHub
{
    private readonly StepUpAdmissions _admissions;
    private readonly IServiceProvider _services;

    internal BiometricHub(StepUpAdmissions admissions, IServiceProvider services)
    {
        _admissions = admissions;
        _services = services;
    }

    /// <summary>
    /// Asks for a face bound to exactly this amount and payee, used once. Without one the caller's client is sent a
    /// <see cref="StepUpSignal"/> by its method <c>BiometricStepUp</c>, and the call ends: the client opens
    /// <see cref="StepUpSignal.ConfirmUrl"/>, waits at <see cref="StepUpSignal.StatusUrl"/>, and makes the same call again.
    /// </summary>
    /// <param name="caller">The hub's <see cref="Hub.Context"/>.</param>
    /// <param name="reason">Usually <see cref="StepUpReason.HighValueTransaction"/>.</param>
    /// <param name="transaction">What exactly the face approves, made from what is carried out afterwards.</param>
    /// <param name="configure">What this call does otherwise than its reason: thresholds, workflows, floors.</param>
    /// <param name="cancellationToken">Ends the call; without one the connection's end does.</param>
    /// <returns>The challenge whose approval was used; null where no face was needed.</returns>
    /// <exception cref="HubException">There is no approval. Its message is the signal's <see cref="StepUpSignal.Type"/>.</exception>
    /// <exception cref="ArgumentException">The reason is unknown or is that of account access, which binds no payment.</exception>
    public async Task<StepUpChallenge?> RequireAsync(
        HubCallerContext caller, string reason, Transaction transaction, Action<StepUpEndpointOptions>? configure = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(caller);
        if (HubCallers.RequestOf(caller, _services, cancellationToken) is not { } context)
        {
            throw new HubException(Problems.TypePrefix + "unavailable");
        }

        var admission = await _admissions.RequireAsync(context, reason, transaction, configure, original: null).ConfigureAwait(false);
        if (admission.IsAdmitted)
        {
            return admission.Approval;
        }

        await HubCallers.TellAsync(caller, admission.Signal, caller.ConnectionAborted).ConfigureAwait(false);
        throw new HubException(admission.Signal.Type);
    }
}
