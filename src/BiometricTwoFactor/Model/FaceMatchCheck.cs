namespace BiometricTwoFactor;

/// <summary>One face comparison of a session (reference <c>face_matches[]</c>, guide <c>face</c>).</summary>
public sealed class FaceMatchCheck
{
    /// <summary>The step's status; only <see cref="FeatureStatus.Approved"/> passes.</summary>
    public FeatureStatus Status { get; init; }

    /// <summary>
    /// The similarity: <c>score</c> (0 to 100) or <c>similarity_score</c> (0 to 1), each read on its own scale.
    /// Null when missing, not a number, outside of its scale, or when both are there and differ.
    /// </summary>
    public Score? Similarity { get; init; }

    /// <summary>The step's warnings.</summary>
    public IReadOnlyList<RiskWarning> Warnings { get; init; } = [];
}
