namespace BiometricTwoFactor.ReferenceMatcher;

/// <summary>What comparing two pictures came to.</summary>
/// <param name="Status">What it comes to. A picture with a warning is never approved.</param>
/// <param name="Score">Null when there was nothing to compare.</param>
/// <param name="Selfie">What was found in the live picture.</param>
/// <param name="Reference">What was found in the enrolled portrait.</param>
/// <param name="Warnings">Everything that speaks against it, of both pictures and of the comparison.</param>
public sealed record FaceComparison(
    FaceMatchStatus Status, FaceMatchScore? Score, FaceAnalysis Selfie, FaceAnalysis Reference, IReadOnlyList<FaceWarning> Warnings);
