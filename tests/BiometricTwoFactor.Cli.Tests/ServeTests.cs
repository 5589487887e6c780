using System.Net;
using System.Net.Http.Json;
using System.Text.Json.Nodes;

namespace BiometricTwoFactor.Cli.Tests;

public sealed class ServeTests
{
    [Fact]
    public async Task Serve_runs_the_emulator_until_it_is_cancelled()
    {
        var serve = await RunningServe.StartAsync("--edition", "guide", "--api-key", RunningServe.ApiKey);
        using var response = await serve.CreateAsync(serve.Word("Workflows", line: "KycEnrolment"));
        Assert.Equal(HttpStatusCode.Created, response.StatusCode);
        Assert.NotNull((await response.Content.ReadFromJsonAsync<JsonNode>())!["session_url"]);
        Assert.DoesNotContain(RunningServe.ApiKey, serve.Text, StringComparison.Ordinal);
        Assert.Matches("Webhook secret  [A-Za-z0-9_-]{43}", serve.Text);

        Assert.Equal(0, await serve.StopAsync());
        await Assert.ThrowsAsync<HttpRequestException>(() => serve.Http.GetAsync("/v3/sessions/"));
        await serve.DisposeAsync();
    }

    [Fact]
    public async Task Workflows_come_from_a_file()
    {
        using var file = new TemporaryFile("""
            [
              { "id": "my-active", "kind": "liveness_only", "liveness_method": "ACTIVE_3D", "version": 7 }, // as in our console
              { "id": "my-enrolment", "kind": "kyc_enrolment", "face_match_approve_above": 90.5, "default_callback": "https://bank.example/done" }
            ]
            """);
        await using var serve = await RunningServe.StartAsync("--workflows", file.Path, "--api-key", RunningServe.ApiKey);

        using var active = await serve.CreateAsync("my-active");
        Assert.Equal(7, (await active.Content.ReadFromJsonAsync<JsonNode>())!["workflow_version"]!.GetValue<int>());
        using var enrolment = await serve.CreateAsync("my-enrolment");
        Assert.Equal("https://bank.example/done", (await enrolment.Content.ReadFromJsonAsync<JsonNode>())!["callback"]!.GetValue<string>());
        using var unknown = await serve.CreateAsync("b1000000-0000-4000-8000-000000000001");
        Assert.Equal(HttpStatusCode.BadRequest, unknown.StatusCode);
    }

    [Fact]
    public async Task Pictures_are_kept_in_a_state_file_or_not_at_all()
    {
        var run = await ToolRun.WithAsync(["serve", "--port", "0", "--state-pictures"]);
        Assert.Equal(2, run.ExitCode);
        Assert.Contains("give --state", run.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_webhook_secret_that_is_too_short_is_said_to_be_so_without_words_of_the_code()
    {
        var run = await ToolRun.WithAsync(["serve", "--port", "0", "--webhook-secret", "short"]);
        Assert.Contains("at least 24 bytes.", run.Error, StringComparison.Ordinal);
        Assert.DoesNotContain("Parameter", run.Error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("[{\"id\":\"a\",\"kind\":\"liveness_only\",\"typo\":1}]", "at $[0].typo")]
    [InlineData("", "no JSON array")]
    [InlineData("{}", "no JSON array")]
    [InlineData("[]", "holds no workflow")]
    [InlineData("[{\"id\":\"a\"}]", "no JSON array")]
    [InlineData("[{\"id\":\"a\",\"kind\":\"Liveness_Only\"}]", "Workflow 1 of --workflows: kind is one of biometric_authentication")]
    [InlineData("[{\"id\":\"a\",\"kind\":\"liveness_only\",\"liveness_method\":\"passive\"}]", "liveness_method is one of PASSIVE")]
    [InlineData("[{\"id\":\"a\",\"kind\":\"liveness_only\",\"face_match_aprove_above\":90}]", "no JSON array")]
    [InlineData("[{\"id\":\"a\",\"kind\":\"liveness_only\"},{\"id\":\"a\",\"kind\":\"liveness_only\"}]", "different ids")]
    [InlineData("[{\"id\":\"a\",\"kind\":\"liveness_only\",\"face_match_approve_above\":101}]", "thresholds from 0 to 100")]
    public async Task What_is_wrong_with_a_file_of_workflows_is_said(string content, string said)
    {
        using var file = new TemporaryFile(content);
        var run = await ToolRun.WithAsync(["serve", "--port", "0", "--workflows", file.Path]);
        Assert.Equal(2, run.ExitCode);
        Assert.Contains(said, run.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_file_that_is_not_there_is_said()
    {
        var run = await ToolRun.WithAsync(["serve", "--port", "0", "--workflows", "no-such-file.json"]);
        Assert.Equal(2, run.ExitCode);
        Assert.Contains("--workflows cannot be read", run.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Sessions_and_made_keys_survive_a_restart_in_a_state_file()
    {
        using var file = new TemporaryFile(null);
        string key, id;
        await using (var first = await RunningServe.StartAsync("--state", file.Path))
        {
            key = first.Word("API key");
            first.Use(key);
            using var created = await first.CreateAsync("b1000000-0000-4000-8000-000000000005");
            id = (await created.Content.ReadFromJsonAsync<JsonNode>())!["session_id"]!.GetValue<string>();
        }

        await using var second = await RunningServe.StartAsync("--state", file.Path);
        Assert.Equal(key, second.Word("API key"));
        second.Use(key);
        using var decision = await second.Http.GetAsync($"/v3/session/{id}/decision/");
        Assert.Equal(HttpStatusCode.OK, decision.StatusCode);
    }

    [Fact]
    public async Task Webhooks_go_to_every_address_that_is_given_under_one_secret()
    {
        using var file = new TemporaryFile(null);
        string[] arguments = ["--webhook-url", "http://localhost:1/a", "--webhook-url", "http://localhost:1/b", "--webhook-url", "http://localhost:1/a", "--api-key", RunningServe.ApiKey, "--state", file.Path];
        for (var run = 0; run < 2; run++)
        {
            await using var serve = await RunningServe.StartAsync(arguments);
            Assert.Contains("Webhooks go to  http://localhost:1/a, http://localhost:1/b", serve.Text, StringComparison.Ordinal);

            var listed = (await serve.Http.GetFromJsonAsync<JsonArray>("/v3/webhook/destinations/"))!;
            Assert.Equal(2, listed.Count);
            foreach (var destination in listed)
            {
                var one = await serve.Http.GetFromJsonAsync<JsonNode>($"/v3/webhook/destinations/{destination!["uuid"]}/");
                Assert.Equal(serve.Word("Webhook secret"), one!["secret_shared_key"]!.GetValue<string>());
            }
        }
    }

    [Fact]
    public async Task An_address_that_is_none_is_refused()
    {
        var run = await ToolRun.WithAsync(["serve", "--port", "0", "--webhook-url", "http://localhost:1/a", "--webhook-url", "ftp://localhost/b"]);
        Assert.Equal(2, run.ExitCode);
        Assert.Contains("HTTP or HTTPS", run.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_damaged_state_file_ends_the_tool_with_a_sentence()
    {
        using var file = new TemporaryFile("not json");
        var run = await ToolRun.WithAsync(["serve", "--port", "0", "--state", file.Path]);
        Assert.Equal(2, run.ExitCode);
        Assert.Contains("state file", run.Error, StringComparison.Ordinal);
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
}
