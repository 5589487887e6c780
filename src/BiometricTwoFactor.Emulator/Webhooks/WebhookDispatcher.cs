using System.Text.Json.Nodes;

namespace BiometricTwoFactor.Emulator;

/// <summary>Decides what becomes of an event: who gets it, when, and what goes wrong on the way.</summary>
internal sealed class WebhookDispatcher : IAsyncDisposable
{
    private readonly EmulatorSettings _settings;
    private readonly DeliveryQueue _queue;
    private readonly OutgoingWriter _writer;
    private readonly Lock _gate = new();
    private readonly Queue<Held> _held = new();
    private readonly List<Waiting> _reordered = [];
    private long _lastNumber;

    public WebhookDispatcher(EmulatorSettings settings, ChangeFeed changes)
    {
        _settings = settings;
        Destinations = new DestinationStore(settings, changes);
        Faults = new EmulatorFaults(ReleaseAsync, changes);
        _queue = new DeliveryQueue(settings, Destinations, changes);
        _writer = new OutgoingWriter(settings, Faults);
    }

    public EmulatorFaults Faults { get; }

    public DestinationStore Destinations { get; }

    public DeliveryLog Deliveries => _queue.Log;

    public IReadOnlyList<WebhookDelivery> Log => Deliveries.All;

    /// <summary>
    /// Signs and sends; the task ends with the first attempts, whatever their outcome, and at once when the event waits
    /// for something. Without a destination nothing happens and nothing is used up.
    /// </summary>
    public Task Publish(SessionRecord session, JsonObject body)
    {
        var type = AnnouncedEvent.Text(body, "webhook_type") ?? WebhookEvents.StatusUpdated;
        var targets = Destinations.TargetsOf(type);
        if (targets.Count == 0)
        {
            return Task.CompletedTask;
        }

        var change = session.Status == SessionStatus.InProgress ? null : Faults.TakeNextWebhookBody();
        var what = new AnnouncedEvent
        {
            SessionId = SessionId.Parse(session.Id),
            Status = session.Status,
            Type = type,
            Body = change is null ? body : Changed(change, body),
        };
        var strike = WebhookFaults.Take(Faults.Plans, what);
        if (strike.Rotates)
        {
            targets = [.. targets.Select(Destinations.Rotate)];
        }

        return Publish(what, strike, targets);
    }

    /// <summary>Sends a made-up event to one destination, enabled and subscribed or not, without retries.</summary>
    public Task<WebhookDelivery> TestAsync(AnnouncedEvent what, Destination to, CancellationToken cancellationToken) =>
        _queue.AttemptAsync(_writer.Write(what, to, WebhookStrike.None), 0, cancellationToken);

    /// <summary>The same bytes and headers once more, without retries, to where the destination is now.</summary>
    public Task<WebhookDelivery> RedeliverAsync(WebhookDelivery delivery, CancellationToken cancellationToken)
    {
        var to = delivery.DestinationId is { } id ? Destinations.FindEnabled(id) : null;
        var url = delivery.DestinationId is null ? Destinations.DefaultUrl : to?.Url;
        return url is null
            ? throw new InvalidOperationException("There is no enabled destination, such as WebhookUrl, to deliver to.")
            : _queue.AttemptAsync(OutgoingWriter.Repeat(delivery, url, to), 0, cancellationToken);
    }

    /// <summary>The same to a given destination, enabled or not.</summary>
    public Task<WebhookDelivery> ReplayAsync(WebhookDelivery delivery, Destination to, CancellationToken cancellationToken) =>
        _queue.AttemptAsync(OutgoingWriter.Repeat(delivery, to.Url, to), 0, cancellationToken);

    /// <summary>The provider's resend: dated and signed anew, to where it went.</summary>
    public Task<WebhookDelivery> ResendAsync(WebhookDelivery delivery, Destination to, CancellationToken cancellationToken) =>
        _queue.AttemptAsync(_writer.Rewrite(delivery, to), 0, cancellationToken);

    public Task IdleAsync(CancellationToken cancellationToken) => _queue.IdleAsync(cancellationToken);

    public ValueTask DisposeAsync() => _queue.DisposeAsync();

    private Task Publish(AnnouncedEvent what, WebhookStrike strike, IReadOnlyList<Destination> targets)
    {
        var number = Interlocked.Increment(ref _lastNumber);
        OutgoingWebhook[] webhooks = [.. targets.Select(target => _writer.Write(what, target, strike))];
        if (strike.Drops || Faults.DropWebhooks)
        {
            Note(webhooks, WebhookDeliveryOutcome.Dropped);
            return Task.CompletedTask;
        }

        if (!strike.Reorders && TryHold(new Held(number, webhooks, strike.Copies)))
        {
            return Task.CompletedTask;
        }

        if (!strike.Reorders && strike.Delay is null)
        {
            return SendAll(number, webhooks, strike.Copies);
        }

        Note(webhooks, WebhookDeliveryOutcome.Held);
        var waiting = new Waiting(number, what, strike, [.. targets.Select(target => target.Id)], _settings.Clock.GetUtcNow());
        if (strike.Reorders)
        {
            lock (_gate)
            {
                _reordered.Add(waiting);
            }
        }
        else
        {
            _queue.After(strike.Delay ?? TimeSpan.Zero, () => Depart(waiting));
        }

        return Task.CompletedTask;
    }

    /// <summary>Asks under the lock that releasing takes: else what is held a moment too late would wait for ever.</summary>
    private bool TryHold(Held held)
    {
        lock (_gate)
        {
            if (!Faults.HoldWebhooks)
            {
                return false;
            }

            Note(held.Webhooks, WebhookDeliveryOutcome.Held);
            _held.Enqueue(held);
            return true;
        }
    }

    // Parsed again, so that whatever values were put in (a Guid, a time) are plain JSON from here on.
    private static JsonObject Changed(Func<JsonObject, JsonObject> change, JsonObject body) =>
        JsonNode.Parse(change(body).ToJsonString())!.AsObject();

    private void Note(IReadOnlyList<OutgoingWebhook> webhooks, WebhookDeliveryOutcome outcome)
    {
        foreach (var webhook in webhooks)
        {
            _queue.Note(webhook, outcome);
        }
    }

    private Task SendAll(long number, IReadOnlyList<OutgoingWebhook> webhooks, int copies)
    {
        Task[] first = [.. webhooks.SelectMany(webhook => Enumerable.Repeat(webhook, copies + 1)).Select(_queue.Start)];
        return _queue.Expect(ThenReorderedAsync(Task.WhenAll(first), number));
    }

    /// <summary>Earlier events that were to come after a later one come after this one.</summary>
    private async Task ThenReorderedAsync(Task sent, long number)
    {
        await sent;
        List<Waiting> due;
        lock (_gate)
        {
            due = _reordered.FindAll(waiting => waiting.Number < number);
            _reordered.RemoveAll(due.Contains);
        }

        due.ForEach(Depart);
    }

    private void Depart(Waiting waiting)
    {
        var late = _settings.Clock.GetUtcNow() - waiting.Since;
        // Who was deleted or disabled meanwhile gets nothing; who has a new secret gets it signed with that.
        var webhooks = waiting.DestinationIds.Select(Destinations.FindEnabled).OfType<Destination>()
            .Select(destination => _writer.Write(waiting.What, destination, waiting.Strike, late));
        _ = SendAll(waiting.Number, [.. webhooks], waiting.Strike.Copies);
    }

    private async Task ReleaseAsync(CancellationToken cancellationToken)
    {
        while (true)
        {
            Held? held;
            lock (_gate)
            {
                if (!_held.TryDequeue(out held))
                {
                    return;
                }
            }

            // To who was deleted or disabled meanwhile nothing more is sent.
            OutgoingWebhook[] wanted = [.. held.Webhooks.Where(webhook => webhook.DestinationId is { } id && Destinations.FindEnabled(id) is not null)];
            await SendAll(held.Number, wanted, held.Copies).WaitAsync(cancellationToken);
        }
    }

    private sealed record Held(long Number, IReadOnlyList<OutgoingWebhook> Webhooks, int Copies);

    private sealed record Waiting(long Number, AnnouncedEvent What, WebhookStrike Strike, IReadOnlyList<string> DestinationIds, DateTimeOffset Since);
}
