namespace BiometricTwoFactor;

/// <summary>
/// What the provider says about two images. A mismatch is an answer and no exception. The ages, genders and races that
/// the provider guesses are not read.
/// </summary>
public sealed class FaceMatchResult
{
    /// <summary>The provider's verdict by its own threshold; compare <see cref="Similarity"/> with your own floor too.</summary>
    public FeatureStatus Status { get; init; }

    /// <summary>The similarity, read on its own scale (guide 0 to 1, reference 0 to 100); null when missing, off the scale or contradictory.</summary>
    public Score? Similarity { get; init; }

    /// <summary>Warnings, such as <c>NO_REFERENCE_IMAGE</c>.</summary>
    public IReadOnlyList<RiskWarning> Warnings { get; init; } = [];

    /// <summary>The provider's id of the call; null in the guide's shape.</summary>
    public string? RequestId { get; init; }
}
