using System.Text.RegularExpressions;

namespace BiometricTwoFactor.Conventions.Tests;

/// <summary>What the repository's files promise to whoever clones it.</summary>
public sealed partial class RepositoryTests
{
    private const int MostLines = 350;

    /// <summary>Written in two parts, so that this file does not hold what it looks for.</summary>
    private static readonly string[] PathsOfOneMachine = ["/wor" + "k/", "/tm" + "p/h/", "/roo" + "t/", "C:" + "\\Users"];

    private static readonly string[] Binary = [".png", ".jpg", ".jpeg", ".ico", ".pdf", ".snk", ".bin", ".onnx", ".woff2"];

    [Fact]
    public void Source_files_are_short()
    {
        var tooLong = Repository.FilesUnder("src")
            .Where(file => !file.EndsWith("packages.lock.json", StringComparison.Ordinal) && !file.EndsWith("PublicApi.txt", StringComparison.Ordinal) && !IsBinary(file))
            .Where(file => !IsMigration(file))
            .Select(file => (file, Lines: Repository.Read(file).AsSpan().Count('\n')))
            .Where(file => file.Lines > MostLines);
        Assert.Empty(tooLong);
    }

    [Fact]
    public void No_feed_is_named()
    {
        var files = Repository.FilesUnder(".").Where(file => file.EndsWith("nuget.config", StringComparison.OrdinalIgnoreCase) || file.EndsWith("packages.lock.json", StringComparison.Ordinal)).ToArray();
        Assert.Contains("nuget.config", files);
        var naming = files.Where(file => Repository.Read(file).Contains("://", StringComparison.Ordinal));
        Assert.Empty(naming);
    }

    [Fact]
    public void Every_project_has_a_lock_file()
    {
        var without = Projects().Where(project => !File.Exists(Repository.PathOf(Path.GetDirectoryName(project)!, "packages.lock.json")));
        Assert.Empty(without);
    }

    [Fact]
    public void No_file_names_a_path_of_one_machine()
    {
        var naming = Repository.FilesUnder(".")
            .Where(file => !IsBinary(file))
            .Where(file => Array.Exists(PathsOfOneMachine, Repository.Read(file).Contains));
        Assert.Empty(naming);
    }

    [Fact]
    public void Every_project_is_in_the_solution()
    {
        var solution = Repository.Read("BiometricTwoFactor.sln").Replace('\\', '/');
        var missing = Projects().Where(project => !solution.Contains($"\"{project}\"", StringComparison.Ordinal));
        Assert.Empty(missing);
    }

    [Fact]
    public void Every_package_has_a_readme_that_begins_with_its_name()
    {
        foreach (var package in Repository.Packages)
        {
            var path = Path.Combine(package.Folder, "README.md");
            Assert.True(File.Exists(path), $"src/{package.Name}/README.md is missing.");
            Assert.StartsWith($"# {package.Title}\n", File.ReadAllText(path).ReplaceLineEndings("\n"), StringComparison.Ordinal);
        }
    }

    [Fact]
    public void The_changelog_keeps_a_changelog()
    {
        var lines = Repository.Read("CHANGELOG.md").ReplaceLineEndings("\n").Split('\n');
        Assert.Equal("# Changelog", lines[0]);

        var versions = lines.Where(line => line.StartsWith("## ", StringComparison.Ordinal)).ToArray();
        Assert.Equal("## [Unreleased]", versions.FirstOrDefault());
        Assert.All(versions.Skip(1), version => Assert.Matches(VersionHeading(), version));
        var dates = versions.Skip(1).Select(version => version[^10..]).ToArray();
        Assert.Equal(dates.OrderDescending(StringComparer.Ordinal), dates);

        string[] kinds = ["### Added", "### Changed", "### Deprecated", "### Removed", "### Fixed", "### Security"];
        Assert.Empty(lines.Where(line => line.StartsWith("###", StringComparison.Ordinal)).Except(kinds, StringComparer.Ordinal));
    }

    [Fact]
    public void The_top_level_holds_what_it_should_and_nothing_else()
    {
        string[] expected =
        [
            "BiometricTwoFactor.sln", "CHANGELOG.md", "Directory.Build.props", "Directory.Packages.props", "LICENSE", "README.md",
            "global.json", "nuget.config", "samples", "src", "tests",
        ];
        string[] leftByTools = ["artifacts", "TestResults", "BenchmarkDotNet.Artifacts"];
        var there = Repository.Root.EnumerateFileSystemInfos().Select(entry => entry.Name).Where(name => !name.StartsWith('.'));
        Assert.Empty(there.Except(expected, StringComparer.Ordinal).Except(leftByTools, StringComparer.Ordinal));
    }

    /// <summary>Written by dotnet-ef, as long as the model is.</summary>
    private static bool IsMigration(string file) => file.Contains("/Migrations/Sqlite/", StringComparison.Ordinal) || file.Contains("/Migrations/PostgreSql/", StringComparison.Ordinal);

    private static IEnumerable<string> Projects() => Repository.FilesUnder(".").Where(file => file.EndsWith(".csproj", StringComparison.Ordinal));

    private static bool IsBinary(string file) => Binary.Contains(Path.GetExtension(file), StringComparer.OrdinalIgnoreCase);

    [GeneratedRegex(@"^## \[\d+\.\d+\.\d+\] - \d{4}-\d{2}-\d{2}$", RegexOptions.None, matchTimeoutMilliseconds: 1000)]
    private static partial Regex VersionHeading();
}
