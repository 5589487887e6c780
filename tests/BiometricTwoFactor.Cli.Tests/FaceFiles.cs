using System.Buffers.Binary;
using System.IO.Compression;
using System.Text;

namespace BiometricTwoFactor.Cli.Tests;

/// <summary>Picture files of the tests' own making, in a folder that goes with them.</summary>
public sealed class FaceFiles : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("biometric2fa");

    public FaceFiles()
    {
        Noise = Write("noise.png", NoisePng(96, 80));
        Text = Write("canary-name.jpg", "canary-content"u8.ToArray());
    }

    /// <summary>A picture without a face. Looking for one everywhere takes a while.</summary>
    public string Noise { get; }

    /// <summary>A file that is no picture.</summary>
    public string Text { get; }

    public string Folder => _folder.FullName;

    public string Missing => Path.Combine(Folder, "missing-canary.jpg");

    public string Write(string name, byte[] bytes)
    {
        var path = Path.Combine(Folder, name);
        File.WriteAllBytes(path, bytes);
        return path;
    }

    public void Dispose() => _folder.Delete(recursive: true);

    /// <summary>Eight-bit colour without filters: every sample is the next of a fixed series.</summary>
    public static byte[] NoisePng(int width, int height)
    {
        var row = 1 + (3 * width);
        var samples = new byte[row * height];
        var state = 1u;
        for (var i = 0; i < samples.Length; i++)
        {
            state = (state * 1664525) + 1013904223;
            samples[i] = i % row == 0 ? (byte)0 : (byte)(state >> 24);
        }

        using var compressed = new MemoryStream();
        using (var zlib = new ZLibStream(compressed, CompressionLevel.Fastest))
        {
            zlib.Write(samples);
        }

        var header = new byte[13];
        BinaryPrimitives.WriteInt32BigEndian(header, width);
        BinaryPrimitives.WriteInt32BigEndian(header.AsSpan(4), height);
        (header[8], header[9]) = (8, 2);
        return [0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A, .. Chunk("IHDR", header), .. Chunk("IDAT", compressed.ToArray()), .. Chunk("IEND", [])];
    }

    private static byte[] Chunk(string type, byte[] data)
    {
        byte[] chunk = [0, 0, 0, 0, .. Encoding.ASCII.GetBytes(type), .. data, 0, 0, 0, 0];
        BinaryPrimitives.WriteInt32BigEndian(chunk, data.Length);
        var crc = uint.MaxValue;
        foreach (var one in chunk.AsSpan(4..^4))
        {
            crc ^= one;
            for (var bit = 0; bit < 8; bit++)
            {
                crc = (crc & 1) == 0 ? crc >> 1 : (crc >> 1) ^ 0xEDB88320;
            }
        }

        BinaryPrimitives.WriteUInt32BigEndian(chunk.AsSpan(^4..), ~crc);
        return chunk;
    }
}
