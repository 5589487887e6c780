using System.IO.Compression;
using System.Reflection.Metadata;
using System.Xml.Linq;

namespace BiometricTwoFactor.Packaging.Tests;

/// <summary>What <c>dotnet pack</c> yields is what a user needs, and nothing that misleads.</summary>
[Collection("dotnet")] // one build at a time over the same folders
public sealed class PackageTests(PackedPackages packed) : IClassFixture<PackedPackages>
{
    private static readonly Guid EmbeddedSource = new("0E8A571B-6926-466E-B4AD-8AB04611F5FE");

    public static TheoryData<string, string[]> Packages => new()
    {
        { "BiometricTwoFactor", ["Microsoft.Extensions.Http", "Microsoft.Extensions.Options", "Polly.Core"] },
        { "BiometricTwoFactor.AspNetCore", ["BiometricTwoFactor", "QRCoder"] },
        { "BiometricTwoFactor.Emulator", ["BiometricTwoFactor", "BiometricTwoFactor.ReferenceMatcher", "QRCoder"] },
        {
            "BiometricTwoFactor.EntityFrameworkCore",
            [
                "BiometricTwoFactor.AspNetCore", "Microsoft.EntityFrameworkCore", "Microsoft.EntityFrameworkCore.Relational", "Microsoft.EntityFrameworkCore.Sqlite",
                "Npgsql", "Npgsql.EntityFrameworkCore.PostgreSQL", "SQLitePCLRaw.bundle_e_sqlite3", "SQLitePCLRaw.core",
            ]
        },
        { "BiometricTwoFactor.ReferenceMatcher", [] },
        { "BiometricTwoFactor.Testing", ["BiometricTwoFactor.AspNetCore", "BiometricTwoFactor.Emulator", "Microsoft.AspNetCore.Mvc.Testing"] },
    };

    [Theory]
    [MemberData(nameof(Packages))]
    public void A_package_has_readme_licence_documentation_and_only_the_dependencies_it_needs(string id, string[] dependencies)
    {
        using var package = packed.Open(id, "nupkg");
        var names = package.Entries.Select(entry => entry.FullName).ToArray();
        Assert.Contains("README.md", names);
        Assert.Contains("LICENSE", names);
        Assert.Contains($"lib/net10.0/{id}.dll", names);
        Assert.Contains($"lib/net10.0/{id}.xml", names);

        using var stream = package.GetEntry($"{id}.nuspec")!.Open();
        var metadata = XDocument.Load(stream).Root!.Elements().Single(element => element.Name.LocalName == "metadata");
        Assert.Equal("MIT", metadata.Elements().Single(element => element.Name.LocalName == "license").Value);
        Assert.Equal("README.md", metadata.Elements().Single(element => element.Name.LocalName == "readme").Value);
        var found = metadata.Descendants().Where(element => element.Name.LocalName == "dependency").Select(element => element.Attribute("id")!.Value);
        Assert.Equal(dependencies.Order(StringComparer.Ordinal), found.Order(StringComparer.Ordinal));
    }

    [Fact]
    public void The_matcher_with_its_networks_is_at_most_four_megabytes() =>
        Assert.InRange(packed.Size("BiometricTwoFactor.ReferenceMatcher"), 1, 4_000_000);

    [Fact]
    public void The_matcher_names_whose_numbers_it_carries()
    {
        using var package = packed.Open("BiometricTwoFactor.ReferenceMatcher", "nupkg");
        var names = package.Entries.Select(entry => entry.FullName).ToArray();
        Assert.All(["NOTICE.md", "licences/Apache-2.0.txt", "licences/CC0-1.0.txt", "licences/MIT-face-api.txt"], name => Assert.Contains(name, names));
    }

    public static TheoryData<string> Ids => [.. Packages.Select(row => (string)row[0])];

    [Theory]
    [MemberData(nameof(Ids))]
    public void Symbols_come_with_every_source_embedded(string id)
    {
        using var package = packed.Open(id, "snupkg");
        using var stream = package.GetEntry($"lib/net10.0/{id}.pdb")!.Open();
        using var copy = new MemoryStream();
        stream.CopyTo(copy);
        copy.Position = 0;
        using var provider = MetadataReaderProvider.FromPortablePdbStream(copy);
        var reader = provider.GetMetadataReader();
        var without = reader.Documents
            .Where(document => !reader.GetCustomDebugInformation(document)
                .Any(handle => reader.GetGuid(reader.GetCustomDebugInformation(handle).Kind) == EmbeddedSource))
            .Select(document => reader.GetString(reader.GetDocument(document).Name))
            .ToArray();
        Assert.Empty(without);
        Assert.NotEmpty(reader.Documents);
    }

    [Fact]
    public void The_tool_is_a_tool()
    {
        using var package = packed.Open("BiometricTwoFactor.Cli", "nupkg");
        Assert.Contains(package.Entries, entry => entry.FullName.EndsWith("DotnetToolSettings.xml", StringComparison.Ordinal));
        Assert.Contains(package.Entries, entry => entry.FullName == "README.md");
    }
}

/// <summary>Packs every package once for all tests. The analyzers have had their say in the build before.</summary>
public sealed class PackedPackages : IAsyncLifetime
{
    private readonly string _folder = Directory.CreateTempSubdirectory("packages").FullName;

    public async Task InitializeAsync()
    {
        foreach (var project in Directory.GetFiles(Path.Combine(Repository.Root, "src"), "*.csproj", SearchOption.AllDirectories))
        {
            await Repository.RunAsync("dotnet", "pack", project, "-c", "Release", "-o", _folder, "--nologo", "-v", "quiet", "-p:RunAnalyzers=false");
        }
    }

    public ZipArchive Open(string id, string extension) => ZipFile.OpenRead(PathOf(id, extension));

    /// <summary>The package's length in bytes, without its symbols.</summary>
    public long Size(string id) => new FileInfo(PathOf(id, "nupkg")).Length;

    private string PathOf(string id, string extension) =>
        Directory.GetFiles(_folder, $"{id}.*.{extension}").Single(file => Path.GetFileName(file)[(id.Length + 1)..] is [>= '0' and <= '9', ..]);

    public Task DisposeAsync()
    {
        Directory.Delete(_folder, recursive: true);
        return Task.CompletedTask;
    }
}
