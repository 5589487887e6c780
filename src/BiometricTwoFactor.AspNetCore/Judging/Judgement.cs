namespace BiometricTwoFactor.AspNetCore;

/// <summary>What the judge says of a decision. The default approves nothing and changes nothing.</summary>
internal enum Verdict
{
    /// <summary>Nothing final: keep waiting.</summary>
    Wait = 0,

    /// <summary>Everything that was asked is there and passed.</summary>
    Approve,

    /// <summary>A person must look; nothing is executed.</summary>
    Hold,

    /// <summary>The face was not the right one, not live, or too unlike.</summary>
    Decline,

    /// <summary>No capture came of it; a new try is a new session.</summary>
    NotFinished,

    /// <summary>A verdict for other facts, another person, session or world.</summary>
    Violate,
}

/// <summary>A judgement with its reasons, in the order in which they were found.</summary>
/// <param name="Verdict">What to do.</param>
/// <param name="Reasons">Codes of <see cref="JudgementReason"/>.</param>
internal sealed record Judgement(Verdict Verdict, IReadOnlyList<string> Reasons)
{
    public Judgement(Verdict verdict, string reason)
        : this(verdict, [reason])
    {
    }

    /// <summary>What must be met before an approval can be used; never less than what was demanded before.</summary>
    public ExtraDemand Demand { get; init; }

    /// <summary>True when the application's own knowledge meets the demand at once.</summary>
    public bool IsDemandMet { get; init; }
}
