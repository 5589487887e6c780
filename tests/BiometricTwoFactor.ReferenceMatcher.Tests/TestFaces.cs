using BiometricTwoFactor.ReferenceMatcher.Tests.Imaging.Jpeg;
using BiometricTwoFactor.ReferenceMatcher.Tests.Imaging.Png;

namespace BiometricTwoFactor.ReferenceMatcher.Tests;

/// <summary>Matchers that are loaded once, and drawn faces as files.</summary>
internal static class TestFaces
{
    private static readonly Lazy<FaceMatcher> LoadedPlain = new(() => new FaceMatcher());
    private static readonly Lazy<FaceMatcher> LoadedMirrored = new(() => new FaceMatcher(new FaceMatcherOptions { Mirrored = true }));
    private static readonly Lazy<byte[]> DrawnPortrait = new(() => Png(320, 320, new DrawnFace()));
    private static readonly Lazy<byte[]> DrawnStranger = new(() => Png(320, 320, new DrawnFace { Character = 1 }));

    /// <summary>With the default options.</summary>
    public static FaceMatcher Plain => LoadedPlain.Value;

    public static FaceMatcher Mirrored => LoadedMirrored.Value;

    /// <summary>One usable face.</summary>
    public static byte[] Portrait => DrawnPortrait.Value;

    /// <summary>Another usable face.</summary>
    public static byte[] Stranger => DrawnStranger.Value;

    public static byte[] Png(int width, int height, params DrawnFace[] faces) => Png(width, height, DrawnFace.Paint(width, height, faces));

    public static byte[] Png(int width, int height, byte[] rgb)
    {
        var rows = new byte[((width * 3) + 1) * height];
        for (var y = 0; y < height; y++)
        {
            rgb.AsSpan(y * width * 3, width * 3).CopyTo(rows.AsSpan((y * ((width * 3) + 1)) + 1));
        }

        return TestPngWriter.File(
            TestPngWriter.Header((uint)width, (uint)height, 8, 2), TestPngWriter.Chunk("IDAT", TestPngWriter.Compress(rows)), TestPngWriter.Chunk("IEND", []));
    }

    public static byte[] Jpeg(int width, int height, byte[] rgb) => TestJpegWriter.Write(new TestJpegOptions { Width = width, Height = height }, (component, x, y) =>
    {
        var at = ((y * width) + x) * 3;
        var (red, green, blue) = (rgb[at], rgb[at + 1], rgb[at + 2]);
        var value = component switch
        {
            0 => (0.299 * red) + (0.587 * green) + (0.114 * blue),
            1 => 128 - (0.168736 * red) - (0.331264 * green) + (0.5 * blue),
            _ => 128 + (0.5 * red) - (0.418688 * green) - (0.081312 * blue),
        };
        return (byte)Math.Clamp(Math.Round(value), 0, 255);
    });

    public static string[] Codes(this IEnumerable<FaceWarning> warnings) => [.. warnings.Select(warning => warning.Code)];
}
