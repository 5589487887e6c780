using Microsoft.AspNetCore.Http;

namespace BiometricTwoFactor.AspNetCore;

/// <summary>
/// Meets what a verdict's risk demands (protocol 9): a second factor that the application has checked, or the payer's own
/// word on the payee. Only for the whole binding, only on an approval that lacks nothing else, and once.
/// </summary>
internal sealed class DemandProofs(
    IStepUpStore store,
    BindingReader bindings,
    ChallengeWriter writer,
    EnrolmentService enrolments,
    EvidenceRecorder recorder,
    NextStep nextStep,
    BiometricRoutes routes,
    TimeProvider timeProvider)
{
    public async Task<ProofResult> SecondFactorAsync(HttpContext context, string challengeId, SecondFactorProof proof, CancellationToken cancellationToken)
    {
        if (await FindOwnAsync(context, challengeId, cancellationToken).ConfigureAwait(false) is not { } challenge)
        {
            return new ProofResult(ProofOutcome.NotFound, Next: null);
        }

        var outcome = true switch
        {
            _ when !IsDue(challenge, ExtraDemand.SecondFactor) => ProofOutcome.NotAsked,
            _ when !string.Equals(proof.Digest, challenge.Digest, StringComparison.Ordinal) => ProofOutcome.DigestDiffers,
            _ when !FactorWords.ProvePossession(proof.Factors) => ProofOutcome.TooWeak,
            _ => ProofOutcome.Accepted,
        };
        if (outcome == ProofOutcome.Accepted)
        {
            (outcome, challenge) = await MeetAsync(challenge, ExtraDemand.SecondFactor, proof.Factors, cancellationToken).ConfigureAwait(false);
        }

        return new ProofResult(outcome, nextStep.Of(context, challenge) ?? routes.Confirm(context, challenge.Id));
    }

    /// <summary>The caller saw the payee and confirmed it; whose challenge it is was checked.</summary>
    public async Task ConfirmPayeeAsync(StepUpChallenge challenge, CancellationToken cancellationToken) =>
        await MeetAsync(challenge, ExtraDemand.BeneficiaryConfirmation, [], cancellationToken).ConfigureAwait(false);

    /// <summary>The whole binding (protocol 1.2).</summary>
    public async Task<StepUpChallenge?> FindOwnAsync(HttpContext context, string? challengeId, CancellationToken cancellationToken) =>
        ChallengeIds.HasShape(challengeId)
        && await store.FindAsync(challengeId!, cancellationToken).ConfigureAwait(false) is { } challenge
        && await bindings.ReadAsync(context, challenge.Binding.Scheme).ConfigureAwait(false) == challenge.Binding
            ? challenge
            : null;

    private async Task<(ProofOutcome Outcome, StepUpChallenge Challenge)> MeetAsync(
        StepUpChallenge challenge, ExtraDemand demand, IReadOnlyCollection<string> factors, CancellationToken cancellationToken)
    {
        var binding = challenge.Binding;
        var met = false;
        var changed = await writer.ChangeAsync(
            challenge,
            current =>
            {
                met = current.Binding == binding && IsDue(current, demand);
                return met ? current with { DemandMetAt = timeProvider.GetUtcNow(), Factors = FactorWords.Joined(current.Factors, factors) } : null;
            },
            (before, after) => demand == ExtraDemand.SecondFactor ? recorder.Evidenced(before, after) : recorder.Confirmed(after),
            cancellationToken).ConfigureAwait(false) ?? challenge;
        if (!met)
        {
            return (ProofOutcome.NotAsked, changed);
        }

        await writer.TellAsync(new StepUpEvent(StepUpEventKind.DemandMet, changed), cancellationToken).ConfigureAwait(false);
        return (ProofOutcome.Accepted, await enrolments.CompleteAsync(changed, cancellationToken).ConfigureAwait(false));
    }

    /// <summary>True when the demand is the one thing that is left.</summary>
    private bool IsDue(StepUpChallenge challenge, ExtraDemand demand)
    {
        var now = timeProvider.GetUtcNow();
        return challenge.Demand == demand && challenge.DemandMetAt is null && (challenge with { DemandMetAt = now }).IsUsableAt(now);
    }
}
