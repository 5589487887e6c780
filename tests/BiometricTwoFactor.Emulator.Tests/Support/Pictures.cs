using System.Buffers.Binary;
using System.IO.Compression;

namespace BiometricTwoFactor.Emulator.Tests;

/// <summary>Pictures without a face.</summary>
internal static class Pictures
{
    /// <summary>Bytes that begin like a JPEG, for tests in which nobody looks at the rest.</summary>
    public static byte[] Jpeg(int length = 64)
    {
        var bytes = new byte[length];
        byte[] start = [0xFF, 0xD8, 0xFF, 0xE0];
        start.CopyTo(bytes, 0);
        return bytes;
    }

    /// <summary>A readable PNG of noise.</summary>
    public static byte[] Png(int side = 96, int seed = 1)
    {
        using var png = new MemoryStream();
        png.Write([0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A]);
        var header = new byte[13];
        BinaryPrimitives.WriteInt32BigEndian(header, side);
        BinaryPrimitives.WriteInt32BigEndian(header.AsSpan(4), side);
        (header[8], header[9]) = (8, 2); // eight bits of red, green and blue
        Chunk(png, "IHDR"u8, header);

        var rows = new byte[side * ((3 * side) + 1)];
        new Random(seed).NextBytes(rows);
        for (var y = 0; y < side; y++)
        {
            rows[y * ((3 * side) + 1)] = 0; // no filter
        }

        using var packed = new MemoryStream();
        using (var zlib = new ZLibStream(packed, CompressionLevel.Fastest, leaveOpen: true))
        {
            zlib.Write(rows);
        }

        Chunk(png, "IDAT"u8, packed.ToArray());
        Chunk(png, "IEND"u8, []);
        return png.ToArray();
    }

    private static void Chunk(MemoryStream png, ReadOnlySpan<byte> type, ReadOnlySpan<byte> data)
    {
        Span<byte> number = stackalloc byte[4];
        BinaryPrimitives.WriteInt32BigEndian(number, data.Length);
        png.Write(number);
        byte[] body = [.. type, .. data];
        png.Write(body);
        BinaryPrimitives.WriteUInt32BigEndian(number, Crc(body));
        png.Write(number);
    }

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
