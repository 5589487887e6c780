namespace BiometricTwoFactor;

/// <summary>
/// RTS article 10: the balance, or the payments of the last 90 days, without sensitive payment data; not at the first time, and not
/// when the last authentication for it is more than 180 days ago. Each of the two views has a clock of its own.
/// </summary>
internal sealed class AccountAccessRule() : ExemptionRule(ExemptionKind.AccountAccess, "article 10")
{
    public override bool IsTheProvidersAlone => true;

    public override ExemptionFinding Find(in ExemptionQuestion question) => question.Facts.Operation == ScaOperation.AccountAccess
        ? AccessClock.Find(question, question.Programme.AccessRenewal, Eligible, No, Unknown)
        : No(ExemptionReason.OtherOperation);
}

/// <summary>
/// RTS article 10a: the same through an account information service provider. A suspicion of fraud is what ends it early
/// (article 10a(3)), and that is <see cref="MonitoringAdvice.Suspicious"/>.
/// </summary>
internal sealed class AccountInformationRule() : ExemptionRule(ExemptionKind.AccountInformation, "article 10a")
{
    public override bool IsTheProvidersAlone => true;

    public override ExemptionFinding Find(in ExemptionQuestion question) => question.Facts.Operation == ScaOperation.AccountInformation
        ? AccessClock.Find(question, question.Programme.AccountInformationRenewal, Eligible, No, Unknown)
        : No(ExemptionReason.OtherOperation);
}

/// <summary>The clock of articles 10 and 10a.</summary>
internal static class AccessClock
{
    public static ExemptionFinding Find(
        in ExemptionQuestion question, TimeSpan? renewal, ExemptionFinding eligible, Func<string, ExemptionFinding> no, Func<string, ExemptionFinding> unknown)
    {
        DateTimeOffset? seen;
        switch (question.Facts.View)
        {
            case AccountView.Balance:
                seen = question.Counters.BalanceSeenAt;
                break;
            case AccountView.RecentTransactions:
                seen = question.Counters.TransactionsSeenAt;
                break;
            case AccountView.More:
                return no(ExemptionReason.FactFalse);
            default:
                return unknown(ExemptionReason.FactUnknown);
        }

        return seen is not { } at ? no(ExemptionReason.FirstTime)
            : renewal is { } limit && question.Now - at > limit ? no(ExemptionReason.Expired)
            : eligible;
    }
}
