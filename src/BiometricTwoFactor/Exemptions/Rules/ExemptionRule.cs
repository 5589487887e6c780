namespace BiometricTwoFactor;

/// <summary>One article. Rules are stateless, and know nothing of each other.</summary>
internal abstract class ExemptionRule(ExemptionKind kind, string article)
{
    public ExemptionKind Kind { get; } = kind;

    /// <summary>For people: <c>article 16</c>.</summary>
    public string Article { get; } = article;

    /// <summary>True for what only the payer's own provider can know or keep: nobody can request it.</summary>
    public virtual bool IsTheProvidersAlone => false;

    public abstract ExemptionFinding Find(in ExemptionQuestion question);

    /// <summary>The counters after the exemption was used; most count nothing.</summary>
    public virtual ExemptionCounters Count(in ExemptionQuestion question) => question.Counters;

    protected ExemptionFinding Eligible => new(Kind, ExemptionResult.Eligible, ExemptionReason.Met);

    protected ExemptionFinding No(string reason) => new(Kind, ExemptionResult.NotEligible, reason);

    protected ExemptionFinding Unknown(string reason) => new(Kind, ExemptionResult.Unknown, reason);
}

/// <summary>The rules by their exemption.</summary>
internal static class ExemptionRules
{
    private static readonly ExemptionRule[] All =
    [
        new AccountAccessRule(),
        new AccountInformationRule(),
        new ContactlessRule(),
        new UnattendedTerminalRule(),
        new TrustedBeneficiaryRule(),
        new RecurringRule(),
        new OwnAccountsRule(),
        new LowValueRule(),
        new CorporateProcessRule(),
        new TransactionRiskRule(),
    ];

    public static ExemptionRule Of(ExemptionKind kind) => All.First(rule => rule.Kind == kind);
}
