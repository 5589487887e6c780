namespace BiometricTwoFactor;

/// <summary>
/// RTS article 16: a remote payment of at most EUR 30, when the previous ones that this article exempted since the last
/// authentication are at most EUR 100 together, or at most five in a row.
/// </summary>
internal sealed class LowValueRule() : CountedRule(ExemptionKind.LowValue, "article 16", ScaOperation.RemotePayment)
{
    protected override CumulativeLimit LimitOf(ExemptionProgramme programme) => programme.LowValue;

    protected override ExemptedSum SumOf(ExemptionCounters counters) => counters.LowValue;

    protected override ExemptionCounters With(ExemptionCounters counters, ExemptedSum sum) => counters with { LowValue = sum };
}
