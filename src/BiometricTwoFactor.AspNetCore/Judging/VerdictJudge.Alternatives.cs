namespace BiometricTwoFactor.AspNetCore;

/// <summary>
/// The gate's second entry: a way of equal strength in the face's place. Who gives the proof was checked before, as
/// with a claim. As pure as the first.
/// </summary>
internal static partial class VerdictJudge
{
    public static Judgement JudgeAlternative(StepUpChallenge challenge, AlternativeProof proof, DateTimeOffset now)
    {
        // Only in place of a face that nobody has judged: no way around a review, a refusal or a demand.
        if (challenge.State != ChallengeState.Pending || !AlternativeWays.CanServe(challenge.Kind))
        {
            return new(Verdict.Wait, JudgementReason.ChallengeEnded);
        }

        if (now >= challenge.Deadline)
        {
            return new(Verdict.Wait, JudgementReason.TooLate);
        }

        if (!Same(proof.Digest, challenge.Digest))
        {
            return new(Verdict.Wait, JudgementReason.ProofDigestDiffers);
        }

        return FactorWords.EqualAFace(proof.Factors)
            ? new(Verdict.Approve, JudgementReason.AlternativePassed)
            : new(Verdict.Wait, JudgementReason.ProofTooWeak);
    }
}
