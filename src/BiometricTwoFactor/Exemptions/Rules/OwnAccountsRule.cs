namespace BiometricTwoFactor;

/// <summary>RTS article 15: a credit transfer between accounts of the same person at the same provider.</summary>
internal sealed class OwnAccountsRule() : ExemptionRule(ExemptionKind.OwnAccounts, "article 15")
{
    public override bool IsTheProvidersAlone => true;

    public override ExemptionFinding Find(in ExemptionQuestion question) => question.Facts switch
    {
        { Operation: not ScaOperation.RemotePayment } => No(ExemptionReason.OtherOperation),
        { Instrument: PaymentInstrument.Unknown } => Unknown(ExemptionReason.FactUnknown),
        { Instrument: not PaymentInstrument.CreditTransfer } => No(ExemptionReason.OtherOperation),
        { IsBetweenOwnAccounts: true } => Eligible,
        { IsBetweenOwnAccounts: false } => No(ExemptionReason.FactFalse),
        _ => Unknown(ExemptionReason.FactUnknown),
    };
}
