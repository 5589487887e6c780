namespace BiometricTwoFactor.ReferenceMatcher.Tests.Imaging.Jpeg;

/// <summary>Generated pictures, red, green and blue, the same each time.</summary>
public static class TestPicture
{
    public static readonly string[] Kinds = ["gradient", "noise", "edges"];

    /// <summary>Three bytes a pixel.</summary>
    public static byte[] Rgb(string kind, int width, int height)
    {
        var random = new Random(width * 1009 + height);
        var rgb = new byte[width * height * 3];
        for (var i = 0; i < rgb.Length; i++)
        {
            var (x, y, channel) = (i / 3 % width, i / 3 / width, i % 3);
            rgb[i] = kind switch
            {
                "gradient" => (byte)(channel switch { 0 => 255 * x / width, 1 => 255 * y / height, _ => 255 * (x + y) / (width + height) }),
                "noise" => (byte)random.Next(256),
                _ => Edge(x, y, channel),
            };
        }

        return rgb;
    }

    /// <summary>A portable pixmap, for tools to read.</summary>
    public static byte[] Pixmap(byte[] rgb, int width, int height) => [.. System.Text.Encoding.ASCII.GetBytes($"P6\n{width} {height}\n255\n"), .. rgb];

    /// <summary>Strokes and dots as of writing, in strong colours.</summary>
    private static byte Edge(int x, int y, int channel)
    {
        var stroke = (((x * 7) ^ (y * 3)) & 31) < 9 || x % 13 == y % 11;
        return (byte)(stroke ? (channel == (x / 24) % 3 ? 20 : 60) : (channel == (y / 40) % 3 ? 200 : 250));
    }
}
