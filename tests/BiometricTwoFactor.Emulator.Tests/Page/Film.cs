using BiometricTwoFactor.ReferenceMatcher.Tests;

namespace BiometricTwoFactor.Emulator.Tests.Page;

/// <summary>
/// What a camera sees, as Chromium takes it for one: JPEG files one after the other, thirty a second, from the beginning
/// whenever the camera is opened, and over again at the end.
/// </summary>
internal sealed class Film
{
    public const int Width = 640;
    public const int Height = 480;
    private const int Second = 30;

    private readonly MemoryStream _frames = new();

    public byte[] Bytes => _frames.ToArray();

    /// <summary>A drawn person who sits still.</summary>
    public static Film Person() => new Film().Show(Drawn(new DrawnFace()), 1);

    /// <summary>Two people before one camera.</summary>
    public static Film TwoPeople() => new Film().Show(Jpeg(new DrawnFace { X = 190, Y = 240, Size = 70 }, new DrawnFace { X = 450, Y = 240, Size = 70, Character = 1 }), 1);

    /// <summary>A wall and nobody.</summary>
    public static Film Nobody() => new Film().Show(Jpeg(new DrawnFace { X = -1000, Y = -1000, Size = 1 }), 1);

    /// <summary>A person in the dark: just bright enough that there is a face.</summary>
    public static Film Darkness() => new Film().Show(Drawn(new DrawnFace { Light = 0.13 }), 1);

    /// <summary>A person who looks straight for a while and then turns to one side; then nobody, before it begins again.</summary>
    public static Film Turning(double degrees)
    {
        const int Steps = 15;
        var film = new Film().Show(Drawn(new DrawnFace()), 3 * Second);
        for (var i = 1; i <= Steps; i++)
        {
            film.Show(Drawn(new DrawnFace { YawDegrees = degrees * i / Steps }), 5);
        }

        return film.Show(Drawn(new DrawnFace { YawDegrees = degrees }), 2 * Second).Show(Jpeg(new DrawnFace { X = -1000, Y = -1000, Size = 1 }), Second);
    }

    /// <summary>Somebody as a photograph shows them, held where a face belongs.</summary>
    /// <param name="jpeg">The file; its EXIF mark is not looked at.</param>
    /// <param name="quarters">How often it is turned by 90 degrees clockwise to be upright.</param>
    public static Film Photograph(byte[] jpeg, int quarters = 0)
    {
        var (width, height, rgb) = JpegTools.Decode(jpeg);
        for (var i = 0; i < quarters; i++)
        {
            (width, height, rgb) = (height, width, Turned(width, height, rgb));
        }

        var scale = Math.Max(width / (double)Width, height / (double)Height);
        var pixels = new byte[Width * Height * 3];
        Array.Fill(pixels, (byte)128);
        for (var y = 0; y < Height; y++)
        {
            for (var x = 0; x < Width; x++)
            {
                var column = ((x + 0.5 - (Width / 2.0)) * scale) + (width / 2.0) - 0.5;
                var row = ((y + 0.5 - (Height / 2.0)) * scale) + (height / 2.0) - 0.5;
                if (column > -0.5 && column < width - 0.5 && row > -0.5 && row < height - 0.5)
                {
                    for (var channel = 0; channel < 3; channel++)
                    {
                        pixels[(((y * Width) + x) * 3) + channel] = Sample(rgb, width, height, column, row, channel);
                    }
                }
            }
        }

        return new Film().Show(JpegTools.Encode(Width, Height, pixels), 1);
    }

    private Film Show(byte[] jpeg, int frames)
    {
        for (var i = 0; i < frames; i++)
        {
            _frames.Write(jpeg);
        }

        return this;
    }

    private static byte[] Drawn(DrawnFace face) => Jpeg(face with { X = Width / 2.0, Y = Height / 2.0, Size = 90 });

    private static byte[] Jpeg(params DrawnFace[] faces) => JpegTools.Encode(Width, Height, DrawnFace.Paint(Width, Height, faces));

    /// <summary>By 90 degrees clockwise: the first row becomes the last column.</summary>
    private static byte[] Turned(int width, int height, byte[] rgb)
    {
        var turned = new byte[rgb.Length];
        for (var y = 0; y < height; y++)
        {
            for (var x = 0; x < width; x++)
            {
                rgb.AsSpan(((y * width) + x) * 3, 3).CopyTo(turned.AsSpan(((x * height) + (height - 1 - y)) * 3));
            }
        }

        return turned;
    }

    private static byte Sample(byte[] rgb, int width, int height, double x, double y, int channel)
    {
        var (left, top) = ((int)Math.Floor(x), (int)Math.Floor(y));
        var (right, down) = (x - left, y - top);
        return (byte)((((At(left, top) * (1 - right)) + (At(left + 1, top) * right)) * (1 - down)) + (((At(left, top + 1) * (1 - right)) + (At(left + 1, top + 1) * right)) * down) + 0.5);

        double At(int column, int row) => rgb[(((Math.Clamp(row, 0, height - 1) * width) + Math.Clamp(column, 0, width - 1)) * 3) + channel];
    }
}
