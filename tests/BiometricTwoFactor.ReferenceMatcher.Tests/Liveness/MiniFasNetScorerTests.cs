namespace BiometricTwoFactor.ReferenceMatcher.Tests.Liveness;

public sealed class MiniFasNetScorerTests
{
    [PhotographsFact]
    public void A_live_face_scores_high_and_pictures_of_a_face_low()
    {
        var scorer = MiniFasNetScorer.Load(LivenessData.V2, LivenessData.V1Se);
        // The boxes were read off by eye.
        var live = scorer.Score(LivenessData.Photograph("image_T1.jpg"), Face(102, 128, 220, 220));
        var print = scorer.Score(LivenessData.Photograph("image_F1.jpg"), Face(174, 127, 230, 230));
        var screen = scorer.Score(LivenessData.Photograph("image_F2.jpg"), Face(94, 212, 290, 290));
        Assert.True(live.Value > 0.9 && print.Value < 0.5 && screen.Value < 0.5, $"{live.Value} {print.Value} {screen.Value}");
    }

    internal static FaceDetection Face(float x, float y, float width, float height) => new(new FaceBox(x, y, width, height), default, 1, 0, 0);
}
