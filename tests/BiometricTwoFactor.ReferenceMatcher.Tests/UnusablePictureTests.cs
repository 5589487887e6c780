using System.Text;
using BiometricTwoFactor.ReferenceMatcher.Tests.Imaging.Jpeg;
using BiometricTwoFactor.ReferenceMatcher.Tests.Imaging.Png;

namespace BiometricTwoFactor.ReferenceMatcher.Tests;

/// <summary>Whatever is sent, the outcome is a refusal with its code, never an exception.</summary>
public sealed class UnusablePictureTests
{
    private const string NoFace = "No face was found in the picture.";

    private static readonly Dictionary<string, (byte[] File, string? Reason)> Files = new(StringComparer.Ordinal)
    {
        ["empty"] = ([], "The file is empty."),
        ["one pixel"] = (TestFaces.Png(1, 1, new byte[3]), NoFace),
        ["one column"] = (TestFaces.Png(1, 900, new byte[2700]), NoFace),
        ["one row"] = (TestFaces.Png(900, 1, new byte[2700]), NoFace),
        ["black"] = (TestFaces.Png(300, 200, new byte[300 * 200 * 3]), NoFace),
        ["grey"] = (TestFaces.Png(250, 250, [.. Enumerable.Repeat((byte)128, 250 * 250 * 3)]), NoFace),
        ["white"] = (TestFaces.Jpeg(64, 64, [.. Enumerable.Repeat((byte)255, 64 * 64 * 3)]), NoFace),
        ["noise"] = (TestFaces.Png(250, 250, TestPicture.Rgb("noise", 250, 250)), NoFace),
        ["gradient"] = (TestFaces.Jpeg(250, 180, TestPicture.Rgb("gradient", 250, 180)), NoFace),
        ["edges"] = (TestFaces.Png(250, 180, TestPicture.Rgb("edges", 250, 180)), NoFace),
        ["a hundred megapixels of PNG"] = ([.. TestPngWriter.File(TestPngWriter.Header(10_000, 10_000, 8, 2)), .. TestPngWriter.Chunk("IDAT", new byte[1000])], null),
        ["a hundred megapixels of JPEG"] = (Resized(10_000), null),
        ["cut-off PNG"] = (TestFaces.Portrait[..(TestFaces.Portrait.Length / 2)], null),
        ["a PNG's beginning"] = (TestFaces.Portrait[..20], null),
        ["a JPEG's beginning"] = (TestFaces.Jpeg(64, 64, new byte[64 * 64 * 3])[..150], null),
        ["GIF"] = ("GIF89a\u0001\0\u0001\0"u8.ToArray(), "The file is a GIF picture, which is not read: JPEG and PNG are."),
        ["text"] = ("Dear Sir or Madam"u8.ToArray(), "The file is no picture of a known kind."),
        ["zeros"] = (new byte[5000], "The file is no picture of a known kind."),
    };

    public static TheoryData<string> Names => [.. Files.Keys];

    [Theory]
    [MemberData(nameof(Names))]
    public void It_is_refused_with_its_code_by_every_call(string name)
    {
        var (file, reason) = Files[name];
        var matcher = TestFaces.Plain;
        AssertRefused(matcher.Analyze(file));
        using (var result = matcher.CreateTemplate(file))
        {
            Assert.Null(result.Template);
            AssertRefused(result.Analysis);
        }

        var liveness = matcher.CheckLiveness(file);
        AssertRefused(liveness.Analysis);
        Assert.Equal(LivenessScore.NotEvaluated, liveness.Score);
        Assert.False(liveness.IsLive(-1));

        var asSelfie = matcher.Match(file, TestFaces.Portrait);
        Assert.Equal((FaceMatchStatus.Declined, null), (asSelfie.Status, asSelfie.Score));
        Assert.Equal([FaceWarningCode.NoFaceDetected], asSelfie.Warnings.Codes());
        Assert.True(asSelfie.Reference.IsUsable);

        var asReference = matcher.Match(TestFaces.Portrait, file);
        Assert.Equal((FaceMatchStatus.Declined, null), (asReference.Status, asReference.Score));
        Assert.Equal([FaceWarningCode.NoFaceDetected, FaceWarningCode.NoReferenceImage], asReference.Warnings.Codes());
        Assert.True(asReference.Selfie.IsUsable);

        void AssertRefused(FaceAnalysis analysis)
        {
            Assert.False(analysis.IsUsable);
            Assert.Null(analysis.Face);
            Assert.Null(analysis.Quality);
            var warning = Assert.Single(analysis.Warnings);
            Assert.Equal(FaceWarningCode.NoFaceDetected, warning.Code);
            Assert.EndsWith(".", warning.Reason, StringComparison.Ordinal);
            Assert.Equal(reason ?? warning.Reason, warning.Reason);
        }
    }

    [Fact]
    public void A_head_turn_of_such_files_has_too_few_frames()
    {
        ReadOnlyMemory<byte>[] frames = [.. Files.Values.Select(value => (ReadOnlyMemory<byte>)value.File)];
        var result = TestFaces.Plain.CheckHeadTurn(frames, HeadTurn.Left);
        Assert.Equal(HeadTurnOutcome.TooFewFrames, result.Outcome);
        Assert.False(result.IsLive);
        Assert.Equal([FaceWarningCode.NoFaceDetected], result.Warnings.Codes());
        Assert.Equal(HeadTurnOutcome.TooFewFrames, TestFaces.Plain.CheckHeadTurn([], HeadTurn.Right).Outcome);
        Assert.Throws<ArgumentNullException>(() => TestFaces.Plain.CheckHeadTurn(null!, HeadTurn.Right));
    }

    [Fact]
    public void A_still_picture_is_no_head_turn_and_frames_of_other_sizes_or_with_two_faces_count_as_lost()
    {
        var matcher = TestFaces.Plain;
        var frame = TestFaces.Png(160, 160, new DrawnFace { X = 80, Y = 75, Size = 32 });
        var larger = TestFaces.Png(170, 170, new DrawnFace { X = 80, Y = 75, Size = 32 });
        var two = TestFaces.Png(240, 160, new DrawnFace { X = 65, Y = 80, Size = 28 }, new DrawnFace { X = 175, Y = 80, Size = 28 });
        ReadOnlyMemory<byte>[] still = [.. Enumerable.Repeat((ReadOnlyMemory<byte>)frame, 6)];
        Assert.Equal(HeadTurnOutcome.TooLittle, matcher.CheckHeadTurn(still, HeadTurn.Left).Outcome);
        Assert.Equal(HeadTurnOutcome.FaceLost, matcher.CheckHeadTurn([.. still, larger, larger, larger], HeadTurn.Left).Outcome);
        Assert.Equal(HeadTurnOutcome.TooFewFrames, matcher.CheckHeadTurn([.. Enumerable.Repeat((ReadOnlyMemory<byte>)two, 6)], HeadTurn.Left).Outcome);
    }

    [Fact]
    public void The_kind_is_read_from_the_bytes_whatever_the_file_was_called()
    {
        // There is no name to lie with: a PNG that was sent as .jpg is a PNG. One that only begins as a JPEG is none.
        Assert.True(TestFaces.Plain.Analyze(TestFaces.Portrait).IsUsable);
        byte[] disguised = [0xFF, 0xD8, 0xFF, 0xE0, .. TestFaces.Portrait];
        Assert.Equal([FaceWarningCode.NoFaceDetected], TestFaces.Plain.Analyze(disguised).Warnings.Codes());
    }

    [Fact]
    public void Any_damage_to_a_portrait_is_an_outcome()
    {
        var small = DrawnFace.Paint(96, 96, new DrawnFace { X = 48, Y = 46, Size = 20 });
        var random = new Random(5);
        foreach (var whole in (byte[][])[TestFaces.Png(96, 96, small), TestFaces.Jpeg(96, 96, small)])
        {
            for (var round = 0; round < 40; round++)
            {
                var damaged = whole.ToArray();
                for (var i = random.Next(1, 5); i > 0; i--)
                {
                    damaged[random.Next(damaged.Length)] = (byte)random.Next(256);
                }

                var comparison = TestFaces.Plain.Match(damaged.AsSpan(0, random.Next(damaged.Length / 2, damaged.Length + 1)), []);
                Assert.Equal(FaceMatchStatus.Declined, comparison.Status);
            }
        }
    }

    [Fact]
    public void No_portrait_is_said_to_be_none()
    {
        var comparison = TestFaces.Plain.Match(TestFaces.Portrait, []);
        Assert.Equal(FaceMatchStatus.Declined, comparison.Status);
        Assert.Null(comparison.Score);
        Assert.Contains(FaceWarningCode.NoReferenceImage, comparison.Warnings.Codes());
    }

    [Fact]
    public void A_reason_quotes_nothing_of_the_file()
    {
        foreach (var (file, _) in Files.Values)
        {
            var marked = Encoding.Latin1.GetBytes(Encoding.Latin1.GetString(file) + "QQQQSECRETQQQQ");
            Assert.All(TestFaces.Plain.Analyze(marked).Warnings, warning => Assert.DoesNotContain("SECRET", warning.Reason, StringComparison.Ordinal));
        }
    }

    /// <summary>A small JPEG whose frame claims another size.</summary>
    private static byte[] Resized(int side)
    {
        var file = TestFaces.Jpeg(16, 16, new byte[16 * 16 * 3]);
        var frame = file.AsSpan().IndexOf((ReadOnlySpan<byte>)[0xFF, 0xC0]);
        for (var i = 5; i < 9; i += 2)
        {
            (file[frame + i], file[frame + i + 1]) = ((byte)(side >> 8), (byte)side);
        }

        return file;
    }
}
