using System.Diagnostics;
using System.Net.Http.Json;
using System.Text.Json.Nodes;

namespace BiometricTwoFactor.Cli.Tests;

/// <summary>The tool as a process of its own: what no test in process sees.</summary>
public sealed class ProcessEndTests
{
    [Theory]
    [InlineData("INT")]
    [InlineData("TERM")]
    public async Task Serve_ends_well_and_saves_its_state_when_it_is_told_to_stop(string signal)
    {
        using var file = new TemporaryFile(null);
        // Whoever starts the tests in the background has the interrupt ignored, which every child inherits: here it counts again.
        using var process = Process.Start(new ProcessStartInfo("env")
        {
            ArgumentList = { "--default-signal=INT", "dotnet", Path.Combine(AppContext.BaseDirectory, "biometric2fa.dll"), "serve", "--port", "0", "--api-key", RunningServe.ApiKey, "--state", file.Path },
            UseShellExecute = false,
            RedirectStandardOutput = true,
        })!;
        try
        {
            var first = await process.StandardOutput.ReadLineAsync() ?? "";
            using var http = new HttpClient { BaseAddress = new Uri(first[first.IndexOf("http", StringComparison.Ordinal)..]) };
            http.DefaultRequestHeaders.Add("x-api-key", RunningServe.ApiKey);
            using var created = await http.PostAsJsonAsync("/v3/session/", new { workflow_id = "b1000000-0000-4000-8000-000000000005" });
            var id = (await created.Content.ReadFromJsonAsync<JsonNode>())!["session_id"]!.GetValue<string>();

            using var kill = Process.Start("kill", [$"-{signal}", process.Id.ToString(System.Globalization.CultureInfo.InvariantCulture)]);
            await process.WaitForExitAsync().WaitAsync(TimeSpan.FromSeconds(30));
            Assert.Equal(0, process.ExitCode);
            Assert.Contains(id, await File.ReadAllTextAsync(file.Path), StringComparison.Ordinal);
            Assert.False(File.Exists(file.Path + ".lock"));
        }
        finally
        {
            process.Kill();
        }
    }
}
