namespace BiometricTwoFactor.ReferenceMatcher.Tests.Imaging.Jpeg;

/// <summary>The discrete cosine transform as its definition has it, in double precision.</summary>
public static class TestJpegTransform
{
    private static readonly int[] CodedOrder =
        [.. Enumerable.Range(0, 64).OrderBy(i => (i / 8) + (i % 8)).ThenBy(i => (((i / 8) + (i % 8)) & 1) == 0 ? i % 8 : i / 8)];

    private static readonly double[,] Cosines = MakeCosines();

    /// <summary>Samples of 0 to 255 to quantised coefficients in coded order.</summary>
    public static short[] Forward(Func<int, int, double> sample, int quantiser)
    {
        var samples = new double[64];
        for (var i = 0; i < 64; i++)
        {
            samples[i] = sample(i % 8, i / 8) - 128;
        }

        var half = new double[64];
        for (var i = 0; i < 64; i++)
        {
            for (var x = 0; x < 8; x++)
            {
                half[i] += samples[(i & ~7) + x] * Cosines[i % 8, x];
            }
        }

        var coded = new short[64];
        for (var k = 0; k < 64; k++)
        {
            var (row, column) = (CodedOrder[k] / 8, CodedOrder[k] % 8);
            var sum = 0.0;
            for (var y = 0; y < 8; y++)
            {
                sum += half[(8 * y) + column] * Cosines[row, y];
            }

            coded[k] = (short)Math.Round(sum / quantiser);
        }

        return coded;
    }

    /// <summary>Coefficients in natural order to samples, unrounded, of which 128 is the middle.</summary>
    public static double[] Inverse(ReadOnlySpan<short> block, ReadOnlySpan<int> quantisation)
    {
        var samples = new double[64];
        for (var i = 0; i < 64; i++)
        {
            samples[i] = 128;
            for (var k = 0; k < 64; k++)
            {
                samples[i] += block[k] * quantisation[k] * Cosines[k / 8, i / 8] * Cosines[k % 8, i % 8];
            }
        }

        return samples;
    }

    private static double[,] MakeCosines()
    {
        var cosines = new double[8, 8];
        for (var frequency = 0; frequency < 8; frequency++)
        {
            for (var at = 0; at < 8; at++)
            {
                cosines[frequency, at] = (frequency == 0 ? Math.Sqrt(0.125) : 0.5) * Math.Cos(((2 * at) + 1) * frequency * Math.PI / 16);
            }
        }

        return cosines;
    }
}
