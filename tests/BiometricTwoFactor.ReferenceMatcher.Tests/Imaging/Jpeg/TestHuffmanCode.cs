namespace BiometricTwoFactor.ReferenceMatcher.Tests.Imaging.Jpeg;

/// <summary>
/// Two fixed Huffman codes that hold every symbol. Some frequent symbols have codes of 16 bits, so that a decoder's way for
/// long codes is walked in every picture.
/// </summary>
public sealed class TestHuffmanCode
{
    private readonly (int Code, int Length)[] _codes = new (int, int)[256];

    private TestHuffmanCode(byte[] counts, byte[] symbols)
    {
        Definition = [.. counts, .. symbols];
        var (code, index) = (0, 0);
        for (var length = 1; length <= 16; length++, code <<= 1)
        {
            for (var n = 0; n < counts[length - 1]; n++)
            {
                _codes[symbols[index++]] = (code++, length);
            }
        }
    }

    public static TestHuffmanCode Dc { get; } = new([0, 0, 0, 12, 0, 0, 0, 0, 0, 0, 0, 4, 0, 0, 0, 0], [0, 1, 2, 4, 6, 7, 8, 9, 10, 11, 12, 13, 3, 5, 14, 15]);

    public static TestHuffmanCode Ac { get; } = MakeAc();

    /// <summary>As in a file's table segment: the counts by length, then the symbols.</summary>
    public byte[] Definition { get; }

    public (int Code, int Length) this[int symbol] => _codes[symbol];

    private static TestHuffmanCode MakeAc()
    {
        byte[] shortest = [0x00, 0x01, 0x11, 0x02, 0x21];
        byte[] longest = [0x31, 0x03, 0x12, 0xF0, 0x20, 0x05];
        var others = Enumerable.Range(0, 256).Select(symbol => (byte)symbol).Except(shortest).Except(longest).ToArray();
        return new([0, 1, 0, 4, 0, 0, 0, 0, 200, 0, 0, 0, 0, 0, 0, 51], [.. shortest, .. others.Take(200), .. longest, .. others.Skip(200)]);
    }
}
