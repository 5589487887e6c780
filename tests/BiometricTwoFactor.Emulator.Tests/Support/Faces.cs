namespace BiometricTwoFactor.Emulator.Tests;

/// <summary>Photographs that lie beside the repository on some machines and are never part of it.</summary>
internal static class Faces
{
    public const string Person = "Akhmed_Zakayev/Akhmed_Zakayev_0001.jpg";
    public const string SamePerson = "Akhmed_Zakayev/Akhmed_Zakayev_0003.jpg";
    public const string Stranger = "Amber_Tamblyn/Amber_Tamblyn_0001.jpg";

    /// <summary>Two who resemble each other: about 60 of 100.</summary>
    public const string Double = "Barbara_Felt-Miller/Barbara_Felt-Miller_0001.jpg";
    public const string DoubleOf = "Leticia_Dolera/Leticia_Dolera_0001.jpg";

    private static readonly string? Folder = Find();

    public static bool AreThere => Folder is not null;

    public static byte[] Read(string name) => File.ReadAllBytes(Path.Combine(Folder!, name));

    private static string? Find()
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            if (File.Exists(Path.Combine(folder.FullName, "BiometricTwoFactor.sln")))
            {
                var images = Path.Combine(folder.Parent?.FullName ?? folder.FullName, "shared", "data", "lfw", "images");
                return Directory.Exists(images) ? images : null;
            }
        }

        return null;
    }
}

/// <summary>A test that needs photographs of people.</summary>
internal sealed class FacesFactAttribute : FactAttribute
{
    public FacesFactAttribute() => Skip = Faces.AreThere ? null : "needs ../shared/data/lfw/images";
}

/// <summary>The same with rows.</summary>
internal sealed class FacesTheoryAttribute : TheoryAttribute
{
    public FacesTheoryAttribute() => Skip = Faces.AreThere ? null : "needs ../shared/data/lfw/images";
}
