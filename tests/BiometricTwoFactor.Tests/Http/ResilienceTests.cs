using System.Net.Http.Headers;
using BiometricTwoFactor.Tests.Client;
using BiometricTwoFactor.Tests.Support;

namespace BiometricTwoFactor.Tests.Http;

public sealed class ResilienceTests
{
    private const string Decision = "{\"session_id\":\"" + ClientHarness.SessionUuid + "\",\"status\":\"Approved\"}";

    private static void WaitOf(HttpResponseMessage response, int seconds) =>
        response.Headers.RetryAfter = new RetryConditionHeaderValue(TimeSpan.FromSeconds(seconds));

    [Theory]
    [InlineData(408)]
    [InlineData(429)]
    [InlineData(500)]
    [InlineData(502)]
    [InlineData(503)]
    [InlineData(504)]
    public async Task A_read_is_repeated_after_a_failure_that_may_pass(int status)
    {
        using var harness = new ClientHarness();
        harness.Network.Then(status, "").Then(200, Decision);
        var reading = harness.Client.GetDecisionAsync(ClientHarness.Session);
        await harness.Time.WaitForTimerAsync(TimeSpan.FromMilliseconds(500));
        Assert.Single(harness.Network.Sent);
        harness.Time.Advance(TimeSpan.FromMilliseconds(500));
        Assert.Equal(SessionStatus.Approved, (await reading).Status);
        Assert.Equal(2, harness.Network.Sent.Count);
        Assert.All(harness.Network.Sent, sent => Assert.Equal(ClientHarness.Key, sent.ApiKey));
    }

    [Theory]
    [InlineData(400)]
    [InlineData(401)]
    [InlineData(403)]
    [InlineData(404)]
    [InlineData(501)]
    public async Task A_read_is_not_repeated_after_a_refusal(int status)
    {
        using var harness = new ClientHarness();
        harness.Network.Then(status, "");
        await Assert.ThrowsAsync<BiometricException>(
            () => harness.Client.GetDecisionAsync(ClientHarness.Session).WaitAsync(ManualTimeProvider.HangGuard));
        Assert.Single(harness.Network.Sent);
    }

    [Fact]
    public async Task A_read_gives_up_after_its_attempts_and_says_what_came_last()
    {
        using var harness = new ClientHarness();
        harness.Network.ThenThrow(new HttpRequestException("down")).Then(500).Then(502).Then(503);
        var reading = harness.Client.GetDecisionAsync(ClientHarness.Session);
        foreach (var wait in new[] { 500, 1000, 2000 })
        {
            await harness.Time.WaitForTimerAsync(TimeSpan.FromMilliseconds(wait));
            harness.Time.Advance(TimeSpan.FromMilliseconds(wait));
        }

        var failure = await Assert.ThrowsAsync<BiometricException>(() => reading);
        Assert.Equal(BiometricErrorCode.ProviderError, failure.Code);
        Assert.Equal(503, failure.Status);
        Assert.Equal(4, harness.Network.Sent.Count);
    }

    [Fact]
    public async Task The_wait_that_the_provider_asks_for_is_kept()
    {
        using var harness = new ClientHarness();
        harness.Network.Then(429, "", response => WaitOf(response, 7)).Then(200, Decision);
        var reading = harness.Client.GetDecisionAsync(ClientHarness.Session);
        await harness.Time.WaitForTimerAsync(TimeSpan.FromSeconds(7));
        harness.Time.Advance(TimeSpan.FromSeconds(6.9));
        Assert.Single(harness.Network.Sent);
        harness.Time.Advance(TimeSpan.FromSeconds(0.1));
        await reading;
        Assert.Equal(2, harness.Network.Sent.Count);
    }

    [Fact]
    public async Task A_wait_until_a_date_is_kept()
    {
        using var harness = new ClientHarness();
        var until = harness.Time.GetUtcNow() + TimeSpan.FromSeconds(4);
        harness.Network.Then(503, "", response => response.Headers.RetryAfter = new RetryConditionHeaderValue(until)).Then(200, Decision);
        var reading = harness.Client.GetDecisionAsync(ClientHarness.Session);
        await harness.Time.WaitForTimerAsync(TimeSpan.FromSeconds(4));
        harness.Time.Advance(TimeSpan.FromSeconds(4));
        await reading;
    }

    [Theory]
    [InlineData(11)]
    [InlineData(99999999)]
    public async Task A_wait_beyond_the_cap_is_not_begun_but_handed_on(int seconds)
    {
        using var harness = new ClientHarness();
        harness.Network.Then(429, "", response => WaitOf(response, seconds));
        var failure = await Assert.ThrowsAsync<BiometricException>(() => harness.Client.GetDecisionAsync(ClientHarness.Session).WaitAsync(ManualTimeProvider.HangGuard));
        Assert.Equal(BiometricErrorCode.RateLimited, failure.Code);
        Assert.Equal(TimeSpan.FromSeconds(seconds), failure.RetryAfter);
        Assert.Single(harness.Network.Sent);
    }

    public static TheoryData<string> Writes => ["create", "match", "liveness", "delete", "erase", "status"];

    private static Task Write(BiometricClient client, string which)
    {
        FaceImage Image() => new(new MemoryStream([1, 2, 3]), "a.jpg");
        return which switch
        {
            "create" => client.CreateSessionAsync(CreateSessionRequest.ForEnrolment("wf", "u")),
            "match" => client.MatchFacesAsync(new FaceMatchRequest(Image(), Image())),
            "liveness" => client.CheckPassiveLivenessAsync(new PassiveLivenessRequest(Image())),
            "delete" => client.DeleteSessionAsync(ClientHarness.Session),
            "erase" => client.DeleteUserAsync("u"),
            _ => client.UpdateStatusAsync(ClientHarness.Session, new UpdateStatusRequest(SessionStatus.Declined)),
        };
    }

    [Theory]
    [MemberData(nameof(Writes))]
    public async Task What_changes_something_is_sent_once_whatever_happens(string which)
    {
        using var failing = new ClientHarness();
        failing.Network.Then(503, "", response => WaitOf(response, 0));
        Assert.Equal(BiometricErrorCode.ProviderError, (await Assert.ThrowsAsync<BiometricException>(() => Write(failing.Client, which).WaitAsync(ManualTimeProvider.HangGuard))).Code);
        Assert.Single(failing.Network.Sent);

        using var unreachable = new ClientHarness();
        unreachable.Network.ThenThrow(new HttpRequestException("down"));
        Assert.Equal(BiometricErrorCode.Unreachable, (await Assert.ThrowsAsync<BiometricException>(() => Write(unreachable.Client, which).WaitAsync(ManualTimeProvider.HangGuard))).Code);
        Assert.Single(unreachable.Network.Sent);
    }

    [Fact]
    public async Task A_silent_provider_ends_in_a_timeout_of_the_attempt()
    {
        using var harness = new ClientHarness();
        harness.Network.ThenSilence();
        var creating = harness.Client.CreateSessionAsync(CreateSessionRequest.ForEnrolment("wf", "u"));
        await harness.Time.WaitForTimerAsync(TimeSpan.FromSeconds(10));
        harness.Time.Advance(TimeSpan.FromSeconds(10));
        Assert.Equal(BiometricErrorCode.Timeout, (await Assert.ThrowsAsync<BiometricException>(() => creating)).Code);
    }

    [Fact]
    public async Task A_body_that_never_comes_counts_against_the_attempt_too()
    {
        using var harness = new ClientHarness();
        harness.Network.Then(() => new HttpResponseMessage { Content = new StreamContent(new SilentStream()) });
        var creating = harness.Client.CreateSessionAsync(CreateSessionRequest.ForEnrolment("wf", "u"));
        await harness.Time.WaitForTimerAsync(TimeSpan.FromSeconds(10));
        harness.Time.Advance(TimeSpan.FromSeconds(10));
        Assert.Equal(BiometricErrorCode.Timeout, (await Assert.ThrowsAsync<BiometricException>(() => creating)).Code);
    }

    [Fact]
    public async Task All_attempts_together_end_with_the_total_time()
    {
        using var harness = new ClientHarness(options => options.Resilience.TotalRequestTimeout.Timeout = TimeSpan.FromSeconds(15));
        harness.Network.ThenSilence().ThenSilence();
        var reading = harness.Client.GetDecisionAsync(ClientHarness.Session);
        await harness.Time.WaitForTimerAsync(TimeSpan.FromSeconds(10));
        harness.Time.Advance(TimeSpan.FromSeconds(10));
        await harness.Time.WaitForTimerAsync(TimeSpan.FromMilliseconds(500));
        harness.Time.Advance(TimeSpan.FromMilliseconds(500));
        await harness.Time.WaitForTimerAsync(TimeSpan.FromSeconds(10));
        harness.Time.Advance(TimeSpan.FromSeconds(4.5));
        Assert.Equal(BiometricErrorCode.Timeout, (await Assert.ThrowsAsync<BiometricException>(() => reading)).Code);
        Assert.Equal(2, harness.Network.Sent.Count);
    }

    [Fact]
    public async Task Cancellation_is_honoured_while_waiting_for_the_next_attempt()
    {
        using var harness = new ClientHarness();
        using var source = new CancellationTokenSource();
        harness.Network.Then(503, "", response => WaitOf(response, 9));
        var reading = harness.Client.GetDecisionAsync(ClientHarness.Session, source.Token);
        await harness.Time.WaitForTimerAsync(TimeSpan.FromSeconds(9));
        await source.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => reading);
        Assert.Single(harness.Network.Sent);
    }

    [Fact]
    public async Task Cancellation_is_honoured_while_the_provider_is_silent()
    {
        using var harness = new ClientHarness();
        using var source = new CancellationTokenSource();
        harness.Network.ThenSilence();
        var creating = harness.Client.CreateSessionAsync(CreateSessionRequest.ForEnrolment("wf", "u"), source.Token);
        await harness.Time.WaitForTimerAsync(TimeSpan.FromSeconds(10));
        await source.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => creating);
    }

    [Fact]
    public async Task The_circuit_opens_after_too_many_failures_and_closes_when_the_provider_recovers()
    {
        using var harness = new ClientHarness(options =>
        {
            options.Resilience.CircuitBreaker.MinimumThroughput = 4;
            options.Resilience.CircuitBreaker.BreakDuration = TimeSpan.FromSeconds(5);
        });
        harness.Network.Then(500).Then(500).Then(500).Then(500).Then(200, "{\"session_id\":\"x\"}");
        for (var i = 0; i < 4; i++)
        {
            Assert.Equal(BiometricErrorCode.ProviderError, (await Assert.ThrowsAsync<BiometricException>(() => harness.Client.DeleteUserAsync("u"))).Code);
        }

        // Writes opened it, and reads are held back as well: it is one provider.
        Assert.Equal(BiometricErrorCode.CircuitOpen, (await Assert.ThrowsAsync<BiometricException>(() => harness.Client.GetDecisionAsync(ClientHarness.Session))).Code);
        Assert.Equal(BiometricErrorCode.CircuitOpen, (await Assert.ThrowsAsync<BiometricException>(() => harness.Client.DeleteUserAsync("u"))).Code);
        Assert.Equal(4, harness.Network.Sent.Count);

        harness.Time.Advance(TimeSpan.FromSeconds(5));
        Assert.True(await harness.Client.DeleteUserAsync("u"));
        Assert.Equal(5, harness.Network.Sent.Count);
    }

    [Fact]
    public async Task Refusals_do_not_open_the_circuit()
    {
        using var harness = new ClientHarness(options => options.Resilience.CircuitBreaker.MinimumThroughput = 2);
        for (var i = 0; i < 10; i++)
        {
            harness.Network.Then(i % 2 == 0 ? 404 : 429);
            await Record.ExceptionAsync(() => harness.Client.DeleteUserAsync("u"));
        }

        Assert.Equal(10, harness.Network.Sent.Count);
    }

    private sealed class SilentStream : MemoryStream
    {
        public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
        {
            var never = new TaskCompletionSource<int>(TaskCreationOptions.RunContinuationsAsynchronously);
            await using var given = cancellationToken.Register(() => never.TrySetCanceled(cancellationToken));
            return await never.Task;
        }
    }
}
