using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace BiometricTwoFactor.ReferenceMatcher.Imaging;

/// <summary>Which of a block's coefficients are not zero.</summary>
internal static class CoefficientMask
{
    /// <summary>A bit for each of 64 coefficients, the first lowest.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static ulong NonZero(ReadOnlySpan<short> block)
    {
        ref var first = ref MemoryMarshal.GetReference(block[..64]);
        return ~(Zero(ref first, 0) | (Zero(ref first, 16) << 16) | (Zero(ref first, 32) << 32) | (Zero(ref first, 48) << 48));
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static ulong Zero(ref short first, nuint at) =>
        Vector256.Equals(Vector256.LoadUnsafe(ref first, at), Vector256<short>.Zero).ExtractMostSignificantBits();
}
