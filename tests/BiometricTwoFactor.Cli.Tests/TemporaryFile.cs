namespace BiometricTwoFactor.Cli.Tests;

/// <summary>A file in a folder of its own that is gone afterwards. Without content it is only a name.</summary>
internal sealed class TemporaryFile : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("biometric2fa-");

    public TemporaryFile(string? content)
    {
        Path = System.IO.Path.Combine(_folder.FullName, "file.json");
        if (content is not null)
        {
            File.WriteAllText(Path, content);
        }
    }

    public string Path { get; }

    public void Dispose() => _folder.Delete(recursive: true);
}
