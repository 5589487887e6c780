using Microsoft.AspNetCore.Http;

namespace BiometricTwoFactor.AspNetCore;

/// <summary>For actions of controllers and handlers of Razor Pages, whose payment is known only inside them.</summary>
public sealed partial class StepUpService
{
    /// <summary>
    /// Asks for a face bound to exactly this amount and payee, used once, as <c>RequireBiometric(reason, transaction)</c> does on
    /// an endpoint: call it before what it protects, with the transaction made from the very object that is carried out
    /// afterwards (RTS article 5).
    /// </summary>
    /// <param name="context">The caller's request.</param>
    /// <param name="reason">Usually <see cref="StepUpReason.HighValueTransaction"/>.</param>
    /// <param name="transaction">What exactly the face approves.</param>
    /// <param name="configure">What this action does otherwise than its reason: thresholds, workflows, floors.</param>
    /// <param name="cancellationToken">Looked at before anything is asked; from then on the request's own end counts.</param>
    /// <returns>Null when the request may go on, once; else what to return from the action, as it is.</returns>
    /// <exception cref="ArgumentException">The reason is unknown or is that of account access, which binds no payment.</exception>
    public async Task<StepUpAnswer?> RequireAsync(
        HttpContext context, string reason, Transaction transaction, Action<StepUpEndpointOptions>? configure = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(context);
        cancellationToken.ThrowIfCancellationRequested();
        return await context.RequestServices.GetRequiredService<StepUpAdmissions>().PendingAsync(context, reason, transaction, configure).ConfigureAwait(false) is { } pending
            ? new StepUpAnswer(pending)
            : null;
    }
}
