using BiometricTwoFactor.ReferenceMatcher.Imaging;

namespace BiometricTwoFactor.ReferenceMatcher.Tests.Imaging.Jpeg;

public sealed class JpegOrientationTests
{
    private const int Width = 72;
    private const int Height = 40;

    private static readonly ImageLimits Limits = new(1 << 20, 1 << 20, 1 << 24, 0);

    /// <summary>By orientation: which corner of the stored picture the upright one's top left, top right and bottom left are.</summary>
    public static TheoryData<int, string, string, string> Corners => new()
    {
        { 1, "top left", "top right", "bottom left" },
        { 2, "top right", "top left", "bottom right" },
        { 3, "bottom right", "bottom left", "top right" },
        { 4, "bottom left", "bottom right", "top left" },
        { 5, "top left", "bottom left", "top right" },
        { 6, "bottom left", "top left", "bottom right" },
        { 7, "bottom right", "top right", "bottom left" },
        { 8, "top right", "bottom right", "top left" },
    };

    [Theory]
    [MemberData(nameof(Corners))]
    public void The_picture_stands_upright(int orientation, string topLeft, string topRight, string bottomLeft)
    {
        foreach (var little in new[] { false, true })
        {
            var image = Decode(orientation, little);

            Assert.Equal(orientation >= 5 ? (Height, Width) : (Width, Height), (image.Width, image.Height));
            Assert.Equal(topLeft, Corner(image, 0, 0));
            Assert.Equal(topRight, Corner(image, image.Width - 1, 0));
            Assert.Equal(bottomLeft, Corner(image, 0, image.Height - 1));
        }
    }

    [Theory]
    [MemberData(nameof(Corners))]
    public void Every_pixel_moves_to_its_place(int orientation, string topLeft, string topRight, string bottomLeft)
    {
        _ = (topLeft, topRight, bottomLeft);
        var stored = TestPicture.Rgb("noise", Width, Height);
        var upright = orientation == 1 ? stored : UprightRotation.Copy(stored, Width, Height, orientation);
        var (width, height) = orientation >= 5 ? (Height, Width) : (Width, Height);
        for (var y = 0; y < height; y++)
        {
            for (var x = 0; x < width; x++)
            {
                var (fromX, fromY) = orientation switch
                {
                    1 => (x, y),
                    2 => (Width - 1 - x, y),
                    3 => (Width - 1 - x, Height - 1 - y),
                    4 => (x, Height - 1 - y),
                    5 => (y, x),
                    6 => (y, Height - 1 - x),
                    7 => (Width - 1 - y, Height - 1 - x),
                    _ => (Width - 1 - y, x),
                };
                var (at, from) = (3 * ((y * width) + x), 3 * ((fromY * Width) + fromX));
                Assert.Equal((stored[from], stored[from + 1], stored[from + 2]), (upright[at], upright[at + 1], upright[at + 2]));
            }
        }
    }

    [Theory]
    [InlineData(0)]
    [InlineData(9)]
    [InlineData(0x0600)]
    public void An_orientation_that_does_not_exist_is_none(int orientation) =>
        Assert.Equal("top left", Corner(Decode(orientation, little: false), 0, 0));

    [Fact]
    public void Exif_that_is_cut_or_changed_anywhere_is_survived()
    {
        byte[] exif = [.. "II*\0"u8, 8, 0, 0, 0, 1, 0, 0x12, 0x01, 3, 0, 1, 0, 0, 0, 6, 0, 0, 0, 0, 0, 0, 0];
        Assert.Equal(6, ExifOrientation.Read(exif));
        for (var length = 0; length < exif.Length; length++)
        {
            Assert.InRange(ExifOrientation.Read(exif.AsSpan(0, length)), 1, 8);
        }

        for (var at = 0; at < exif.Length; at++)
        {
            foreach (var value in new byte[] { 0, 1, 0x7F, 0x80, 0xFF })
            {
                var changed = exif.ToArray();
                changed[at] = value;
                Assert.InRange(ExifOrientation.Read(changed), 1, 8);
            }
        }
    }

    private static FaceImage Decode(int orientation, bool little)
    {
        var options = new TestJpegOptions { Width = Width, Height = Height, Adobe = 0, Orientation = orientation, LittleEndianExif = little };
        var decoding = JpegDecoder.Decode(TestJpegWriter.Write(options, (component, x, y) => (byte)(component switch { 0 => x * 3, 1 => y * 6, _ => 0 })), Limits);
        Assert.True(decoding.IsDecoded, decoding.Refusal);
        return decoding.Image;
    }

    private static string Corner(FaceImage image, int x, int y)
    {
        var pixel = image.Pixels.Slice(3 * ((y * image.Width) + x), 3);
        return $"{(pixel[1] > 128 ? "bottom" : "top")} {(pixel[0] > 128 ? "right" : "left")}";
    }
}
