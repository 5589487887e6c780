using System.Buffers.Binary;
using System.Security.Cryptography;
using BiometricTwoFactor.ReferenceMatcher;

namespace BiometricTwoFactor.Emulator;

/// <summary>
/// Finds which way up a picture shows its face best (<c>rotate_image</c>). Nothing is decoded or encoded for it: a note
/// of the orientation is put in front of whatever notes the file has, and the matcher follows the first.
/// </summary>
internal static class TurnedPicture
{
    // Degrees clockwise, and EXIF's number for a picture that has to be turned by so many to stand upright.
    private static readonly (int Degrees, byte Orientation)[] Turns = [(90, 6), (180, 3), (270, 8)];

    /// <summary>The picture as it shows a face best; the same one at 0 degrees when no turn is better.</summary>
    /// <param name="matcher">Who looks. All four ways: a face that stands on its head is found, too, only less surely.</param>
    /// <param name="picture">Is disposed when a turned one comes back in its place.</param>
    public static (HeldPicture Picture, int Degrees) Best(FaceMatcher matcher, HeldPicture picture)
    {
        var (best, bestDegrees, most) = (picture, 0, Worth(matcher.Analyze(picture.Bytes)));
        foreach (var (degrees, orientation) in Turns)
        {
            if (Noted(picture.Bytes, orientation) is not { } turned)
            {
                break;
            }

            var worth = Worth(matcher.Analyze(turned.Bytes));
            if (worth > most)
            {
                Release(best, unlessIs: picture);
                (best, bestDegrees, most) = (turned, degrees, worth);
            }
            else
            {
                turned.Dispose();
            }
        }

        Release(picture, unlessIs: best);
        return (best, bestDegrees);
    }

    /// <summary>How surely there is a face; one that can be used before any that cannot.</summary>
    private static float Worth(FaceAnalysis found) => (found.Face?.Confidence ?? 0) + (found.IsUsable ? 1 : 0);

    private static void Release(HeldPicture picture, HeldPicture unlessIs)
    {
        if (!ReferenceEquals(picture, unlessIs))
        {
            picture.Dispose();
        }
    }

    /// <summary>A copy with the note; null for a file that is neither JPEG nor PNG.</summary>
    private static HeldPicture? Noted(ReadOnlySpan<byte> picture, byte orientation)
    {
        // A TIFF header and a directory of one entry: tag 0x0112, one short.
        byte[] note =
        [
            (byte)'M', (byte)'M', 0, 42, 0, 0, 0, 8, 0, 1,
            0x01, 0x12, 0, 3, 0, 0, 0, 1, 0, orientation, 0, 0, 0, 0, 0, 0,
        ];
        if (picture.StartsWith((ReadOnlySpan<byte>)[0xFF, 0xD8]))
        {
            return Spliced(picture, 2, [0xFF, 0xE1, 0, (byte)(note.Length + 8), .. "Exif\0\0"u8, .. note]);
        }

        const int FirstChunk = 8 + 25; // the signature and the header, which has to be first
        if (picture.Length > FirstChunk && picture.StartsWith((ReadOnlySpan<byte>)[0x89, (byte)'P', (byte)'N', (byte)'G']))
        {
            byte[] chunk = [0, 0, 0, (byte)note.Length, .. "eXIf"u8, .. note, 0, 0, 0, 0];
            BinaryPrimitives.WriteUInt32BigEndian(chunk.AsSpan(chunk.Length - 4), Crc(chunk.AsSpan(4, chunk.Length - 8)));
            return Spliced(picture, FirstChunk, chunk);
        }

        return null;
    }

    private static HeldPicture Spliced(ReadOnlySpan<byte> picture, int at, ReadOnlySpan<byte> note)
    {
        var bytes = GC.AllocateUninitializedArray<byte>(picture.Length + note.Length, pinned: true);
        picture[..at].CopyTo(bytes);
        note.CopyTo(bytes.AsSpan(at));
        picture[at..].CopyTo(bytes.AsSpan(at + note.Length));
        var spliced = new HeldPicture(bytes);
        CryptographicOperations.ZeroMemory(bytes);
        return spliced;
    }

    // PNG's checksum; the framework's own is in a package of its own.
    private static uint Crc(ReadOnlySpan<byte> bytes)
    {
        var crc = uint.MaxValue;
        foreach (var value in bytes)
        {
            crc ^= value;
            for (var bit = 0; bit < 8; bit++)
            {
                crc = (crc & 1) == 0 ? crc >> 1 : (crc >> 1) ^ 0xEDB88320;
            }
        }

        return ~crc;
    }
}
