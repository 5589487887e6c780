using System.Buffers.Binary;
using System.IO.Compression;
using BiometricTwoFactor.ReferenceMatcher;

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
        var pixels = new byte[side * side * 3];
        new Random(seed).NextBytes(pixels);
        return Png(side, side, pixels);
    }

    /// <summary>A PNG of these pixels: red, green and blue, row by row.</summary>
    public static byte[] Png(int width, int height, ReadOnlySpan<byte> pixels)
    {
        using var png = new MemoryStream();
        png.Write([0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A]);
        var header = new byte[13];
        BinaryPrimitives.WriteInt32BigEndian(header, width);
        BinaryPrimitives.WriteInt32BigEndian(header.AsSpan(4), height);
        (header[8], header[9]) = (8, 2); // eight bits of red, green and blue
        Chunk(png, "IHDR"u8, header);

        using var packed = new MemoryStream();
        using (var zlib = new ZLibStream(packed, CompressionLevel.Fastest, leaveOpen: true))
        {
            for (var y = 0; y < height; y++)
            {
                zlib.WriteByte(0); // no filter
                zlib.Write(pixels.Slice(y * width * 3, width * 3));
            }
        }

        Chunk(png, "IDAT"u8, packed.ToArray());
        Chunk(png, "IEND"u8, []);
        return png.ToArray();
    }

    /// <summary>A photograph's pixels as a PNG, so that it lies: turning it clockwise by so many degrees sets it upright.</summary>
    public static byte[] Lying(byte[] photograph, int degrees)
    {
        byte[] pixels = [];
        var (width, height) = (0, 0);
        var matcher = new FaceMatcher(new FaceMatcherOptions
        {
            LivenessScorer = new ScriptedLivenessScorer((image, _) =>
            {
                (pixels, width, height) = (image.Pixels.ToArray(), image.Width, image.Height);
                return LivenessScore.NotEvaluated;
            }),
        });
        matcher.CheckLiveness(photograph);
        Assert.NotEmpty(pixels);
        for (var left = degrees; left > 0; left -= 90)
        {
            // A quarter turn against the clock: the right column becomes the top row.
            var turned = new byte[pixels.Length];
            for (var y = 0; y < height; y++)
            {
                for (var x = 0; x < width; x++)
                {
                    pixels.AsSpan(((y * width) + x) * 3, 3).CopyTo(turned.AsSpan((((width - 1 - x) * height) + y) * 3));
                }
            }

            (pixels, width, height) = (turned, height, width);
        }

        return Png(width, height, pixels);
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
