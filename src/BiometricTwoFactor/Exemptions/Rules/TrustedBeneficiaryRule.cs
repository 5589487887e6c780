namespace BiometricTwoFactor;

/// <summary>
/// RTS article 13(2): a payee that the payer put on the list of trusted beneficiaries, authenticated, at the own provider. For a
/// batch all of them.
/// </summary>
internal sealed class TrustedBeneficiaryRule() : ExemptionRule(ExemptionKind.TrustedBeneficiary, "article 13")
{
    public override ExemptionFinding Find(in ExemptionQuestion question) => question.Facts switch
    {
        { Operation: not ScaOperation.RemotePayment } => No(ExemptionReason.OtherOperation),
        { PayeeIsTrusted: true } => Eligible,
        { PayeeIsTrusted: false } => No(ExemptionReason.FactFalse),
        _ => Unknown(ExemptionReason.FactUnknown),
    };
}
