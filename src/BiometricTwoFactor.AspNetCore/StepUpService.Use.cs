using Microsoft.AspNetCore.Http;

namespace BiometricTwoFactor.AspNetCore;

/// <summary>For applications that keep their own draft: they ask from code, and use the approval by its challenge's id.</summary>
public sealed partial class StepUpService
{
    private const int LongestOperationId = 255;

    /// <summary>
    /// Asks for a face for a payment, from code: the facts are the application's own records, never the caller's word
    /// (protocol 2.2). Keep the challenge's id with the draft, send the browser to <c>/biometric/confirm/{id}</c>, and when it
    /// comes back to <paramref name="returnUrl"/>, call <see cref="UseAsync"/>. Asked in any case: thresholds are for endpoints.
    /// </summary>
    /// <param name="context">The caller's request; one that is cross-site makes no challenge.</param>
    /// <param name="reason">Why: a constant of <see cref="StepUpReason"/>, or one of <see cref="BiometricStepUpOptions.Reasons"/>.</param>
    /// <param name="transaction">What exactly the face approves.</param>
    /// <param name="returnUrl">A local path to come back to.</param>
    /// <param name="title">What the confirm page calls it; null for the reason's own words.</param>
    /// <param name="cancellationToken">Ends the call.</param>
    /// <exception cref="ArgumentException">The reason is unknown or belongs to the sign-in, or the return URL is not a local path.</exception>
    /// <exception cref="ArgumentNullException">There is no transaction.</exception>
    public async Task<StepUpChallengeOutcome> ChallengeAsync(
        HttpContext context, string reason, Transaction transaction, string returnUrl, string? title = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(context);
        ArgumentException.ThrowIfNullOrEmpty(reason);
        ArgumentNullException.ThrowIfNull(transaction);
        // Account access is a window, not a payment (protocol 2.1).
        if ((string.Equals(reason, StepUpReason.LoginNewDevice, StringComparison.Ordinal) ? "A face for account access can bind no payment." : StepUpReasons.Problem(reason, _tenants.Of(context))) is { } problem)
        {
            throw new ArgumentException(problem, nameof(reason));
        }

        if (!LocalUrl.IsSafe(returnUrl))
        {
            throw new ArgumentException("The return URL is not a local path.", nameof(returnUrl));
        }

        if (await _bindings.ReadAsync(context).ConfigureAwait(false) is not { } binding)
        {
            return new StepUpChallengeOutcome(ChallengeRefusal.NotSignedIn);
        }

        if (!await context.RequestServices.GetRequiredService<CrossSiteGuard>().IsOwnRequestAsync(context).ConfigureAwait(false))
        {
            return new StepUpChallengeOutcome(ChallengeRefusal.CrossSite);
        }

        var device = await _devices.ReadAsync(context, binding).ConfigureAwait(false);
        var question = new StepUpQuestion(reason, "code", transaction, title);
        var demand = context.RequestServices.GetRequiredService<StepUpDemands>().For(binding.Tenant, question, device) with { IsAsked = true };
        var order = new ChallengeOrder(binding, ChallengeKind.StepUp, question, demand) { Device = device, Original = new OriginalRequest("GET", returnUrl) };
        return await _challenges.MakeAsync(order, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>
    /// Uses the approval of the caller's own challenge, once (protocol 7.1). On <see cref="ConsumeOutcome.Consumed"/>, and on
    /// nothing else, carry out exactly <see cref="StepUpChallenge.Transaction"/> of the result: the stored facts, which the
    /// face approved. <see cref="ConsumeOutcome.AlreadyYours"/> means that the same operation had it before: give the result
    /// that was kept then, and never run it again.
    /// </summary>
    /// <param name="context">The caller's request. One that is cross-site uses nothing.</param>
    /// <param name="reason">What the approval must be for; a face for anything else is not taken.</param>
    /// <param name="challengeId">The challenge. Somebody else's, or another sign-in's, is not found.</param>
    /// <param name="operationId">The application's own name of this attempt, 1 to 255 characters, such as the draft's id; null makes every call an attempt of its own.</param>
    /// <param name="cancellationToken">Ends the call.</param>
    /// <exception cref="ArgumentException">The reason or the operation id is empty, or the operation id is too long.</exception>
    public Task<ConsumeResult> UseAsync(
        HttpContext context, string reason, string challengeId, string? operationId = null, CancellationToken cancellationToken = default)
    {
        Check(context, reason, challengeId, operationId);
        return context.RequestServices.GetRequiredService<StepUpGate>().UseAsync(context, reason, challengeId, operationId, cancellationToken);
    }

    /// <summary>
    /// As <see cref="UseAsync"/>, for an application that uses the approval in the transaction of its own work (protocol 7.3): looks
    /// whether it could be used, and changes nothing. On <see cref="ConsumeOutcome.Consumed"/>, with the challenge as it stands, call
    /// <c>RunApprovedAsync</c> or <c>TryUseApprovalAsync</c> of <c>BiometricTwoFactor.EntityFrameworkCore</c>, whose outcome is the one that counts.
    /// </summary>
    /// <inheritdoc cref="UseAsync"/>
    public Task<ConsumeResult> PrepareUseAsync(
        HttpContext context, string reason, string challengeId, string? operationId = null, CancellationToken cancellationToken = default)
    {
        Check(context, reason, challengeId, operationId);
        return context.RequestServices.GetRequiredService<StepUpGate>().PrepareUseAsync(context, reason, challengeId, operationId, cancellationToken);
    }

    private static void Check(HttpContext context, string reason, string challengeId, string? operationId)
    {
        ArgumentNullException.ThrowIfNull(context);
        ArgumentException.ThrowIfNullOrEmpty(reason);
        ArgumentNullException.ThrowIfNull(challengeId);
        if (operationId is { Length: 0 or > LongestOperationId })
        {
            throw new ArgumentException($"An operation id has 1 to {LongestOperationId} characters.", nameof(operationId));
        }
    }
}
