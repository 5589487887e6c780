using System.Globalization;

namespace BiometricTwoFactor.Cli.Tests;

/// <summary>What lies beside the repository on some machines and is never part of it: photographs and networks.</summary>
internal static class SharedData
{
    private static readonly string? Shared = FindShared();

    public static string? Lfw { get; } = Existing("data", "lfw");

    public static string? Photographs { get; } = Existing("data", "liveness");

    public static string? Networks { get; } = Existing("models", "minifasnet");

    /// <summary>The first two pictures of one person that a prototype found much alike, with the cosine it measured.</summary>
    public static (string A, string B, double Cosine) SamePerson => Pairs().First(pair => pair.Same && pair.Cosine >= 0.98).Files;

    /// <summary>The first two pictures of two people that it found little alike.</summary>
    public static (string A, string B, double Cosine) OtherPerson => Pairs().First(pair => !pair.Same && pair.Cosine <= 0.78).Files;

    public static string Photograph(string name) => Path.Combine(Photographs!, $"image_{name}.jpg");

    private static IEnumerable<(bool Same, double Cosine, (string A, string B, double Cosine) Files)> Pairs() =>
        from line in File.ReadLines(Path.Combine(Lfw!, "reference-cosines.csv")).Skip(1)
        let fields = line.Split(',')
        let cosine = double.Parse(fields[4], CultureInfo.InvariantCulture)
        select (fields[3] == "1", cosine, (Path.Combine(Lfw!, "images", fields[1]), Path.Combine(Lfw!, "images", fields[2]), cosine));

    private static string? Existing(params string[] parts)
    {
        var path = Shared is null ? null : Path.Combine([Shared, .. parts]);
        return Directory.Exists(path) ? path : null;
    }

    private static string? FindShared()
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            if (File.Exists(Path.Combine(folder.FullName, "BiometricTwoFactor.sln")))
            {
                return Path.Combine(folder.Parent?.FullName ?? folder.FullName, "shared");
            }
        }

        return null;
    }
}

/// <summary>A test that needs photographs of people.</summary>
internal sealed class FacesFactAttribute : FactAttribute
{
    public FacesFactAttribute() => Skip = SharedData.Lfw is null ? "needs ../shared/data/lfw" : null;
}

/// <summary>A test that needs the photographs of a person and of pictures of a person.</summary>
internal sealed class PhotographsFactAttribute : FactAttribute
{
    public PhotographsFactAttribute() => Skip = SharedData.Photographs is null ? "needs ../shared/data/liveness" : null;
}

/// <summary>A test that needs those photographs and the networks that judge them.</summary>
internal sealed class LivenessFactAttribute : FactAttribute
{
    public LivenessFactAttribute() => Skip =
        SharedData.Networks is null ? "needs ../shared/models/minifasnet"
        : SharedData.Photographs is null ? "needs ../shared/data/liveness"
        : null;
}
