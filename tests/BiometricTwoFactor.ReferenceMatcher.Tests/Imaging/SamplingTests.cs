using BiometricTwoFactor.ReferenceMatcher.Imaging;
using BiometricTwoFactor.ReferenceMatcher.Inference;

namespace BiometricTwoFactor.ReferenceMatcher.Tests.Imaging;

public sealed class SamplingTests
{
    [Fact]
    public void In_place_every_pixel_is_itself_and_outside_is_black()
    {
        var image = Picture(7, 5);
        Assert.Equal(Enumerable.Range(0, 7 * 5 * 3).Select(i => (float)image.Rgb[i]), Sample(image, new Similarity(1, 0, 0.5f, 0.5f), 7, 5));
        Assert.All(Sample(image, new Similarity(1, 0, 100, 100), 4, 4), value => Assert.Equal(0, value));
        Assert.All(Sample(image, new Similarity(1, 0, -50, 2), 4, 4), value => Assert.Equal(0, value));
    }

    [Fact]
    public void The_mean_is_taken_off_and_the_rest_scaled()
    {
        var map = new FeatureMap(1, 1, 3, 2);
        Resampler.Fill(new PicturePyramid(new FaceImage(1, 1, [10, 20, 30])), new Similarity(1, 0, 0.5f, 0.5f), map, (1, 2, 3), 0.5f);
        Assert.Equal([4.5f, 9f, 13.5f], map.Values.AsSpan(map.OffsetOf(0, 0), 3).ToArray());
        Assert.Equal(3, map.Values.Count(value => value != 0));
    }

    [Fact]
    public void A_shift_by_whole_pixels_shifts_and_by_half_of_one_averages()
    {
        var image = Picture(8, 8);
        var shifted = Sample(image, new Similarity(1, 0, 2.5f, 1.5f), 4, 4);
        var between = Sample(image, new Similarity(1, 0, 3, 1.5f), 4, 4);
        for (var i = 0; i < 4 * 4 * 3; i++)
        {
            var at = ((((i / 12) + 1) * 8) + (i % 12 / 3) + 2) * 3;
            Assert.Equal(image.Rgb[at + (i % 3)], shifted[i]);
            Assert.Equal((image.Rgb[at + (i % 3)] + image.Rgb[at + 3 + (i % 3)]) / 2f, between[i]);
        }
    }

    [Fact]
    public void A_quarter_turn_turns()
    {
        // (x, y) of the input reads (4.5 - y, x + 0.5): the picture's top right corner comes first.
        var image = Picture(5, 5);
        var turned = Sample(image, new Similarity(0, 1, 4.5f, 0.5f), 5, 5);
        for (var i = 0; i < 75; i++)
        {
            var (y, x) = (i / 15, i % 15 / 3);
            Assert.Equal(image.Rgb[(((x * 5) + 4 - y) * 3) + (i % 3)], turned[i], 1e-3f);
        }
    }

    [Fact]
    public void Wide_steps_read_means_and_not_single_pixels()
    {
        // A checkerboard of single pixels is grey at a quarter of its size, wherever it is sampled.
        var board = new FaceImage(32, 32, [.. Enumerable.Range(0, 32 * 32 * 3).Select(i => (byte)((((i / 96) + (i % 96 / 3)) % 2) * 200))]);
        Assert.All(Sample(board, new Similarity(4, 0, 2, 2), 8, 8), value => Assert.Equal(100, value));
    }

    [Fact]
    public void The_same_place_is_read_at_every_level()
    {
        // A ramp reads the same from a half or a quarter: half pixels are where they should be.
        var ramp = new FaceImage(64, 16, [.. Enumerable.Range(0, 64 * 16 * 3).Select(i => (byte)(4 * (i % 192 / 3)))]);
        foreach (var step in (float[])[1f, 1.7f, 2f, 3.5f, 4f])
        {
            var values = Sample(ramp, new Similarity(step, 0, 16, 8), 8, 1);
            Assert.All(Enumerable.Range(0, 8), i => Assert.Equal(4 * (16 + (step * i) - 0.5f), values[3 * i], 1.01f));
        }
    }

    [Fact]
    public void Half_a_picture_is_means_of_four_and_drops_an_odd_line()
    {
        var image = Picture(7, 5);
        var (half, reduction) = new PicturePyramid(image).LevelFor(1.8f);
        Assert.Equal((3, 2, 2), (half.Width, half.Height, reduction));
        for (var i = 0; i < half.Rgb.Length; i++)
        {
            var (y, x, channel) = (i / 9, i % 9 / 3, i % 3);
            int At(int dy, int dx) => image.Rgb[(((((2 * y) + dy) * 7) + (2 * x) + dx) * 3) + channel];
            Assert.Equal((At(0, 0) + At(0, 1) + At(1, 0) + At(1, 1) + 2) / 4, half.Rgb[i]);
        }
    }

    [Theory]
    [InlineData(1, 40)]
    [InlineData(40, 1)]
    [InlineData(1, 1)]
    [InlineData(2, 3)]
    public void A_picture_of_one_line_is_not_halved_away(int width, int height)
    {
        var pyramid = new PicturePyramid(Picture(width, height));
        foreach (var step in (float[])[1f, 1.79f, 100f, 1e30f, float.PositiveInfinity, float.NaN])
        {
            var (level, reduction) = pyramid.LevelFor(step);
            Assert.True(level.Width >= 1 && level.Height >= 1 && reduction >= 1);
        }

        Assert.All(Sample(pyramid.Full, new Similarity(1e30f, -1e30f, float.NaN, 3), 4, 4), value => Assert.Equal(0, value));
    }

    [Fact]
    public void Clearing_wipes_every_level()
    {
        var pyramid = new PicturePyramid(Picture(64, 64));
        FaceImage[] levels = [pyramid.Full, pyramid.LevelFor(2).Level, pyramid.LevelFor(4).Level, pyramid.LevelFor(8).Level];
        Assert.Equal([64, 32, 16, 8], levels.Select(level => level.Width));
        pyramid.Clear();
        Assert.All(levels, level => Assert.Equal(-1, level.Rgb.AsSpan().IndexOfAnyExcept((byte)0)));
    }

    private static FaceImage Picture(int width, int height) => new(width, height, Jpeg.TestPicture.Rgb("noise", width, height));

    private static float[] Sample(FaceImage image, Similarity toPicture, int width, int height)
    {
        var map = new FeatureMap(height, width, 3, 0);
        Resampler.Fill(new PicturePyramid(image), toPicture, map, default, 1);
        return map.Values;
    }
}
