namespace BiometricTwoFactor.AspNetCore;

/// <summary>
/// What the provider said, as it was read, and what the judge said of it. Only what the judge looks at: pictures, their
/// addresses, tokens and the documents' own data are left behind by the reading.
/// </summary>
internal sealed record VerdictFacts
{
    public required string Source { get; init; }

    public string? Session { get; init; }

    public string? Status { get; init; }

    public string? VendorData { get; init; }

    public string? Workflow { get; init; }

    public string? Environment { get; init; }

    public string? Nonce { get; init; }

    public EchoFacts? Echo { get; init; }

    public required IReadOnlyList<CheckFacts> Liveness { get; init; }

    public required IReadOnlyList<CheckFacts> Faces { get; init; }

    public required IReadOnlyList<NetworkFacts> Networks { get; init; }

    public required IReadOnlyList<CheckFacts> Documents { get; init; }

    /// <summary>Null where nothing was left to judge, since the challenge had ended, and where only a read could tell.</summary>
    public JudgementFacts? Judgement { get; init; }

    public static VerdictFacts Of(SessionDecision decision, DecisionSource source, JudgementFacts? judgement) => new()
    {
        Source = source == DecisionSource.Delivery ? "delivery" : "read",
        Session = decision.SessionId?.ToString(),
        Status = decision.StatusText ?? decision.Status.ToString(),
        VendorData = decision.VendorData,
        Workflow = decision.WorkflowId,
        Environment = decision.HasEnvironment ? decision.Environment.ToString() : null,
        Nonce = decision.Metadata.GetString(SessionMetadataNames.Nonce),
        Echo = EchoFacts.Of(decision.Metadata),
        Liveness = [.. decision.LivenessChecks.Select(check => new CheckFacts(check.Status.ToString(), check.Score?.Percent, Warnings(check.Warnings))
        {
            Method = check.HasMethod ? check.Method.ToString() : null,
        })],
        Faces = [.. decision.FaceMatches.Select(match => new CheckFacts(match.Status.ToString(), match.Similarity?.Percent, Warnings(match.Warnings)))],
        Networks = [.. decision.IpAnalyses.Select(analysis => new NetworkFacts(
            analysis.Status.ToString(), analysis.Address, analysis.CountryCode, analysis.OsFamily, analysis.BrowserFamily, analysis.IsVpnOrTor, analysis.IsDataCenter, Warnings(analysis.Warnings)))],
        Documents = [.. decision.IdVerifications.Select(document => new CheckFacts(document.Status.ToString(), Score: null, Warnings(document.Warnings)))],
        Judgement = judgement,
    };

    private static string[] Warnings(IReadOnlyList<RiskWarning> warnings) => [.. warnings.Select(warning => $"{warning.Risk} ({warning.Severity})")];
}

/// <summary>A check of the provider; the score is 0 to 100.</summary>
internal sealed record CheckFacts(string Status, decimal? Score, IReadOnlyList<string> Warnings)
{
    public string? Method { get; init; }
}

/// <summary>What the provider says of the capture's network and device.</summary>
internal sealed record NetworkFacts(
    string Status, string? Address, string? Country, string? Os, string? Browser, bool? VpnOrTor, bool? DataCentre, IReadOnlyList<string> Warnings);

/// <summary>What came back of the payment.</summary>
internal sealed record EchoFacts(string? Amount, string? Currency, string? PayeeAccount)
{
    public static EchoFacts? Of(SessionMetadata metadata)
    {
        var echo = new EchoFacts(Text(metadata, SessionMetadataNames.Amount), Text(metadata, SessionMetadataNames.Currency), Text(metadata, SessionMetadataNames.PayeeAccount));
        return echo is { Amount: null, Currency: null, PayeeAccount: null } ? null : echo;
    }

    private static string? Text(SessionMetadata metadata, string name) => metadata.TryGet(name, out var value) ? value.Text : null;
}

/// <summary>The judge's word, with the policy that it was given under.</summary>
internal sealed record JudgementFacts(string Verdict, IReadOnlyList<string> Reasons, string PolicyVersion, decimal FaceMatchFloor, decimal? LivenessFloor)
{
    public string? Demand { get; init; }
}
