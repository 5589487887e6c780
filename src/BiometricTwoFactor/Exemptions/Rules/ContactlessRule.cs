namespace BiometricTwoFactor;

/// <summary>
/// RTS article 11: a contactless payment of at most EUR 50 at the point of sale, when the previous ones since the last
/// authentication are at most EUR 150 together, or at most five in a row.
/// </summary>
internal sealed class ContactlessRule() : CountedRule(ExemptionKind.Contactless, "article 11", ScaOperation.ContactlessPayment)
{
    public override bool IsTheProvidersAlone => true;

    protected override CumulativeLimit LimitOf(ExemptionProgramme programme) => programme.Contactless;

    protected override ExemptedSum SumOf(ExemptionCounters counters) => counters.Contactless;

    protected override ExemptionCounters With(ExemptionCounters counters, ExemptedSum sum) => counters with { Contactless = sum };
}
