namespace BiometricTwoFactor.ReferenceMatcher.Imaging;

/// <summary>Turns a row of any colour type and depth into red, green and blue bytes.</summary>
/// <remarks>
/// Transparency is dropped, not laid over a background: there is no background that would be right. That there was some
/// is told (<see cref="IsOpaque"/>), since a face that no viewer shows must not be compared. Gamma and colour profiles are ignored for the same reason as with JPEG: the networks
/// learned from bytes as they stood in files.
/// </remarks>
internal readonly ref struct PngColours
{
    private readonly int _depth;
    private readonly int _channels;
    private readonly bool _grey;

    /// <summary>Red, green and blue by index, for palettes and for grey of less than a byte; empty for the others.</summary>
    private readonly ReadOnlySpan<byte> _byIndex;

    public PngColours(in PngHeader header, ReadOnlySpan<byte> palette)
    {
        _depth = header.Depth;
        _channels = header.Channels;
        _grey = header.Channels < 3;
        _byIndex = header.Colour == PngHeader.Palette ? palette : header.Depth < 8 ? GreyLevels(header.Depth) : default;
    }

    /// <summary>Fills <paramref name="rgb"/>, three bytes a pixel; false where an index points beyond the palette.</summary>
    public bool TryExpand(ReadOnlySpan<byte> row, Span<byte> rgb)
    {
        if (!_byIndex.IsEmpty)
        {
            return TryLookUp(row, rgb);
        }

        if (_depth == 16)
        {
            Narrow(row, rgb);
        }
        else
        {
            Copy(row, rgb);
        }

        return true;
    }

    /// <summary>Whether no pixel of a row lets anything through.</summary>
    public bool IsOpaque(ReadOnlySpan<byte> row)
    {
        if (_channels is not (2 or 4))
        {
            return true;
        }

        // Alpha is a pixel's last sample, of one byte or two; all bits are set where it hides what lies behind.
        var bytes = _depth / 8;
        var all = byte.MaxValue;
        for (var at = (_channels - 1) * bytes; at < row.Length; at += _channels * bytes)
        {
            all &= row[at];
            all &= row[at + bytes - 1];
        }

        return all == byte.MaxValue;
    }

    private bool TryLookUp(ReadOnlySpan<byte> row, Span<byte> rgb)
    {
        var colours = _byIndex.Length / 3;
        var mask = (1 << _depth) - 1;
        for (var (i, bit) = (0, 0); i < rgb.Length; i += 3, bit += _depth)
        {
            // The leftmost pixel stands in the highest bits.
            var index = (row[bit >> 3] >> (8 - _depth - (bit & 7))) & mask;
            if (index >= colours)
            {
                return false;
            }

            _byIndex.Slice(index * 3, 3).CopyTo(rgb[i..]);
        }

        return true;
    }

    private void Copy(ReadOnlySpan<byte> row, Span<byte> rgb)
    {
        if (_channels == 3)
        {
            row[..rgb.Length].CopyTo(rgb);
            return;
        }

        var (green, blue) = _grey ? (0, 0) : (1, 2);
        for (var (i, at) = (0, 0); i + 2 < rgb.Length; i += 3, at += _channels)
        {
            rgb[i] = row[at];
            rgb[i + 1] = row[at + green];
            rgb[i + 2] = row[at + blue];
        }
    }

    private void Narrow(ReadOnlySpan<byte> row, Span<byte> rgb)
    {
        var (green, blue) = _grey ? (0, 0) : (2, 4);
        for (var (i, at) = (0, 0); i + 2 < rgb.Length; i += 3, at += 2 * _channels)
        {
            rgb[i] = ToByte(row[at], row[at + 1]);
            rgb[i + 1] = ToByte(row[at + green], row[at + green + 1]);
            rgb[i + 2] = ToByte(row[at + blue], row[at + blue + 1]);
        }
    }

    /// <summary>The nearest of 256 levels to one of 65,536: v * 255 / 65535, rounded.</summary>
    private static byte ToByte(int high, int low) => (byte)(((((high << 8) | low) * 255) + 32767) / 65535);

    private static byte[] GreyLevels(int depth)
    {
        var most = (1 << depth) - 1;
        var levels = new byte[(most + 1) * 3];
        for (var i = 0; i <= most; i++)
        {
            levels.AsSpan(i * 3, 3).Fill((byte)(i * 255 / most));
        }

        return levels;
    }
}
