namespace BiometricTwoFactor;

/// <summary>What one rule found.</summary>
/// <param name="Rule">The rule's exemption; <see cref="ExemptionKind.None"/> for what concerns all of them.</param>
/// <param name="Result">What it says.</param>
/// <param name="Reason">Why, one of <see cref="ExemptionReason"/>.</param>
public readonly record struct ExemptionFinding(ExemptionKind Rule, ExemptionResult Result, string Reason);

/// <summary>What a rule says. Only <see cref="Eligible"/> exempts.</summary>
public enum ExemptionResult
{
    /// <summary>Something that the rule needs is not known, or too old.</summary>
    Unknown = 0,

    /// <summary>The rule does not exempt this.</summary>
    NotEligible,

    /// <summary>The rule exempts it.</summary>
    Eligible,
}

/// <summary>
/// A decision with everything that an auditor asks for: what, on what basis, by which version of the policy, what each rule found,
/// and what the counters become. With an exemption the liability for fraud stays with who applied or requested it.
/// </summary>
public sealed class ExemptionDecision
{
    private readonly ExemptionFinding[] _findings;

    internal ExemptionDecision(ScaOutcome outcome, ExemptionKind kind, ExemptionProgramme programme, ExemptionFinding[] findings, ExemptionCounters after, DateTimeOffset at)
    {
        Outcome = outcome;
        Kind = kind;
        Basis = programme.Basis;
        PolicyVersion = programme.Version;
        _findings = findings;
        CountersAfter = after;
        At = at;
    }

    /// <summary>What to do.</summary>
    public ScaOutcome Outcome { get; }

    /// <summary>The exemption; <see cref="ExemptionKind.None"/> unless <see cref="Outcome"/> is <see cref="ScaOutcome.Exempt"/>.</summary>
    public ExemptionKind Kind { get; }

    /// <summary>Whose decision it is. A requested exemption can be refused later, and then the payer is authenticated after all.</summary>
    public ExemptionBasis Basis { get; }

    /// <summary>The version of the programme that decided.</summary>
    public string PolicyVersion { get; }

    /// <summary>What each rule found, in the order in which they were asked, up to the one that exempts.</summary>
    public IReadOnlyList<ExemptionFinding> Findings => _findings;

    /// <summary>
    /// What the counters are to become when the payment is executed; the same as before where the exemption counts nothing. After an
    /// authentication it is <see cref="ExemptionCounters.AfterAuthentication"/> instead.
    /// </summary>
    public ExemptionCounters CountersAfter { get; }

    /// <summary>When it was decided.</summary>
    public DateTimeOffset At { get; }

    /// <summary>Outcome and kind.</summary>
    public override string ToString() => Outcome == ScaOutcome.Exempt ? $"{Outcome} ({Kind}, {Basis})" : Outcome.ToString();
}
