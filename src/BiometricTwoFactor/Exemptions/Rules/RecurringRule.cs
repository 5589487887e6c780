namespace BiometricTwoFactor;

/// <summary>RTS article 14(2): a later payment of a series with the same amount and the same payee, which the payer has approved.</summary>
internal sealed class RecurringRule() : ExemptionRule(ExemptionKind.Recurring, "article 14")
{
    public override ExemptionFinding Find(in ExemptionQuestion question) => question.Facts switch
    {
        { Operation: not ScaOperation.RemotePayment } => No(ExemptionReason.OtherOperation),
        { Series: null } => No(ExemptionReason.FactFalse),
        { Series.ApprovedAt: null } => No(ExemptionReason.FirstTime),
        { Series.ApprovedAt: { } at } when at > question.Now => Unknown(ExemptionReason.FactUnknown),
        { Series: { } series, Payment: { } payment } => series.Covers(payment) ? Eligible : No(ExemptionReason.SeriesDiffers),
        _ => Unknown(ExemptionReason.PaymentMissing),
    };
}
