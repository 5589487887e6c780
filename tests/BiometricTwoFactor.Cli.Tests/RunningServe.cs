using System.Net.Http.Json;

namespace BiometricTwoFactor.Cli.Tests;

/// <summary><c>biometric2fa serve</c> on a free port, and a client of it.</summary>
internal sealed class RunningServe : IAsyncDisposable
{
    public const string ApiKey = "key-from-the-caller";

    private readonly CancellationTokenSource _stop = new();
    private readonly SignallingWriter _output = new("LivenessOnly", "Workflows");
    private Task<int> _running = Task.FromResult(0);

    private RunningServe()
    {
    }

    public HttpClient Http { get; } = new();

    /// <summary>What it has printed when it was ready.</summary>
    public string Text => _output.Text;

    public static async Task<RunningServe> StartAsync(params string[] arguments)
    {
        var serve = new RunningServe();
        var context = new ToolContext { Input = Stream.Null, Output = serve._output, Error = serve._output, Variable = _ => null };
        serve._running = Tool.RunAsync(["serve", "--port", "0", .. arguments], context, serve._stop.Token);
        if (await Task.WhenAny(serve._output.Seen, serve._running).WaitAsync(TimeSpan.FromSeconds(30)) == serve._running)
        {
            Assert.Fail($"serve ended: {serve._output}");
        }

        serve.Http.BaseAddress = new Uri(serve.Word("listens on "));
        serve.Use(ApiKey);
        return serve;
    }

    /// <summary>The first word after a mark, or on the line after it that has another.</summary>
    public string Word(string mark, string? line = null)
    {
        var rest = Text[(Text.IndexOf(mark, StringComparison.Ordinal) + mark.Length)..];
        var where = line is null ? rest : rest.Split('\n').Single(candidate => candidate.Contains(line, StringComparison.Ordinal));
        return where.Split((char[])[' ', '\r', '\n'], StringSplitOptions.RemoveEmptyEntries)[0];
    }

    public void Use(string apiKey)
    {
        Http.DefaultRequestHeaders.Remove("x-api-key");
        Http.DefaultRequestHeaders.Add("x-api-key", apiKey);
    }

    public Task<HttpResponseMessage> CreateAsync(string workflow) => Http.PostAsJsonAsync("/v3/session/", new { workflow_id = workflow });

    /// <returns>The exit code.</returns>
    public async Task<int> StopAsync()
    {
        await _stop.CancelAsync();
        return await _running;
    }

    public async ValueTask DisposeAsync()
    {
        await StopAsync();
        Http.Dispose();
        _stop.Dispose();
        await _output.DisposeAsync();
    }

    /// <summary>Signals once a text has been written and flushed.</summary>
    private sealed class SignallingWriter(params string[] awaited) : StringWriter
    {
        private readonly TaskCompletionSource _seen = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public Task Seen => _seen.Task;

        public string Text { get; private set; } = "";

        public override Task FlushAsync()
        {
            Text = ToString();
            if (Array.TrueForAll(awaited, mark => Text.Contains(mark, StringComparison.Ordinal)))
            {
                _seen.TrySetResult();
            }

            return Task.CompletedTask;
        }
    }
}
