using System.Buffers.Binary;

namespace BiometricTwoFactor.ReferenceMatcher.Imaging;

/// <summary>A PNG's chunks, read and put in order: what decoding needs, as slices of the file.</summary>
internal readonly ref struct PngChunks
{
    private const string CutShort = "The PNG is cut short.";

    /// <summary>Length, type and checksum: what a chunk takes beside its data.</summary>
    private const int Frame = 12;

    private const uint Header = 0x49484452; // IHDR
    private const uint PaletteEntries = 0x504C5445; // PLTE
    private const uint Data = 0x49444154; // IDAT
    private const uint End = 0x49454E44; // IEND
    private const uint Animation = 0x6163544C; // acTL
    private const uint Transparency = 0x74524E53; // tRNS
    private const uint Exchangeable = 0x65584966; // eXIf

    private readonly ReadOnlySpan<byte> _dataChunks;

    private PngChunks(ReadOnlySpan<byte> palette, ReadOnlySpan<byte> exif, ReadOnlySpan<byte> dataChunks, int dataBytes, bool makesTransparent)
    {
        Palette = palette;
        Exif = exif;
        _dataChunks = dataChunks;
        DataBytes = dataBytes;
        MakesTransparent = makesTransparent;
    }

    /// <summary>Red, green and blue for each entry; empty where the colour type has no use for it.</summary>
    public ReadOnlySpan<byte> Palette { get; }

    /// <summary>The eXIf chunk's data, a TIFF header first; empty where there is none or it is damaged.</summary>
    public ReadOnlySpan<byte> Exif { get; }

    /// <summary>
    /// A tRNS chunk names a colour, or lets an entry of the palette through. Whether a pixel has it, and whether the chunk is
    /// intact, is not asked: viewers differ there.
    /// </summary>
    public bool MakesTransparent { get; }

    /// <summary>How many compressed bytes the IDAT chunks hold together.</summary>
    public int DataBytes { get; }

    /// <summary>Reads the first chunk behind the signature; null and the header, or the reason why there is none.</summary>
    public static string? TryReadHeader(ReadOnlySpan<byte> chunks, out PngHeader header)
    {
        header = default;
        if (TryTake(chunks, out var chunk) is { } refusal)
        {
            return refusal;
        }

        return chunk.Type == Header ? PngHeader.TryRead(chunk.Data, out header) : "The PNG does not begin with its header.";
    }

    /// <summary>Reads all chunks up to the end mark; what comes behind it is ignored.</summary>
    public static string? TryRead(ReadOnlySpan<byte> chunks, in PngHeader header, out PngChunks found)
    {
        found = default;
        ReadOnlySpan<byte> palette = default, exif = default;
        var hasPalette = false;
        var makesTransparent = false;
        var (dataFrom, dataTo, dataBytes) = (-1, -1, 0);
        var at = PngHeader.Length + Frame;

        for (var ended = false; !ended;)
        {
            if (TryTake(chunks[at..], out var chunk) is { } refusal)
            {
                return refusal;
            }

            var next = at + chunk.Data.Length + Frame;
            switch (chunk.Type)
            {
                case Data when dataFrom < 0:
                    (dataFrom, dataTo, dataBytes) = (at, next, chunk.Data.Length);
                    break;
                case Data when dataTo == at:
                    dataTo = next;
                    dataBytes += chunk.Data.Length;
                    break;
                case Data:
                    return "The PNG's image data is interrupted by other chunks.";
                case End:
                    ended = true;
                    break;
                case PaletteEntries when dataFrom >= 0 || hasPalette:
                    return "The PNG's palette stands in the wrong place.";
                case PaletteEntries:
                    hasPalette = true;

                    // Without palette colour it is a suggestion to poor screens, and may hold anything.
                    palette = header.Colour == PngHeader.Palette ? chunk.Data : default;
                    break;
                case Animation:
                    return "The PNG is animated, and which of its pictures is meant cannot be told.";
                case Exchangeable when exif.IsEmpty && IsIntact(chunks[at..next]):
                    exif = chunk.Data;
                    break;
                case Transparency:
                    makesTransparent |= header.Colour != PngHeader.Palette || chunk.Data.ContainsAnyExcept(byte.MaxValue);
                    break;
                case Header:
                    return "The PNG has two headers.";
                default:
                    if (IsCritical(chunk.Type))
                    {
                        return "The PNG needs an extension that is not known.";
                    }

                    break;
            }

            at = next;
        }

        if (dataBytes == 0)
        {
            return "The PNG has no image data.";
        }

        if (header.Colour == PngHeader.Palette && (palette.IsEmpty || palette.Length > 3 * 256 || palette.Length % 3 != 0))
        {
            return "The PNG's palette is missing or has the wrong length.";
        }

        found = new PngChunks(palette, exif, chunks[dataFrom..dataTo], dataBytes, makesTransparent);
        return null;
    }

    /// <summary>The compressed data in one piece, out of its chunks.</summary>
    public byte[] CopyData()
    {
        var copy = new byte[DataBytes];
        var rest = _dataChunks;
        var at = 0;
        while (!rest.IsEmpty)
        {
            var length = BinaryPrimitives.ReadInt32BigEndian(rest);
            rest.Slice(8, length).CopyTo(copy.AsSpan(at));
            at += length;
            rest = rest[(length + Frame)..];
        }

        return copy;
    }

    /// <summary>Takes the chunk in front. Critical ones must be intact; the others are not needed.</summary>
    private static string? TryTake(ReadOnlySpan<byte> chunks, out Chunk chunk)
    {
        chunk = default;
        if (chunks.Length < Frame)
        {
            return CutShort;
        }

        foreach (var letter in chunks.Slice(4, 4))
        {
            if (!char.IsAsciiLetter((char)letter))
            {
                return "The PNG is damaged: a chunk has no name.";
            }
        }

        var length = BinaryPrimitives.ReadUInt32BigEndian(chunks);
        if (length > (uint)(chunks.Length - Frame))
        {
            return CutShort;
        }

        chunk = new Chunk(BinaryPrimitives.ReadUInt32BigEndian(chunks[4..]), chunks.Slice(8, (int)length));
        return IsCritical(chunk.Type) && !IsIntact(chunks[..((int)length + Frame)]) ? "The PNG is damaged: a checksum is wrong." : null;
    }

    /// <summary>A capital letter first: a decoder that does not know the chunk cannot show the picture.</summary>
    private static bool IsCritical(uint type) => (type & 0x20000000) == 0;

    private static bool IsIntact(ReadOnlySpan<byte> framed) => PngCrc.Of(framed[4..^4]) == BinaryPrimitives.ReadUInt32BigEndian(framed[^4..]);

    private readonly ref struct Chunk(uint type, ReadOnlySpan<byte> data)
    {
        public uint Type { get; } = type;

        public ReadOnlySpan<byte> Data { get; } = data;
    }
}
