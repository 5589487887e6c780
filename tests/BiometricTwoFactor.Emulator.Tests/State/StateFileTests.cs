using System.Text;
using System.Text.Json.Nodes;

namespace BiometricTwoFactor.Emulator.Tests.State;

public sealed class StateFileTests : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("emulator-state-");

    private string Path => System.IO.Path.Combine(_folder.FullName, "emulator.json");

    public void Dispose() => _folder.Delete(recursive: true);

    [Fact]
    public async Task Sessions_users_and_made_keys_survive_a_restart()
    {
        string key, secret;
        SessionId approved, declined, open;
        JsonNode before;
        await using (var first = await StartAsync())
        {
            key = first.ApiKey;
            secret = first.WebhookSecret;
            using var http = Client(first);
            approved = await CreateAsync(http, EmulatedWorkflow.KycEnrolmentId, "user-1", """{"amount":"10.00","payee":"Zoë"}""");
            await first.CompleteAsync(approved);
            declined = await CreateAsync(http, EmulatedWorkflow.ScaWithIpAnalysisId, "user-1");
            await first.CompleteAsync(declined, SandboxScenario.DeclineIpBlocklist);
            await first.ReviewAsync(declined, approved: true);
            open = await CreateAsync(http, EmulatedWorkflow.BiometricAuthenticationId, "user-1");
            first.Block("user-2");
            first.StoreFace("user-3");
            before = await DecisionAsync(http, declined);
        }

        await using var second = await StartAsync();
        Assert.Equal((key, secret), (second.ApiKey, second.WebhookSecret));
        Assert.Equal([approved, declined, open], second.Sessions.Select(session => session.Id));
        Assert.Equal([1, 2, 3], second.Sessions.Select(session => session.Number));
        Assert.Equal("Zoë", second.FindSession(approved)!.Metadata!["payee"]!.GetValue<string>());
        using var again = Client(second);
        var after = await DecisionAsync(again, declined);
        before["session_url"] = after["session_url"] = null; // another port
        Assert.True(JsonNode.DeepEquals(before, after), $"{before}\n{after}");

        Assert.Equal(open, await CreateAsync(again, EmulatedWorkflow.BiometricAuthenticationId, "user-1"));
        Assert.True(second.HasFace("user-1"));
        Assert.True(second.HasFace("user-3"));
        using var refused = await PostAsync(again, EmulatedWorkflow.LivenessOnlyId, "user-2");
        Assert.Equal(400, (int)refused.StatusCode);
        await second.CompleteAsync(open);
        Assert.Equal(SessionStatus.Approved, second.FindSession(open)!.Status);
    }

    [Fact]
    public async Task A_change_is_saved_a_second_later_without_the_end_of_the_emulator()
    {
        var clock = new ManualTimeProvider(DateTimeOffset.UnixEpoch.AddYears(56));
        await using var emulator = await StartAsync(options => options.TimeProvider = clock);
        using var http = Client(emulator);
        var id = await CreateAsync(http, EmulatedWorkflow.LivenessOnlyId, "user-1");
        await clock.WaitForTimerAsync(TimeSpan.FromSeconds(1));
        Assert.DoesNotContain(id.ToString(), File.Exists(Path) ? await File.ReadAllTextAsync(Path) : "", StringComparison.Ordinal);

        using var watcher = new FileSystemWatcher(_folder.FullName) { EnableRaisingEvents = true };
        var saved = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        watcher.Renamed += (_, _) => saved.TrySetResult();
        clock.Advance(TimeSpan.FromSeconds(1));
        await saved.Task.WaitAsync(TimeSpan.FromSeconds(30));
        Assert.Contains(id.ToString(), await File.ReadAllTextAsync(Path), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Pictures_are_saved_only_when_that_is_asked_for()
    {
        var portrait = Pictures.Png();
        var text = Convert.ToBase64String(portrait);
        await using (var without = await StartAsync())
        {
            without.StoreFace("user-1", portrait);
        }

        Assert.DoesNotContain(text[..60], await UnescapedAsync(), StringComparison.Ordinal);

        await using (var with = await StartAsync(options => options.StateHoldsPictures = true))
        {
            Assert.True(with.HasFace("user-1"));
            with.StoreFace("user-1", portrait);
        }

        Assert.Contains(text, await UnescapedAsync(), StringComparison.Ordinal);
    }

    [FacesFact]
    public async Task A_saved_portrait_is_compared_with_after_a_restart()
    {
        await using (var first = await StartAsync(options => options.StateHoldsPictures = true))
        {
            first.StoreFace("user-1", Faces.Read(Faces.Person));
        }

        await using var second = await StartAsync(options => options.StateHoldsPictures = true);
        using var http = Client(second);
        var same = await CreateAsync(http, EmulatedWorkflow.BiometricAuthenticationId, "user-1");
        await second.CompleteAsync(same, Faces.Read(Faces.SamePerson));
        Assert.Equal(SessionStatus.Approved, second.FindSession(same)!.Status);
        var other = await CreateAsync(http, EmulatedWorkflow.BiometricAuthenticationId, "user-1");
        await second.CompleteAsync(other, Faces.Read(Faces.Stranger));
        Assert.Equal(SessionStatus.Declined, second.FindSession(other)!.Status);
    }

    [Fact]
    public async Task The_file_is_its_owners_only()
    {
        await using (await StartAsync())
        {
        }

        if (!OperatingSystem.IsWindows())
        {
            Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(Path));
        }

        Assert.Equal(["emulator.json"], _folder.GetFiles().Select(file => file.Name));
    }

    [Theory]
    [InlineData("block")]
    [InlineData("enrol")]
    [InlineData("enrol a picture")]
    [InlineData("forget")]
    public async Task What_is_changed_about_a_user_in_process_wakes_who_saves_it(string what)
    {
        await using var emulator = await StartAsync();
        emulator.StoreFace("user-1");
        var before = emulator.Core.Changes.Version;
        switch (what)
        {
            case "block":
                emulator.Block("user-1");
                break;
            case "enrol":
                emulator.StoreFace("user-2");
                break;
            case "enrol a picture":
                emulator.StoreFace("user-2", Pictures.Png());
                break;
            default:
                emulator.ForgetFace("user-1");
                break;
        }

        Assert.NotEqual(before, emulator.Core.Changes.Version);
    }

    [Fact]
    public async Task The_file_is_its_owners_only_from_its_first_byte_whatever_lies_in_its_way()
    {
        await File.WriteAllTextAsync(Path + ".new", "left behind");
        if (!OperatingSystem.IsWindows())
        {
            File.SetUnixFileMode(Path + ".new", UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.OtherRead);
        }

        using var file = new StateFile(Path);
        file.Save(new SavedState { Version = SavedState.CurrentVersion, ApiKey = "k", WebhookSecret = "s", ApplicationId = "a", Sessions = [], Users = [], Destinations = [] });
        if (!OperatingSystem.IsWindows())
        {
            Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(Path));
        }

        Assert.Equal("k", file.Load()!.ApiKey);
    }

    [Fact]
    public async Task Two_emulators_do_not_share_a_file()
    {
        await using var first = await StartAsync();
        var refusal = await Assert.ThrowsAsync<IOException>(() => StartAsync());
        Assert.Contains("another emulator", refusal.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("")]
    [InlineData("null")]
    [InlineData("[]")]
    [InlineData("{\"version\":1}")]
    [InlineData("{\"version\":2,\"api_key\":\"k\",\"webhook_secret\":\"s\",\"application_id\":\"a\",\"sessions\":[],\"users\":[],\"destinations\":[]}")]
    [InlineData("{\"version\":1,\"api_key\":null,\"webhook_secret\":\"s\",\"application_id\":\"a\",\"sessions\":[],\"users\":[],\"destinations\":[]}")]
    public async Task A_damaged_file_stops_the_start_and_is_left_as_it_is(string content)
    {
        await File.WriteAllTextAsync(Path, content);
        await Assert.ThrowsAsync<InvalidDataException>(() => StartAsync());
        Assert.Equal(content, await File.ReadAllTextAsync(Path));

        File.Delete(Path);
        await using var free = await StartAsync(); // the failed start holds nothing
    }

    [Fact]
    public async Task Webhook_destinations_survive_and_the_options_address_wins()
    {
        string defaultId, defaultSecret, other;
        await using (var first = await StartAsync(options => options.WebhookUrl = new Uri("http://localhost:1/first")))
        {
            defaultId = first.WebhookDestinations[0].Id;
            defaultSecret = first.WebhookSecret;
            other = first.AddWebhookDestination(new Uri("http://localhost:1/other"), "another-secret-of-24-bytes").Id;
            first.AddWebhookDestination(new Uri("http://localhost:1/paused"));
            first.SetWebhookDestinationEnabled(first.WebhookDestinations[2].Id, enabled: false);
        }

        await using (var second = await StartAsync())
        {
            Assert.Equal(new Uri("http://localhost:1/first"), second.WebhookUrl);
            Assert.Equal([true, true, false], second.WebhookDestinations.Select(destination => destination.IsEnabled));
        }

        await using var third = await StartAsync(options => options.WebhookUrl = new Uri("http://localhost:1/moved"));
        Assert.Equal(new Uri("http://localhost:1/moved"), third.WebhookUrl);
        Assert.Equal(defaultSecret, third.WebhookSecret);
        Assert.Equal([defaultId, other], third.WebhookDestinations.Take(2).Select(destination => destination.Id));
        Assert.Equal(3, third.WebhookDestinations.Count);
    }

    [Fact]
    public async Task Sessions_of_a_workflow_that_is_no_longer_configured_are_left_out()
    {
        await using (var first = await StartAsync())
        {
            using var http = Client(first);
            await CreateAsync(http, EmulatedWorkflow.LivenessOnlyId, "user-1");
        }

        await using var second = await StartAsync(options => options.Workflows = [new EmulatedWorkflow { Id = "other", Kind = EmulatedWorkflowKind.LivenessOnly }]);
        Assert.Empty(second.Sessions);
    }

    [Fact]
    public async Task The_options_secret_wins_even_when_only_the_saved_default_has_an_address()
    {
        await using (await StartAsync(options => (options.WebhookUrl, options.WebhookSecret) = (new Uri("http://localhost:1/first"), "the-first-secret-of-24-bytes")))
        {
        }

        await using var second = await StartAsync(options => options.WebhookSecret = "the-other-secret-of-24-bytes");
        Assert.Equal(new Uri("http://localhost:1/first"), second.WebhookUrl);
        Assert.Equal("the-other-secret-of-24-bytes", second.WebhookSecret);
    }

    [Fact]
    public async Task The_audit_trail_survives_as_it_was()
    {
        SessionId id;
        string before;
        await using (var first = await StartAsync())
        {
            using var http = Client(first);
            id = await CreateAsync(http, EmulatedWorkflow.LivenessOnlyId, "user-1");
            await first.CompleteAsync(id);
            await first.ReviewAsync(id, approved: false);
            before = await http.GetStringAsync($"/v3/sessions/{id}/reviews/");
        }

        await using var second = await StartAsync();
        using var again = Client(second);
        Assert.Equal(before, await again.GetStringAsync($"/v3/sessions/{id}/reviews/"));
    }

    [Fact]
    public async Task Saved_stand_alone_calls_survive_with_everybodys_number()
    {
        SessionId call, session;
        JsonNode before;
        await using (var first = await StartAsync(options => options.Environment = ProviderEnvironment.Live))
        {
            using var http = Client(first);
            using var form = new MultipartFormDataContent { { Uploads.File(Pictures.Png()), "user_image", "a.png" } };
            using var answer = await http.PostAsync("/v3/passive-liveness/", form);
            call = SessionId.Parse((string)JsonNode.Parse(await answer.Content.ReadAsStringAsync())!["request_id"]!);
            session = await CreateAsync(http, EmulatedWorkflow.LivenessOnlyId, "user-1");
            before = await DecisionAsync(http, call);
        }

        await using var second = await StartAsync(options => options.Environment = ProviderEnvironment.Live);
        Assert.Equal([(call, 1), (session, 2)], second.Sessions.Select(kept => (kept.Id, kept.Number)));
        using var again = Client(second);
        var after = await DecisionAsync(again, call);
        Assert.True(JsonNode.DeepEquals(before, after), $"{before}\n{after}");
    }

    [Fact]
    public async Task A_user_who_was_deleted_for_good_does_not_come_back_and_leaves_nothing_in_the_file()
    {
        await using (var first = await StartAsync())
        {
            using var http = Client(first);
            using var content = new StringContent(
                $$$"""{"workflow_id":"{{{EmulatedWorkflow.KycEnrolmentId}}}","vendor_data":"user-gone","contact_details":{"email":"mail@example.test"},"expected_details":{"first_name":"Rosalind"},"metadata":{"memo":"private"}}""",
                Encoding.UTF8, "application/json");
            using var created = await http.PostAsync("/v3/session/", content);
            Assert.Equal(201, (int)created.StatusCode);
            using var whom = new StringContent("""{"vendor_data_list":["user-gone"]}""", Encoding.UTF8, "application/json");
            using var deleted = await http.PostAsync("/v3/users/delete/", whom);
            Assert.True(deleted.IsSuccessStatusCode);
        }

        var file = await File.ReadAllTextAsync(Path);
        Assert.Multiple(
            () => Assert.DoesNotContain("private", file, StringComparison.Ordinal),
            () => Assert.DoesNotContain("mail@example.test", file, StringComparison.Ordinal),
            () => Assert.DoesNotContain("Rosalind", file, StringComparison.Ordinal));
        await using var second = await StartAsync();
        using var again = Client(second);
        Assert.DoesNotContain("user-gone", await again.GetStringAsync("/emulator/api/users"), StringComparison.Ordinal);
    }

    private Task<BiometricEmulator> StartAsync(Action<BiometricEmulatorOptions>? configure = null)
    {
        var options = new BiometricEmulatorOptions { StateFile = Path };
        configure?.Invoke(options);
        return BiometricEmulator.StartAsync(options);
    }

    private static HttpClient Client(BiometricEmulator emulator)
    {
        var http = new HttpClient { BaseAddress = emulator.BaseAddress };
        http.DefaultRequestHeaders.Add("x-api-key", emulator.ApiKey);
        return http;
    }

    private static async Task<SessionId> CreateAsync(HttpClient http, string workflow, string user, string? metadata = null)
    {
        using var response = await PostAsync(http, workflow, user, metadata);
        Assert.Equal(201, (int)response.StatusCode);
        return SessionId.Parse(JsonNode.Parse(await response.Content.ReadAsStringAsync())!["session_id"]!.GetValue<string>());
    }

    private static async Task<HttpResponseMessage> PostAsync(HttpClient http, string workflow, string user, string? metadata = null)
    {
        using var content = new StringContent(
            $$"""{"workflow_id":"{{workflow}}","vendor_data":"{{user}}","metadata":{{metadata ?? "null"}}}""", Encoding.UTF8, "application/json");
        return await http.PostAsync("/v3/session/", content);
    }

    private static async Task<JsonNode> DecisionAsync(HttpClient http, SessionId id) =>
        JsonNode.Parse(await http.GetStringAsync($"/v3/session/{id}/decision/"))!;

    /// <summary>The writer escapes plus signs.</summary>
    private async Task<string> UnescapedAsync() => (await File.ReadAllTextAsync(Path)).Replace("\\u002B", "+", StringComparison.Ordinal);
}
