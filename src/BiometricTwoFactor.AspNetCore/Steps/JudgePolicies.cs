using Microsoft.Extensions.Logging;

namespace BiometricTwoFactor.AspNetCore;

/// <summary>Makes the judge's policy for one judgement from the present options, and asks the application what only it knows.</summary>
internal sealed class JudgePolicies(
    Tenants tenants,
    RiskHooks risk,
    ILogger<JudgePolicies> logger,
    IAccountHolderCheck? accountHolder = null)
{
    public async Task<JudgePolicy> ForAsync(StepUpChallenge challenge, SessionDecision decision, DecisionSource source, CancellationToken cancellationToken)
    {
        var current = tenants.Of(challenge.Binding.Tenant);
        var mayDemandMore = decision.Status is SessionStatus.Approved or SessionStatus.InReview
            && (challenge.Demand != ExtraDemand.None || NetworkRisk.SignalsOf(challenge, decision, current.NetworkRisk).Count > 0);
        return new JudgePolicy
        {
            // What was demanded when it was asked can only add to what is demanded now.
            FaceMatchFloor = Score.FromPercent(Math.Max(current.FaceMatchFloorPercent, challenge.FaceMatchFloorPercent ?? 0m)),
            LivenessFloor = Highest(current.LivenessFloorPercent, challenge.LivenessFloorPercent) is { } floor ? Score.FromPercent(floor) : null,
            AllowGuideShape = AllowsGuideShape(tenants.ClientOptionsOf(challenge.Binding.Tenant).Edition, source),
            AllowApprovalAfterReview = current.AllowApprovalAfterReview,
            BlockingWarnings = new HashSet<string>(current.BlockingWarnings, StringComparer.Ordinal),
            AccountHolderConfirmed = await AskAsync(challenge, decision, cancellationToken).ConfigureAwait(false),
            NetworkRisk = current.NetworkRisk,
            CanAskSecondFactor = mayDemandMore && await risk.CanAskSecondFactorAsync(challenge, cancellationToken).ConfigureAwait(false),
            PayeeIsTrusted = mayDemandMore && await risk.ArePayeesTrustedAsync(challenge, cancellationToken).ConfigureAwait(false),
        };
    }

    /// <summary>A delivery in the guide's shape under Guide only; a decision that we read ourselves under Auto too (protocol 6.2).</summary>
    public static bool AllowsGuideShape(ApiEdition edition, DecisionSource source) =>
        edition == ApiEdition.Guide || (edition == ApiEdition.Auto && source == DecisionSource.Read);

    private static decimal? Highest(decimal? one, decimal? other) => one is null || other > one ? other ?? one : one;

    private async Task<bool?> AskAsync(StepUpChallenge challenge, SessionDecision decision, CancellationToken cancellationToken)
    {
        if (challenge.Kind != ChallengeKind.Enrolment || decision.Status != SessionStatus.Approved || decision.IdVerifications.Count == 0)
        {
            return null;
        }

        if (accountHolder is null)
        {
            return false;
        }

        try
        {
            foreach (var document in decision.IdVerifications)
            {
                if (!await accountHolder.IsAccountHolderAsync(challenge.Binding.Tenant, challenge.Binding.Subject, document, cancellationToken).ConfigureAwait(false))
                {
                    return false;
                }
            }

            return true;
        }
        catch (Exception failure) when (failure is not OperationCanceledException)
        {
            Log.AccountHolderCheckFailed(logger, failure, challenge.Id);
            throw;
        }
    }
}

/// <summary>How a decision came.</summary>
internal enum DecisionSource
{
    /// <summary>In a signed webhook.</summary>
    Delivery = 0,

    /// <summary>Read by us at the provider.</summary>
    Read,
}
