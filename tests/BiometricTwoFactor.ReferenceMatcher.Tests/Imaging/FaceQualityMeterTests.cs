using BiometricTwoFactor.ReferenceMatcher.Imaging;
using BiometricTwoFactor.ReferenceMatcher.Inference;

namespace BiometricTwoFactor.ReferenceMatcher.Tests.Imaging;

public sealed class FaceQualityMeterTests
{
    [Fact]
    public void Luminance_is_0_for_black_100_for_white_and_weighs_green_most()
    {
        Assert.Equal(0, FaceQualityMeter.Luminance(Flat(0, 0, 0), new FaceBox(2, 2, 5, 5)));
        Assert.Equal(100, FaceQualityMeter.Luminance(Flat(255, 255, 255), new FaceBox(2, 2, 5, 5)), 1e-3f);
        Assert.Equal(29.9, FaceQualityMeter.Luminance(Flat(255, 0, 0), new FaceBox(2, 2, 5, 5)), 1e-3f);
        Assert.Equal(58.7, FaceQualityMeter.Luminance(Flat(0, 255, 0), new FaceBox(2, 2, 5, 5)), 1e-3f);
        Assert.Equal(11.4, FaceQualityMeter.Luminance(Flat(0, 0, 255), new FaceBox(2, 2, 5, 5)), 1e-3f);
    }

    [Fact]
    public void Only_the_box_counts_and_only_where_it_lies_in_the_picture()
    {
        var image = Flat(0, 0, 0);
        image.Rgb.AsSpan(0, 10 * 5 * 3).Fill(255); // the upper half is white
        Assert.Equal(100, FaceQualityMeter.Luminance(image, new FaceBox(3, -20, 4, 25)), 1e-3f);
        Assert.Equal(50, FaceQualityMeter.Luminance(image, new FaceBox(-100, -100, 300, 300)), 1e-3f);
        Assert.Equal(0, FaceQualityMeter.Luminance(image, new FaceBox(0, 5, 10, 5)));
    }

    [Fact]
    public void A_box_of_any_numbers_has_a_luminance()
    {
        float[] numbers = [float.NaN, float.NegativeInfinity, float.PositiveInfinity, float.MinValue, float.MaxValue, -1, 0, 5];
        foreach (var x in numbers)
        {
            foreach (var width in numbers)
            {
                Assert.InRange(FaceQualityMeter.Luminance(Flat(255, 255, 255), new FaceBox(x, width, width, x)), 99.9f, 100.1f);
            }
        }
    }

    [Fact]
    public void Sharpness_is_0_without_detail_and_measures_it_in_grey_levels()
    {
        var flat = new FeatureMap(20, 20, 3, 0);
        Array.Fill(flat.Values, 0.4f);
        Assert.Equal(0, FaceQualityMeter.Sharpness(flat), 1e-3f);

        // A checkerboard of 10 grey levels: each pixel differs from its four neighbours by 10.
        for (var i = 0; i < flat.Values.Length; i++)
        {
            flat.Values[i] = 0.4f + (((i / 60) + (i % 60 / 3)) % 2 * 10 / 255f);
        }

        Assert.Equal(40, FaceQualityMeter.Sharpness(flat), 1e-2f);
    }

    private static FaceImage Flat(byte red, byte green, byte blue) =>
        new(10, 10, [.. Enumerable.Range(0, 100).SelectMany(_ => (byte[])[red, green, blue])]);
}
