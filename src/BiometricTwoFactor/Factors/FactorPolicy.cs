namespace BiometricTwoFactor;

/// <summary>
/// When elements of authentication are strong customer authentication: at least two, independent, so that the breach of one does
/// not compromise the other (PSD2 article 4(30), RTS article 9). The rules are data, since the next law changes them.
/// </summary>
public sealed class FactorPolicy
{
    private readonly FactorCategory[] _mayRepeat;

    private FactorPolicy(string name, string version, params FactorCategory[] mayRepeat)
    {
        Name = name;
        Version = version;
        _mayRepeat = mayRepeat;
    }

    /// <summary>PSD2 and its technical standards: two different kinds.</summary>
    public static FactorPolicy Psd2 { get; } = new("psd2", "2018-03-13");

    /// <summary>
    /// The draft of the Payment Services Regulation: the two may be of one kind where they are independent, which is read as two of
    /// inherence (a face and a finger), and not as two passwords or two telephones. The technical standards are not written yet.
    /// </summary>
    public static FactorPolicy PsrDraft { get; } = new("psr-draft", "2026-04-23", FactorCategory.Inherence);

    /// <summary>The policy's name.</summary>
    public string Name { get; }

    /// <summary>The day of the text that it follows.</summary>
    public string Version { get; }

    /// <summary>Assesses what was evidenced.</summary>
    public FactorAssessment Assess(IReadOnlyCollection<EvidencedFactor> factors)
    {
        ArgumentNullException.ThrowIfNull(factors);
        EvidencedFactor[] counted = [.. factors.Where(factor => factor.Category != FactorCategory.None && !string.IsNullOrWhiteSpace(factor.EvidencedBy))];
        var reason = counted.Length == 0 ? FactorAssessment.NoFactor : FactorAssessment.OneFactor;
        for (var one = 0; one < counted.Length; one++)
        {
            for (var other = one + 1; other < counted.Length; other++)
            {
                if (!AreTwo(counted[one], counted[other]))
                {
                    continue;
                }

                if (AreIndependent(counted[one], counted[other]))
                {
                    return new FactorAssessment(isStrong: true, FactorAssessment.TwoFactors, this, counted);
                }

                reason = FactorAssessment.NotIndependent;
            }
        }

        return new FactorAssessment(isStrong: false, reason, this, counted);
    }

    /// <summary>Name and version.</summary>
    public override string ToString() => $"{Name}/{Version}";

    private bool AreTwo(EvidencedFactor one, EvidencedFactor other) =>
        one.Category != other.Category || (_mayRepeat.Contains(one.Category) && !string.Equals(one.Method, other.Method, StringComparison.Ordinal));

    /// <summary>
    /// On one device for several purposes, what breaks the device breaks both, unless one of them runs apart from it (RTS article
    /// 9(2), (3)). A password is on no device.
    /// </summary>
    private static bool AreIndependent(EvidencedFactor one, EvidencedFactor other) =>
        one.Category == FactorCategory.Knowledge || other.Category == FactorCategory.Knowledge
        || (one.Device is { } here && other.Device is { } there && !string.Equals(here, there, StringComparison.Ordinal))
        || one.IsSeparated == true || other.IsSeparated == true;
}
