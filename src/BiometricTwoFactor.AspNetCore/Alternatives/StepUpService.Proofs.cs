using Microsoft.AspNetCore.Http;

namespace BiometricTwoFactor.AspNetCore;

/// <summary>What the application's own pages report: a second factor, or a way of equal strength in the face's place.</summary>
public sealed partial class StepUpService
{
    /// <summary>
    /// Finds one of the caller's own challenges, for a page that asks for a second factor or an alternative: the whole binding
    /// (protocol 1.2), or null, which is a 404.
    /// </summary>
    public async Task<StepUpChallenge?> FindAsync(HttpContext context, string challengeId, CancellationToken cancellationToken = default) =>
        await _demandProofs.FindOwnAsync(context, challengeId, cancellationToken).ConfigureAwait(false);

    /// <summary>
    /// Meets <see cref="ExtraDemand.SecondFactor"/>. Called by the application's page (<see cref="ISecondFactor.UrlFor"/>) in the
    /// request that verified the factor, after its own antiforgery check. Nothing is changed unless the challenge is the
    /// caller's own, approved, claimed and in time, and demands it.
    /// </summary>
    /// <param name="context">The caller's request.</param>
    /// <param name="challengeId">The challenge.</param>
    /// <param name="proof">What was verified.</param>
    /// <param name="cancellationToken">Ends the call.</param>
    public Task<ProofResult> CompleteSecondFactorAsync(HttpContext context, string challengeId, SecondFactorProof proof, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(context);
        ArgumentNullException.ThrowIfNull(proof);
        return _demandProofs.SecondFactorAsync(context, challengeId, proof, cancellationToken);
    }

    /// <summary>
    /// Approves a challenge by a way of equal strength in the face's place (<see cref="IStepUpAlternative"/>). Called by the
    /// application's page in the request that verified the person, after its own antiforgery check. The challenge must be the
    /// caller's own, pending and in time. The approval is claimed by that, and used like any other.
    /// </summary>
    /// <param name="context">The caller's request.</param>
    /// <param name="challengeId">The challenge.</param>
    /// <param name="proof">What was verified.</param>
    /// <param name="cancellationToken">Ends the call.</param>
    public Task<ProofResult> CompleteByAlternativeAsync(HttpContext context, string challengeId, AlternativeProof proof, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(context);
        ArgumentNullException.ThrowIfNull(proof);
        return _alternativeProofs.CompleteAsync(context, challengeId, proof, cancellationToken);
    }
}
