using System.Buffers.Binary;

namespace BiometricTwoFactor.ReferenceMatcher.Imaging;

/// <summary>What the marker segments read so far have said: the frame, the tables, the restart interval, the colour's markers.</summary>
internal sealed class JpegHeaders
{
    private const int Slots = 4;

    private readonly int[]?[] _quantisation = new int[]?[Slots];
    private readonly HuffmanTable?[] _dc = new HuffmanTable?[Slots];
    private readonly HuffmanTable?[] _ac = new HuffmanTable?[Slots];
    private bool _exifSeen;

    public JpegFrame? Frame { get; private set; }

    /// <summary>MCUs between restart markers, or 0.</summary>
    public int RestartInterval { get; private set; }

    public bool IsJfif { get; private set; }

    /// <summary>The colour transform of Adobe's marker, or -1 without the marker.</summary>
    public int AdobeTransform { get; private set; } = -1;

    /// <summary>EXIF orientation, 1 to 8. 1 is upright.</summary>
    public int Orientation { get; private set; } = ExifOrientation.Upright;

    public HuffmanTable? Dc(int slot) => _dc[slot];

    public HuffmanTable? Ac(int slot) => _ac[slot];

    public int[]? Quantisation(int slot) => _quantisation[slot];

    /// <summary>Reads one segment, scan headers excepted. Null if all is well, otherwise the refusal.</summary>
    /// <param name="marker">The segment's marker.</param>
    /// <param name="segment">What follows the segment's length.</param>
    public string? Read(int marker, ReadOnlySpan<byte> segment)
    {
        switch (marker)
        {
            case JpegMarker.HuffmanTables:
                return ReadHuffman(segment);
            case JpegMarker.QuantisationTables:
                return ReadQuantisation(segment);
            case JpegMarker.RestartInterval:
                if (segment.Length != 2)
                {
                    return JpegRefusal.CorruptHeader;
                }

                RestartInterval = BinaryPrimitives.ReadUInt16BigEndian(segment);
                return null;
            case JpegMarker.App0:
                IsJfif |= segment.StartsWith("JFIF\0"u8);
                return null;
            case JpegMarker.App1:
                ReadExif(segment);
                return null;
            case JpegMarker.App14:
                if (segment.Length >= 12 && segment.StartsWith("Adobe"u8))
                {
                    AdobeTransform = segment[11];
                }

                return null;
            case JpegMarker.ArithmeticConditioning:
                return null;
            case >= JpegMarker.Baseline and <= JpegMarker.LastFrame:
                return ReadFrame(marker, segment);
            case JpegMarker.HierarchicalProgression or JpegMarker.ExpandReference:
                return JpegRefusal.Hierarchical;
            case JpegMarker.JpegLsFrame:
                return JpegRefusal.JpegLs;
            default:
                return null;
        }
    }

    private string? ReadFrame(int marker, ReadOnlySpan<byte> segment)
    {
        switch (marker)
        {
            case JpegMarker.Baseline or JpegMarker.ExtendedSequential or JpegMarker.Progressive:
                break;
            case JpegMarker.Lossless:
                return JpegRefusal.Lossless;
            case >= JpegMarker.DifferentialSequential and <= JpegMarker.DifferentialLossless:
                return JpegRefusal.Hierarchical;
            case >= JpegMarker.FirstArithmetic:
                return JpegRefusal.Arithmetic;
            default:
                return JpegRefusal.CorruptHeader;
        }

        if (Frame is not null || segment.Length < 6)
        {
            return JpegRefusal.CorruptHeader;
        }

        if (segment[0] != 8)
        {
            return segment[0] == 12 ? JpegRefusal.TwelveBit : JpegRefusal.OtherPrecision;
        }

        var height = BinaryPrimitives.ReadUInt16BigEndian(segment[1..]);
        var width = BinaryPrimitives.ReadUInt16BigEndian(segment[3..]);
        if (height == 0 || width == 0)
        {
            return height == 0 ? JpegRefusal.NoHeight : JpegRefusal.NoWidth;
        }

        if (segment[5] is not (1 or 3 or 4))
        {
            return JpegRefusal.ComponentCount;
        }

        var components = new JpegComponent[segment[5]];
        if (segment.Length != 6 + (3 * components.Length))
        {
            return JpegRefusal.CorruptHeader;
        }

        for (var i = 0; i < components.Length; i++)
        {
            var described = segment.Slice(6 + (3 * i), 3);
            var (id, horizontal, vertical, quantiser) = (described[0], described[1] >> 4, described[1] & 15, (int)described[2]);
            var repeated = Array.Exists(components, other => other?.Id == id);
            if (repeated || horizontal is < 1 or > 4 || vertical is < 1 or > 4 || quantiser >= Slots)
            {
                return JpegRefusal.CorruptHeader;
            }

            components[i] = new JpegComponent(id, horizontal, vertical, quantiser);
        }

        Frame = new JpegFrame(width, height, marker == JpegMarker.Progressive, components);
        return null;
    }

    private string? ReadQuantisation(ReadOnlySpan<byte> segment)
    {
        while (!segment.IsEmpty)
        {
            var (wide, slot) = (segment[0] >> 4, segment[0] & 15);
            var size = wide == 0 ? 64 : 128;
            if (wide > 1 || slot >= Slots || segment.Length < 1 + size)
            {
                return JpegRefusal.CorruptTable;
            }

            var table = _quantisation[slot] ??= new int[64];
            var values = segment.Slice(1, size);
            for (var i = 0; i < 64; i++)
            {
                table[Zigzag.Natural[i]] = wide == 0 ? values[i] : BinaryPrimitives.ReadUInt16BigEndian(values[(2 * i)..]);
            }

            segment = segment[(1 + size)..];
        }

        return null;
    }

    private string? ReadHuffman(ReadOnlySpan<byte> segment)
    {
        while (!segment.IsEmpty)
        {
            var (kind, slot) = (segment[0] >> 4, segment[0] & 15);
            if (kind > 1 || slot >= Slots || segment.Length < 17)
            {
                return JpegRefusal.CorruptTable;
            }

            var counts = segment.Slice(1, 16);
            var total = 0;
            foreach (var count in counts)
            {
                total += count;
            }

            if (total > 256 || segment.Length < 17 + total)
            {
                return JpegRefusal.CorruptTable;
            }

            var tables = kind == 0 ? _dc : _ac;
            (tables[slot] ??= new HuffmanTable()).Define(counts, segment.Slice(17, total));
            segment = segment[(17 + total)..];
        }

        return null;
    }

    private void ReadExif(ReadOnlySpan<byte> segment)
    {
        // A camera writes one; what an editor adds behind it does not speak of the stored picture.
        if (!_exifSeen && segment.StartsWith("Exif\0\0"u8))
        {
            _exifSeen = true;
            Orientation = ExifOrientation.Read(segment[6..]);
        }
    }
}
