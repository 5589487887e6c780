using System.IO.Compression;

namespace BiometricTwoFactor.ReferenceMatcher.Imaging;

/// <summary>
/// Decodes PNG: every colour type, depth and filter, interlaced or not. Never throws on what a file holds, and holds no
/// more memory than the limits allow, whatever the compressed data would grow to.
/// </summary>
internal static class PngDecoder
{
    /// <summary>Deflate's best: 258 bytes out of two bits.</summary>
    private const long MostGrowth = 1032;

    /// <summary>What zlib's window and the streams around it hold beside what is counted.</summary>
    private const int StreamMemory = 64 * 1024;

    /// <summary>How a PNG begins; the four bytes behind are there to show damage by text conversion.</summary>
    public static ReadOnlySpan<byte> Start => [0x89, (byte)'P', (byte)'N', (byte)'G'];

    private static ReadOnlySpan<byte> Signature => [0x89, (byte)'P', (byte)'N', (byte)'G', 0x0D, 0x0A, 0x1A, 0x0A];

    public static ImageDecoding Decode(ReadOnlySpan<byte> file, ImageLimits limits)
    {
        if (file.Length > limits.MaxBytes)
        {
            return ImageDecoding.Refused("The file is longer than the limit allows.");
        }

        if (!file.StartsWith(Signature))
        {
            return ImageDecoding.Refused("The PNG is damaged at its beginning.");
        }

        var behind = file[Signature.Length..];
        if (PngChunks.TryReadHeader(behind, out var header) is { } badHeader)
        {
            return ImageDecoding.Refused(badHeader);
        }

        if (header.Pixels > limits.MaxPixels)
        {
            return ImageDecoding.Refused("The PNG picture has more pixels than the limit allows.");
        }

        if (PngChunks.TryRead(behind, header, out var chunks) is { } badChunks)
        {
            return ImageDecoding.Refused(badChunks);
        }

        // A small file that states a large picture is found out here, before anything is allocated for it.
        if (header.DataBytes() / MostGrowth > chunks.DataBytes)
        {
            return ImageDecoding.Refused("The PNG's image data is cut short.");
        }

        // A camera's mark stands in PNG where a program made one of its picture.
        var orientation = ExifOrientation.Read(chunks.Exif);
        var reduceBy = PngCanvas.ReductionOf(header, limits.ReduceAbove);
        var memory = MemoryOf(header, chunks) + PngCanvas.MemoryOf(header, reduceBy, turned: orientation != ExifOrientation.Upright);
        if (memory > limits.MaxMemory || memory > Array.MaxLength)
        {
            return ImageDecoding.Refused("The PNG picture needs more memory than the limit allows.");
        }

        return Decode(header, chunks, reduceBy, orientation);
    }

    /// <summary>What decoding holds at once beside the canvas: the compressed data, two rows and a row of colours.</summary>
    private static long MemoryOf(in PngHeader header, in PngChunks chunks) =>
        StreamMemory + chunks.DataBytes + (2L * (header.RowBytes(header.Width) + 1)) + (3L * header.Width);

    private static ImageDecoding Decode(in PngHeader header, in PngChunks chunks, int reduceBy, int orientation)
    {
        using var data = new ZLibStream(new MemoryStream(chunks.CopyData(), writable: false), CompressionMode.Decompress);
        try
        {
            var canvas = new PngCanvas(header, reduceBy);
            if (ReadRows(header, new PngColours(header, chunks.Palette), data, canvas, out var isOpaque) is { } refusal)
            {
                return ImageDecoding.Refused(refusal);
            }

            // One byte beyond the last row makes zlib compare its checksum. More data is nobody's, and is not read.
            _ = data.ReadByte();
            return ImageDecoding.Of(canvas.ToImage(orientation, isOpaque && !chunks.MakesTransparent));
        }
        catch (Exception e) when (e is InvalidDataException or IOException)
        {
            // IOException: zlib asks for a dictionary, which PNG has no place for.
            return ImageDecoding.Refused("The PNG's image data is damaged.");
        }
    }

    private static string? ReadRows(in PngHeader header, in PngColours colours, ZLibStream data, PngCanvas canvas, out bool isOpaque)
    {
        isOpaque = true;
        // The filter's byte stands before each row.
        var length = header.RowBytes(header.Width) + 1;
        var (row, above) = (new byte[length], new byte[length]);
        var rgb = new byte[header.Width * 3];

        foreach (var pass in header.Passes)
        {
            var (width, height) = (pass.WidthOf(header.Width), pass.HeightOf(header.Height));
            if (width == 0)
            {
                continue;
            }

            length = header.RowBytes(width) + 1;
            Array.Clear(above);
            for (var y = 0; y < height; y++)
            {
                if (data.ReadAtLeast(row.AsSpan(0, length), length, throwOnEndOfStream: false) < length)
                {
                    return "The PNG's image data is cut short.";
                }

                if (!PngFilter.TryUndo(row[0], row.AsSpan(1, length - 1), above.AsSpan(1, length - 1), header.FilterDistance))
                {
                    return "The PNG is damaged: a row names no known filter.";
                }

                var colour = rgb.AsSpan(0, width * 3);
                if (!colours.TryExpand(row.AsSpan(1, length - 1), colour))
                {
                    return "The PNG is damaged: a pixel names a colour that its palette does not have.";
                }

                isOpaque &= colours.IsOpaque(row.AsSpan(1, length - 1));
                canvas.Put(pass, y, colour);
                (row, above) = (above, row);
            }
        }

        return null;
    }
}
