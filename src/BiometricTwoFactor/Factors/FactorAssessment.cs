namespace BiometricTwoFactor;

/// <summary>What elements of authentication amount to.</summary>
public sealed class FactorAssessment
{
    /// <summary>Nothing that counts was evidenced.</summary>
    public const string NoFactor = "no-factor";

    /// <summary>One factor, or several of a kind that does not repeat.</summary>
    public const string OneFactor = "one-factor";

    /// <summary>Two, of which one falls with the other, or of which that is not known.</summary>
    public const string NotIndependent = "not-independent";

    /// <summary>Two that are independent.</summary>
    public const string TwoFactors = "two-factors";

    internal FactorAssessment(bool isStrong, string reason, FactorPolicy policy, IReadOnlyList<EvidencedFactor> counted)
    {
        IsStrong = isStrong;
        Reason = reason;
        PolicyVersion = policy.ToString();
        Counted = counted;
    }

    /// <summary>True for strong customer authentication.</summary>
    public bool IsStrong { get; }

    /// <summary>Why: <see cref="NoFactor"/>, <see cref="OneFactor"/>, <see cref="NotIndependent"/> or <see cref="TwoFactors"/>.</summary>
    public string Reason { get; }

    /// <summary>The policy that says so.</summary>
    public string PolicyVersion { get; }

    /// <summary>The factors that counted.</summary>
    public IReadOnlyList<EvidencedFactor> Counted { get; }

    /// <summary>The values of <c>amr</c>: each method once, and <c>mfa</c> only where it is strong.</summary>
    public IReadOnlyList<string> Amr()
    {
        List<string> words = [.. Counted.Select(factor => factor.Method).Distinct(StringComparer.Ordinal)];
        if (IsStrong)
        {
            words.Add(AuthenticationMethods.Multiple);
        }

        return words;
    }

    /// <summary>The value of <c>acr</c>.</summary>
    /// <param name="strong">The relying party's word for strong customer authentication.</param>
    /// <param name="otherwise">Its word for anything less.</param>
    public string Acr(string strong, string otherwise) => IsStrong ? strong : otherwise;

    /// <summary>Policy and reason.</summary>
    public override string ToString() => $"{PolicyVersion}: {Reason}";
}
