using BiometricTwoFactor.ReferenceMatcher.Imaging;

namespace BiometricTwoFactor.ReferenceMatcher.Tests.Imaging.Jpeg;

public sealed class JpegColorTests
{
    private static readonly ImageLimits Limits = new(1 << 20, 1 << 20, 1 << 24, 0);

    /// <summary>Flat pictures: what is stored, and the colour that must come out.</summary>
    public static TheoryData<byte[], byte[], int?, string, byte[]> Flat => new()
    {
        { [90], [1], null, "", [90, 90, 90] },
        { [200, 128, 128], [1, 2, 3], null, "", [200, 200, 200] },
        { [76, 85, 255], [1, 2, 3], null, "", [254, 0, 0] },
        { [76, 85, 255], [1, 2, 3], 1, "", [254, 0, 0] },
        { [10, 220, 130], [1, 2, 3], 0, "", [10, 220, 130] },
        { [10, 220, 130], [(byte)'R', (byte)'G', (byte)'B'], null, "", [10, 220, 130] },
        { [76, 85, 255], [(byte)'R', (byte)'G', (byte)'B'], null, "JFIF", [254, 0, 0] },
        { [76, 85, 255], [(byte)'R', (byte)'G', (byte)'B'], 1, "", [254, 0, 0] },
        // Inverted inks: no ink at all is white, full black is black, half black halves.
        { [255, 255, 255, 255], [1, 2, 3, 4], 0, "", [255, 255, 255] },
        { [255, 255, 255, 0], [1, 2, 3, 4], 0, "", [0, 0, 0] },
        { [200, 100, 50, 128], [1, 2, 3, 4], 0, "", [100, 50, 25] },
        { [200, 100, 50, 128], [1, 2, 3, 4], null, "", [100, 50, 25] },
        { [0, 255, 255, 255], [(byte)'C', (byte)'M', (byte)'Y', (byte)'K'], null, "", [0, 255, 255] },
        // YCCK: 55, 155, 205 as YCbCr stand for the inks 200, 100, 50.
        { [131, 170, 74, 255], [1, 2, 3, 4], 2, "", [200, 100, 50] },
        { [131, 170, 74, 128], [1, 2, 3, 4], 2, "", [100, 50, 25] },
    };

    [Theory]
    [MemberData(nameof(Flat))]
    public void A_components_meaning_follows_from_markers_and_names(byte[] stored, byte[] names, int? adobe, string jfif, byte[] expected)
    {
        foreach (var progressive in new[] { false, true })
        {
            var options = new TestJpegOptions { Width = 21, Height = 5, Components = [.. names.Select(name => (name, 1, 1))], Adobe = (byte?)adobe, Jfif = jfif.Length > 0, Progressive = progressive };

            var image = Decode(options, (component, _, _) => stored[component]);

            for (var i = 0; i < image.Rgb.Length; i++)
            {
                Assert.InRange(image.Rgb[i], expected[i % 3] - 2, expected[i % 3] + 2);
            }
        }
    }

    public static TheoryData<int, int, int, int, int, int> Samplings => new()
    {
        { 3, 1, 2, 1, 1, 1 }, { 3, 3, 1, 2, 2, 3 }, { 1, 1, 2, 1, 1, 2 }, { 4, 4, 1, 1, 3, 3 }, { 1, 4, 4, 1, 2, 2 }, { 4, 2, 3, 1, 1, 1 }, { 2, 3, 1, 2, 2, 1 },
    };

    /// <summary>libjpeg refuses ratios that are no whole numbers, so these are held against the source.</summary>
    [Theory]
    [MemberData(nameof(Samplings))]
    public void Any_sampling_gives_the_picture_back(int h0, int v0, int h1, int v1, int h2, int v2)
    {
        foreach (var (progressive, interleaved) in new[] { (false, true), (false, false), (true, true) })
        {
            var options = TestJpegOptions.Sampled((h0, v0), (h1, v1), (h2, v2)) with { Width = 61, Height = 47, Adobe = 0, Progressive = progressive, Interleaved = interleaved };

            var image = Decode(options, Ramp);

            for (var i = 0; i < image.Rgb.Length; i++)
            {
                var expected = Ramp(i % 3, i / 3 % 61, i / 3 / 61);
                Assert.InRange(image.Rgb[i], expected - 9, expected + 9);
            }
        }
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Tables_of_16_bits_restarts_and_fill_bytes_change_nothing(bool progressive)
    {
        var plain = TestJpegOptions.Sampled((2, 2), (1, 1), (1, 1)) with { Width = 50, Height = 70, Progressive = progressive, Quantiser = 5 };
        var expected = Decode(plain, Ramp).Rgb;

        Assert.Equal(expected, Decode(plain with { WideTables = true }, Ramp).Rgb);
        Assert.Equal(expected, Decode(plain with { RestartInterval = 1 }, Ramp).Rgb);
        Assert.Equal(expected, Decode(plain with { RestartInterval = 3, FillBytes = 2 }, Ramp).Rgb);
        Assert.Equal(expected, Decode(plain with { Progressive = !progressive }, Ramp).Rgb);
        Assert.Equal(expected, Decode(plain with { Progressive = false, Interleaved = false, RestartInterval = 2 }, Ramp).Rgb);
        Assert.Equal(expected, Decode(plain with { Progressive = false, FrameMarker = 0xC1 }, Ramp).Rgb);
    }

    private static byte Ramp(int component, int x, int y) => (byte)(component switch { 0 => 20 + (3 * x), 1 => 30 + (4 * y), _ => 20 + x + y });

    private static FaceImage Decode(TestJpegOptions options, Func<int, int, int, byte> sample)
    {
        var decoding = JpegDecoder.Decode(TestJpegWriter.Write(options, sample), Limits);
        Assert.True(decoding.IsDecoded, decoding.Refusal);
        Assert.Equal((options.Width, options.Height), (decoding.Image.Width, decoding.Image.Height));
        return decoding.Image;
    }
}
