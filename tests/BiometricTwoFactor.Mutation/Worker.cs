namespace BiometricTwoFactor.Mutation;

/// <summary>Runs the tests over one mutant at a time, in built test projects of its own.</summary>
internal sealed class Worker(string copy, string folder)
{
    private const int Attempts = 3;
    private static readonly TimeSpan Limit = TimeSpan.FromMinutes(3);

    private readonly HashSet<string> _made = new(StringComparer.Ordinal);

    /// <summary>The filter whose tests failed; null when all passed, "time" when they did not end, "crash" when their process did.</summary>
    public async Task<string?> FailsAsync(Target target, byte[]? assembly)
    {
        var place = Path.Combine(folder, target.TestProject);
        var built = Path.Combine(copy, "tests", target.TestProject, "bin", "Debug", "net10.0");
        if (_made.Add(target.TestProject))
        {
            Copy(built, place);
        }

        var name = target.Project + ".dll";
        await File.WriteAllBytesAsync(Path.Combine(place, name), assembly ?? await File.ReadAllBytesAsync(Path.Combine(built, name)));
        try
        {
            foreach (var filter in target.Filters)
            {
                if (await RunAsync(target, place, filter) is { } failure)
                {
                    return failure;
                }
            }

            return null;
        }
        finally
        {
            File.Copy(Path.Combine(built, name), Path.Combine(place, name), overwrite: true);
        }
    }

    /// <summary>Only a test that failed counts: a run that was ended from outside is begun again, and one that ends so each time has crashed.</summary>
    private static async Task<string?> RunAsync(Target target, string place, string filter)
    {
        for (var attempt = 0; attempt < Attempts; attempt++)
        {
            var (code, output) = await Command.RunAsync(
                place, "dotnet", ["test", $"{target.TestProject}.dll", "--nologo", "--filter", filter, "--", "xUnit.StopOnFail=true"], Limit);
            if (code == 0)
            {
                return null;
            }

            if (code is null || output.Contains("Failed!", StringComparison.Ordinal))
            {
                return code is null ? "time" : filter;
            }
        }

        return "crash";
    }

    private static void Copy(string from, string to)
    {
        foreach (var file in Directory.EnumerateFiles(from, "*", SearchOption.AllDirectories))
        {
            var place = Path.Combine(to, Path.GetRelativePath(from, file));
            Directory.CreateDirectory(Path.GetDirectoryName(place)!);
            File.Copy(file, place, overwrite: true);
        }
    }
}
