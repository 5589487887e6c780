using System.Net;
using Microsoft.Extensions.Logging;

namespace BiometricTwoFactor.Emulator;

/// <summary>Sends in the background, each webhook on its own and again when it fails (contract 4.8), and keeps the log.</summary>
internal sealed partial class DeliveryQueue : IAsyncDisposable
{
    private readonly EmulatorSettings _settings;
    private readonly DestinationStore _destinations;
    private readonly ChangeFeed _changes;
    private readonly ILogger? _logger;
    private readonly WebhookSender _sender;
    private readonly CancellationTokenSource _stopping = new();
    private readonly CancellationToken _stopped;
    private readonly Lock _gate = new();
    private readonly HashSet<Task> _running = [];
    private readonly HashSet<Task> _firstAttempts = [];

    public DeliveryQueue(EmulatorSettings settings, DestinationStore destinations, ChangeFeed changes)
    {
        _settings = settings;
        _destinations = destinations;
        _changes = changes;
        _logger = settings.Options.LoggerFactory?.CreateLogger("BiometricTwoFactor.Emulator.Webhooks");
        _sender = new WebhookSender(settings);
        _stopped = _stopping.Token;
    }

    public DeliveryLog Log { get; } = new();

    /// <summary>Writes down what is not sent, or not now.</summary>
    public void Note(OutgoingWebhook webhook, WebhookDeliveryOutcome outcome)
    {
        Log.Add(webhook.Entry(_settings.Clock.GetUtcNow(), 0, outcome));
        _changes.Notify();
    }

    /// <summary>The task ends with the first attempt, whatever its outcome.</summary>
    public Task Start(OutgoingWebhook webhook)
    {
        var first = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        // Not on the caller's thread: callers hold the store's lock.
        Track(_running, Task.Run(() => DeliverAsync(webhook, first), CancellationToken.None));
        return Expect(first.Task);
    }

    /// <summary>Lets <see cref="IdleAsync"/> wait for it.</summary>
    public Task Expect(Task task)
    {
        Track(_firstAttempts, task);
        return task;
    }

    /// <summary>Does something later, unless the emulator is gone by then. <see cref="IdleAsync"/> does not wait for it.</summary>
    public void After(TimeSpan delay, Action then) => Track(_running, AfterAsync(delay, then));

    /// <summary>Until no first attempt is under way. What waits for its time does not count.</summary>
    public async Task IdleAsync(CancellationToken cancellationToken)
    {
        while (true)
        {
            Task[] running;
            lock (_gate)
            {
                running = [.. _firstAttempts];
            }

            if (running.Length == 0)
            {
                return;
            }

            await Task.WhenAll(running).WaitAsync(cancellationToken);
        }
    }

    /// <summary>One attempt, written down and counted.</summary>
    public async Task<WebhookDelivery> AttemptAsync(OutgoingWebhook webhook, int attempt, CancellationToken cancellationToken)
    {
        var answer = await _sender.SendAsync(webhook, cancellationToken);
        var delivery = webhook.Entry(_settings.Clock.GetUtcNow(), attempt, Outcome(answer.Status), answer);
        Log.Add(delivery);
        webhook.Health?.Add(delivery.At, answer.Status, answer.Duration);
        _changes.Notify();
        if (_logger is not null)
        {
            LogDelivery(_logger, delivery.SessionId, delivery.Status, delivery.Outcome, answer.Status, attempt);
        }

        return delivery;
    }

    public async ValueTask DisposeAsync()
    {
        await _stopping.CancelAsync();
        Task[] running;
        lock (_gate)
        {
            running = [.. _running];
        }

        await Task.WhenAll(running);
        _sender.Dispose();
        _stopping.Dispose();
    }

    private async Task DeliverAsync(OutgoingWebhook webhook, TaskCompletionSource first)
    {
        try
        {
            var waits = _settings.Options.WebhookRetryDelays;
            for (var attempt = 1; ; attempt++)
            {
                var delivery = await AttemptAsync(webhook, attempt, _stopped);
                first.TrySetResult();
                var fails = delivery.Outcome is WebhookDeliveryOutcome.Failed or WebhookDeliveryOutcome.NoAnswer;
                if (!fails || attempt > waits.Count)
                {
                    return;
                }

                await Task.Delay(waits[attempt - 1], _settings.Clock, _stopped);
                if (webhook.DestinationId is { } id && _destinations.FindEnabled(id) is null)
                {
                    return; // deleted or disabled meanwhile: nothing more is sent there
                }
            }
        }
        catch (OperationCanceledException) when (_stopped.IsCancellationRequested)
        {
            // The emulator is being disposed: what is not delivered is lost, as with a provider that goes away.
        }
        finally
        {
            first.TrySetResult();
        }
    }

    private async Task AfterAsync(TimeSpan delay, Action then)
    {
        try
        {
            await Task.Delay(delay, _settings.Clock, _stopped);
            then();
        }
        catch (OperationCanceledException) when (_stopped.IsCancellationRequested)
        {
            // Likewise.
        }
    }

    private void Track(HashSet<Task> set, Task task)
    {
        lock (_gate)
        {
            set.Add(task);
        }

        _ = task.ContinueWith(
            done =>
            {
                lock (_gate)
                {
                    set.Remove(done);
                }
            },
            CancellationToken.None,
            TaskContinuationOptions.ExecuteSynchronously,
            TaskScheduler.Default);
    }

    private static WebhookDeliveryOutcome Outcome(int? status) => status switch
    {
        null => WebhookDeliveryOutcome.NoAnswer,
        >= 200 and < 300 => WebhookDeliveryOutcome.Accepted,
        (int)HttpStatusCode.NotFound or >= 500 => WebhookDeliveryOutcome.Failed,
        _ => WebhookDeliveryOutcome.Refused,
    };

    [LoggerMessage(1, LogLevel.Information, "Webhook of session {SessionId}, {Status}: {Outcome} ({ResponseStatus}), attempt {Attempt}")]
    private static partial void LogDelivery(
        ILogger logger, SessionId sessionId, SessionStatus status, WebhookDeliveryOutcome outcome, int? responseStatus, int attempt);
}
