using BiometricTwoFactor.ReferenceMatcher.Imaging;

namespace BiometricTwoFactor.ReferenceMatcher.Tests.Imaging.Jpeg;

/// <summary>Against libjpeg: what its encoder writes, and what its decoder makes of what ours writes.</summary>
public sealed class JpegConformityTests
{
    private const int MostApart = 3;

    private static readonly ImageLimits Limits = new(1 << 24, 1 << 24, 1 << 28, 0);

    public static readonly TheoryData<string, int, int> Pictures = new()
    {
        { "edges", 1, 1 }, { "noise", 7, 9 }, { "edges", 17, 33 }, { "gradient", 3, 100 }, { "gradient", 250, 250 }, { "noise", 96, 65 }, { "edges", 250, 250 },
    };

    private static readonly string[][] Encodings =
    [
        ["-sample", "1x1"], ["-sample", "2x1"], ["-sample", "1x2"], ["-sample", "2x2"], ["-sample", "4x1"], ["-sample", "4x2"], ["-sample", "1x4"],
        ["-sample", "2x2,2x1,1x2"], ["-sample", "1x1,2x2,1x1"], ["-sample", "1x1", "-progressive"], ["-sample", "2x1", "-progressive"],
        ["-sample", "1x2", "-progressive"], ["-sample", "2x2", "-progressive"], ["-sample", "4x1", "-progressive", "-restart", "2"],
        ["-grayscale"], ["-grayscale", "-progressive"], ["-grayscale", "-sample", "2x2"], ["-rgb"], ["-rgb", "-progressive"],
        ["-restart", "1"], ["-restart", "1B"], ["-optimize"], ["-quality", "10", "-baseline"], ["-quality", "100"], ["-quality", "1"],
        ["-quality", "100", "-progressive"], ["-quality", "100", "-optimize", "-sample", "1x1"],
    ];

    [JpegToolsTheory]
    [MemberData(nameof(Pictures))]
    public void What_cjpeg_writes_is_decoded_as_djpeg_decodes_it(string kind, int width, int height)
    {
        var pixmap = TestPicture.Pixmap(TestPicture.Rgb(kind, width, height), width, height);
        foreach (var encoding in Encodings)
        {
            AssertSame(TestTool.Run("cjpeg", encoding, pixmap), 0, string.Join(' ', encoding));
        }
    }

    [JpegToolsTheory]
    [InlineData(2)]
    [InlineData(4)]
    [InlineData(8)]
    public void Reduced_pictures_are_as_djpeg_reduces_them(int by)
    {
        var pixmap = TestPicture.Pixmap(TestPicture.Rgb("edges", 250, 133), 250, 133);
        foreach (var encoding in Encodings)
        {
            AssertSame(TestTool.Run("cjpeg", encoding, pixmap), by, $"1/{by} {string.Join(' ', encoding)}");
        }
    }

    [JpegToolsTheory]
    [InlineData(false)]
    [InlineData(true)]
    public void What_the_tests_write_is_decoded_as_djpeg_decodes_it(bool progressive)
    {
        (int, int)[][] samplings = [[(1, 1)], [(2, 2)], [(1, 1), (1, 1), (1, 1)], [(2, 2), (1, 1), (1, 1)], [(2, 1), (1, 1), (1, 1)], [(1, 2), (1, 1), (1, 1)], [(1, 1), (1, 1), (1, 1), (1, 1)], [(2, 2), (1, 1), (1, 1), (2, 2)]];
        foreach (var sampling in samplings)
        {
            foreach (byte? adobe in (byte?[])(sampling.Length == 4 ? [null, 0, 2] : [null, 0, 1]))
            {
                foreach (var interleaved in new[] { true, false })
                {
                    var options = TestJpegOptions.Sampled(sampling) with { Width = 37, Height = 29, Progressive = progressive, Interleaved = interleaved, Adobe = adobe, RestartInterval = interleaved ? 2 : 0, Quantiser = 3, FillBytes = 1 };
                    AssertSame(TestJpegWriter.Write(options, (component, x, y) => (byte)((x * (component + 3)) ^ (y * 5))), 0, options.ToString());
                }
            }
        }
    }

    private static void AssertSame(byte[] file, int by, string what)
    {
        string[] scale = by == 0 ? [] : ["-scale", $"1/{by}"];
        var (width, height, expected) = TestTool.ReadPixmap(TestTool.Run("djpeg", ["-dct", "int", "-pnm", .. scale], file));
        var decoding = JpegDecoder.Decode(file, Limits with { ReduceAbove = by == 0 ? 0 : Math.Max(width, height) });

        Assert.True(decoding.IsDecoded, $"{what}: {decoding.Refusal}");
        Assert.Equal((width, height, Math.Max(by, 1)), (decoding.Image.Width, decoding.Image.Height, decoding.Image.ReducedBy));
        var apart = 0;
        for (var i = 0; i < expected.Length; i++)
        {
            apart = Math.Max(apart, Math.Abs(expected[i] - decoding.Image.Rgb[i]));
        }

        Assert.True(apart <= MostApart, $"{what}: {apart} apart");
    }
}
