namespace BiometricTwoFactor.Emulator.Tests;

/// <summary>The provider's own npm packages, as <c>tests/run</c> installs them: unmodified, pinned by their lock file.</summary>
internal static class OfficialClients
{
    private static readonly string? Folder = Find();

    public static bool AreThere => Folder is not null;

    /// <summary>A file of an installed package, such as <c>@didit-protocol/sdk-web/dist/didit-sdk.umd.min.js</c>.</summary>
    public static string PathOf(string file) => Path.Combine(Folder!, file);

    private static string? Find()
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            var modules = Path.Combine(folder.FullName, "OfficialClients", "node_modules");
            if (Directory.Exists(Path.Combine(modules, "@didit-protocol")))
            {
                return modules;
            }
        }

        return null;
    }
}

/// <summary>A test that runs one of the provider's own clients.</summary>
internal sealed class OfficialClientFactAttribute : FactAttribute
{
    public OfficialClientFactAttribute() => Skip = OfficialClients.AreThere ? null : "needs the provider's npm packages, which tests/run installs";
}
