namespace BiometricTwoFactor;

/// <summary>
/// In which of its two published editions the provider is written to. Reading always understands both.
/// (Contract, "The rule: read both, write one".)
/// </summary>
public enum ApiEdition
{
    /// <summary>The guide's names first; when a 400 names the reference's face-match fields as missing, the reference's from then on.</summary>
    Auto = 0,

    /// <summary>The guide's names only.</summary>
    Guide,

    /// <summary>The reference's names only.</summary>
    Reference,
}
