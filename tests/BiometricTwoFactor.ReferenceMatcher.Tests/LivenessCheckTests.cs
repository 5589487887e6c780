namespace BiometricTwoFactor.ReferenceMatcher.Tests;

public sealed class LivenessCheckTests
{
    [Fact]
    public void Without_a_scorer_nothing_is_evaluated_and_nothing_is_live()
    {
        var result = TestFaces.Plain.CheckLiveness(TestFaces.Portrait);
        Assert.True(result.Analysis.IsUsable);
        Assert.Null(result.Score.Value);
        foreach (var threshold in (double[])[double.NegativeInfinity, -1, 0, 0.5, double.NaN])
        {
            Assert.False(result.IsLive(threshold));
            Assert.False(LivenessScore.NotEvaluated.IsLive(threshold));
        }
    }

    [Fact]
    public void The_scorer_is_asked_for_usable_faces_only()
    {
        var asked = 0;
        var matcher = new FaceMatcher(new FaceMatcherOptions
        {
            LivenessScorer = new ScriptedLivenessScorer((_, _) =>
            {
                asked++;
                return LivenessScore.Of(0.9);
            }),
        });
        foreach (var file in (byte[][])
        [
            [],
            "text"u8.ToArray(),
            TestFaces.Png(64, 64, new byte[64 * 64 * 3]),
            TestFaces.Png(320, 320, new DrawnFace { Light = 0.08 }),
            TestFaces.Png(480, 320, new DrawnFace { X = 130, Size = 55 }, new DrawnFace { X = 350, Size = 55 }),
        ])
        {
            var refused = matcher.CheckLiveness(file);
            Assert.Equal(LivenessScore.NotEvaluated, refused.Score);
            Assert.False(refused.IsLive(-1));
        }

        Assert.Equal(0, asked);
        var result = matcher.CheckLiveness(TestFaces.Portrait);
        Assert.Equal(1, asked);
        Assert.Equal(LivenessScore.Of(0.9), result.Score);
        Assert.True(result.IsLive(0.89));
        Assert.False(result.IsLive(0.9)); // strictly above
        matcher.Match(TestFaces.Portrait, TestFaces.Portrait);
        Assert.Equal(1, asked); // a comparison asks for no liveness
    }

    [Theory]
    [InlineData(-0.01)]
    [InlineData(1.01)]
    [InlineData(double.NaN)]
    public void A_score_that_is_none_is_refused(double value) => Assert.Throws<ArgumentOutOfRangeException>(() => LivenessScore.Of(value));
}
