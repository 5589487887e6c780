using BiometricTwoFactor.ReferenceMatcher.Liveness;

namespace BiometricTwoFactor.ReferenceMatcher.Tests.Liveness;

public sealed class LivenessCropTests
{
    [Fact]
    public void The_box_becomes_narrower_higher_and_moves_up()
    {
        var box = LivenessCrop.Adjusted(new FaceBox(100, 100, 100, 100));
        Assert.Equal(107, box.X, 1e-3f);
        Assert.Equal(90, box.Y, 1e-3f);
        Assert.Equal(86, box.Width, 1e-3f);
        Assert.Equal(108, box.Height, 1e-3f);
    }

    [Fact]
    public void A_box_with_room_is_enlarged_about_its_centre() =>
        Assert.Equal((365, 365, 271, 271), LivenessCrop.Region(new FaceBox(450, 450, 100, 100), 2.7f, 1000, 1000));

    [Fact]
    public void A_box_at_the_edge_is_moved_into_the_picture_at_its_size()
    {
        Assert.Equal((0, 365, 271, 271), LivenessCrop.Region(new FaceBox(0, 450, 100, 100), 2.7f, 1000, 1000));
        Assert.Equal((729, 729, 271, 271), LivenessCrop.Region(new FaceBox(900, 900, 100, 100), 2.7f, 1000, 1000));
    }

    [Fact]
    public void A_large_box_is_enlarged_only_as_far_as_the_picture_goes()
    {
        // Height allows 1.5 times, whatever is asked.
        Assert.Equal((75, 0, 151, 301), LivenessCrop.Region(new FaceBox(100, 50, 100, 200), 4f, 301, 301));
    }

    [Fact]
    public void Half_size_takes_the_mean_of_four_pixels()
    {
        var pixels = new byte[160 * 160 * 3];
        new Random(5).NextBytes(pixels);
        var values = new float[80 * 80 * 3];
        LivenessCrop.Fill(new FaceImage(160, 160, pixels), (0, 0, 160, 160), values);
        for (var channel = 0; channel < 3; channel++)
        {
            var at = 3 * ((2 * 31 * 160) + (2 * 17));
            var mean = (pixels[at + channel] + pixels[at + 3 + channel] + pixels[at + 480 + channel] + pixels[at + 483 + channel]) / 4f;
            Assert.Equal(mean, values[(3 * ((31 * 80) + 17)) + 2 - channel], 1e-3f);
        }
    }
}
