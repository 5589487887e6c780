namespace BiometricTwoFactor.ReferenceMatcher;

/// <summary>
/// A liveness scorer that says what it is told, for tests and demonstrations. It looks at nothing: never put it before
/// real people.
/// </summary>
public sealed class ScriptedLivenessScorer : ILivenessScorer
{
    private readonly Func<FaceImage, FaceDetection, LivenessScore> _script;

    /// <summary>The same score for every face.</summary>
    public ScriptedLivenessScorer(LivenessScore score) => _script = (_, _) => score;

    /// <summary>A score by the picture. The script is called from several threads at once.</summary>
    public ScriptedLivenessScorer(Func<FaceImage, FaceDetection, LivenessScore> script)
    {
        ArgumentNullException.ThrowIfNull(script);
        _script = script;
    }

    /// <inheritdoc/>
    public LivenessScore Score(FaceImage image, FaceDetection face) => _script(image, face);
}
