namespace BiometricTwoFactor.AspNetCore;

/// <summary>Writes an approval that came by a way of equal strength, on the judge's word like any other.</summary>
internal sealed partial class VerdictProcessor
{
    /// <summary>What the judge said; an approval is stored when this returns it.</summary>
    public async Task<(Judgement Judgement, StepUpChallenge Challenge)> ApplyAlternativeAsync(
        StepUpChallenge challenge, AlternativeProof proof, CancellationToken cancellationToken)
    {
        var binding = challenge.Binding;
        var current = challenge;
        for (var attempt = 0; attempt < MaxTries; attempt++)
        {
            var now = timeProvider.GetUtcNow();
            var judgement = VerdictJudge.JudgeAlternative(current, proof, now);
            if (judgement.Verdict != Verdict.Approve)
            {
                return (judgement, current);
            }

            var approved = current with
            {
                State = ChallengeState.Approved,
                ApprovedAt = now,
                // The browser that asked has shown it: there is no other that could have.
                ClaimedAt = now,
                ExecuteBy = now + tenants.Of(binding.Tenant).ExecutionLifetime,
                Alternative = proof.Name,
                Factors = FactorWords.Joined(current.Factors, proof.Factors),
                ReasonCodes = judgement.Reasons,
                Version = current.Version + 1,
            };

            // Its unfinished session must not meet the next challenge (protocol 3.3), nor a face that it left and nobody judged (8.4).
            var deletion = approved.SessionId is { } session ? new SessionDeletion(binding.Tenant, session, approved.VendorData, FaceInDoubt: true, now) : null;
            if (await store.TryReplaceAsync(approved, delivery: null, recorder.Evidenced(current, approved), deletion, cancellationToken).ConfigureAwait(false) == ReplaceResult.Replaced)
            {
                await writer.FollowAsync(current, approved, cancellationToken).ConfigureAwait(false);
                return (judgement, approved);
            }

            current = await store.FindAsync(challenge.Id, cancellationToken).ConfigureAwait(false) ?? current;
            if (current.Binding != binding)
            {
                break; // it is another sign-in's meanwhile
            }
        }

        return (new Judgement(Verdict.Wait, JudgementReason.ChallengeEnded), current);
    }

    /// <summary>
    /// What the provider says of a session that an alternative took the place of: it neither gives nor takes the approval. A
    /// face that it approved was judged by nobody here, and must go (protocol 8.4).
    /// </summary>
    private async Task AfterAlternativeAsync(StepUpChallenge challenge, SessionDecision decision, CancellationToken cancellationToken)
    {
        if (decision.Status == SessionStatus.Approved && challenge.SessionId is { } session)
        {
            await store.QueueDeletionAsync(
                new SessionDeletion(challenge.Binding.Tenant, session, challenge.VendorData, FaceInDoubt: true, timeProvider.GetUtcNow()), cancellationToken).ConfigureAwait(false);
        }
    }
}
