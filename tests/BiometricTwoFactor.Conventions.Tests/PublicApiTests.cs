namespace BiometricTwoFactor.Conventions.Tests;

/// <summary>The public surface changes only on purpose: it is written down in each package's PublicApi.txt.</summary>
public sealed class PublicApiTests
{
    private const string UpdateVariable = "UPDATE_PUBLIC_API";
    private const string FileName = "PublicApi.txt";

    public static TheoryData<string> Packages => [.. Repository.Packages.Select(package => package.Name)];

    [Theory]
    [MemberData(nameof(Packages))]
    public void The_public_surface_is_the_one_written_down(string name)
    {
        var package = Repository.Packages.Single(one => one.Name == name);
        var path = Path.Combine(package.Folder, FileName);
        var actual = ApiPrinter.Print(package);
        if (Environment.GetEnvironmentVariable(UpdateVariable) == "1")
        {
            File.WriteAllText(path, actual);
            return;
        }

        var written = File.Exists(path) ? File.ReadAllText(path).ReplaceLineEndings("\n") : "";
        Assert.True(written == actual, Difference(name, written, actual));
    }

    /// <summary>Lines with the type that they belong to, so that a member that moves is seen.</summary>
    private static string Difference(string name, string written, string actual)
    {
        var (before, after) = (Qualified(written), Qualified(actual));
        var lines = before.Except(after, StringComparer.Ordinal).Select(line => "- " + line)
            .Concat(after.Except(before, StringComparer.Ordinal).Select(line => "+ " + line));
        return $"""
            The public surface of {name} is not the one in src/{name}/{FileName} (- written down, + there now):
            {string.Join('\n', lines)}
            If the change is wanted, write it down: {UpdateVariable}=1 dotnet test tests/BiometricTwoFactor.Conventions.Tests, and tell it in the changelog.
            """;
    }

    private static List<string> Qualified(string text)
    {
        List<string> lines = [];
        var type = "";
        foreach (var line in text.Split('\n', StringSplitOptions.RemoveEmptyEntries))
        {
            type = line.StartsWith(' ') ? type : line;
            lines.Add(line.StartsWith(' ') ? $"{type.Split(" : ")[0]} | {line.Trim()}" : line);
        }

        return lines;
    }
}
