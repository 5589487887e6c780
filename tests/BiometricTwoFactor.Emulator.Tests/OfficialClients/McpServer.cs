using System.Diagnostics;
using System.Text.Json.Nodes;

namespace BiometricTwoFactor.Emulator.Tests;

/// <summary>The provider's own MCP server, unmodified, as a child process: one tool call is one call of the API.</summary>
internal sealed class McpServer : IAsyncDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    private readonly Process _process;
    private int _calls;

    private McpServer(Process process) => _process = process;

    /// <summary>Starts it and shakes hands.</summary>
    public static async Task<McpServer> StartAsync(RelyingParty party, string? apiKey = null)
    {
        var start = new ProcessStartInfo("node", [OfficialClients.PathOf("@didit-protocol/mcp-server/dist/index.js")])
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            UseShellExecute = false,
        };
        start.Environment["DIDIT_API_BASE_URL"] = new Uri(party.Emulator.BaseAddress, "/v3").AbsoluteUri;
        start.Environment["DIDIT_API_KEY"] = apiKey ?? RelyingParty.ApiKey;
        // Nothing of this machine stands between the two.
        foreach (var name in (string[])["HTTP_PROXY", "HTTPS_PROXY", "http_proxy", "https_proxy", "NODE_OPTIONS"])
        {
            start.Environment.Remove(name);
        }

        var process = Process.Start(start)!;
        process.ErrorDataReceived += (_, _) => { }; // read, so that it never waits for a reader
        process.BeginErrorReadLine();
        var server = new McpServer(process);
        try
        {
            await server.AskAsync("initialize", new JsonObject
            {
                ["protocolVersion"] = "2025-03-26",
                ["capabilities"] = new JsonObject(),
                ["clientInfo"] = new JsonObject { ["name"] = "tests", ["version"] = "1" },
            });
            await server.SendAsync(new JsonObject { ["jsonrpc"] = "2.0", ["method"] = "notifications/initialized" });
            return server;
        }
        catch
        {
            await server.DisposeAsync();
            throw;
        }
    }

    public async Task<IReadOnlyList<string>> ToolsAsync() =>
        [.. (await AskAsync("tools/list", []))["tools"]!.AsArray().Select(tool => (string)tool!["name"]!)];

    /// <summary>Calls a tool that must succeed; what it returned.</summary>
    public async Task<JsonNode> CallAsync(string tool, object arguments)
    {
        var (isError, text) = await TryAsync(tool, arguments);
        Assert.False(isError, $"{tool}: {text}");
        return JsonNode.Parse(text)!;
    }

    /// <summary>Calls a tool that must fail; what it says.</summary>
    public async Task<string> FailAsync(string tool, object arguments)
    {
        var (isError, text) = await TryAsync(tool, arguments);
        Assert.True(isError, $"{tool}: {text}");
        return text;
    }

    public async ValueTask DisposeAsync()
    {
        if (!_process.HasExited)
        {
            _process.Kill(entireProcessTree: true);
            await _process.WaitForExitAsync();
        }

        _process.Dispose();
    }

    private async Task<(bool IsError, string Text)> TryAsync(string tool, object arguments)
    {
        var result = await AskAsync("tools/call", new JsonObject
        {
            ["name"] = tool,
            ["arguments"] = System.Text.Json.JsonSerializer.SerializeToNode(arguments),
        });
        return ((bool?)result["isError"] ?? false, (string)result["content"]![0]!["text"]!);
    }

    private async Task<JsonNode> AskAsync(string method, JsonObject parameters)
    {
        var id = ++_calls;
        await SendAsync(new JsonObject { ["jsonrpc"] = "2.0", ["id"] = id, ["method"] = method, ["params"] = parameters });
        while (await _process.StandardOutput.ReadLineAsync().WaitAsync(Patience) is { } line)
        {
            var message = JsonNode.Parse(line)!;
            if ((int?)message["id"] == id)
            {
                Assert.Null(message["error"]);
                return message["result"]!;
            }
        }

        throw new InvalidOperationException("The MCP server has ended.");
    }

    private async Task SendAsync(JsonObject message)
    {
        await _process.StandardInput.WriteAsync(message.ToJsonString() + "\n");
        await _process.StandardInput.FlushAsync();
    }
}
