using BiometricTwoFactor.ReferenceMatcher.Imaging;

namespace BiometricTwoFactor.ReferenceMatcher.Tests.Imaging;

internal static class TestLimits
{
    /// <summary>As a matcher has them by default, at full size.</summary>
    public static readonly ImageLimits Default = new(20 * 1024 * 1024, 50_000_000, 128L * 1024 * 1024, 0);
}
