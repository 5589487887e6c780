using BiometricTwoFactor.ReferenceMatcher;

namespace BiometricTwoFactor.Benchmarks;

/// <summary>The photographs of <see cref="Peers"/>, which come from beside the repository and may be absent.</summary>
internal static class Photos
{
    /// <summary>Category of the benchmarks that need them.</summary>
    public const string Category = "Photos";

    public static bool AreThere { get; } = ((string[])["250", "480x640", "4000x3000"])
        .All(size => Peers.Photo(size, "a") is not null && Peers.Photo(size, "b") is not null);

    /// <summary>Compares two photographs. One in which no face was found would be quick and worth nothing, so it must not count.</summary>
    public static double Compare(FaceMatcher matcher, byte[] a, byte[] b)
    {
        var result = matcher.Match(a, b);
        return result.Score is { } score
            ? score.Similarity
            : throw new InvalidOperationException("The photographs must be comparable: " + string.Join(' ', result.Warnings.Select(warning => warning.Reason)));
    }
}
