using Microsoft.AspNetCore.Http;

namespace BiometricTwoFactor.AspNetCore;

/// <summary>Takes the proof of a way of equal strength to the one gate: whole binding, a way that is registered and offered here.</summary>
internal sealed class AlternativeProofs(
    DemandProofs own, AlternativeWays ways, VerdictProcessor processor, NextStep nextStep, BiometricRoutes routes)
{
    public async Task<ProofResult> CompleteAsync(HttpContext context, string challengeId, AlternativeProof proof, CancellationToken cancellationToken)
    {
        if (await own.FindOwnAsync(context, challengeId, cancellationToken).ConfigureAwait(false) is not { } challenge)
        {
            return new ProofResult(ProofOutcome.NotFound, Next: null);
        }

        var outcome = ProofOutcome.NotAsked;
        if (await ways.FindAsync(proof.Name, challenge, cancellationToken).ConfigureAwait(false) is not null)
        {
            (var judgement, challenge) = await processor.ApplyAlternativeAsync(challenge, proof, cancellationToken).ConfigureAwait(false);
            outcome = judgement.Reasons[0] switch
            {
                JudgementReason.AlternativePassed => ProofOutcome.Accepted,
                JudgementReason.ProofDigestDiffers => ProofOutcome.DigestDiffers,
                JudgementReason.ProofTooWeak => ProofOutcome.TooWeak,
                _ => ProofOutcome.NotAsked,
            };
        }

        return new ProofResult(outcome, nextStep.Of(context, challenge) ?? routes.Confirm(context, challenge.Id));
    }
}
