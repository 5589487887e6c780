namespace BiometricTwoFactor;

/// <summary>What articles 11 and 16 have in common: a limit of one payment, and one of all since the last authentication.</summary>
internal abstract class CountedRule(ExemptionKind kind, string article, ScaOperation operation) : ExemptionRule(kind, article)
{
    public sealed override ExemptionFinding Find(in ExemptionQuestion question)
    {
        if (question.Facts.Operation != operation)
        {
            return No(ExemptionReason.OtherOperation);
        }

        if (string.IsNullOrWhiteSpace(question.Facts.Reference))
        {
            return Unknown(ExemptionReason.PaymentMissing);
        }

        if (question.TryGetAmount(out var amount) is { } unknown)
        {
            return Unknown(unknown);
        }

        var limit = LimitOf(question.Programme);
        if (!question.IsWithin(amount, limit.Amount))
        {
            return No(ExemptionReason.AmountOver);
        }

        // One that is counted already is tried once more: it is in the sums, and was within them.
        var (total, count) = Looked(question, amount);
        return question.Programme.CountBy == CountBy.Amount
            ? question.IsWithin(total, limit.Total) ? Eligible : No(ExemptionReason.TotalOver)
            : count <= limit.Count ? Eligible : No(ExemptionReason.CountOver);
    }

    public sealed override ExemptionCounters Count(in ExemptionQuestion question)
    {
        question.TryGetAmount(out var amount);
        return question.Counters.IncludesThis
            ? question.Counters
            : With(question.Counters, SumOf(question.Counters).With(amount)) with { IncludesThis = true };
    }

    protected abstract CumulativeLimit LimitOf(ExemptionProgramme programme);

    protected abstract ExemptedSum SumOf(ExemptionCounters counters);

    protected abstract ExemptionCounters With(ExemptionCounters counters, ExemptedSum sum);

    /// <summary>What is compared with the limits: with the present payment, or without it (article 16: "previous").</summary>
    private ExemptedSum Looked(in ExemptionQuestion question, decimal amount)
    {
        var sum = SumOf(question.Counters);
        return (question.Programme.Counting, question.Counters.IncludesThis) switch
        {
            (CountingMode.Literal, true) => new ExemptedSum(sum.Total - amount, sum.Count - 1),
            (CountingMode.Literal, false) or (_, true) => sum,
            _ => sum.With(amount),
        };
    }
}
