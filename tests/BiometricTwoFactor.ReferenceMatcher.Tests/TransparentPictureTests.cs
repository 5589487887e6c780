using BiometricTwoFactor.ReferenceMatcher.Tests.Imaging.Png;

namespace BiometricTwoFactor.ReferenceMatcher.Tests;

/// <summary>A face that nobody can see is not compared: who looks at the picture later would see something else than the matcher did.</summary>
public sealed class TransparentPictureTests
{
    private const int Side = 320;

    private static readonly byte[] Rgb = DrawnFace.Paint(Side, Side, new DrawnFace());

    [Theory]
    [InlineData(8, 0)]
    [InlineData(8, 254)]
    [InlineData(16, 0)]
    public void A_face_under_transparency_is_never_approved(int depth, int alpha)
    {
        var comparison = TestFaces.Plain.Match(WithAlpha(depth, (_, _) => alpha), TestFaces.Portrait);
        Assert.Equal(FaceMatchStatus.Declined, comparison.Status);
        Assert.Equal([FaceWarningCode.LowFaceQuality], comparison.Warnings.Codes());
        Assert.Contains("transparent", comparison.Warnings[0].Reason, StringComparison.Ordinal);
    }

    [Fact]
    public void One_transparent_pixel_is_enough()
    {
        var analysis = TestFaces.Plain.Analyze(WithAlpha(8, (x, y) => x == 319 && y == 7 ? 0 : 255));
        Assert.Equal([FaceWarningCode.LowFaceQuality], analysis.Warnings.Codes());
    }

    [Theory]
    [InlineData(8)]
    [InlineData(16)]
    public void A_picture_whose_alpha_hides_nothing_is_compared(int depth)
    {
        Assert.Equal(FaceMatchStatus.Approved, TestFaces.Plain.Match(WithAlpha(depth, (_, _) => 255), TestFaces.Portrait).Status);
    }

    [Fact]
    public void A_colour_that_a_chunk_makes_transparent_counts_too()
    {
        var png = Write(8, colour: 2, _ => 255, TestPngWriter.Chunk("tRNS", [0, 200, 0, 160, 0, 140]));
        Assert.Equal([FaceWarningCode.LowFaceQuality], TestFaces.Plain.Analyze(png).Warnings.Codes());
    }

    [Theory]
    [InlineData(255, true)]
    [InlineData(0, false)]
    public void A_palettes_transparency_counts_where_there_is_some(byte alpha, bool isUsable)
    {
        // Grey levels by palette, so that the drawing is a face still.
        var palette = Enumerable.Range(0, 256).SelectMany(level => Enumerable.Repeat((byte)level, 3)).ToArray();
        var png = Write(8, colour: 3, _ => 255, TestPngWriter.Chunk("PLTE", palette), TestPngWriter.Chunk("tRNS", [255, 255, alpha]));
        Assert.Equal(isUsable, TestFaces.Plain.Analyze(png).IsUsable);
    }

    private static byte[] WithAlpha(int depth, Func<int, int, int> alpha) => Write(depth, colour: 6, i => alpha(i % Side, i / Side));

    private static byte[] Write(int depth, int colour, Func<int, int> alpha, params byte[][] chunks)
    {
        using var rows = new MemoryStream();
        for (var i = 0; i < Side * Side; i++)
        {
            if (i % Side == 0)
            {
                rows.WriteByte(0);
            }

            var pixel = Rgb.AsSpan(i * 3, 3);
            byte[] samples = colour switch
            {
                3 => [(byte)((pixel[0] + pixel[1] + pixel[2]) / 3)],
                6 => [pixel[0], pixel[1], pixel[2], (byte)alpha(i)],
                _ => [pixel[0], pixel[1], pixel[2]],
            };
            foreach (var sample in samples)
            {
                rows.Write(depth == 16 ? [sample, sample] : [sample]);
            }
        }

        return TestPngWriter.File(
            [TestPngWriter.Header(Side, Side, depth, colour), .. chunks, TestPngWriter.Chunk("IDAT", TestPngWriter.Compress(rows.ToArray())), TestPngWriter.Chunk("IEND", [])]);
    }
}
