using BiometricTwoFactor.ReferenceMatcher.Embedding;

namespace BiometricTwoFactor.ReferenceMatcher.Tests.Embedding;

public sealed class FaceCalibrationTests
{
    [Theory]
    [InlineData(0.907, 0.50)]
    [InlineData(0.919, 0.70)]
    [InlineData(0.926, 0.80)]
    [InlineData(0.937, 0.90)]
    [InlineData(0.947, 0.95)]
    public void The_published_table_holds(double cosine, double similarity) => Assert.Equal(similarity, Score(FaceCalibration.Plain, cosine), 0.01);

    [Theory]
    [InlineData(0.911, 0.50)]
    [InlineData(0.929, 0.80)]
    [InlineData(0.942, 0.915)]
    public void So_does_the_one_for_mirrored_faces(double cosine, double similarity) => Assert.Equal(similarity, Score(FaceCalibration.Mirrored, cosine), 0.01);

    [Fact]
    public void A_larger_cosine_never_scores_less_and_scores_stay_between_0_and_1()
    {
        foreach (var calibration in (FaceCalibration[])[FaceCalibration.Plain, FaceCalibration.Mirrored])
        {
            var last = -1.0;
            for (var step = -1000; step <= 1000; step++)
            {
                var score = Score(calibration, step / 1000.0);
                Assert.InRange(score, Math.Max(last, 0), 1);
                last = score;
            }

            Assert.InRange(last, 0.99, 0.9999);
        }
    }

    [Fact]
    public void Percentage_and_similarity_are_one_number_of_four_decimals()
    {
        for (var step = 0; step <= 4000; step++)
        {
            var score = FaceCalibration.Plain.Score(Unit(1), Unit(0.85 + (step * 0.15 / 4000)));
            Assert.Equal((decimal)score.Similarity * 100, score.Percent);
            Assert.Equal(score.Percent, Math.Round(score.Percent, 2));
            var exact = 1 / (1 + Math.Exp(-73 * (score.Cosine - 0.907)));
            Assert.InRange(exact - score.Similarity, 0, 1.0001e-4); // cut, never rounded up over a threshold
        }
    }

    [Theory]
    [InlineData(double.NaN, 0)]
    [InlineData(double.NegativeInfinity, 0)]
    [InlineData(-0.5, 0)]
    [InlineData(0.80009, 80)]
    [InlineData(1, 100)]
    [InlineData(double.PositiveInfinity, 100)]
    public void Any_similarity_has_a_percentage_and_prints(double similarity, int percent)
    {
        var score = new FaceMatchScore(0, similarity);
        Assert.Equal(percent, score.Percent);
        Assert.StartsWith("FaceMatchScore", score.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void The_cosine_asks_for_direction_and_not_for_length()
    {
        var (a, b) = (Unit(1), Unit(0.93));
        var longer = b.Select(value => value * 7).ToArray();
        Assert.Equal(FaceCalibration.Plain.Score(a, b).Cosine, FaceCalibration.Plain.Score(longer, a).Cosine, 1e-9);
        Assert.Equal(1, FaceCalibration.Plain.Score(longer, b).Cosine, 1e-9);
        Assert.Equal(-1, FaceCalibration.Plain.Score(a, Unit(-1)).Cosine, 1e-9);
    }

    [Theory]
    [InlineData(0f)]
    [InlineData(float.NaN)]
    [InlineData(float.PositiveInfinity)]
    public void What_is_no_embedding_resembles_nothing_not_even_itself(float value)
    {
        var none = Enumerable.Repeat(value, FaceTemplate.Length).ToArray();
        foreach (var other in (float[][])[none, Unit(0.9)])
        {
            var score = FaceCalibration.Plain.Score(none, other);
            Assert.Equal(new FaceMatchScore(-1, 0), score);
            Assert.Equal(FaceMatchStatus.Declined, FaceThresholds.Default.Judge(score));
        }
    }

    private static double Score(FaceCalibration calibration, double cosine) => calibration.Score(Unit(1), Unit(cosine)).Similarity;

    /// <summary>Of length one, at this cosine to the first axis.</summary>
    private static float[] Unit(double cosine)
    {
        var values = new float[FaceTemplate.Length];
        (values[0], values[1]) = ((float)cosine, (float)Math.Sqrt(1 - (cosine * cosine)));
        return values;
    }
}
