using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics.X86;

namespace BiometricTwoFactor.ReferenceMatcher.Imaging;

/// <summary>
/// Dequantises a block and turns its frequencies into samples: the 8x8 transform of Loeffler, Ligtenberg and Moschytz in
/// 13-bit fixed point, rounded where libjpeg's accurate integer transform rounds, so that the samples are equal to its.
/// Smaller blocks: <see cref="ReducedInverseDct"/>.
/// </summary>
internal static class InverseDct
{
    /// <summary>Fractional bits of the constants.</summary>
    public const int ConstantBits = 13;

    /// <summary>Extra bits that are kept between the two passes.</summary>
    public const int CarriedBits = 2;

    /// <summary>What the second pass shifts out: both of these and the transform's factor of 8.</summary>
    public const int FinalShift = ConstantBits + CarriedBits + 3;

    /// <summary>Brings a sample's middle from 0 to 128 and rounds, both before the final shift.</summary>
    public const int FinalBias = (128 << FinalShift) + (1 << (FinalShift - 1));

    // Cosines and their sums, times 2 to the power of ConstantBits.
    public const int EvenSum = 4433; // 0.541196100
    public const int EvenLow = 10703; // 0.765366865 + 0.541196100
    public const int EvenHigh = -10704; // 0.541196100 - 1.847759065
    public const int OddAll = 9633; // 1.175875602
    public const int Odd7 = 2446; // 0.298631336
    public const int Odd5 = 16819; // 2.053119869
    public const int Odd3 = 25172; // 3.072711026
    public const int Odd1 = 12299; // 1.501321110
    public const int Odd71 = -7373; // 0.899976223
    public const int Odd53 = -20995; // 2.562915447
    public const int Odd73 = -16069; // 1.961570560
    public const int Odd51 = -3196; // 0.390180644

    /// <summary>Writes one block's samples to their place.</summary>
    /// <param name="block">The coefficients in natural order.</param>
    /// <param name="last">An upper bound of the last coefficient's place in coded order; 0 if only the average is there.</param>
    /// <param name="component">Tells table and block size, and takes the samples.</param>
    /// <param name="x">The block's column.</param>
    /// <param name="y">The block's row.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Transform(ReadOnlySpan<short> block, int last, JpegComponent component, int x, int y)
    {
        var size = component.BlockSize;
        var stride = component.Stride;
        var samples = component.Samples.AsSpan((y * size * stride) + (x * size));
        var quantisation = component.Quantisation!;
        if (last == 0 || size == 1)
        {
            Fill(samples, stride, size, Clamp((((block[0] * quantisation[0]) + 4) >> 3) + 128));
        }
        else if (size == 8)
        {
            if (Avx2.IsSupported)
            {
                VectorInverseDct.Transform(block, quantisation, samples, stride);
            }
            else
            {
                Transform8(block, quantisation, samples, stride);
            }
        }
        else if (size == 4)
        {
            ReducedInverseDct.Transform4(block, quantisation, samples, stride);
        }
        else
        {
            ReducedInverseDct.Transform2(block, quantisation, samples, stride);
        }
    }

    /// <summary>The 8x8 transform without vectors.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Transform8(ReadOnlySpan<short> block, ReadOnlySpan<int> quantisation, Span<byte> samples, int stride)
    {
        Span<int> work = stackalloc int[64];
        Span<int> line = stackalloc int[8];
        for (var column = 0; column < 8; column++)
        {
            for (var i = 0; i < 8; i++)
            {
                line[i] = block[(8 * i) + column] * quantisation[(8 * i) + column];
            }

            Line(line, 1 << (ConstantBits - CarriedBits - 1), ConstantBits - CarriedBits);
            for (var i = 0; i < 8; i++)
            {
                work[(8 * i) + column] = line[i];
            }
        }

        for (var row = 0; row < 8; row++)
        {
            var values = work.Slice(8 * row, 8);
            Line(values, FinalBias, FinalShift);
            var target = samples.Slice(row * stride, 8);
            for (var i = 0; i < 8; i++)
            {
                target[i] = Clamp(values[i]);
            }
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static byte Clamp(int value) => (byte)Math.Clamp(value, 0, 255);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Line(Span<int> v, int bias, int shift)
    {
        var low = (v[2] * EvenLow) + (v[6] * EvenSum);
        var high = (v[2] * EvenSum) + (v[6] * EvenHigh);
        var sum = ((v[0] + v[4]) << ConstantBits) + bias;
        var difference = ((v[0] - v[4]) << ConstantBits) + bias;
        var (even0, even3) = (sum + low, sum - low);
        var (even1, even2) = (difference + high, difference - high);

        var all = (v[7] + v[3] + v[5] + v[1]) * OddAll;
        var v71 = (v[7] + v[1]) * Odd71;
        var v53 = (v[5] + v[3]) * Odd53;
        var v73 = ((v[7] + v[3]) * Odd73) + all;
        var v51 = ((v[5] + v[1]) * Odd51) + all;
        var odd3 = (v[7] * Odd7) + v71 + v73;
        var odd2 = (v[5] * Odd5) + v53 + v51;
        var odd1 = (v[3] * Odd3) + v53 + v73;
        var odd0 = (v[1] * Odd1) + v71 + v51;

        v[0] = (even0 + odd0) >> shift;
        v[7] = (even0 - odd0) >> shift;
        v[1] = (even1 + odd1) >> shift;
        v[6] = (even1 - odd1) >> shift;
        v[2] = (even2 + odd2) >> shift;
        v[5] = (even2 - odd2) >> shift;
        v[3] = (even3 + odd3) >> shift;
        v[4] = (even3 - odd3) >> shift;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Fill(Span<byte> samples, int stride, int size, byte value)
    {
        for (var row = 0; row < size; row++)
        {
            samples.Slice(row * stride, size).Fill(value);
        }
    }
}
