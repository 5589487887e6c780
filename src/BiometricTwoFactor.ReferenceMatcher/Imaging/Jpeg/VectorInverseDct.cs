using System.Buffers.Binary;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace BiometricTwoFactor.ReferenceMatcher.Imaging;

/// <summary>The 8x8 transform of <see cref="InverseDct"/> on AVX2, eight lines at a time, to the same samples.</summary>
internal static class VectorInverseDct
{
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Transform(ReadOnlySpan<short> block, ReadOnlySpan<int> quantisation, Span<byte> samples, int stride)
    {
        ref var coefficients = ref MemoryMarshal.GetReference(block[..64]);
        ref var factors = ref MemoryMarshal.GetReference(quantisation[..64]);
        var r0 = Load(ref coefficients, ref factors, 0);
        var r1 = Load(ref coefficients, ref factors, 1);
        var r2 = Load(ref coefficients, ref factors, 2);
        var r3 = Load(ref coefficients, ref factors, 3);
        var r4 = Load(ref coefficients, ref factors, 4);
        var r5 = Load(ref coefficients, ref factors, 5);
        var r6 = Load(ref coefficients, ref factors, 6);
        var r7 = Load(ref coefficients, ref factors, 7);

        const int carry = InverseDct.ConstantBits - InverseDct.CarriedBits;
        Lines(ref r0, ref r1, ref r2, ref r3, ref r4, ref r5, ref r6, ref r7, 1 << (carry - 1), carry);
        Transpose(ref r0, ref r1, ref r2, ref r3, ref r4, ref r5, ref r6, ref r7);
        Lines(ref r0, ref r1, ref r2, ref r3, ref r4, ref r5, ref r6, ref r7, InverseDct.FinalBias, InverseDct.FinalShift);
        Transpose(ref r0, ref r1, ref r2, ref r3, ref r4, ref r5, ref r6, ref r7);

        Store(r0, r1, r2, r3, samples, stride);
        Store(r4, r5, r6, r7, samples[(4 * stride)..], stride);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector256<int> Load(ref short coefficients, ref int factors, nuint row) =>
        Avx2.ConvertToVector256Int32(Vector128.LoadUnsafe(ref coefficients, row * 8)) * Vector256.LoadUnsafe(ref factors, row * 8);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Lines(
        ref Vector256<int> r0, ref Vector256<int> r1, ref Vector256<int> r2, ref Vector256<int> r3,
        ref Vector256<int> r4, ref Vector256<int> r5, ref Vector256<int> r6, ref Vector256<int> r7, int bias, int shift)
    {
        var rounding = Vector256.Create(bias);
        var low = (r2 * InverseDct.EvenLow) + (r6 * InverseDct.EvenSum);
        var high = (r2 * InverseDct.EvenSum) + (r6 * InverseDct.EvenHigh);
        var sum = ((r0 + r4) << InverseDct.ConstantBits) + rounding;
        var difference = ((r0 - r4) << InverseDct.ConstantBits) + rounding;
        var even0 = sum + low;
        var even3 = sum - low;
        var even1 = difference + high;
        var even2 = difference - high;

        var r73 = r7 + r3;
        var r51 = r5 + r1;
        var all = (r73 + r51) * InverseDct.OddAll;
        r73 = (r73 * InverseDct.Odd73) + all;
        r51 = (r51 * InverseDct.Odd51) + all;
        var r71 = (r7 + r1) * InverseDct.Odd71;
        var r53 = (r5 + r3) * InverseDct.Odd53;
        var odd3 = (r7 * InverseDct.Odd7) + r71 + r73;
        var odd2 = (r5 * InverseDct.Odd5) + r53 + r51;
        var odd1 = (r3 * InverseDct.Odd3) + r53 + r73;
        var odd0 = (r1 * InverseDct.Odd1) + r71 + r51;

        r0 = (even0 + odd0) >> shift;
        r7 = (even0 - odd0) >> shift;
        r1 = (even1 + odd1) >> shift;
        r6 = (even1 - odd1) >> shift;
        r2 = (even2 + odd2) >> shift;
        r5 = (even2 - odd2) >> shift;
        r3 = (even3 + odd3) >> shift;
        r4 = (even3 - odd3) >> shift;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Transpose(
        ref Vector256<int> r0, ref Vector256<int> r1, ref Vector256<int> r2, ref Vector256<int> r3,
        ref Vector256<int> r4, ref Vector256<int> r5, ref Vector256<int> r6, ref Vector256<int> r7)
    {
        var (a0, a1) = (Avx2.UnpackLow(r0, r1).AsInt64(), Avx2.UnpackHigh(r0, r1).AsInt64());
        var (a2, a3) = (Avx2.UnpackLow(r2, r3).AsInt64(), Avx2.UnpackHigh(r2, r3).AsInt64());
        var (a4, a5) = (Avx2.UnpackLow(r4, r5).AsInt64(), Avx2.UnpackHigh(r4, r5).AsInt64());
        var (a6, a7) = (Avx2.UnpackLow(r6, r7).AsInt64(), Avx2.UnpackHigh(r6, r7).AsInt64());
        var (b0, b1) = (Avx2.UnpackLow(a0, a2), Avx2.UnpackHigh(a0, a2));
        var (b2, b3) = (Avx2.UnpackLow(a1, a3), Avx2.UnpackHigh(a1, a3));
        var (b4, b5) = (Avx2.UnpackLow(a4, a6), Avx2.UnpackHigh(a4, a6));
        var (b6, b7) = (Avx2.UnpackLow(a5, a7), Avx2.UnpackHigh(a5, a7));
        r0 = Avx2.Permute2x128(b0, b4, 0x20).AsInt32();
        r1 = Avx2.Permute2x128(b1, b5, 0x20).AsInt32();
        r2 = Avx2.Permute2x128(b2, b6, 0x20).AsInt32();
        r3 = Avx2.Permute2x128(b3, b7, 0x20).AsInt32();
        r4 = Avx2.Permute2x128(b0, b4, 0x31).AsInt32();
        r5 = Avx2.Permute2x128(b1, b5, 0x31).AsInt32();
        r6 = Avx2.Permute2x128(b2, b6, 0x31).AsInt32();
        r7 = Avx2.Permute2x128(b3, b7, 0x31).AsInt32();
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Store(Vector256<int> r0, Vector256<int> r1, Vector256<int> r2, Vector256<int> r3, Span<byte> samples, int stride)
    {
        // Packing works within halves, which leaves four bytes of each row in either.
        var packed = Avx2.PackUnsignedSaturate(Avx2.PackSignedSaturate(r0, r1), Avx2.PackSignedSaturate(r2, r3));
        var rows = Avx2.PermuteVar8x32(packed.AsInt32(), Vector256.Create(0, 4, 1, 5, 2, 6, 3, 7)).AsUInt64();
        BinaryPrimitives.WriteUInt64LittleEndian(samples, rows[0]);
        BinaryPrimitives.WriteUInt64LittleEndian(samples[stride..], rows[1]);
        BinaryPrimitives.WriteUInt64LittleEndian(samples[(2 * stride)..], rows[2]);
        BinaryPrimitives.WriteUInt64LittleEndian(samples[(3 * stride)..], rows[3]);
    }
}
