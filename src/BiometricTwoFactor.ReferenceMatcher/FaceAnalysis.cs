namespace BiometricTwoFactor.ReferenceMatcher;

/// <summary>What was found in one picture: the face, how good it is, and what speaks against using it.</summary>
/// <param name="Face">The face that stands out most; null when none was found or the file could not be read.</param>
/// <param name="Quality">Null exactly when <paramref name="Face"/> is.</param>
/// <param name="Warnings">Empty when the picture can be compared.</param>
public sealed record FaceAnalysis(FaceDetection? Face, FaceQuality? Quality, IReadOnlyList<FaceWarning> Warnings)
{
    /// <summary>One face, good enough to be compared.</summary>
    public bool IsUsable => Face is not null && Warnings.Count == 0;
}
