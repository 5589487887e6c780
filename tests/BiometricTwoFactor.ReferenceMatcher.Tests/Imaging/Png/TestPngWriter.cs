using System.Buffers.Binary;
using System.IO.Compression;
using System.Text;

namespace BiometricTwoFactor.ReferenceMatcher.Tests.Imaging.Png;

/// <summary>A made-up picture of any colour type and depth, and how it is to be written.</summary>
/// <param name="Colour">As PNG numbers it: 0 grey, 2 colour, 3 palette, 4 grey with alpha, 6 colour with alpha.</param>
internal sealed record TestPng(int Width, int Height, int Depth, int Colour)
{
    /// <summary>Every colour type at every depth that PNG allows it.</summary>
    public static readonly (int Colour, int Depth)[] Kinds =
    [
        (0, 1), (0, 2), (0, 4), (0, 8), (0, 16), (2, 8), (2, 16), (3, 1), (3, 2), (3, 4), (3, 8), (4, 8), (4, 16), (6, 8), (6, 16),
    ];

    /// <summary>0 to 4 for every row; 5 takes them in turn.</summary>
    public int Filter { get; init; } = 5;

    public bool Interlaced { get; init; }

    /// <summary>How much of the compressed data goes into one chunk.</summary>
    public int ChunkLength { get; init; } = int.MaxValue;

    /// <summary>Chunks between the header and the image data.</summary>
    public (string Type, byte[] Data)[] Before { get; init; } = [];

    /// <summary>Chunks between the image data and the end.</summary>
    public (string Type, byte[] Data)[] After { get; init; } = [];

    public int Channels => Colour switch { 2 => 3, 4 => 2, 6 => 4, _ => 1 };

    /// <summary>Colours enough for every index of the depth.</summary>
    public byte[] Palette => [.. Enumerable.Range(0, 3 << Depth).Select(i => (byte)((i * 89) + (i >> 3) + 17))];

    /// <summary>A gradient with noise on it, so that every filter has something to do, at the sample's full range.</summary>
    public int Sample(int x, int y, int channel)
    {
        var noise = (uint)((x * 73856093) ^ (y * 19349663) ^ (channel * 83492791)) * 2654435761u >> 20;
        var value = ((x * 9) + (y * 5) + (channel * 60)) % 256 * 257;
        return (y % 3 == 0 ? (int)(noise * 16) : value) >> (16 - Depth);
    }

    /// <summary>What a decoder must make of it: red, green and blue bytes, alpha dropped.</summary>
    public byte[] ToRgb()
    {
        var rgb = new byte[Width * Height * 3];
        var (palette, most) = (Palette, (1 << Depth) - 1);
        for (var i = 0; i < rgb.Length; i++)
        {
            var (x, y, channel) = (i / 3 % Width, i / 3 / Width, i % 3);
            rgb[i] = Colour == 3
                ? palette[(Sample(x, y, 0) * 3) + channel]
                : (byte)Math.Round(Sample(x, y, Channels < 3 ? 0 : channel) * 255.0 / most);
        }

        return rgb;
    }
}

/// <summary>Writes PNG files: right ones, and by its parts wrong ones too.</summary>
internal static class TestPngWriter
{
    public static readonly byte[] Signature = [0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A];

    private static readonly uint[] CrcTable =
        [.. Enumerable.Range(0, 256).Select(one => Enumerable.Range(0, 8).Aggregate((uint)one, (crc, _) => (crc & 1) == 0 ? crc >> 1 : (crc >> 1) ^ 0xEDB88320))];

    private static readonly (int X, int Y, int StepX, int StepY)[] Adam7 =
        [(0, 0, 8, 8), (4, 0, 8, 8), (0, 4, 4, 8), (2, 0, 4, 4), (0, 2, 2, 4), (1, 0, 2, 2), (0, 1, 1, 2)];

    public static byte[] Write(TestPng png)
    {
        var compressed = Compress(Rows(png));
        List<byte[]> parts = [Signature, Header(png)];
        if (png.Colour == 3)
        {
            parts.Add(Chunk("PLTE", png.Palette));
        }

        parts.AddRange(png.Before.Select(chunk => Chunk(chunk.Type, chunk.Data)));
        parts.AddRange(compressed.Chunk(Math.Min(png.ChunkLength, compressed.Length)).Select(part => Chunk("IDAT", part)));
        parts.AddRange(png.After.Select(chunk => Chunk(chunk.Type, chunk.Data)));
        parts.Add(Chunk("IEND", []));
        return Join(parts);
    }

    /// <summary>A file of the signature and these chunks, whatever they are.</summary>
    public static byte[] File(params byte[][] chunks) => Join([Signature, .. chunks]);

    public static byte[] Header(TestPng png) => Header((uint)png.Width, (uint)png.Height, png.Depth, png.Colour, png.Interlaced ? 1 : 0);

    public static byte[] Header(uint width, uint height, int depth, int colour, int interlace = 0, int compression = 0, int filter = 0)
    {
        var data = new byte[13];
        BinaryPrimitives.WriteUInt32BigEndian(data, width);
        BinaryPrimitives.WriteUInt32BigEndian(data.AsSpan(4), height);
        (data[8], data[9], data[10], data[11], data[12]) = ((byte)depth, (byte)colour, (byte)compression, (byte)filter, (byte)interlace);
        return Chunk("IHDR", data);
    }

    public static byte[] Chunk(string type, byte[] data)
    {
        byte[] named = [.. Encoding.ASCII.GetBytes(type), .. data];
        var chunk = new byte[named.Length + 8];
        BinaryPrimitives.WriteInt32BigEndian(chunk, data.Length);
        named.CopyTo(chunk, 4);
        BinaryPrimitives.WriteUInt32BigEndian(chunk.AsSpan(chunk.Length - 4), Crc(named));
        return chunk;
    }

    public static byte[] Compress(ReadOnlySpan<byte> bytes, CompressionLevel level = CompressionLevel.Optimal)
    {
        using var target = new MemoryStream();
        using (var zlib = new ZLibStream(target, level))
        {
            zlib.Write(bytes);
        }

        return target.ToArray();
    }

    public static uint Crc(ReadOnlySpan<byte> bytes)
    {
        var crc = uint.MaxValue;
        foreach (var one in bytes)
        {
            crc = (crc >> 8) ^ CrcTable[(crc ^ one) & 255];
        }

        return ~crc;
    }

    /// <summary>All rows of all passes, filtered, as they are before compression.</summary>
    public static byte[] Rows(TestPng png)
    {
        List<byte> all = [];
        var count = 0;
        foreach (var (x0, y0, stepX, stepY) in png.Interlaced ? Adam7 : [(0, 0, 1, 1)])
        {
            byte[]? above = null;
            for (var y = y0; y < png.Height && x0 < png.Width; y += stepY)
            {
                var row = Pack(png, x0, stepX, y);
                above ??= new byte[row.Length];
                var filter = png.Filter < 5 ? png.Filter : count++ % 5;
                all.Add((byte)filter);
                all.AddRange(Filter(filter, row, above, Math.Max(1, png.Depth * png.Channels / 8)));
                above = row;
            }
        }

        return [.. all];
    }

    private static byte[] Join(IEnumerable<byte[]> parts)
    {
        using var all = new MemoryStream();
        foreach (var part in parts)
        {
            all.Write(part);
        }

        return all.ToArray();
    }

    private static byte[] Pack(TestPng png, int x0, int stepX, int y)
    {
        var pixels = (png.Width - x0 + stepX - 1) / stepX;
        var row = new byte[((pixels * png.Channels * png.Depth) + 7) / 8];
        var bit = 0;
        for (var x = x0; x < png.Width; x += stepX)
        {
            for (var channel = 0; channel < png.Channels; channel++, bit += png.Depth)
            {
                var sample = png.Sample(x, y, channel);
                if (png.Depth == 16)
                {
                    BinaryPrimitives.WriteUInt16BigEndian(row.AsSpan(bit / 8), (ushort)sample);
                }
                else
                {
                    row[bit / 8] |= (byte)(sample << (8 - png.Depth - (bit % 8)));
                }
            }
        }

        return row;
    }

    private static byte[] Filter(int filter, byte[] row, byte[] above, int distance)
    {
        var filtered = new byte[row.Length];
        for (var i = 0; i < row.Length; i++)
        {
            int left = i < distance ? 0 : row[i - distance], up = above[i], corner = i < distance ? 0 : above[i - distance];
            filtered[i] = (byte)(row[i] - filter switch { 0 => 0, 1 => left, 2 => up, 3 => (left + up) / 2, _ => Paeth(left, up, corner) });
        }

        return filtered;
    }

    private static int Paeth(int left, int up, int corner)
    {
        var aim = left + up - corner;
        return new[] { left, up, corner }.MinBy(one => Math.Abs(aim - one)); // the first of equals
    }
}
