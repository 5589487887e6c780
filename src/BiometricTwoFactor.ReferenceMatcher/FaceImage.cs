namespace BiometricTwoFactor.ReferenceMatcher;

/// <summary>
/// A decoded picture, upright (a camera's orientation mark has been followed), as red, green and blue bytes. A large
/// picture may have been decoded at a half, a quarter or an eighth of its size: see <see cref="ReducedBy"/>.
/// </summary>
public sealed class FaceImage
{
    internal FaceImage(int width, int height, byte[] rgb, int reducedBy = 1)
    {
        if (rgb.Length != checked(width * height * 3))
        {
            throw new ArgumentException("Three bytes a pixel.", nameof(rgb));
        }

        Width = width;
        Height = height;
        Rgb = rgb;
        ReducedBy = reducedBy;
    }

    /// <summary>Pixels from left to right, after reduction.</summary>
    public int Width { get; }

    /// <summary>Pixels from top to bottom, after reduction.</summary>
    public int Height { get; }

    /// <summary>1, 2, 4 or 8: how many pixels of the file make one pixel here, along each side.</summary>
    public int ReducedBy { get; }

    /// <summary>Red, green, blue, 0 to 255 each, row by row from the top left, without padding.</summary>
    public ReadOnlySpan<byte> Pixels => Rgb;

    internal byte[] Rgb { get; }

    /// <summary>False where the file makes some of the picture transparent: what is seen then is not these pixels.</summary>
    internal bool IsOpaque { get; init; } = true;

    /// <summary>The size alone: a face is not for logs.</summary>
    public override string ToString() => $"FaceImage {Width}x{Height}";
}
