using System.Reflection;
using System.Xml.Linq;

namespace BiometricTwoFactor.Conventions.Tests;

/// <summary>The repository that these tests were built from, found by looking upwards for the solution.</summary>
internal static class Repository
{
    private static readonly string[] NotOurs = [".git", "bin", "obj", "artifacts", "TestResults", "BenchmarkDotNet.Artifacts", "node_modules", ".vs", ".idea"];

    public static DirectoryInfo Root { get; } = FindRoot();

    /// <summary>The packages: every folder of src with a project.</summary>
    public static IReadOnlyList<Package> Packages { get; } =
        [.. Directory.EnumerateFiles(Path.Combine(Root.FullName, "src"), "*.csproj", SearchOption.AllDirectories).Where(IsOurs).Order(StringComparer.Ordinal).Select(path => new Package(path))];

    public static string PathOf(params string[] parts) => Path.Combine([Root.FullName, .. parts]);

    /// <summary>Every file of ours under a folder, relative to the root, with forward slashes.</summary>
    public static IEnumerable<string> FilesUnder(string folder) =>
        Directory.EnumerateFiles(PathOf(folder), "*", SearchOption.AllDirectories).Where(IsOurs).Select(Relative).Order(StringComparer.Ordinal);

    public static string Read(string relative) => File.ReadAllText(PathOf(relative));

    private static string Relative(string path) => Path.GetRelativePath(Root.FullName, path).Replace('\\', '/');

    private static bool IsOurs(string path) => !Relative(path).Split('/').Any(part => NotOurs.Contains(part, StringComparer.Ordinal));

    private static DirectoryInfo FindRoot()
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            if (File.Exists(Path.Combine(folder.FullName, "BiometricTwoFactor.sln")))
            {
                return folder;
            }
        }

        throw new InvalidOperationException("BiometricTwoFactor.sln was not found above the tests.");
    }
}

/// <summary>One package under src.</summary>
internal sealed class Package(string project)
{
    private readonly XDocument _project = XDocument.Load(project);

    public string Name { get; } = Path.GetFileNameWithoutExtension(project);

    public string Folder { get; } = Path.GetDirectoryName(project)!;

    /// <summary>The package's name, or the command that a tool is called by.</summary>
    public string Title => _project.Descendants("ToolCommandName").SingleOrDefault()?.Value ?? Name;

    /// <summary>The packages that the project names.</summary>
    public IReadOnlyList<string> References =>
        [.. _project.Descendants("ProjectReference").Select(reference => Path.GetFileNameWithoutExtension(reference.Attribute("Include")!.Value.Replace('\\', '/')))];

    public Assembly Assembly => Assembly.LoadFrom(Path.Combine(AppContext.BaseDirectory, (_project.Descendants("AssemblyName").SingleOrDefault()?.Value ?? Name) + ".dll"));

    /// <summary>What others can use. A tool's entry point, which the SDK makes public, is none of it.</summary>
    public IEnumerable<Type> PublicTypes => Assembly.GetExportedTypes().Where(type => type != Assembly.EntryPoint?.DeclaringType);
}
