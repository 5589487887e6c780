namespace BiometricTwoFactor.ReferenceMatcher.Tests.Liveness;

/// <summary>What lies beside the repository on some machines and is never part of it: networks and photographs.</summary>
internal static class LivenessData
{
    public static string? Networks { get; } = TestFolders.Shared("models", "minifasnet");

    public static string? Photographs { get; } = TestFolders.Shared("data", "liveness");

    public static string V2 => Path.Combine(Networks!, "fas27.json");

    public static string V1Se => Path.Combine(Networks!, "fas40.json");

    public static byte[] Photograph(string name) => File.ReadAllBytes(Path.Combine(Photographs!, name));
}

/// <summary>A test that needs the two networks.</summary>
internal sealed class NetworksFactAttribute : FactAttribute
{
    public NetworksFactAttribute() => Skip = LivenessData.Networks is null ? "needs ../shared/models/minifasnet" : null;
}

/// <summary>A test that needs the two networks, the three photographs.</summary>
internal sealed class PhotographsFactAttribute : FactAttribute
{
    public PhotographsFactAttribute() => Skip =
        LivenessData.Networks is null ? "needs ../shared/models/minifasnet"
        : LivenessData.Photographs is null ? "needs ../shared/data/liveness"
        : null;
}
