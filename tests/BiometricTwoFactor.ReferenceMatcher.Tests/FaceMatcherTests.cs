namespace BiometricTwoFactor.ReferenceMatcher.Tests;

/// <summary>The matcher as a whole, over drawn faces.</summary>
public sealed class FaceMatcherTests
{
    [Fact]
    public void A_head_turn_of_more_frames_than_anybody_needs_is_refused_before_any_is_decoded()
    {
        Assert.Throws<ArgumentOutOfRangeException>(() => TestFaces.Plain.CheckHeadTurn(new ReadOnlyMemory<byte>[101], HeadTurn.Left));
    }

    [Fact]
    public void A_face_is_found_where_it_was_drawn()
    {
        var analysis = TestFaces.Plain.Analyze(TestFaces.Portrait);
        Assert.True(analysis.IsUsable);
        var face = analysis.Face!;
        Assert.InRange(face.Confidence, 0.8f, 1);
        AssertNear(137, 155, face.KeyPoints.RightEye);
        AssertNear(183, 155, face.KeyPoints.LeftEye);
        AssertNear(160, 203, face.KeyPoints.Mouth);
        Assert.InRange(face.RollDegrees, -5, 5);
        Assert.InRange(face.YawDegrees, -8, 8);
        Assert.Equal(1, analysis.Quality!.FaceCount);
        Assert.Equal(MathF.Min(face.Box.Width, face.Box.Height), analysis.Quality.FaceSize);
    }

    [Theory]
    [InlineData(-30)]
    [InlineData(30)]
    public void A_leaning_head_is_usable_and_still_the_same(int degrees)
    {
        var leaning = TestFaces.Png(320, 320, new DrawnFace { RollDegrees = degrees });
        Assert.InRange(TestFaces.Plain.Analyze(leaning).Face!.RollDegrees, degrees - 5, degrees + 5);
        var comparison = TestFaces.Plain.Match(leaning, TestFaces.Portrait);
        Assert.Equal(FaceMatchStatus.Approved, comparison.Status);
        Assert.Empty(comparison.Warnings);
    }

    [Fact]
    public void The_same_picture_is_approved_with_a_score_near_the_top()
    {
        foreach (var matcher in (FaceMatcher[])[TestFaces.Plain, TestFaces.Mirrored])
        {
            var comparison = matcher.Match(TestFaces.Portrait, TestFaces.Portrait);
            Assert.Equal(FaceMatchStatus.Approved, comparison.Status);
            Assert.Equal(1, comparison.Score!.Value.Cosine, 1e-6);
            Assert.InRange(comparison.Score.Value.Percent, 99.8m, 99.99m);
            Assert.Empty(comparison.Warnings);
        }
    }

    [Fact]
    public void A_score_at_the_approval_threshold_is_reviewed_and_at_the_refusal_threshold_declined()
    {
        var matcher = TestFaces.Plain;
        var score = matcher.Match(TestFaces.Portrait, TestFaces.Stranger).Score!.Value.Similarity;
        Assert.InRange(score, 0.01, 0.9998);
        Check(FaceMatchStatus.Approved, score - 0.0001, 0);
        Check(FaceMatchStatus.InReview, score, 0);
        Check(FaceMatchStatus.InReview, 1, score - 0.0001);
        Check(FaceMatchStatus.Declined, 1, score);
        Check(FaceMatchStatus.Declined, score, score);

        void Check(FaceMatchStatus expected, double approve, double decline)
        {
            var comparison = matcher.Match(TestFaces.Portrait, TestFaces.Stranger, new FaceThresholds(approve, decline));
            Assert.Equal(expected, comparison.Status);
            Assert.Equal(expected == FaceMatchStatus.Approved ? [] : [FaceWarningCode.LowFaceMatchSimilarity], comparison.Warnings.Codes());
        }
    }

    [Fact]
    public void Comparing_templates_is_comparing_pictures()
    {
        using var a = TestFaces.Plain.CreateTemplate(TestFaces.Portrait);
        using var b = TestFaces.Plain.CreateTemplate(TestFaces.Stranger);
        Assert.Equal(TestFaces.Plain.Match(TestFaces.Portrait, TestFaces.Stranger).Score, TestFaces.Plain.Compare(a.Template!, b.Template!));
        Assert.Equal(TestFaces.Plain.Compare(a.Template!, b.Template!), TestFaces.Plain.Compare(b.Template!, a.Template!));
        Assert.Throws<ArgumentNullException>(() => TestFaces.Plain.Compare(null!, b.Template!));
        Assert.Throws<ArgumentNullException>(() => TestFaces.Plain.Compare(a.Template!, null!));
    }

    [Fact]
    public void A_mirrored_picture_is_the_same_face_to_a_mirroring_matcher()
    {
        var rgb = DrawnFace.Paint(320, 320, new DrawnFace());
        var flipped = new byte[rgb.Length];
        for (var i = 0; i < rgb.Length; i += 3)
        {
            var (y, x) = (i / 960, i % 960 / 3);
            rgb.AsSpan(i, 3).CopyTo(flipped.AsSpan(((y * 320) + 319 - x) * 3));
        }

        var other = TestFaces.Png(320, 320, flipped);
        var (plain, mirrored) = (TestFaces.Plain.Match(TestFaces.Portrait, other).Score!.Value, TestFaces.Mirrored.Match(TestFaces.Portrait, other).Score!.Value);
        Assert.True(mirrored.Cosine > plain.Cosine, $"{mirrored.Cosine} {plain.Cosine}");
        Assert.InRange(mirrored.Cosine, 0.98, 1);
    }

    [Fact]
    public void Every_fault_of_a_picture_has_its_code_and_refuses_a_template_and_an_approval()
    {
        var blurred = DrawnFace.Paint(320, 320, new DrawnFace());
        foreach (var distance in (int[])[1, 2, 3, 4, 1, 2, 3, 4])
        {
            blurred = Smear(blurred, 320, 320, distance);
        }

        Check(FaceWarningCode.LowFaceLuminance, TestFaces.Png(320, 320, new DrawnFace { Light = 0.08 }));
        Check(FaceWarningCode.HighFaceLuminance, TestFaces.Png(320, 320, new DrawnFace { Light = 0.06, Haze = 238 }));
        Check(FaceWarningCode.LowFaceQuality, TestFaces.Png(320, 320, blurred));
        Check(FaceWarningCode.LowFaceQuality, TestFaces.Png(320, 320, new DrawnFace { RollDegrees = 60 }));
        Check(FaceWarningCode.LowFaceQuality, TestFaces.Png(320, 320, new DrawnFace { RollDegrees = -60 }));
        Check(FaceWarningCode.LowFaceQuality, TestFaces.Png(100, 100, new DrawnFace { X = 50, Y = 45, Size = 12 }));
        Check(FaceWarningCode.MultipleFacesDetected, TestFaces.Png(480, 320, new DrawnFace { X = 130, Size = 55 }, new DrawnFace { X = 350, Size = 55 }));

        static void Check(string code, byte[] file)
        {
            var analysis = TestFaces.Plain.Analyze(file);
            Assert.NotNull(analysis.Face);
            Assert.Contains(code, analysis.Warnings.Codes());
            Assert.False(analysis.IsUsable);
            using var result = TestFaces.Plain.CreateTemplate(file);
            Assert.Null(result.Template);
            Assert.Equal("FaceTemplateResult (none)", result.ToString());
            var comparison = TestFaces.Plain.Match(file, file, new FaceThresholds(0, 0));
            Assert.Equal(FaceMatchStatus.Declined, comparison.Status);
            Assert.NotNull(comparison.Score);
            Assert.Contains(code, comparison.Warnings.Codes());
            Assert.Equal(FaceMatchStatus.Declined, TestFaces.Plain.Match(file, TestFaces.Portrait, new FaceThresholds(0, 0)).Status);
            Assert.Equal(FaceMatchStatus.Declined, TestFaces.Plain.Match(TestFaces.Portrait, file, new FaceThresholds(0, 0)).Status);
        }
    }

    [Fact]
    public void The_faults_are_told_apart()
    {
        Assert.Matches("^The head leans by 6[0-4] degrees; at most 45 are compared.$", Reason(new DrawnFace { RollDegrees = 60 }, 320));
        Assert.EndsWith("pixels wide or high; 36 are needed.", Reason(new DrawnFace { X = 50, Y = 45, Size = 12 }, 100), StringComparison.Ordinal);

        static string Reason(DrawnFace face, int side) => Assert.Single(TestFaces.Plain.Analyze(TestFaces.Png(side, side, face)).Warnings).Reason;
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void A_large_picture_is_read_at_half_its_size_and_measured_at_its_full_one(bool png)
    {
        var rgb = DrawnFace.Paint(2000, 640, new DrawnFace { X = 1000, Y = 320, Size = 170 });
        var file = png ? TestFaces.Png(2000, 640, rgb) : TestFaces.Jpeg(2000, 640, rgb);
        FaceImage? seen = null;
        FaceDetection? inIt = null;
        var matcher = new FaceMatcher(new FaceMatcherOptions
        {
            LivenessScorer = new ScriptedLivenessScorer((image, face) =>
            {
                (seen, inIt) = (image, face);
                return LivenessScore.Of(1);
            }),
        });
        var analysis = matcher.CheckLiveness(file).Analysis;
        Assert.Equal((1000, 320, 2), (seen!.Width, seen.Height, seen.ReducedBy));
        AssertNear(1000 - (0.38f * 170), 320 - (0.09f * 170), analysis.Face!.KeyPoints.RightEye, 20);
        AssertNear(1000, 320 + (0.7f * 170), analysis.Face.KeyPoints.Mouth, 20);
        Assert.Equal(analysis.Face.Box.Width, 2 * inIt!.Box.Width);
        Assert.Equal(MathF.Min(analysis.Face.Box.Width, analysis.Face.Box.Height), analysis.Quality!.FaceSize);
        Assert.Equal(-1, seen.Pixels.IndexOfAnyExcept((byte)0)); // wiped when the call is over

        // The same face as in a small picture, under the same light.
        Assert.InRange(analysis.Quality.Luminance - TestFaces.Plain.Analyze(TestFaces.Portrait).Quality!.Luminance, -3, 3);
        Assert.InRange(matcher.Match(file, TestFaces.Portrait).Score!.Value.Cosine, 0.96, 1);
    }

    [Fact]
    public async Task Eight_threads_score_to_the_bit_as_one_does()
    {
        byte[][] files = [.. Enumerable.Range(0, 4).Select(i => TestFaces.Png(200, 200, new DrawnFace { X = 100, Y = 95, Size = 40, Character = i / 3.0, RollDegrees = 5 * i }))];
        foreach (var matcher in (FaceMatcher[])[TestFaces.Plain, TestFaces.Mirrored])
        {
            var alone = files.Select(file => matcher.Match(file, TestFaces.Portrait).Score!.Value.Cosine).ToArray();
            var together = await Task.WhenAll(Enumerable.Range(0, 8).Select(thread => Task.Factory.StartNew(
                () => Enumerable.Range(0, 4).Select(i => matcher.Match(files[(thread + i) % 4], TestFaces.Portrait).Score!.Value.Cosine).ToArray(), TaskCreationOptions.LongRunning)));
            Assert.All(Enumerable.Range(0, 8), thread => Assert.Equal(Enumerable.Range(0, 4).Select(i => alone[(thread + i) % 4]), together[thread]));
        }
    }

    private static void AssertNear(float x, float y, FacePoint point, float within = 6)
    {
        Assert.InRange(point.X, x - within, x + within);
        Assert.InRange(point.Y, y - within, y + within);
    }

    /// <summary>The mean of each pixel and its four neighbours at a distance.</summary>
    private static byte[] Smear(byte[] rgb, int width, int height, int distance)
    {
        var smeared = new byte[rgb.Length];
        for (var i = 0; i < rgb.Length; i++)
        {
            var (y, x, channel) = (i / (3 * width), i / 3 % width, i % 3);
            int At(int row, int column) => rgb[(((Math.Clamp(row, 0, height - 1) * width) + Math.Clamp(column, 0, width - 1)) * 3) + channel];
            smeared[i] = (byte)((At(y, x) + At(y, x - distance) + At(y, x + distance) + At(y - distance, x) + At(y + distance, x) + 2) / 5);
        }

        return smeared;
    }
}
