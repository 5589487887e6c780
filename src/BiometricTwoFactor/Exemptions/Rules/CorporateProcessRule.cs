namespace BiometricTwoFactor;

/// <summary>RTS article 17: a dedicated process or protocol of payers that are no consumers, which the authority has accepted.</summary>
internal sealed class CorporateProcessRule() : ExemptionRule(ExemptionKind.CorporateProcess, "article 17")
{
    public override ExemptionFinding Find(in ExemptionQuestion question) => question.Facts switch
    {
        { Operation: not ScaOperation.RemotePayment } => No(ExemptionReason.OtherOperation),
        { CorporateProcess: null } => No(ExemptionReason.FactFalse),
        { CorporateProcess: { } process } => IsAccepted(question.Programme, process) ? Eligible : No(ExemptionReason.ProcessUnknown),
    };

    private static bool IsAccepted(ExemptionProgramme programme, string process)
    {
        for (var number = 0; number < programme.CorporateProcesses.Count; number++)
        {
            if (string.Equals(programme.CorporateProcesses[number], process, StringComparison.Ordinal))
            {
                return true;
            }
        }

        return false;
    }
}
