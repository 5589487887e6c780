using System.Globalization;

namespace BiometricTwoFactor.AspNetCore;

/// <summary>
/// The judge's checks on one verdict, in the order of protocol 6.5, told from what was recorded: what was demanded, what was
/// found, and the judge's own reasons. Nothing is judged anew.
/// </summary>
internal static class EvidenceChecks
{
    private static readonly string[] Stages =
    [
        JudgementReason.ChallengeEnded, JudgementReason.TooLate, JudgementReason.SessionDiffers, JudgementReason.SubjectDiffers,
        JudgementReason.NonceDiffers, JudgementReason.WorkflowDiffers, JudgementReason.EnvironmentDiffers,
    ];

    public static IEnumerable<EvidenceCheck> Of(string challengeId, AskedFacts? asked, ShownFacts? shown, VerdictFacts verdict)
    {
        if (verdict.Judgement is not { } judgement)
        {
            return [];
        }

        var reasons = judgement.Reasons;
        var ended = reasons.Any(reason => reason is JudgementReason.ChallengeEnded or JudgementReason.TooLate);
        var mistaken = reasons.Any(reason => Stages.Contains(reason, StringComparer.Ordinal));
        var other = reasons.Any(reason => reason.StartsWith(JudgementReason.StatusPrefix, StringComparison.Ordinal));
        return
        [
            Check("Open and in time", asked is null ? "" : $"by {Time(asked.Deadline)}", "", reached: true, JudgementReason.ChallengeEnded, JudgementReason.TooLate),
            Check("The session opened for this", shown?.Session, verdict.Session, !ended, JudgementReason.SessionDiffers),
            Check("The person", asked?.VendorData, verdict.VendorData, !ended, JudgementReason.SubjectDiffers),
            Check("The number of this authentication", challengeId, verdict.Nonce, !ended, JudgementReason.NonceDiffers),
            Check("The workflow", asked?.Workflow, verdict.Workflow, !ended, JudgementReason.WorkflowDiffers),
            Check("The environment", asked?.Environment, verdict.Environment, !ended, JudgementReason.EnvironmentDiffers),
            StatusCheck(),
            Check(
                "A living person", Join(asked?.Method, Least(judgement.LivenessFloor)), Found(verdict.Liveness), !mistaken && !other,
                JudgementReason.LivenessMissing, JudgementReason.LivenessNotApproved, JudgementReason.LivenessMethodDiffers, JudgementReason.LivenessBelowFloor),
            Check(
                "The face on file", Least(judgement.FaceMatchFloor), Found(verdict.Faces), !mistaken && !other,
                JudgementReason.FaceMatchMissing, JudgementReason.FaceMatchNotApproved, JudgementReason.FaceMatchBelowFloor),
            WarningCheck(),
            Check(
                "The network", asked is { DemandsIpAnalysis: true } ? "an analysis that passed" : "", Networks(verdict.Networks), !mistaken && !other,
                JudgementReason.IpAnalysisMissing, JudgementReason.IpAnalysisNotApproved),
            .. asked?.Kind == nameof(ChallengeKind.Enrolment)
                ? [Check("The identity document", "the account's holder", Found(verdict.Documents), !mistaken && !other, JudgementReason.IdentityNotProven, JudgementReason.NotTheAccountHolder)]
                : Array.Empty<EvidenceCheck>(),
            .. asked?.Payment is { } payment
                ? [Check(
                    "Amount and payee, as repeated by the verdict", Join($"{payment.Amount} {payment.Currency}", payment.PayeeAccount), Echo(verdict.Echo), !mistaken && !other,
                    JudgementReason.EchoMissing, JudgementReason.EchoAmountDiffers, JudgementReason.EchoCurrencyDiffers, JudgementReason.EchoPayeeDiffers)]
                : Array.Empty<EvidenceCheck>(),
            .. reasons.Where(IsRisk).Select(reason => new EvidenceCheck("Risk", "", "", EvidenceCheckResult.Noted, [EvidenceWords.OfReason(reason)])),
        ];

        EvidenceCheck Check(string name, string? demanded, string? found, bool reached, params string[] failing)
        {
            var failed = reasons.Where(reason => failing.Contains(reason, StringComparer.Ordinal)).Select(EvidenceWords.OfReason).ToArray();
            return new EvidenceCheck(name, demanded ?? "", found ?? "", Result(failed.Length > 0, reached), failed);
        }

        EvidenceCheck StatusCheck()
        {
            var failed = reasons.Where(reason => reason.StartsWith(JudgementReason.StatusPrefix, StringComparison.Ordinal)).Select(EvidenceWords.OfReason).ToArray();
            return new EvidenceCheck("The provider's status", "Approved", verdict.Status ?? "", Result(failed.Length > 0, !mistaken), failed);
        }

        EvidenceCheck WarningCheck()
        {
            var failed = reasons.Where(reason => reason.StartsWith(JudgementReason.WarningPrefix, StringComparison.Ordinal)).Select(EvidenceWords.OfReason).ToArray();
            var found = verdict.Liveness.Concat(verdict.Faces).SelectMany(check => check.Warnings).Concat(verdict.Networks.SelectMany(network => network.Warnings));
            return new EvidenceCheck("Warnings of the provider", "none that refuses", string.Join(", ", found), Result(failed.Length > 0, !mistaken && !other), failed);
        }
    }

    private static EvidenceCheckResult Result(bool failed, bool reached) =>
        failed ? EvidenceCheckResult.Failed : reached ? EvidenceCheckResult.Passed : EvidenceCheckResult.NotReached;

    private static bool IsRisk(string reason) => VerdictRisk.IsHoldOfOurs(reason) || reason is JudgementReason.PayeeTrusted or JudgementReason.ReviewNotAccepted or JudgementReason.ReviewNotAwaited;

    private static string? Least(decimal? floor) => floor is { } least ? $"at least {Number(least)} of 100" : null;

    private static string Found(IReadOnlyList<CheckFacts> checks) => string.Join("; ", checks.Select(check => Join(check.Status, check.Method, check.Score is { } score ? $"{Number(score)} of 100" : null)));

    private static string Networks(IReadOnlyList<NetworkFacts> networks) => string.Join("; ", networks.Select(network => Join(
        network.Status, network.Address, network.Country, network.Os, network.Browser, network.VpnOrTor == true ? "VPN or Tor" : null, network.DataCentre == true ? "data centre" : null)));

    private static string Echo(EchoFacts? echo) => echo is null ? "" : Join($"{echo.Amount} {echo.Currency}".Trim(), echo.PayeeAccount);

    private static string Join(params ReadOnlySpan<string?> parts) => string.Join(", ", parts.ToArray().Where(part => !string.IsNullOrEmpty(part)));

    private static string Number(decimal value) => value.ToString("0.##", CultureInfo.InvariantCulture);

    private static string Time(DateTimeOffset at) => at.UtcDateTime.ToString("yyyy-MM-dd HH:mm:ss 'UTC'", CultureInfo.InvariantCulture);
}

/// <summary>One check, in words.</summary>
internal sealed record EvidenceCheck(string Name, string Demanded, string Found, EvidenceCheckResult Result, IReadOnlyList<string> Reasons);

/// <summary>How a check ended.</summary>
internal enum EvidenceCheckResult
{
    /// <summary>An earlier check had refused.</summary>
    NotReached = 0,

    /// <summary>Passed.</summary>
    Passed,

    /// <summary>Failed.</summary>
    Failed,

    /// <summary>Found, and no refusal by itself.</summary>
    Noted,
}
