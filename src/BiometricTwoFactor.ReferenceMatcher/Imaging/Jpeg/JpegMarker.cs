namespace BiometricTwoFactor.ReferenceMatcher.Imaging;

/// <summary>The second byte of a JPEG marker (ITU-T T.81, table B.1), as far as the decoder tells them apart.</summary>
internal static class JpegMarker
{
    /// <summary>No marker: the file has ended.</summary>
    public const int None = 0;

    public const int Temporary = 0x01;
    public const int Baseline = 0xC0;
    public const int ExtendedSequential = 0xC1;
    public const int Progressive = 0xC2;
    public const int Lossless = 0xC3;
    public const int HuffmanTables = 0xC4;
    public const int DifferentialSequential = 0xC5;
    public const int DifferentialLossless = 0xC7;
    public const int FirstArithmetic = 0xC9;
    public const int ArithmeticConditioning = 0xCC;
    public const int LastFrame = 0xCF;
    public const int Restart0 = 0xD0;
    public const int Restart7 = 0xD7;
    public const int StartOfImage = 0xD8;
    public const int EndOfImage = 0xD9;
    public const int StartOfScan = 0xDA;
    public const int QuantisationTables = 0xDB;
    public const int RestartInterval = 0xDD;
    public const int HierarchicalProgression = 0xDE;
    public const int ExpandReference = 0xDF;
    public const int App0 = 0xE0;
    public const int App1 = 0xE1;
    public const int App14 = 0xEE;
    public const int JpegLsFrame = 0xF7;

    /// <summary>Finds the next marker and moves past it. Bytes that belong to none are skipped, as are fill bytes.</summary>
    public static int Next(ReadOnlySpan<byte> file, ref int position)
    {
        while (position < file.Length)
        {
            var found = file[position..].IndexOf((byte)0xFF);
            if (found < 0)
            {
                break;
            }

            position += found;
            while (position < file.Length && file[position] == 0xFF)
            {
                position++;
            }

            if (position < file.Length && file[position++] is var code and not 0)
            {
                return code;
            }
        }

        position = file.Length;
        return None;
    }
}
