using System.Net;
using System.Net.Http.Json;
using System.Text.Json.Nodes;

namespace BiometricTwoFactor.Cli.Tests;

public sealed class ServeTests
{
    [Fact]
    public async Task Serve_runs_the_emulator_until_it_is_cancelled()
    {
        using var stop = new CancellationTokenSource();
        using var output = new SignallingWriter("LivenessOnly");
        var running = Tool.RunAsync(["serve", "--port", "0", "--edition", "guide", "--api-key", "key-from-the-caller"], Context(output), stop.Token);
        await output.Seen.WaitAsync(TimeSpan.FromSeconds(30));
        var text = output.Text;

        using var http = new HttpClient { BaseAddress = new Uri(Word(text, "listens on ")) };
        http.DefaultRequestHeaders.Add("x-api-key", "key-from-the-caller");
        var workflow = Word(text, "Workflows", line: "KycEnrolment");
        using var response = await http.PostAsJsonAsync("/v3/session/", new { workflow_id = workflow });
        Assert.Equal(HttpStatusCode.Created, response.StatusCode);
        Assert.NotNull((await response.Content.ReadFromJsonAsync<JsonNode>())!["session_url"]);
        Assert.DoesNotContain("key-from-the-caller", text, StringComparison.Ordinal);
        Assert.Matches("Webhook secret  [A-Za-z0-9_-]{43}", text);

        await stop.CancelAsync();
        Assert.Equal(0, await running);
        await Assert.ThrowsAsync<HttpRequestException>(() => http.GetAsync("/v3/sessions/"));
    }

    [Fact]
    public async Task Serve_refuses_a_non_loopback_address_and_names_its_option()
    {
        var run = await ToolRun.WithAsync(["serve", "--host", "0.0.0.0", "--port", "0"]);
        Assert.Equal(2, run.ExitCode);
        Assert.Contains("--allow-non-loopback", run.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Serve_says_what_is_wrong_with_a_secret_without_saying_the_secret()
    {
        var run = await ToolRun.WithAsync(["serve", "--port", "0", "--webhook-secret", "too-short"]);
        Assert.Equal(2, run.ExitCode);
        Assert.Contains("24 bytes", run.Error, StringComparison.Ordinal);
        Assert.DoesNotContain("too-short", run.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Help_lists_the_verbs()
    {
        var run = await ToolRun.WithAsync(["--help"]);
        Assert.Equal(0, run.ExitCode);
        Assert.All(["serve", "sign", "verify", "match", "liveness"], verb => Assert.Contains(verb, run.Output, StringComparison.Ordinal));
    }

    /// <summary>The first word after a mark, or on the line that has another.</summary>
    private static string Word(string text, string mark, string? line = null)
    {
        var rest = text[(text.IndexOf(mark, StringComparison.Ordinal) + mark.Length)..];
        var where = line is null ? rest : rest.Split('\n').Single(candidate => candidate.Contains(line, StringComparison.Ordinal));
        return where.Split((char[])[' ', '\r', '\n'], StringSplitOptions.RemoveEmptyEntries)[0];
    }

    private static ToolContext Context(TextWriter output) => new()
    {
        Input = Stream.Null,
        Output = output,
        Error = output,
        Variable = _ => null,
    };

    /// <summary>Signals once a text has been written and flushed.</summary>
    private sealed class SignallingWriter(string awaited) : StringWriter
    {
        private readonly TaskCompletionSource _seen = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public Task Seen => _seen.Task;

        public string Text { get; private set; } = "";

        public override Task FlushAsync()
        {
            Text = ToString();
            if (Text.Contains(awaited, StringComparison.Ordinal))
            {
                _seen.TrySetResult();
            }

            return Task.CompletedTask;
        }
    }
}
