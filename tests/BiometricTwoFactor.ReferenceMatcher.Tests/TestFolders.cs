namespace BiometricTwoFactor.ReferenceMatcher.Tests;

/// <summary>The repository, and what lies beside it on some machines and is never part of it.</summary>
internal static class TestFolders
{
    /// <summary>The repository's root; null where the tests run elsewhere.</summary>
    public static string? Repository { get; } = FindRepository();

    /// <summary>A folder of the shared ones beside the repository; null where it is absent.</summary>
    public static string? Shared(params string[] parts)
    {
        var path = Repository is null ? null : Path.Combine([Path.GetDirectoryName(Repository) ?? Repository, "shared", .. parts]);
        return Directory.Exists(path) ? path : null;
    }

    private static string? FindRepository()
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            if (File.Exists(Path.Combine(folder.FullName, "BiometricTwoFactor.sln")))
            {
                return folder.FullName;
            }
        }

        return null;
    }
}
