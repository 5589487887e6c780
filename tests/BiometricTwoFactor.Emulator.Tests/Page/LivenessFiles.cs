namespace BiometricTwoFactor.Emulator.Tests.Page;

/// <summary>Networks and photographs that lie beside the repository on some machines and are never part of it.</summary>
internal static class LivenessFiles
{
    private static readonly string? Shared = Find();

    public static bool AreThere => Shared is not null;

    public static string V2 => Path.Combine(Shared!, "models", "minifasnet", "fas27.json");

    public static string V1Se => Path.Combine(Shared!, "models", "minifasnet", "fas40.json");

    public static byte[] Live => Photograph("image_T1.jpg");

    /// <summary>A photograph of a screen that shows a face.</summary>
    public static byte[] Spoof => Photograph("image_F2.jpg");

    private static byte[] Photograph(string name) => File.ReadAllBytes(Path.Combine(Shared!, "data", "liveness", name));

    private static string? Find()
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            if (File.Exists(Path.Combine(folder.FullName, "BiometricTwoFactor.sln")))
            {
                var shared = Path.Combine(folder.Parent?.FullName ?? folder.FullName, "shared");
                return Directory.Exists(Path.Combine(shared, "models", "minifasnet")) && Directory.Exists(Path.Combine(shared, "data", "liveness")) ? shared : null;
            }
        }

        return null;
    }
}
