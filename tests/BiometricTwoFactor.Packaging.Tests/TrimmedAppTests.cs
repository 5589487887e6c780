namespace BiometricTwoFactor.Packaging.Tests;

/// <summary>The core and the matcher work in an application whose unused code was cut away; the trimmer's warnings are errors.</summary>
[Collection("dotnet")]
public sealed class TrimmedAppTests
{
    [Fact]
    public async Task A_trimmed_application_signs_verifies_calls_the_provider_and_looks_for_faces()
    {
        var folder = Directory.CreateTempSubdirectory("trimmed").FullName;
        try
        {
            await Repository.RunAsync("dotnet", "publish", "tests/TrimmedApp/TrimmedApp.csproj", "-c", "Release", "-o", folder, "--nologo", "-v", "quiet", "-p:RunAnalyzers=false");
            Assert.Equal("trimmed and working", (await Repository.RunAsync(Path.Combine(folder, "TrimmedApp"))).Trim());
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }
}
