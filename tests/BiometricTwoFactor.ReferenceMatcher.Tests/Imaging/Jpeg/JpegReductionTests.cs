using BiometricTwoFactor.ReferenceMatcher.Imaging;

namespace BiometricTwoFactor.ReferenceMatcher.Tests.Imaging.Jpeg;

public sealed class JpegReductionTests
{
    private static readonly ImageLimits Limits = new(1 << 20, 1 << 20, 1 << 24, 0);

    [Theory]
    [InlineData(0, 1)]
    [InlineData(1, 8)]
    [InlineData(13, 8)]
    [InlineData(14, 4)]
    [InlineData(25, 4)]
    [InlineData(26, 2)]
    [InlineData(50, 2)]
    [InlineData(51, 1)]
    [InlineData(5000, 1)]
    public void The_longer_side_keeps_what_is_asked(int reduceAbove, int by)
    {
        foreach (var (width, height) in new[] { (100, 33), (33, 100) })
        {
            var file = TestJpegWriter.Write(TestJpegOptions.Sampled((1, 1)) with { Width = width, Height = height }, (_, _, _) => 77);

            var image = JpegDecoder.Decode(file, Limits with { ReduceAbove = reduceAbove }).Image!;

            Assert.Equal(by, image.ReducedBy);
            Assert.Equal(((width + by - 1) / by, (height + by - 1) / by), (image.Width, image.Height));
            Assert.All(image.Rgb, value => Assert.Equal(77, value));
        }
    }

    public static TheoryData<int, int, bool, int> Cases
    {
        get
        {
            var cases = new TheoryData<int, int, bool, int>();
            foreach (var (horizontal, vertical) in new[] { (1, 1), (2, 1), (1, 2), (2, 2), (4, 1), (4, 4), (3, 1) })
            {
                foreach (var by in new[] { 2, 4, 8 })
                {
                    cases.Add(horizontal, vertical, (horizontal + by) % 4 == 0, by);
                }
            }

            return cases;
        }
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public void A_reduced_picture_is_the_average_of_the_whole_one(int horizontal, int vertical, bool progressive, int by)
    {
        const int width = 160;
        const int height = 96;
        var options = TestJpegOptions.Sampled((horizontal, vertical), (1, 1), (1, 1)) with { Width = width, Height = height, Progressive = progressive, Quantiser = 4, Orientation = 2 };
        var file = TestJpegWriter.Write(options, (component, x, y) => (byte)(component == 0
            ? 128 + (60 * Math.Sin(x / 9.0) * Math.Cos(y / 7.0)) + (((x ^ y) & 4) == 0 ? 30 : 0)
            : 128 + (30 * Math.Sin((x + (40 * component)) / 50.0) * Math.Cos(y / 40.0))));
        var whole = JpegDecoder.Decode(file, Limits).Image!;

        var reduced = JpegDecoder.Decode(file, Limits with { ReduceAbove = width / by }).Image!;

        Assert.Equal((width / by, height / by, by), (reduced.Width, reduced.Height, reduced.ReducedBy));
        var (sum, most) = (0.0, 0.0);
        for (var i = 0; i < reduced.Rgb.Length; i++)
        {
            var (x, y, channel) = (i / 3 % reduced.Width * by, i / 3 / reduced.Width * by, i % 3);
            var mean = 0.0;
            for (var n = 0; n < by * by; n++)
            {
                mean += whole.Rgb[(3 * (((y + (n / by)) * width) + x + (n % by))) + channel];
            }

            var apart = Math.Abs((mean / (by * by)) - reduced.Rgb[i]);
            (sum, most) = (sum + apart, Math.Max(most, apart));
        }

        // Upsampling smooths colours at full size where the small picture takes them as they are: at an eighth and a quarter
        // of the width, one for 32 pixels.
        Assert.InRange(sum / reduced.Rgb.Length, 0, horizontal > 2 * vertical ? 4 : 2.5);
        Assert.InRange(most, 0, 15);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(7)]
    [InlineData(300)]
    public void Every_transform_gives_what_its_definition_says(int amplitude)
    {
        var random = new Random(amplitude);
        var quantisation = new int[64];
        var block = new short[64];
        for (var round = 0; round < 300; round++)
        {
            for (var i = 0; i < 64; i++)
            {
                quantisation[i] = random.Next(1, 8);
                block[i] = (short)(random.Next(64) <= round % 65 ? random.Next(-amplitude, amplitude + 1) / (1 + (i / 8)) : 0);
            }

            var exact = TestJpegTransform.Inverse(block, quantisation);
            foreach (var size in new[] { 8, 4, 2, 1 })
            {
                var component = new JpegComponent(1, 1, 1, 0) { PaddedWide = 1, PaddedHigh = 1, BlockSize = size, Samples = new byte[size * size], Quantisation = quantisation };
                InverseDct.Transform(block, 63, component, 0, 0);
                var by = 8 / size;
                for (var i = 0; i < size * size; i++)
                {
                    var mean = 0.0;
                    for (var n = 0; n < by * by; n++)
                    {
                        mean += exact[(8 * ((i / size * by) + (n / by))) + (i % size * by) + (n % by)] / (by * by);
                    }

                    Assert.InRange(component.Samples[i], Math.Clamp(mean, 0, 255) - 1, Math.Clamp(mean, 0, 255) + 1);
                }

                if (size == 8)
                {
                    var plain = new byte[64];
                    InverseDct.Transform8(block, quantisation, plain, 8);
                    Assert.Equal(plain, component.Samples);
                }
            }
        }
    }
}
