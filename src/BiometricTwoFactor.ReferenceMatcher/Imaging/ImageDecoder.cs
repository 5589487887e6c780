using System.Buffers.Binary;
using System.Text;

namespace BiometricTwoFactor.ReferenceMatcher.Imaging;

/// <summary>Tells the kinds of picture apart by their first bytes, and decodes JPEG and PNG. Never throws on what a file holds.</summary>
/// <remarks>
/// A file's name and declared type are never asked: they are the sender's word. Kinds that are known but not read have
/// a reason of their own, since "save it as JPEG" helps the person who holds a HEIC and "unknown" does not.
/// </remarks>
internal static class ImageDecoder
{
    public static ImageDecoding Decode(ReadOnlySpan<byte> file, ImageLimits limits)
    {
        if (file.Length > limits.MaxBytes)
        {
            return ImageDecoding.Refused("The file is longer than the limit allows.");
        }

        if (file.IsEmpty)
        {
            return ImageDecoding.Refused("The file is empty.");
        }

        if (file.StartsWith((ReadOnlySpan<byte>)[0xFF, 0xD8, 0xFF]))
        {
            return JpegDecoder.Decode(file, limits);
        }

        if (file.StartsWith(PngDecoder.Start))
        {
            return PngDecoder.Decode(file, limits);
        }

        return ImageDecoding.Refused(NameUnread(file) is { } kind
            ? $"The file is {kind}, which is not read: JPEG and PNG are."
            : "The file is no picture of a known kind.");
    }

    /// <summary>What the file is, with its article, where it is something known that is not read.</summary>
    private static string? NameUnread(ReadOnlySpan<byte> file) => file switch
    {
        [(byte)'R', (byte)'I', (byte)'F', (byte)'F', _, _, _, _, (byte)'W', (byte)'E', (byte)'B', (byte)'P', ..] => "a WebP picture",
        [(byte)'G', (byte)'I', (byte)'F', (byte)'8', (byte)'7' or (byte)'9', (byte)'a', ..] => "a GIF picture",
        [(byte)'I', (byte)'I', 42 or 43, 0, ..] or [(byte)'M', (byte)'M', 0, 42 or 43, ..] => "a TIFF picture",
        [0, 0, 0, 12, (byte)'j', (byte)'P', (byte)' ', (byte)' ', ..] or [0xFF, 0x4F, 0xFF, 0x51, ..] => "a JPEG 2000 picture",
        [0, 0, 0, 12, (byte)'J', (byte)'X', (byte)'L', (byte)' ', ..] or [0xFF, 0x0A, ..] => "a JPEG XL picture",
        [_, _, _, _, (byte)'f', (byte)'t', (byte)'y', (byte)'p', ..] => NameOfBoxes(file),
        [(byte)'%', (byte)'P', (byte)'D', (byte)'F', (byte)'-', ..] => "a PDF document",
        [(byte)'B', (byte)'M', ..] when IsBitmap(file) => "a BMP picture",
        _ => NameText(file),
    };

    /// <summary>HEIC, AVIF and films share one container; the brands in its first box tell them apart.</summary>
    private static string NameOfBoxes(ReadOnlySpan<byte> file)
    {
        var length = (int)Math.Min(BinaryPrimitives.ReadUInt32BigEndian(file), (uint)Math.Min(file.Length, 256));
        for (var at = 8; at + 4 <= length; at += 4)
        {
            // The four bytes after the main brand are its version, which reads as no brand.
            var brand = file.Slice(at, 4);
            if (brand.StartsWith("avi"u8))
            {
                return "an AVIF picture";
            }

            if (brand.StartsWith("hei"u8) || brand.StartsWith("hev"u8) || brand.StartsWith("mif1"u8) || brand.StartsWith("msf1"u8))
            {
                // An AVIF file lists mif1 too, so that the other brands have a say first.
                return file[..length].IndexOf("avi"u8) >= 0 ? "an AVIF picture" : "a HEIC picture";
            }
        }

        return "a film or another file of boxes";
    }

    /// <summary>"BM" alone is how a text may begin: the size of the header that follows settles it.</summary>
    private static bool IsBitmap(ReadOnlySpan<byte> file) =>
        file.Length >= 18 && BinaryPrimitives.ReadUInt32LittleEndian(file[14..]) is 12 or 16 or 40 or 52 or 56 or 64 or 108 or 124;

    /// <summary>SVG, and the page of a portal or an error that was saved in the picture's place.</summary>
    private static string? NameText(ReadOnlySpan<byte> file)
    {
        var text = file.StartsWith((ReadOnlySpan<byte>)[0xEF, 0xBB, 0xBF]) ? file[3..] : file;
        text = text.TrimStart(" \t\r\n"u8);
        text = text[..Math.Min(text.Length, 1024)];
        if (!text.StartsWith("<"u8))
        {
            return null;
        }

        if (text.IndexOf("<svg"u8) >= 0)
        {
            return "an SVG drawing";
        }

        return Begins(text, "<!doctype html"u8) || Begins(text, "<html"u8) ? "an HTML page" : "a text with markup";
    }

    private static bool Begins(ReadOnlySpan<byte> text, ReadOnlySpan<byte> lowerCase) =>
        text.Length >= lowerCase.Length && Ascii.EqualsIgnoreCase(text[..lowerCase.Length], lowerCase);
}
