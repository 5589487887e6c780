using System.Buffers.Binary;

namespace BiometricTwoFactor.ReferenceMatcher.Imaging;

/// <summary>What the first chunk, IHDR, states.</summary>
/// <param name="Width">1 to <see cref="LongestSide"/>.</param>
/// <param name="Height">1 to <see cref="LongestSide"/>.</param>
/// <param name="Depth">Bits a sample (or a palette index): 1, 2, 4, 8 or 16.</param>
/// <param name="Colour">The colour type as PNG numbers it: 0 grey, 2 colour, 3 palette, 4 grey with alpha, 6 colour with alpha.</param>
/// <param name="Interlaced">Seven passes (Adam7) in place of one.</param>
internal readonly record struct PngHeader(int Width, int Height, int Depth, int Colour, bool Interlaced)
{
    public const int Palette = 3;

    /// <summary>
    /// What a JPEG can have at most, too. A PNG of 2^31 - 1 rows of one pixel fits into few bytes, and each row costs
    /// its time whatever its width.
    /// </summary>
    public const int LongestSide = 65535;

    /// <summary>The chunk's data is of this length, always.</summary>
    public const int Length = 13;

    /// <summary>Adam7's seven passes: where each begins, and how far its pixels lie apart.</summary>
    private static readonly PngPass[] Adam7 =
    [
        new(0, 0, 8, 8), new(4, 0, 8, 8), new(0, 4, 4, 8), new(2, 0, 4, 4), new(0, 2, 2, 4), new(1, 0, 2, 2), new(0, 1, 1, 2),
    ];

    private static readonly PngPass[] Whole = [new(0, 0, 1, 1)];

    public ReadOnlySpan<PngPass> Passes => Interlaced ? Adam7 : Whole;

    /// <summary>Samples a pixel.</summary>
    public int Channels => Colour switch { 2 => 3, 4 => 2, 6 => 4, _ => 1 };

    public int BitsPerPixel => Channels * Depth;

    /// <summary>Bytes from a byte to the one that filters compare it with: a pixel's, and one at least.</summary>
    public int FilterDistance => Math.Max(1, BitsPerPixel / 8);

    public long Pixels => (long)Width * Height;

    /// <summary>Bytes a row of so many pixels takes, without the filter's byte before it.</summary>
    public int RowBytes(int width) => ((width * BitsPerPixel) + 7) / 8;

    /// <summary>How long the decompressed data must be at least: every row of every pass with its filter's byte.</summary>
    public long DataBytes()
    {
        var sum = 0L;
        foreach (var pass in Passes)
        {
            var width = pass.WidthOf(Width);
            sum += width == 0 ? 0 : (long)pass.HeightOf(Height) * (RowBytes(width) + 1);
        }

        return sum;
    }

    /// <summary>Reads the chunk's data; null and the header, or the reason why there is none.</summary>
    public static string? TryRead(ReadOnlySpan<byte> data, out PngHeader header)
    {
        header = default;
        if (data.Length != Length)
        {
            return "The PNG's header has the wrong length.";
        }

        var width = BinaryPrimitives.ReadUInt32BigEndian(data);
        var height = BinaryPrimitives.ReadUInt32BigEndian(data[4..]);
        if (width is 0 or > int.MaxValue || height is 0 or > int.MaxValue)
        {
            return "The PNG's header states an impossible size.";
        }

        if (width > LongestSide || height > LongestSide)
        {
            return "The picture is wider or higher than 65535 pixels.";
        }

        var (depth, colour) = (data[8], data[9]);
        var legal = colour switch
        {
            0 => depth is 1 or 2 or 4 or 8 or 16,
            Palette => depth is 1 or 2 or 4 or 8,
            2 or 4 or 6 => depth is 8 or 16,
            _ => false,
        };
        if (!legal)
        {
            return "The PNG's header states a colour type and a depth that do not go together.";
        }

        if (data[10] != 0 || data[11] != 0 || data[12] > 1)
        {
            return "The PNG's header states a method of compression, filtering or interlacing that is not known.";
        }

        header = new PngHeader((int)width, (int)height, depth, colour, data[12] == 1);
        return null;
    }
}

/// <summary>One pass over the picture: it holds the pixels (X + i * StepX, Y + j * StepY).</summary>
internal readonly record struct PngPass(int X, int Y, int StepX, int StepY)
{
    public int WidthOf(int width) => Count(width, X, StepX);

    public int HeightOf(int height) => Count(height, Y, StepY);

    private static int Count(int all, int first, int step) => all <= first ? 0 : ((all - first - 1) / step) + 1;
}
