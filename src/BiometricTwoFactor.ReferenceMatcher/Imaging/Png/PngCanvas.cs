namespace BiometricTwoFactor.ReferenceMatcher.Imaging;

/// <summary>Where decoded rows go: the picture at full size, or each square of 2, 4 or 8 pixels a side as its mean.</summary>
/// <remarks>Reducing while rows arrive keeps a large picture's memory at the reduced size.</remarks>
internal sealed class PngCanvas
{
    private readonly int _width;
    private readonly int _height;
    private readonly int _reduceBy;
    private readonly int _reducedWidth;
    private readonly byte[] _rgb;

    /// <summary>Red, green and blue of the squares that are being filled; empty at full size.</summary>
    private readonly int[] _sums;

    public PngCanvas(in PngHeader header, int reduceBy)
    {
        (_width, _height, _reduceBy) = (header.Width, header.Height, reduceBy);
        _reducedWidth = Reduced(_width, reduceBy);
        _rgb = new byte[_reducedWidth * Reduced(_height, reduceBy) * 3];
        _sums = reduceBy == 1 ? [] : new int[_reducedWidth * 3];
    }

    /// <summary>The greatest reduction that leaves the longer side at least as long as the limits want it.</summary>
    /// <remarks>Interlaced pictures are never reduced: their squares fill up over the whole file.</remarks>
    public static int ReductionOf(in PngHeader header, int reduceAbove)
    {
        if (reduceAbove <= 0 || header.Interlaced)
        {
            return 1;
        }

        var by = 8;
        while (by > 1 && Reduced(Math.Max(header.Width, header.Height), by) < reduceAbove)
        {
            by /= 2;
        }

        return by;
    }

    /// <summary>What a canvas will hold in memory, in bytes, with the copy that turning takes.</summary>
    public static long MemoryOf(in PngHeader header, int reduceBy, bool turned)
    {
        long width = Reduced(header.Width, reduceBy), height = Reduced(header.Height, reduceBy);
        return (width * height * (turned ? 6 : 3)) + (reduceBy == 1 ? 0 : width * 3 * sizeof(int));
    }

    /// <summary>Takes a pass's row, red, green and blue. Without interlacing rows must come from the top.</summary>
    public void Put(in PngPass pass, int rowOfPass, ReadOnlySpan<byte> rgb)
    {
        var y = pass.Y + (rowOfPass * pass.StepY);
        if (_reduceBy > 1)
        {
            Add(y, rgb);
            return;
        }

        var line = _rgb.AsSpan(y * _width * 3, _width * 3);
        if (pass.StepX == 1)
        {
            rgb.CopyTo(line[(pass.X * 3)..]);
            return;
        }

        for (var (i, to) = (0, pass.X * 3); i < rgb.Length; i += 3, to += pass.StepX * 3)
        {
            rgb.Slice(i, 3).CopyTo(line[to..]);
        }
    }

    /// <summary>The picture, stood upright.</summary>
    /// <param name="orientation">1 to 8, as EXIF numbers it.</param>
    /// <param name="isOpaque">See <see cref="FaceImage.IsOpaque"/>.</param>
    public FaceImage ToImage(int orientation, bool isOpaque)
    {
        var (width, height) = (_reducedWidth, Reduced(_height, _reduceBy));
        if (orientation == ExifOrientation.Upright)
        {
            return new FaceImage(width, height, _rgb, _reduceBy) { IsOpaque = isOpaque };
        }

        var upright = UprightRotation.Copy(_rgb, width, height, orientation);
        return UprightRotation.SwapsSides(orientation)
            ? new FaceImage(height, width, upright, _reduceBy) { IsOpaque = isOpaque }
            : new FaceImage(width, height, upright, _reduceBy) { IsOpaque = isOpaque };
    }

    private static int Reduced(int length, int by) => (length + by - 1) / by;

    private void Add(int y, ReadOnlySpan<byte> rgb)
    {
        for (var (x, to) = (0, 0); x < _width; to += 3)
        {
            var (red, green, blue) = (0, 0, 0);
            for (var end = Math.Min(x + _reduceBy, _width); x < end; x++)
            {
                red += rgb[x * 3];
                green += rgb[(x * 3) + 1];
                blue += rgb[(x * 3) + 2];
            }

            _sums[to] += red;
            _sums[to + 1] += green;
            _sums[to + 2] += blue;
        }

        if ((y + 1) % _reduceBy == 0 || y + 1 == _height)
        {
            Finish(y / _reduceBy, (y % _reduceBy) + 1);
        }
    }

    /// <summary>Writes a row of means. Squares at the right and the lower edge may hold fewer pixels.</summary>
    private void Finish(int reducedY, int rows)
    {
        var line = _rgb.AsSpan(reducedY * _reducedWidth * 3, _reducedWidth * 3);
        for (var i = 0; i < line.Length; i++)
        {
            var columns = Math.Min(_reduceBy, _width - (i / 3 * _reduceBy));
            var pixels = rows * columns;
            line[i] = (byte)((_sums[i] + (pixels / 2)) / pixels);
        }

        Array.Clear(_sums);
    }
}
