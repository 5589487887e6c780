using BiometricTwoFactor.ReferenceMatcher;

namespace BiometricTwoFactor.Emulator;

/// <summary>The matcher's numbers on the provider's scales.</summary>
internal static class PictureNumbers
{
    // From here on a face of that size, or that sharp, is as good as any to the matcher: it looks at 150 pixels.
    private const float FullSize = 150;
    private const float FullSharpness = 8;

    /// <summary>0 to 1 as 0 to 100 with two decimals, never rounded up over a threshold. What is no number is 0.</summary>
    public static decimal Percent(double unit) =>
        double.IsNaN(unit) ? 0m : Math.Round((decimal)Math.Clamp(unit, 0, 1) * 100m, 2, MidpointRounding.ToZero);

    /// <summary><c>face_quality</c>, 0 to 100: size and sharpness. The provider's own formula is not known.</summary>
    public static decimal? Quality(FaceAnalysis analysis) => analysis.Quality is { } quality
        ? Percent(Math.Clamp(quality.FaceSize / FullSize, 0, 1) * Math.Clamp(quality.Sharpness / FullSharpness, 0, 1))
        : null;

    /// <summary><c>face_luminance</c>, 0 to 100.</summary>
    public static decimal? Luminance(FaceAnalysis analysis) => analysis.Quality is { } quality
        ? Percent(quality.Luminance / 100)
        : null;
}
