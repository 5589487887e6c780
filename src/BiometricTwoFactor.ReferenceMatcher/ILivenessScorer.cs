namespace BiometricTwoFactor.ReferenceMatcher;

/// <summary>Judges from one picture whether a person was before the camera, or a picture of one (passive liveness).</summary>
public interface ILivenessScorer
{
    /// <summary>Scores one face. Called from several threads at once.</summary>
    /// <param name="image">The picture, upright. Its pixels are wiped after the call: keep nothing of it.</param>
    /// <param name="face">The face in it, in pixels of <paramref name="image"/> as it stands (after reduction).</param>
    /// <returns>The score, or <see cref="LivenessScore.NotEvaluated"/> where the scorer has no opinion.</returns>
    LivenessScore Score(FaceImage image, FaceDetection face);
}
