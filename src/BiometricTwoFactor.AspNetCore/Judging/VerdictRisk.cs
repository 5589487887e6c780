namespace BiometricTwoFactor.AspNetCore;

/// <summary>
/// What holds a verdict or demands more of it, although every check passed (protocol 5.6, 9): once found it stays, also when
/// a later decision has no analysis. Only a reviewer of the application releases a hold, and only what was found by then.
/// </summary>
/// <param name="Holds">Why a person must look; empty when nobody must.</param>
/// <param name="Signals">Everything that was noticed, for the record.</param>
/// <param name="Demand">The most that is demanded, now or before.</param>
internal sealed record VerdictRisk(IReadOnlyList<string> Holds, IReadOnlyList<string> Signals, ExtraDemand Demand)
{
    public static VerdictRisk Of(StepUpChallenge challenge, SessionDecision decision, JudgePolicy policy)
    {
        HashSet<string> released = challenge.HoldReleasedAt is null ? [] : [.. challenge.ReasonCodes.Where(IsHoldOfOurs)];
        List<string> holds = challenge is { State: ChallengeState.InReview, HoldReleasedAt: null } ? [.. challenge.ReasonCodes.Where(IsHoldOfOurs)] : [];
        List<string> signals = [.. released];
        var demand = challenge.Demand;

        // An enrolment may be captured with another device than the one that asked.
        if (challenge.Kind is ChallengeKind.StepUp or ChallengeKind.Recovery && decision.IpAnalyses.Any(challenge.StartedOn.DiffersFrom))
        {
            Notice(JudgementReason.DeviceDiffers, RiskResponse.Hold);
        }

        foreach (var signal in NetworkRisk.SignalsOf(challenge, decision, policy.NetworkRisk))
        {
            Notice(signal.Code, Effective(signal.Response, challenge, policy));
        }

        return new VerdictRisk(holds, signals, demand);

        void Notice(string code, RiskResponse response)
        {
            if (!signals.Contains(code, StringComparer.Ordinal))
            {
                signals.Add(code);
            }

            if (response == RiskResponse.Hold)
            {
                if (!released.Contains(code) && !holds.Contains(code, StringComparer.Ordinal))
                {
                    holds.Add(code);
                }
            }
            else
            {
                demand = Higher(demand, DemandOf(response));
            }
        }
    }

    /// <summary>True for the reasons with which our own policy holds what the provider may have approved.</summary>
    public static bool IsHoldOfOurs(string code) =>
        code is JudgementReason.DeviceDiffers or JudgementReason.VpnOrTor or JudgementReason.DataCentre
            or JudgementReason.CountryDiffers or JudgementReason.AddressDiffers;

    /// <summary>A second factor is more than the payer's own word.</summary>
    public static ExtraDemand Higher(ExtraDemand one, ExtraDemand other) => Rank(one) >= Rank(other) ? one : other;

    /// <summary>What a response comes to here: no payee can be confirmed where there is none, and no factor asked that nobody checks.</summary>
    private static RiskResponse Effective(RiskResponse response, StepUpChallenge challenge, JudgePolicy policy) => response switch
    {
        RiskResponse.Accept => RiskResponse.Accept,
        RiskResponse.ConfirmBeneficiary when challenge.Transaction is not null => RiskResponse.ConfirmBeneficiary,
        RiskResponse.ConfirmBeneficiary => policy.CanAskSecondFactor ? RiskResponse.SecondFactor : RiskResponse.Accept,
        RiskResponse.SecondFactor when policy.CanAskSecondFactor => RiskResponse.SecondFactor,
        _ => RiskResponse.Hold,
    };

    private static ExtraDemand DemandOf(RiskResponse response) => response switch
    {
        RiskResponse.ConfirmBeneficiary => ExtraDemand.BeneficiaryConfirmation,
        RiskResponse.SecondFactor => ExtraDemand.SecondFactor,
        _ => ExtraDemand.None,
    };

    private static int Rank(ExtraDemand demand) => demand switch
    {
        ExtraDemand.None => 0,
        ExtraDemand.BeneficiaryConfirmation => 1,
        _ => 2,
    };
}
