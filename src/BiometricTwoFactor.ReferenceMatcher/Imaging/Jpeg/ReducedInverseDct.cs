using System.Runtime.CompilerServices;

namespace BiometricTwoFactor.ReferenceMatcher.Imaging;

/// <summary>
/// Turns a block of 8x8 frequencies into 4x4 or 2x2 samples, each the average of the 2x2 or 4x4 samples that the full
/// transform would give. Averaging neighbours of a cosine leaves a cosine of a lower order, scaled; so eight frequencies
/// fold into four or two, those in the middle vanish, and the picture is decoded small without ever being large.
/// </summary>
internal static class ReducedInverseDct
{
    // cos(k pi / 16), for the even frequencies 2 and 6.
    private const int Even2 = 7568;
    private const int Even6 = 3135;

    // Square root of 2, times cos(k pi / 16), times cos(pi / 8) or cos(3 pi / 8), for the odd frequencies.
    private const int Near1 = 10498;
    private const int Near7 = 2088;
    private const int Near3 = 3686;
    private const int Near5 = 2463;
    private const int Far1 = 4348;
    private const int Far7 = 865;
    private const int Far3 = 8900;
    private const int Far5 = 5946;

    // Square root of 2, times cos(k pi / 4) cos(k pi / 16) cos(k pi / 8).
    private const int Half1 = 7423;
    private const int Half3 = -2607;
    private const int Half5 = 1742;
    private const int Half7 = -1477;

    private const int CarryShift = InverseDct.ConstantBits - InverseDct.CarriedBits;
    private const int CarryBias = 1 << (CarryShift - 1);

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Transform4(ReadOnlySpan<short> block, ReadOnlySpan<int> quantisation, Span<byte> samples, int stride)
    {
        block = block[..64];
        quantisation = quantisation[..64];
        Span<int> work = stackalloc int[32];
        for (var column = 0; column < 8; column++)
        {
            if (column == 4)
            {
                continue;
            }

            var v0 = block[column] * quantisation[column];
            if (block[8 + column] == 0 && block[16 + column] == 0 && block[24 + column] == 0
                && block[40 + column] == 0 && block[48 + column] == 0 && block[56 + column] == 0)
            {
                v0 <<= InverseDct.CarriedBits;
                work[column] = v0;
                work[8 + column] = v0;
                work[16 + column] = v0;
                work[24 + column] = v0;
                continue;
            }

            var v1 = block[8 + column] * quantisation[8 + column];
            var v2 = block[16 + column] * quantisation[16 + column];
            var v3 = block[24 + column] * quantisation[24 + column];
            var v5 = block[40 + column] * quantisation[40 + column];
            var v6 = block[48 + column] * quantisation[48 + column];
            var v7 = block[56 + column] * quantisation[56 + column];
            v0 = (v0 << InverseDct.ConstantBits) + CarryBias;
            var even = (v2 * Even2) - (v6 * Even6);
            var outer = (v1 * Near1) - (v7 * Near7) + (v3 * Near3) - (v5 * Near5);
            var inner = (v1 * Far1) - (v7 * Far7) - (v3 * Far3) + (v5 * Far5);
            work[column] = (v0 + even + outer) >> CarryShift;
            work[8 + column] = (v0 - even + inner) >> CarryShift;
            work[16 + column] = (v0 - even - inner) >> CarryShift;
            work[24 + column] = (v0 + even - outer) >> CarryShift;
        }

        for (var row = 0; row < 4; row++)
        {
            var v = work.Slice(8 * row, 8);
            var v0 = (v[0] << InverseDct.ConstantBits) + InverseDct.FinalBias;
            var even = (v[2] * Even2) - (v[6] * Even6);
            var outer = (v[1] * Near1) - (v[7] * Near7) + (v[3] * Near3) - (v[5] * Near5);
            var inner = (v[1] * Far1) - (v[7] * Far7) - (v[3] * Far3) + (v[5] * Far5);
            var target = samples.Slice(row * stride, 4);
            target[0] = InverseDct.Clamp((v0 + even + outer) >> InverseDct.FinalShift);
            target[1] = InverseDct.Clamp((v0 - even + inner) >> InverseDct.FinalShift);
            target[2] = InverseDct.Clamp((v0 - even - inner) >> InverseDct.FinalShift);
            target[3] = InverseDct.Clamp((v0 + even - outer) >> InverseDct.FinalShift);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Transform2(ReadOnlySpan<short> block, ReadOnlySpan<int> quantisation, Span<byte> samples, int stride)
    {
        block = block[..64];
        quantisation = quantisation[..64];
        var (top0, bottom0) = Column2(block, quantisation, 0);
        var (top1, bottom1) = Column2(block, quantisation, 1);
        var (top3, bottom3) = Column2(block, quantisation, 3);
        var (top5, bottom5) = Column2(block, quantisation, 5);
        var (top7, bottom7) = Column2(block, quantisation, 7);
        Row2(top0, (top1 * Half1) + (top3 * Half3) + (top5 * Half5) + (top7 * Half7), samples[..2]);
        Row2(bottom0, (bottom1 * Half1) + (bottom3 * Half3) + (bottom5 * Half5) + (bottom7 * Half7), samples.Slice(stride, 2));
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static (int Top, int Bottom) Column2(ReadOnlySpan<short> block, ReadOnlySpan<int> quantisation, int column)
    {
        var average = ((block[column] * quantisation[column]) << InverseDct.ConstantBits) + CarryBias;
        var slope = (block[8 + column] * quantisation[8 + column] * Half1)
            + (block[24 + column] * quantisation[24 + column] * Half3)
            + (block[40 + column] * quantisation[40 + column] * Half5)
            + (block[56 + column] * quantisation[56 + column] * Half7);
        return ((average + slope) >> CarryShift, (average - slope) >> CarryShift);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Row2(int average, int slope, Span<byte> target)
    {
        average = (average << InverseDct.ConstantBits) + InverseDct.FinalBias;
        target[0] = InverseDct.Clamp((average + slope) >> InverseDct.FinalShift);
        target[1] = InverseDct.Clamp((average - slope) >> InverseDct.FinalShift);
    }
}
