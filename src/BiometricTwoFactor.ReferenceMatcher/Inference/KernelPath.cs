using System.Runtime.Intrinsics;

namespace BiometricTwoFactor.ReferenceMatcher.Inference;

/// <summary>How wide the kernels work.</summary>
internal enum KernelPath
{
    Scalar,
    Vector128,
    Vector256,
    Vector512,
}

internal static class KernelPaths
{
    /// <summary>The widest that this machine does in hardware.</summary>
    public static KernelPath Best =>
        Vector512.IsHardwareAccelerated ? KernelPath.Vector512
        : Vector256.IsHardwareAccelerated ? KernelPath.Vector256
        : Vector128.IsHardwareAccelerated ? KernelPath.Vector128
        : KernelPath.Scalar;
}
