using System.Net;
using System.Net.Sockets;

namespace BiometricTwoFactor.Emulator.Tests;

public sealed class WebhookDeliveryTests
{
    private static readonly TimeSpan OneMinute = TimeSpan.FromMinutes(1);
    private static readonly TimeSpan FourMinutes = TimeSpan.FromMinutes(4);

    private static async Task<(RelyingParty Party, ManualTimeProvider Clock, SessionId Session)> StartAsync(params int[] answers)
    {
        var clock = new ManualTimeProvider(DateTimeOffset.FromUnixTimeSeconds(1774970000));
        var party = await RelyingParty.StartAsync(options => options.TimeProvider = clock);
        party.Receiver.AnswerNext(answers);
        var session = await party.CreatedKycAsync();
        return (party, clock, session.Id);
    }

    private static async Task LoggedAsync(RelyingParty party, int count)
    {
        // The log grows in the background; the test's own deadline is the runner's.
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(30));
        while (party.Emulator.Deliveries.Count < count)
        {
            patience.Token.ThrowIfCancellationRequested();
            await Task.Yield();
        }
    }

    [Theory]
    [InlineData(500)]
    [InlineData(503)]
    [InlineData(404)]
    public async Task A_failed_delivery_is_sent_again_after_one_and_four_minutes_with_the_same_bytes(int answer)
    {
        var (party, clock, session) = await StartAsync(answer, answer, answer);
        await using var _ = party;
        await party.Emulator.CompleteAsync(session);
        Assert.Single(party.Receiver.All);

        await clock.WaitForTimerAsync(OneMinute);
        clock.Advance(OneMinute - TimeSpan.FromSeconds(1));
        Assert.Single(party.Receiver.All);
        clock.Advance(TimeSpan.FromSeconds(1));
        await LoggedAsync(party, 2);
        await clock.WaitForTimerAsync(FourMinutes);
        clock.Advance(FourMinutes);
        await LoggedAsync(party, 3);

        Assert.Equal("1 2 3", string.Join(' ', party.Emulator.Deliveries.Select(delivery => delivery.Attempt)));
        Assert.All(party.Emulator.Deliveries, delivery => Assert.Equal(WebhookDeliveryOutcome.Failed, delivery.Outcome));
        Assert.All(party.Emulator.Deliveries, delivery => Assert.Equal(answer, delivery.ResponseStatus));
        Assert.All(party.Receiver.All, received => Assert.Equal(party.Receiver.All[0].Body, received.Body));
        Assert.All(party.Receiver.All, received => Assert.Equal(party.Receiver.All[0].Headers["X-Signature-V2"], received.Headers["X-Signature-V2"]));
    }

    [Fact]
    public async Task A_retry_that_is_accepted_is_the_last()
    {
        var (party, clock, session) = await StartAsync(500, 200);
        await using var _ = party;
        await party.Emulator.CompleteAsync(session);
        await clock.WaitForTimerAsync(OneMinute);
        clock.Advance(OneMinute);
        await LoggedAsync(party, 2);
        clock.Advance(TimeSpan.FromHours(1));
        Assert.Equal(WebhookDeliveryOutcome.Accepted, party.Emulator.Deliveries[1].Outcome);
        Assert.Equal(2, party.Receiver.All.Count);
    }

    [Theory]
    [InlineData(400)]
    [InlineData(401)]
    [InlineData(302)]
    [InlineData(429)]
    public async Task Other_answers_lose_the_event(int answer)
    {
        var (party, clock, session) = await StartAsync(answer);
        await using var _ = party;
        await party.Emulator.CompleteAsync(session);
        clock.Advance(TimeSpan.FromHours(1));
        await party.Emulator.WebhooksIdleAsync();
        Assert.Equal(WebhookDeliveryOutcome.Refused, Assert.Single(party.Emulator.Deliveries).Outcome);
    }

    [Fact]
    public async Task A_receiver_that_is_not_there_counts_as_failed()
    {
        var (party, clock, session) = await StartAsync();
        await using var _ = party;
        using var socket = new Socket(SocketType.Stream, ProtocolType.Tcp);
        socket.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        party.Emulator.WebhookUrl = new UriBuilder("http", "127.0.0.1", ((IPEndPoint)socket.LocalEndPoint!).Port).Uri;
        await party.Emulator.CompleteAsync(session);
        var delivery = Assert.Single(party.Emulator.Deliveries);
        Assert.Equal(WebhookDeliveryOutcome.NoAnswer, delivery.Outcome);
        Assert.Null(delivery.ResponseStatus);
        await clock.WaitForTimerAsync(OneMinute);
    }

    [Fact]
    public async Task A_receiver_that_does_not_answer_is_given_five_seconds()
    {
        var (party, clock, session) = await StartAsync();
        await using var _ = party;
        // Listening, but never accepting: the connection stands and nothing comes back.
        using var socket = new Socket(SocketType.Stream, ProtocolType.Tcp);
        socket.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        socket.Listen();
        party.Emulator.WebhookUrl = new UriBuilder("http", "127.0.0.1", ((IPEndPoint)socket.LocalEndPoint!).Port).Uri;
        var completing = party.Emulator.CompleteAsync(session);
        await clock.WaitForTimerAsync(TimeSpan.FromSeconds(5));
        Assert.False(completing.IsCompleted);
        clock.Advance(TimeSpan.FromSeconds(5));
        await completing;
        Assert.Equal(WebhookDeliveryOutcome.NoAnswer, Assert.Single(party.Emulator.Deliveries).Outcome);
    }

    [Fact]
    public async Task A_delivery_can_be_replayed_byte_for_byte()
    {
        var (party, clock, session) = await StartAsync();
        await using var _ = party;
        await party.Emulator.CompleteAsync(session);
        clock.Advance(TimeSpan.FromDays(1));
        var replay = await party.Emulator.RedeliverAsync(party.Emulator.Deliveries[0]);
        Assert.Equal(WebhookDeliveryOutcome.Accepted, replay.Outcome);
        Assert.Equal(party.Receiver.All[0].Body, party.Receiver.All[1].Body);
        Assert.Equal(party.Receiver.All[0].Headers["X-Signature"], party.Receiver.All[1].Headers["X-Signature"]);
        Assert.Equal("1774970000", party.Receiver.All[1].Headers["X-Timestamp"]);
    }

    [Fact]
    public async Task Disposing_ends_waiting_retries()
    {
        var (party, clock, session) = await StartAsync(500);
        await party.Emulator.CompleteAsync(session);
        await clock.WaitForTimerAsync(OneMinute);
        await party.DisposeAsync();
        clock.Advance(TimeSpan.FromHours(1));
        Assert.Single(party.Emulator.Deliveries);
    }
}
