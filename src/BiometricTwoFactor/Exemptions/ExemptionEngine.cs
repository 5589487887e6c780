namespace BiometricTwoFactor;

/// <summary>
/// Decides whether a payer has to be authenticated. A pure function: nothing is read or written, and the same facts, counters,
/// programme and instant give the same decision for ever. Every doubt authenticates.
/// </summary>
public static class ExemptionEngine
{
    /// <summary>Decides.</summary>
    /// <param name="facts">What the application knows of what the payer is about to do; nothing of it comes from the request.</param>
    /// <param name="counters">What the store knows of the payer.</param>
    /// <param name="programme">The policy.</param>
    /// <param name="now">The instant.</param>
    public static ExemptionDecision Decide(TransactionFacts facts, ExemptionCounters counters, ExemptionProgramme programme, DateTimeOffset now)
    {
        ArgumentNullException.ThrowIfNull(facts);
        ArgumentNullException.ThrowIfNull(counters);
        ArgumentNullException.ThrowIfNull(programme);

        if (facts.Monitoring == MonitoringAdvice.Block)
        {
            return Without(ScaOutcome.Blocked, ExemptionResult.NotEligible, ExemptionReason.BlockedByMonitoring);
        }

        if (WhyNoneAtAll(facts, counters, programme, now) is { } none)
        {
            return Without(ScaOutcome.RequireSca, none.Result, none.Reason);
        }

        var question = new ExemptionQuestion(facts, counters, programme, now);
        var findings = new ExemptionFinding[programme.Rules.Length];
        for (var number = 0; number < findings.Length; number++)
        {
            var rule = programme.Rules[number];
            findings[number] = rule.Find(question);
            if (findings[number].Result == ExemptionResult.Eligible)
            {
                return new ExemptionDecision(ScaOutcome.Exempt, rule.Kind, programme, findings[..(number + 1)], rule.Count(question), now);
            }
        }

        return new ExemptionDecision(ScaOutcome.RequireSca, ExemptionKind.None, programme, findings, counters, now);

        ExemptionDecision Without(ScaOutcome outcome, ExemptionResult result, string reason) =>
            new(outcome, ExemptionKind.None, programme, [new ExemptionFinding(ExemptionKind.None, result, reason)], counters, now);
    }

    /// <summary>What keeps every rule from being asked: no rule can forget it.</summary>
    private static (ExemptionResult Result, string Reason)? WhyNoneAtAll(TransactionFacts facts, ExemptionCounters counters, ExemptionProgramme programme, DateTimeOffset now) => facts switch
    {
        _ when !programme.IsEnabled => (ExemptionResult.NotEligible, ExemptionReason.SwitchedOff),
        { Operation: ScaOperation.TrustedBeneficiaryChange or ScaOperation.SeriesChange or ScaOperation.Other } => (ExemptionResult.NotEligible, ExemptionReason.AlwaysAuthenticated),
        { Operation: ScaOperation.Unknown } => (ExemptionResult.Unknown, ExemptionReason.OperationUnknown),
        { Monitoring: MonitoringAdvice.Suspicious } => (ExemptionResult.NotEligible, ExemptionReason.Suspicious),
        { Monitoring: not MonitoringAdvice.Clear } => (ExemptionResult.Unknown, ExemptionReason.MonitoringUnknown),
        { Operation: ScaOperation.RemotePayment or ScaOperation.ContactlessPayment or ScaOperation.TerminalPayment, Payment: null } => (ExemptionResult.Unknown, ExemptionReason.PaymentMissing),
        _ when !AreSound(counters, now) => (ExemptionResult.Unknown, ExemptionReason.CountersInvalid),
        _ => null,
    };

    private static bool AreSound(ExemptionCounters counters, DateTimeOffset now) =>
        IsSound(counters.LowValue) && IsSound(counters.Contactless) && counters.Version >= 0
        && !(counters.AuthenticatedAt > now) && !(counters.BalanceSeenAt > now) && !(counters.TransactionsSeenAt > now);

    /// <summary>Neither negative nor so large that one more would be: a number that wraps around would be within every limit.</summary>
    private static bool IsSound(ExemptedSum sum) => sum is { Total: >= 0 and < 1_000_000_000_000_000_000m, Count: >= 0 and < int.MaxValue };
}
