namespace BiometricTwoFactor.ReferenceMatcher;

/// <summary>Passive liveness of one picture.</summary>
/// <param name="Score">The score; <see cref="LivenessScore.NotEvaluated"/> when there was no scorer or no usable face.</param>
/// <param name="Analysis">What was found in the picture.</param>
public sealed record LivenessResult(LivenessScore Score, FaceAnalysis Analysis)
{
    /// <summary>A usable face, evaluated, and strictly above the threshold. Anything else is not live.</summary>
    public bool IsLive(double threshold) => Analysis.IsUsable && Score.IsLive(threshold);
}
