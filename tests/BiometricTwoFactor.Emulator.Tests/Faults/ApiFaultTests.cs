using System.Text.Json.Nodes;

namespace BiometricTwoFactor.Emulator.Tests;

// The SDK's, not the emulator's own reading of one.
using CreateSessionRequest = BiometricTwoFactor.CreateSessionRequest;

public sealed class ApiFaultTests
{
    private const string Canary = "Canary-of-the-provider";

    [Theory]
    [InlineData(EmulatorFaultKind.ApiFieldArrays, BiometricErrorCode.InvalidRequest, 400, "workflow_id")]
    [InlineData(EmulatorFaultKind.ApiFieldTexts, BiometricErrorCode.InvalidRequest, 400, "workflow_id")]
    [InlineData(EmulatorFaultKind.ApiDetail, BiometricErrorCode.InvalidRequest, 400, "")]
    [InlineData(EmulatorFaultKind.ApiBareArray, BiometricErrorCode.InvalidRequest, 400, "")]
    [InlineData(EmulatorFaultKind.ApiForbidden, BiometricErrorCode.NotAuthorised, 403, "")]
    [InlineData(EmulatorFaultKind.ApiNotFoundHtml, BiometricErrorCode.NotFound, 404, "")]
    [InlineData(EmulatorFaultKind.ApiThrottled, BiometricErrorCode.RateLimited, 429, "")]
    [InlineData(EmulatorFaultKind.ApiServerError, BiometricErrorCode.ProviderError, 500, "")]
    public async Task A_refusal_is_one_exception_whatever_its_shape_and_nothing_was_done(
        EmulatorFaultKind kind, BiometricErrorCode code, int status, string fields)
    {
        await using var party = await RelyingParty.StartAsync();
        using var sdk = new SdkClient(party.Emulator);
        party.Emulator.Faults.Plan(new EmulatorFault { Kind = kind, Text = Canary });

        var refusal = await Assert.ThrowsAsync<BiometricException>(() => sdk.Client.CreateSessionAsync(Enrolment()));

        Assert.Equal((code, status, fields), (refusal.Code, refusal.Status!.Value, string.Join(',', refusal.Fields)));
        Assert.Empty(party.Emulator.Sessions);
        AssertTellsNothing(refusal, sdk);
        Assert.Empty(party.Emulator.Faults.Planned);
        Assert.NotEqual(default, (await sdk.Client.CreateSessionAsync(Enrolment())).SessionId);
    }

    [Theory]
    [InlineData(EmulatorFaultKind.ApiFieldArrays, 400, """{"workflow_id":["This field is required."]}""")]
    [InlineData(EmulatorFaultKind.ApiFieldTexts, 400, """{"workflow_id":"Invalid workflow_id."}""")]
    [InlineData(EmulatorFaultKind.ApiDetail, 400, """{"detail":"You don't have enough credits to perform this request. Please top up."}""")]
    [InlineData(EmulatorFaultKind.ApiBareArray, 400, """["The new status is the same as the current status."]""")]
    [InlineData(EmulatorFaultKind.ApiForbidden, 403, """{"detail":"You do not have permission to perform this action."}""")]
    public async Task A_refusal_has_the_providers_own_words_by_default(EmulatorFaultKind kind, int status, string body)
    {
        await using var party = await RelyingParty.StartAsync();
        party.Emulator.Faults.Plan(new EmulatorFault { Kind = kind });
        Assert.Equal((status, body), await party.SendAsync(HttpMethod.Get, "/v3/sessions/"));
    }

    [Fact]
    public async Task Missing_credit_is_understood_by_its_words()
    {
        await using var party = await RelyingParty.StartAsync();
        using var sdk = new SdkClient(party.Emulator);
        party.Emulator.Faults.Plan(new EmulatorFault { Kind = EmulatorFaultKind.ApiDetail });
        var refusal = await Assert.ThrowsAsync<BiometricException>(() => sdk.Client.CreateSessionAsync(Enrolment()));
        Assert.Equal(BiometricErrorCode.OutOfCredit, refusal.Code);
    }

    [Theory]
    [InlineData(EmulatorFaultKind.ApiNotFoundHtml, 404)]
    [InlineData(EmulatorFaultKind.ApiServerError, 500)]
    public async Task What_is_no_json_is_a_page(EmulatorFaultKind kind, int status)
    {
        await using var party = await RelyingParty.StartAsync();
        party.Emulator.Faults.Plan(new EmulatorFault { Kind = kind });
        using var answer = await party.Http.GetAsync("/v3/sessions/");
        Assert.Equal((status, "text/html"), ((int)answer.StatusCode, answer.Content.Headers.ContentType!.MediaType));
        Assert.StartsWith("<!doctype html>", await answer.Content.ReadAsStringAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Throttling_says_when_to_come_back()
    {
        var clock = new ManualTimeProvider(DateTimeOffset.FromUnixTimeSeconds(1774970000));
        await using var party = await RelyingParty.StartAsync(options => options.TimeProvider = clock);
        using var sdk = new SdkClient(party.Emulator);
        party.Emulator.Faults.Plan(new EmulatorFault { Kind = EmulatorFaultKind.ApiThrottled, Delay = TimeSpan.FromSeconds(6.5), Times = 2 });

        using var answer = await party.Http.GetAsync("/v3/sessions/");
        Assert.Equal(TimeSpan.FromSeconds(7), answer.Headers.RetryAfter!.Delta);
        Assert.Equal(
            "600 0 1774970007",
            string.Join(' ', ((string[])["X-RateLimit-Limit", "X-RateLimit-Remaining", "X-RateLimit-Reset"]).Select(name => answer.Headers.GetValues(name).Single())));

        var refusal = await Assert.ThrowsAsync<BiometricException>(() => sdk.Client.CreateSessionAsync(Enrolment()));
        Assert.Equal((BiometricErrorCode.RateLimited, TimeSpan.FromSeconds(7)), (refusal.Code, refusal.RetryAfter!.Value));
    }

    [Fact]
    public async Task A_reader_that_comes_again_gets_its_answer()
    {
        await using var party = await RelyingParty.StartAsync();
        using var sdk = new SdkClient(party.Emulator, options =>
        {
            options.Resilience.Retry.MaxRetryAttempts = 3;
            options.Resilience.Retry.Delay = TimeSpan.Zero;
        });
        var session = await party.CreatedKycAsync();
        party.Emulator.Faults.Plan(new EmulatorFault { Kind = EmulatorFaultKind.ApiServerError });
        party.Emulator.Faults.Plan(new EmulatorFault { Kind = EmulatorFaultKind.ApiThrottled, Delay = TimeSpan.Zero });
        Assert.Equal(SessionStatus.NotStarted, (await sdk.Client.GetDecisionAsync(session.Id)).Status);
        Assert.Empty(party.Emulator.Faults.Planned);
    }

    [Fact]
    public async Task A_slow_answer_comes_by_the_emulators_clock()
    {
        var clock = new ManualTimeProvider(DateTimeOffset.FromUnixTimeSeconds(1774970000));
        await using var party = await RelyingParty.StartAsync(options => options.TimeProvider = clock);
        using var sdk = new SdkClient(party.Emulator);
        party.Emulator.Faults.Plan(new EmulatorFault { Kind = EmulatorFaultKind.ApiSlow, Delay = TimeSpan.FromSeconds(20) });

        var creating = sdk.Client.CreateSessionAsync(Enrolment());
        await clock.WaitForTimerAsync(TimeSpan.FromSeconds(20));
        Assert.False(creating.IsCompleted);
        Assert.Empty(party.Emulator.Sessions);
        clock.Advance(TimeSpan.FromSeconds(20));

        Assert.Equal((await creating).SessionId, Assert.Single(party.Emulator.Sessions).Id);
    }

    [Fact]
    public async Task Who_waits_no_longer_gives_up_on_a_slow_answer()
    {
        var clock = new ManualTimeProvider(DateTimeOffset.FromUnixTimeSeconds(1774970000));
        await using var party = await RelyingParty.StartAsync(options => options.TimeProvider = clock);
        using var sdk = new SdkClient(party.Emulator, options => options.Resilience.AttemptTimeout.Timeout = TimeSpan.FromMilliseconds(50));
        party.Emulator.Faults.Plan(new EmulatorFault { Kind = EmulatorFaultKind.ApiSlow });
        var silence = await Assert.ThrowsAsync<BiometricException>(() => sdk.Client.CreateSessionAsync(Enrolment()));
        Assert.Equal(BiometricErrorCode.Timeout, silence.Code);
        AssertTellsNothing(silence, sdk);
    }

    [Fact]
    public async Task A_connection_that_is_closed_before_the_answer_is_no_answer_and_nothing_was_done()
    {
        await using var party = await RelyingParty.StartAsync();
        using var sdk = new SdkClient(party.Emulator);
        party.Emulator.Faults.Plan(new EmulatorFault { Kind = EmulatorFaultKind.ApiHangUp });
        var silence = await Assert.ThrowsAsync<BiometricException>(() => sdk.Client.CreateSessionAsync(Enrolment()));
        Assert.Equal((BiometricErrorCode.Unreachable, null), (silence.Code, silence.Status));
        Assert.Empty(party.Emulator.Sessions);
        AssertTellsNothing(silence, sdk);
    }

    [Fact]
    public async Task A_connection_that_is_closed_in_the_body_leaves_a_session_that_nobody_was_told_of()
    {
        await using var party = await RelyingParty.StartAsync();
        using var sdk = new SdkClient(party.Emulator);
        party.Emulator.Faults.Plan(new EmulatorFault { Kind = EmulatorFaultKind.ApiHangUpInBody });
        var silence = await Assert.ThrowsAsync<BiometricException>(() => sdk.Client.CreateSessionAsync(Enrolment()));
        Assert.Equal(BiometricErrorCode.Unreachable, silence.Code);
        AssertTellsNothing(silence, sdk, Assert.Single(party.Emulator.Sessions));
    }

    [Fact]
    public async Task The_length_promises_what_the_broken_off_body_does_not_keep()
    {
        await using var party = await RelyingParty.StartAsync();
        var whole = (await party.SendAsync(HttpMethod.Get, "/v3/sessions/")).Body;
        party.Emulator.Faults.Plan(new EmulatorFault { Kind = EmulatorFaultKind.ApiHangUpInBody });
        using var http = new HttpClient(new SocketsHttpHandler { UseProxy = false }) { BaseAddress = party.Emulator.BaseAddress };
        http.DefaultRequestHeaders.Add("x-api-key", RelyingParty.ApiKey);
        using var answer = await http.GetAsync("/v3/sessions/", HttpCompletionOption.ResponseHeadersRead);
        Assert.Equal((200, (long?)whole.Length), ((int)answer.StatusCode, answer.Content.Headers.ContentLength));
        await Assert.ThrowsAnyAsync<Exception>(() => answer.Content.ReadAsByteArrayAsync());
    }

    [Fact]
    public async Task A_truncated_answer_is_complete_by_its_length_and_half_by_its_text()
    {
        await using var party = await RelyingParty.StartAsync();
        var session = await party.CreatedKycAsync();
        var whole = (await party.DecisionAsync(session.Id)).ToJsonString();
        party.Emulator.Faults.Plan(new EmulatorFault { Kind = EmulatorFaultKind.ApiTruncated });

        using var answer = await party.Http.GetAsync($"/v3/session/{session.Id}/decision/");

        var text = await answer.Content.ReadAsStringAsync();
        Assert.Equal((200, text.Length), ((int)answer.StatusCode, (int)answer.Content.Headers.ContentLength!.Value));
        Assert.StartsWith(text, whole, StringComparison.Ordinal);
        Assert.Equal(whole.Length / 2, text.Length);
    }

    [Fact]
    public async Task A_truncated_answer_is_no_answer_though_the_session_exists()
    {
        await using var party = await RelyingParty.StartAsync();
        using var sdk = new SdkClient(party.Emulator);
        party.Emulator.Faults.Plan(new EmulatorFault { Kind = EmulatorFaultKind.ApiTruncated });
        var nonsense = await Assert.ThrowsAsync<BiometricException>(() => sdk.Client.CreateSessionAsync(Enrolment()));
        Assert.Equal(BiometricErrorCode.InvalidAnswer, nonsense.Code);
        AssertTellsNothing(nonsense, sdk, Assert.Single(party.Emulator.Sessions));
    }

    [Theory]
    [InlineData(EmulatorFaultKind.ApiTruncated)]
    [InlineData(EmulatorFaultKind.ApiHangUpInBody)]
    public async Task An_answer_without_a_body_can_be_spoilt_too(EmulatorFaultKind kind)
    {
        await using var party = await RelyingParty.StartAsync();
        using var sdk = new SdkClient(party.Emulator);
        var session = await party.CreatedKycAsync();
        party.Emulator.Faults.Plan(new EmulatorFault { Kind = kind });
        var failure = await Record.ExceptionAsync(() => sdk.Client.DeleteSessionAsync(session.Id));
        Assert.Equal(kind == EmulatorFaultKind.ApiHangUpInBody, failure is BiometricException { Code: BiometricErrorCode.Unreachable });
        Assert.Null(party.Emulator.FindSession(session.Id));
    }

    [Theory]
    [InlineData(1, 14)]
    [InlineData(14, 14)]
    [InlineData(100_000, 100_000)]
    public async Task A_huge_answer_is_json_of_the_length_asked_for_and_does_not_say_its_length(int asked, int length)
    {
        await using var party = await RelyingParty.StartAsync();
        party.Emulator.Faults.Plan(new EmulatorFault { Kind = EmulatorFaultKind.ApiHuge, Count = asked });
        using var answer = await party.Http.GetAsync("/v3/sessions/", HttpCompletionOption.ResponseHeadersRead);
        Assert.Null(answer.Content.Headers.ContentLength);
        var body = await answer.Content.ReadAsStringAsync();
        Assert.Equal(length, body.Length);
        Assert.NotNull(JsonNode.Parse(body)!["padding"]);
    }

    [Fact]
    public async Task A_huge_answer_is_not_read_to_its_end()
    {
        await using var party = await RelyingParty.StartAsync();
        using var sdk = new SdkClient(party.Emulator);
        party.Emulator.Faults.Plan(new EmulatorFault { Kind = EmulatorFaultKind.ApiHuge });
        var refusal = await Assert.ThrowsAsync<BiometricException>(() => sdk.Client.CreateSessionAsync(Enrolment()));
        Assert.Equal(BiometricErrorCode.AnswerTooLarge, refusal.Code);
        Assert.Equal(200, (await party.SendAsync(HttpMethod.Get, "/v3/sessions/")).Status);
    }

    [Fact]
    public async Task A_fault_of_one_session_strikes_that_sessions_requests_only()
    {
        await using var party = await RelyingParty.StartAsync();
        var struck = await party.CreatedKycAsync("a");
        var spared = await party.CreatedKycAsync("b");
        party.Emulator.Faults.Plan(new EmulatorFault { Kind = EmulatorFaultKind.ApiServerError, SessionId = struck.Id, Times = 2 });

        Assert.Equal(200, (await party.SendAsync(HttpMethod.Get, $"/v3/session/{spared.Id}/decision/")).Status);
        Assert.Equal(200, (await party.SendAsync(HttpMethod.Get, "/v3/sessions/")).Status);
        Assert.Equal(500, (await party.SendAsync(HttpMethod.Get, $"/v3/session/{struck.Id}/decision/")).Status);
        Assert.Equal(500, (await party.SendAsync(HttpMethod.Delete, $"/v3/session/{struck.Id}/delete/")).Status);
        Assert.Equal(200, (await party.SendAsync(HttpMethod.Get, $"/v3/session/{struck.Id}/decision/")).Status);
    }

    [Fact]
    public async Task The_hosted_page_works_while_the_api_does_not()
    {
        await using var party = await RelyingParty.StartAsync();
        var session = await party.CreatedKycAsync();
        party.Emulator.Faults.Plan(new EmulatorFault { Kind = EmulatorFaultKind.ApiServerError, Times = null });
        Assert.Equal(200, (await party.SendAsync(HttpMethod.Get, session.Url.AbsolutePath)).Status);
        Assert.Equal(500, (await party.SendAsync(HttpMethod.Get, "/v3/sessions/")).Status);
        Assert.Equal(500, (await party.SendAsync(HttpMethod.Get, "/v3/sessions/")).Status);
    }

    [Fact]
    public void A_number_that_makes_no_sense_is_not_planned()
    {
        var faults = new EmulatorFaults(_ => Task.CompletedTask, new ChangeFeed());
        EmulatorFault[] senseless =
        [
            new() { Kind = EmulatorFaultKind.None },
            new() { Kind = (EmulatorFaultKind)999 },
            new() { Kind = EmulatorFaultKind.ApiSlow, Times = 0 },
            new() { Kind = EmulatorFaultKind.ApiSlow, Delay = TimeSpan.FromSeconds(-1) },
            new() { Kind = EmulatorFaultKind.ApiSlow, Delay = TimeSpan.FromDays(50) },
            new() { Kind = EmulatorFaultKind.ApiHuge, Count = 0 },
            new() { Kind = EmulatorFaultKind.ApiHuge, Count = int.MaxValue },
        ];
        Assert.All(senseless, fault => Assert.Throws<ArgumentException>(() => faults.Plan(fault)));
        Assert.Empty(faults.Planned);
    }

    private static CreateSessionRequest Enrolment() => CreateSessionRequest.ForEnrolment(EmulatedWorkflow.KycEnrolmentId, "user-canary");

    /// <summary>Neither the exception nor the log has anything of what went over the wire.</summary>
    private static void AssertTellsNothing(Exception failure, SdkClient sdk, EmulatedSession? session = null)
    {
        List<string> secrets = [Canary, RelyingParty.ApiKey, "user-canary", "doctype", "padding"];
        if (session is not null)
        {
            secrets.Add(session.Token.Reveal());
            secrets.Add(session.Id.ToString());
        }

        Assert.All(sdk.Log.Lines.Append(failure.ToString()), text =>
            Assert.All(secrets, secret => Assert.DoesNotContain(secret, text, StringComparison.OrdinalIgnoreCase)));
        Assert.NotEmpty(sdk.Log.Lines);
    }
}
