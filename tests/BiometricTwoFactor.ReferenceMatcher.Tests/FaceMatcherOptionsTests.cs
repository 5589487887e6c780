namespace BiometricTwoFactor.ReferenceMatcher.Tests;

public sealed class FaceMatcherOptionsTests
{
    public static TheoryData<string, Action<FaceMatcherOptions>> Wrong => new()
    {
        { nameof(FaceMatcherOptions.MinFaceSize), options => options.MinFaceSize = -1 },
        { nameof(FaceMatcherOptions.MinFaceSize), options => options.MinFaceSize = float.NaN },
        { nameof(FaceMatcherOptions.MaxRollDegrees), options => options.MaxRollDegrees = -1 },
        { nameof(FaceMatcherOptions.MaxRollDegrees), options => options.MaxRollDegrees = 181 },
        { nameof(FaceMatcherOptions.MaxRollDegrees), options => options.MaxRollDegrees = float.NaN },
        { nameof(FaceMatcherOptions.MinLuminance), options => options.MinLuminance = -1 },
        { nameof(FaceMatcherOptions.MinLuminance), options => options.MinLuminance = float.NaN },
        { nameof(FaceMatcherOptions.MaxLuminance), options => options.MaxLuminance = 101 },
        { nameof(FaceMatcherOptions.MaxLuminance), options => options.MaxLuminance = 1 }, // below the least
        { nameof(FaceMatcherOptions.MaxLuminance), options => options.MaxLuminance = float.NaN },
        { nameof(FaceMatcherOptions.MinSharpness), options => options.MinSharpness = -0.1f },
        { nameof(FaceMatcherOptions.MinSharpness), options => options.MinSharpness = float.NaN },
        { nameof(FaceMatcherOptions.MaxImageBytes), options => options.MaxImageBytes = 0 },
        { nameof(FaceMatcherOptions.MaxImagePixels), options => options.MaxImagePixels = 0 },
        { nameof(FaceMatcherOptions.MaxImageMemory), options => options.MaxImageMemory = -1 },
    };

    [Theory]
    [MemberData(nameof(Wrong))]
    public void A_limit_that_is_none_is_refused_by_name(string name, Action<FaceMatcherOptions> change)
    {
        var options = new FaceMatcherOptions();
        change(options);
        Assert.Equal(name, Assert.Throws<ArgumentOutOfRangeException>(() => new FaceMatcher(options)).ParamName);
    }

    [Fact]
    public void Options_and_thresholds_are_needed()
    {
        Assert.Throws<ArgumentNullException>(() => new FaceMatcher(null!));
        Assert.Throws<ArgumentException>(() => new FaceMatcher(new FaceMatcherOptions { Thresholds = null! }));
        Assert.Throws<ArgumentException>(() => new FaceMatcher(new FaceMatcherOptions { Workflows = { ["a"] = null! } }));
        Assert.Throws<ArgumentNullException>(() => TestFaces.Plain.Match([], [], (FaceThresholds)null!));
    }

    [Theory]
    [InlineData(double.NaN, 0.5)]
    [InlineData(0.8, double.NaN)]
    [InlineData(1.01, 0.5)]
    [InlineData(0.8, -0.01)]
    [InlineData(0.4, 0.5)]
    public void Thresholds_that_make_no_sense_are_refused(double approve, double decline) =>
        Assert.Throws<ArgumentOutOfRangeException>(() => new FaceThresholds(approve, decline));

    [Theory]
    [InlineData(0.8, FaceMatchStatus.InReview)]
    [InlineData(0.8001, FaceMatchStatus.Approved)]
    [InlineData(0.5, FaceMatchStatus.Declined)]
    [InlineData(0.5001, FaceMatchStatus.InReview)]
    [InlineData(0, FaceMatchStatus.Declined)]
    [InlineData(1, FaceMatchStatus.Approved)]
    [InlineData(double.NaN, FaceMatchStatus.Declined)]
    public void Strictly_above_approves_and_at_or_below_declines(double similarity, FaceMatchStatus status) =>
        Assert.Equal(status, FaceThresholds.Default.Judge(new FaceMatchScore(0, similarity)));

    [Fact]
    public void The_least_and_the_greatest_thresholds_keep_their_meaning()
    {
        Assert.Equal(FaceMatchStatus.Declined, new FaceThresholds(0, 0).Judge(new FaceMatchScore(0, 0)));
        Assert.Equal(FaceMatchStatus.Approved, new FaceThresholds(0, 0).Judge(new FaceMatchScore(0, 0.0001)));
        Assert.Equal(FaceMatchStatus.Declined, new FaceThresholds(1, 1).Judge(new FaceMatchScore(0, 1)));
        Assert.Equal(FaceMatchStatus.Declined, default);
    }

    [Fact]
    public void A_workflow_has_its_own_thresholds_and_an_unknown_one_the_default()
    {
        var matcher = new FaceMatcher(new FaceMatcherOptions { Workflows = { ["strict"] = new FaceThresholds(1, 1), ["lax"] = new FaceThresholds(0, 0) } });
        Assert.Equal(FaceMatchStatus.Declined, matcher.Match(TestFaces.Portrait, TestFaces.Portrait, "strict").Status);
        Assert.Equal(FaceMatchStatus.Approved, matcher.Match(TestFaces.Portrait, TestFaces.Portrait, "lax").Status);
        Assert.Equal(FaceMatchStatus.Approved, matcher.Match(TestFaces.Portrait, TestFaces.Portrait, "STRICT").Status);
        Assert.Equal(FaceMatchStatus.Approved, matcher.Match(TestFaces.Portrait, TestFaces.Portrait).Status);
    }

    [Fact]
    public void What_is_changed_afterwards_has_no_effect()
    {
        var options = new FaceMatcherOptions { Workflows = { ["a"] = FaceThresholds.Default } };
        var matcher = new FaceMatcher(options);
        options.Thresholds = new FaceThresholds(1, 1);
        options.Workflows["a"] = new FaceThresholds(1, 1);
        (options.MinFaceSize, options.MaxRollDegrees, options.MinLuminance, options.MaxLuminance, options.MinSharpness) = (9999, 0, 90, 90, 99);
        (options.MaxImageBytes, options.MaxImagePixels, options.MaxImageMemory) = (1, 1, 1);
        options.LivenessScorer = new ScriptedLivenessScorer(LivenessScore.Of(1));
        options.Mirrored = true;
        Assert.Equal(FaceMatchStatus.Approved, matcher.Match(TestFaces.Portrait, TestFaces.Portrait).Status);
        Assert.Equal(FaceMatchStatus.Approved, matcher.Match(TestFaces.Portrait, TestFaces.Portrait, "a").Status);
        Assert.Equal(TestFaces.Plain.Match(TestFaces.Portrait, TestFaces.Stranger).Score, matcher.Match(TestFaces.Portrait, TestFaces.Stranger).Score);
        Assert.Equal(LivenessScore.NotEvaluated, matcher.CheckLiveness(TestFaces.Portrait).Score);
    }

    [Fact]
    public void Each_limit_refuses_for_its_own_reason()
    {
        Assert.Equal([FaceWarningCode.LowFaceQuality], Codes(new FaceMatcherOptions { MinFaceSize = 500 }));
        Assert.Equal([FaceWarningCode.LowFaceQuality], Codes(new FaceMatcherOptions { MaxRollDegrees = 0 }));
        Assert.Equal([FaceWarningCode.LowFaceQuality], Codes(new FaceMatcherOptions { MinSharpness = 100 }));
        Assert.Equal([FaceWarningCode.LowFaceLuminance], Codes(new FaceMatcherOptions { MinLuminance = 90 }));
        Assert.Equal([FaceWarningCode.HighFaceLuminance], Codes(new FaceMatcherOptions { MaxLuminance = 20 }));
        Assert.Equal([FaceWarningCode.NoFaceDetected], Codes(new FaceMatcherOptions { MaxImageBytes = 100 }));
        Assert.Equal([FaceWarningCode.NoFaceDetected], Codes(new FaceMatcherOptions { MaxImagePixels = (320 * 320) - 1 }));
        Assert.Equal([FaceWarningCode.NoFaceDetected], Codes(new FaceMatcherOptions { MaxImageMemory = 100_000 }));
        Assert.Empty(Codes(new FaceMatcherOptions { MaxImagePixels = 320 * 320, MaxImageBytes = TestFaces.Portrait.Length }));

        static string[] Codes(FaceMatcherOptions options) => new FaceMatcher(options).Analyze(TestFaces.Portrait).Warnings.Codes();
    }
}
