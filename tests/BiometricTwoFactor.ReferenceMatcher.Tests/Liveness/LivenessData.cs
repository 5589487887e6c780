using System.Diagnostics;

namespace BiometricTwoFactor.ReferenceMatcher.Tests.Liveness;

/// <summary>What lies beside the repository on some machines and is never part of it: networks and photographs.</summary>
internal static class LivenessData
{
    private static readonly string? Shared = FindShared();

    public static string? Networks { get; } = Existing("models", "minifasnet");

    public static string? Photographs { get; } = Existing("data", "liveness");

    public static string V2 => Path.Combine(Networks!, "fas27.json");

    public static string V1Se => Path.Combine(Networks!, "fas40.json");

    /// <summary>Decodes with Debian's djpeg and turns a quarter clockwise, as the photographs' orientation mark asks.</summary>
    public static FaceImage Photograph(string name)
    {
        using var djpeg = Process.Start(new ProcessStartInfo("djpeg", ["-pnm", Path.Combine(Photographs!, name)]) { RedirectStandardOutput = true, UseShellExecute = false })!;
        using var output = new MemoryStream();
        djpeg.StandardOutput.BaseStream.CopyTo(output);
        djpeg.WaitForExit();
        const int Width = 640, Height = 480;
        var pixels = output.ToArray().AsSpan(^(Width * Height * 3)..);
        var upright = new byte[pixels.Length];
        for (var y = 0; y < Width; y++)
        {
            for (var x = 0; x < Height; x++)
            {
                pixels.Slice(3 * (((Height - 1 - x) * Width) + y), 3).CopyTo(upright.AsSpan(3 * ((y * Height) + x)));
            }
        }

        return new FaceImage(Height, Width, upright);
    }

    public static bool HasDjpeg => (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator).Any(folder => File.Exists(Path.Combine(folder, "djpeg")));

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

/// <summary>A test that needs the two networks.</summary>
internal sealed class NetworksFactAttribute : FactAttribute
{
    public NetworksFactAttribute() => Skip = LivenessData.Networks is null ? "needs ../shared/models/minifasnet" : null;
}

/// <summary>A test that needs the two networks, the three photographs and djpeg.</summary>
internal sealed class PhotographsFactAttribute : FactAttribute
{
    public PhotographsFactAttribute() => Skip =
        LivenessData.Networks is null ? "needs ../shared/models/minifasnet"
        : LivenessData.Photographs is null ? "needs ../shared/data/liveness"
        : LivenessData.HasDjpeg ? null
        : "needs djpeg (package libjpeg-turbo-progs)";
}
