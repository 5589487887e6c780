using System.Buffers.Binary;

namespace BiometricTwoFactor.ReferenceMatcher.Imaging;

/// <summary>The CRC-32 at a chunk's end (polynomial 0xEDB88320, reflected). The base library has it for archives only.</summary>
internal static class PngCrc
{
    private const int Slices = 8;

    /// <summary>Entry [s * 256 + b]: what byte b contributes when s bytes follow it in the same step.</summary>
    private static readonly uint[] Table = MakeTable();

    public static uint Of(ReadOnlySpan<byte> bytes)
    {
        var table = Table;
        var crc = uint.MaxValue;

        // Eight bytes a step: byte by byte, each waits for the one before, and files are up to many megabytes.
        while (bytes.Length >= 8)
        {
            var low = BinaryPrimitives.ReadUInt32LittleEndian(bytes) ^ crc;
            var high = BinaryPrimitives.ReadUInt32LittleEndian(bytes[4..]);
            crc = table[(7 * 256) + (int)(low & 255)] ^ table[(6 * 256) + (int)((low >> 8) & 255)]
                ^ table[(5 * 256) + (int)((low >> 16) & 255)] ^ table[(4 * 256) + (int)(low >> 24)]
                ^ table[(3 * 256) + (int)(high & 255)] ^ table[(2 * 256) + (int)((high >> 8) & 255)]
                ^ table[256 + (int)((high >> 16) & 255)] ^ table[(int)(high >> 24)];
            bytes = bytes[8..];
        }

        foreach (var one in bytes)
        {
            crc = (crc >> 8) ^ table[(int)((crc ^ one) & 255)];
        }

        return ~crc;
    }

    private static uint[] MakeTable()
    {
        var table = new uint[Slices * 256];
        for (var i = 0u; i < 256; i++)
        {
            var value = i;
            for (var bit = 0; bit < 8; bit++)
            {
                value = (value >> 1) ^ (0xEDB88320u & (0u - (value & 1)));
            }

            table[i] = value;
        }

        for (var i = 256; i < table.Length; i++)
        {
            var shorter = table[i - 256];
            table[i] = (shorter >> 8) ^ table[shorter & 255];
        }

        return table;
    }
}
