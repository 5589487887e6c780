namespace BiometricTwoFactor;

/// <summary>RTS article 12: a transport fare or a parking fee at an unattended terminal.</summary>
internal sealed class UnattendedTerminalRule() : ExemptionRule(ExemptionKind.UnattendedTerminal, "article 12")
{
    public override ExemptionFinding Find(in ExemptionQuestion question) => question.Facts switch
    {
        { Operation: not ScaOperation.TerminalPayment } => No(ExemptionReason.OtherOperation),
        { Terminal: TerminalPurpose.TransportFare or TerminalPurpose.ParkingFee } => Eligible,
        { Terminal: TerminalPurpose.Other } => No(ExemptionReason.FactFalse),
        _ => Unknown(ExemptionReason.FactUnknown),
    };
}
