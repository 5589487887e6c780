using System.Net;
using Microsoft.AspNetCore.Http;

namespace BiometricTwoFactor.Emulator.Tests;

/// <summary>Receivers that misbehave, and destinations that change while something waits for them.</summary>
public sealed class ReceiverTroubleTests
{
    private static readonly TimeSpan OneMinute = TimeSpan.FromMinutes(1);

    private static async Task<(RelyingParty Party, ManualTimeProvider Clock)> StartAsync()
    {
        var clock = new ManualTimeProvider(Deliveries.Start);
        return (await RelyingParty.StartAsync(options => options.TimeProvider = clock), clock);
    }

    private static async Task ApproveAsync(RelyingParty party)
    {
        var session = await party.CreatedKycAsync();
        await party.Emulator.CompleteAsync(session.Id);
    }

    [Fact]
    public async Task A_retry_goes_where_the_first_attempt_went()
    {
        var (party, clock) = await StartAsync();
        await using var _ = party;
        await using var moved = await Receiver.StartAsync();
        party.Receiver.AnswerNext(503);
        await ApproveAsync(party);
        await clock.WaitForTimerAsync(OneMinute);
        party.Emulator.WebhookUrl = moved.Url;
        clock.Advance(OneMinute);
        await Deliveries.LoggedAsync(party.Emulator, 2);
        Assert.Equal(2, party.Receiver.All.Count);
        Assert.Empty(moved.All);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_destination_that_is_deleted_or_disabled_gets_no_retry(bool deleted)
    {
        var (party, clock) = await StartAsync();
        await using var _ = party;
        party.Receiver.AnswerNext(503);
        await ApproveAsync(party);
        await clock.WaitForTimerAsync(OneMinute);
        var id = party.Emulator.WebhookDestinations[0].Id;
        Assert.True(deleted ? party.Emulator.RemoveWebhookDestination(id) : party.Emulator.SetWebhookDestinationEnabled(id, enabled: false));

        // What is sent after it shows that the retry's time has passed. A second later, so that its timer is told from the first one.
        clock.Advance(TimeSpan.FromSeconds(1));
        await using var later = await Receiver.StartAsync();
        party.Emulator.AddWebhookDestination(later.Url);
        later.AnswerNext(503);
        await ApproveAsync(party);
        await clock.WaitForTimerAsync(OneMinute);
        clock.Advance(OneMinute);
        await Deliveries.LoggedAsync(party.Emulator, 3);
        clock.Advance(TimeSpan.FromHours(1));

        Assert.Single(party.Receiver.All);
        Assert.Equal(2, later.All.Count);
    }

    [Fact]
    public async Task A_retry_keeps_the_signature_that_it_had()
    {
        var (party, clock) = await StartAsync();
        await using var _ = party;
        party.Receiver.AnswerNext(503);
        await ApproveAsync(party);
        await clock.WaitForTimerAsync(OneMinute);
        party.Emulator.Faults.Plan(new EmulatorFault { Kind = EmulatorFaultKind.WebhookRotatedSecret });
        await ApproveAsync(party);
        clock.Advance(OneMinute);
        await Deliveries.LoggedAsync(party.Emulator, 3);
        Assert.Equal(party.Receiver.All[0].Headers, party.Receiver.All[2].Headers);
    }

    [Fact]
    public async Task An_endless_answer_is_not_read_whole()
    {
        var (party, _) = await StartAsync();
        await using var __ = party;
        var isCutOff = new TaskCompletionSource();
        party.Receiver.Answer = async context =>
        {
            try
            {
                var line = new byte[1024];
                Array.Fill(line, (byte)'x');
                while (!context.RequestAborted.IsCancellationRequested)
                {
                    await context.Response.Body.WriteAsync(line, context.RequestAborted);
                }
            }
            finally
            {
                isCutOff.SetResult();
            }
        };
        await ApproveAsync(party);
        var delivery = Assert.Single(party.Emulator.Deliveries);
        Assert.Equal(WebhookDeliveryOutcome.Accepted, delivery.Outcome);
        Assert.Equal(new string('x', 2048), delivery.ResponseBody);
        await isCutOff.Task.WaitAsync(TimeSpan.FromSeconds(30));
    }

    [Fact]
    public async Task An_answer_whose_body_does_not_come_is_one_after_five_seconds()
    {
        var clock = new ManualTimeProvider(Deliveries.Start);
        using var body = new Stalling();
        await using var party = await RelyingParty.StartAsync(options =>
        {
            options.TimeProvider = clock;
            options.WebhookMessageHandler = () => new Answering(body);
        });
        var approving = ApproveAsync(party);
        await body.IsRead.WaitAsync(TimeSpan.FromSeconds(30));
        Assert.False(approving.IsCompleted);
        clock.Advance(TimeSpan.FromSeconds(5));
        await approving;
        Assert.Equal((WebhookDeliveryOutcome.Accepted, 200), (party.Emulator.Deliveries[0].Outcome, party.Emulator.Deliveries[0].ResponseStatus));
    }

    [Fact]
    public async Task A_redirect_is_not_followed()
    {
        var (party, clock) = await StartAsync();
        await using var _ = party;
        await using var elsewhere = await Receiver.StartAsync();
        party.Receiver.Answer = context =>
        {
            context.Response.Redirect(elsewhere.Url.AbsoluteUri, permanent: true, preserveMethod: true);
            return Task.CompletedTask;
        };
        await ApproveAsync(party);
        clock.Advance(TimeSpan.FromHours(1));
        await party.Emulator.WebhooksIdleAsync();
        Assert.Empty(elsewhere.All);
        Assert.Equal((WebhookDeliveryOutcome.Refused, 308), (party.Emulator.Deliveries[0].Outcome, party.Emulator.Deliveries[0].ResponseStatus));
    }

    [Fact]
    public async Task A_test_server_whose_application_throws_counts_as_no_answer()
    {
        var clock = new ManualTimeProvider(Deliveries.Start);
        await using var party = await RelyingParty.StartAsync(options =>
        {
            options.TimeProvider = clock;
            options.WebhookMessageHandler = () => new Throwing();
        });
        await ApproveAsync(party);
        Assert.Equal(WebhookDeliveryOutcome.NoAnswer, Assert.Single(party.Emulator.Deliveries).Outcome);
        await clock.WaitForTimerAsync(OneMinute);
    }

    [Fact]
    public async Task Disposing_does_not_wait_for_a_receiver_that_does_not_answer()
    {
        var (party, _) = await StartAsync();
        var never = new TaskCompletionSource();
        party.Receiver.Answer = _ => never.Task;
        var approving = ApproveAsync(party);
        while (party.Receiver.All.Count == 0)
        {
            await Task.Yield();
        }

        await party.Emulator.DisposeAsync();
        await approving;
        Assert.Empty(party.Emulator.Deliveries);
        never.SetResult();
        await party.DisposeAsync();
    }

    [Fact]
    public async Task The_retries_come_at_the_configured_times()
    {
        var clock = new ManualTimeProvider(Deliveries.Start);
        await using var party = await RelyingParty.StartAsync(options =>
        {
            options.TimeProvider = clock;
            options.WebhookRetryDelays = [TimeSpan.FromSeconds(7)];
        });
        party.Receiver.AnswerNext(404, 404, 404);
        await ApproveAsync(party);
        await clock.WaitForTimerAsync(TimeSpan.FromSeconds(7));
        clock.Advance(TimeSpan.FromSeconds(7));
        await Deliveries.LoggedAsync(party.Emulator, 2);
        clock.Advance(TimeSpan.FromHours(1));
        await party.Emulator.WebhooksIdleAsync();
        Assert.Equal([1, 2], party.Emulator.Deliveries.Select(delivery => delivery.Attempt));
    }

    /// <summary>A body of which nothing ever comes.</summary>
    private sealed class Stalling : MemoryStream
    {
        private readonly TaskCompletionSource _read = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public Task IsRead => _read.Task;

        public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
        {
            _read.TrySetResult();
            await Task.Delay(Timeout.InfiniteTimeSpan, TimeProvider.System, cancellationToken);
            return 0;
        }
    }

    private sealed class Answering(Stream body) : HttpMessageHandler
    {
        protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken) =>
            Task.FromResult(new HttpResponseMessage(HttpStatusCode.OK) { Content = new StreamContent(body) });
    }

    private sealed class Throwing : HttpMessageHandler
    {
        protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken) =>
            throw new InvalidOperationException("The application under test has a bug.");
    }
}
