namespace BiometricTwoFactor.Conventions.Tests;

/// <summary>Who may know whom (design 2). Production packages know nothing of the emulator, the matcher or the fakes.</summary>
public sealed class DirectionTests
{
    private const string Core = "BiometricTwoFactor";
    private const string Web = "BiometricTwoFactor.AspNetCore";
    private const string Durable = "BiometricTwoFactor.EntityFrameworkCore";
    private const string Matcher = "BiometricTwoFactor.ReferenceMatcher";
    private const string Emulator = "BiometricTwoFactor.Emulator";
    private const string Tool = "BiometricTwoFactor.Cli";
    private const string Testing = "BiometricTwoFactor.Testing";

    /// <summary>The whole plan, with the packages that do not exist yet.</summary>
    private static readonly Dictionary<string, string[]> Knows = new(StringComparer.Ordinal)
    {
        [Core] = [],
        [Web] = [Core],
        [Durable] = [Web],
        [Matcher] = [],
        [Emulator] = [Core, Matcher],
        [Tool] = [Emulator, Web],
        [Testing] = [Web, Emulator],
    };

    public static TheoryData<string> Packages => [.. Repository.Packages.Select(package => package.Name)];

    [Theory]
    [MemberData(nameof(Packages))]
    public void A_package_knows_only_whom_it_may(string name)
    {
        Assert.True(Knows.ContainsKey(name), $"{name} is not in the plan of packages.");
        var package = Repository.Packages.Single(one => one.Name == name);
        var allowed = Reach(name);

        var known = package.Assembly.GetReferencedAssemblies().Select(reference => reference.Name!).Where(reference => reference.StartsWith(Core, StringComparison.Ordinal));
        Assert.Empty(known.Except(allowed, StringComparer.Ordinal));
        Assert.Empty(package.References.Except(allowed, StringComparer.Ordinal));
    }

    [Theory]
    [InlineData(Core)]
    [InlineData(Matcher)]
    public void What_works_without_a_web_server_knows_none(string name)
    {
        foreach (var package in Repository.Packages.Where(one => one.Name == name))
        {
            Assert.DoesNotContain(package.Assembly.GetReferencedAssemblies(), reference => reference.Name!.StartsWith("Microsoft.AspNetCore", StringComparison.Ordinal));
            Assert.DoesNotContain("Microsoft.AspNetCore.App", File.ReadAllText(Path.Combine(package.Folder, name + ".csproj")), StringComparison.Ordinal);
        }
    }

    /// <summary>A package's direct acquaintances and theirs: whose types it may meet.</summary>
    private static HashSet<string> Reach(string name)
    {
        HashSet<string> reached = new(StringComparer.Ordinal);
        var open = new Queue<string>(Knows[name]);
        while (open.TryDequeue(out var next))
        {
            if (reached.Add(next))
            {
                Array.ForEach(Knows[next], open.Enqueue);
            }
        }

        return reached;
    }
}
