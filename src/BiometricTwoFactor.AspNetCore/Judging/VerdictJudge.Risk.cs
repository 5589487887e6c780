namespace BiometricTwoFactor.AspNetCore;

/// <summary>The judge's last word on a face that passed every check: approved, approved under a demand, or held (protocol 5.6, 9).</summary>
internal static partial class VerdictJudge
{
    private static Judgement OfRisk(StepUpChallenge challenge, VerdictRisk risk, JudgePolicy policy)
    {
        if (risk.Holds.Count > 0)
        {
            // A sign-in, a recovery and an access wait for no review: they need a new face (protocol 6.7).
            var verdict = challenge.AwaitsReview ? Verdict.Hold : Verdict.NotFinished;
            return new(verdict, risk.Holds) { Demand = risk.Demand };
        }

        var isTrusted = risk.Demand == ExtraDemand.BeneficiaryConfirmation && policy.PayeeIsTrusted;
        return new(Verdict.Approve, [JudgementReason.AllPassed, .. risk.Signals, .. isTrusted ? [JudgementReason.PayeeTrusted] : Array.Empty<string>()])
        {
            Demand = risk.Demand,
            IsDemandMet = isTrusted,
        };
    }

    /// <summary>The provider holds it. What our own policy would hold or demand is kept beside that: the decision that ends the review may not show it.</summary>
    private static Judgement OfReview(string reason, VerdictRisk risk) => new(Verdict.Hold, [reason, .. risk.Holds]) { Demand = risk.Demand };
}
