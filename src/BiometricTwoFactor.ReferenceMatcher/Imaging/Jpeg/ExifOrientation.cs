using System.Buffers.Binary;

namespace BiometricTwoFactor.ReferenceMatcher.Imaging;

/// <summary>Finds the orientation in EXIF data, which is a TIFF header and a directory of entries in either byte order.</summary>
internal static class ExifOrientation
{
    public const int Upright = 1;

    private const int OrientationTag = 0x0112;
    private const int ShortType = 3;
    private const int EntrySize = 12;

    /// <summary>1 to 8; <see cref="Upright"/> for whatever cannot be followed.</summary>
    /// <param name="exif">EXIF data from its byte order mark on.</param>
    public static int Read(ReadOnlySpan<byte> exif)
    {
        bool little;
        if (exif.StartsWith("II*\0"u8))
        {
            little = true;
        }
        else if (exif.StartsWith("MM\0*"u8))
        {
            little = false;
        }
        else
        {
            return Upright;
        }

        if (exif.Length < 8)
        {
            return Upright;
        }

        var offset = little ? BinaryPrimitives.ReadUInt32LittleEndian(exif[4..]) : BinaryPrimitives.ReadUInt32BigEndian(exif[4..]);
        if (offset > exif.Length - 2)
        {
            return Upright;
        }

        var entries = exif[(int)offset..];
        int left = Short(entries, little);
        for (entries = entries[2..]; left > 0 && entries.Length >= EntrySize; left--, entries = entries[EntrySize..])
        {
            if (Short(entries, little) == OrientationTag)
            {
                var value = Short(entries[8..], little);
                return Short(entries[2..], little) == ShortType && value is >= 1 and <= 8 ? value : Upright;
            }
        }

        return Upright;
    }

    private static ushort Short(ReadOnlySpan<byte> bytes, bool little) =>
        little ? BinaryPrimitives.ReadUInt16LittleEndian(bytes) : BinaryPrimitives.ReadUInt16BigEndian(bytes);
}
