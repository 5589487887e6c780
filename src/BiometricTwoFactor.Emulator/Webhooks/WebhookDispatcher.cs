using System.Net;
using System.Text;
using System.Text.Json.Nodes;
using Microsoft.Extensions.Logging;

namespace BiometricTwoFactor.Emulator;

/// <summary>Sends webhooks in the background as contract 4.8 says, and keeps the log.</summary>
internal sealed partial class WebhookDispatcher : IAsyncDisposable
{
    private static readonly TimeSpan Timeout = TimeSpan.FromSeconds(5);

    private readonly EmulatorSettings _settings;
    private readonly ChangeFeed _changes;
    private readonly ILogger? _logger;
    private readonly HttpClient _http;
    private readonly CancellationTokenSource _stopping = new();
    private readonly Lock _gate = new();
    private readonly List<WebhookDelivery> _log = [];
    private readonly Queue<Pending> _held = new();
    private readonly HashSet<Task> _running = [];
    private readonly HashSet<Task> _firstAttempts = [];
    private Uri? _url;

    public WebhookDispatcher(EmulatorSettings settings, ChangeFeed changes)
    {
        _settings = settings;
        _changes = changes;
        _logger = settings.Options.LoggerFactory?.CreateLogger("BiometricTwoFactor.Emulator.Webhooks");
        _url = settings.Options.WebhookUrl;
        Faults = new EmulatorFaults(ReleaseAsync, changes);
        // As the provider: redirects are not followed. A proxy of the machine must not see what is sent to loopback.
        _http = new HttpClient(settings.Options.WebhookMessageHandler?.Invoke()
            ?? new SocketsHttpHandler { AllowAutoRedirect = false, UseProxy = false, UseCookies = false })
        {
            Timeout = System.Threading.Timeout.InfiniteTimeSpan,
        };
    }

    public EmulatorFaults Faults { get; }

    public Uri? Url
    {
        get => Volatile.Read(ref _url);
        set => Volatile.Write(ref _url, value);
    }

    public IReadOnlyList<WebhookDelivery> Log
    {
        get
        {
            lock (_gate)
            {
                return [.. _log];
            }
        }
    }

    /// <summary>Signs and sends; the task ends with the first attempt, whatever its outcome. Without a URL nothing happens.</summary>
    public Task Publish(SessionRecord session, JsonObject body)
    {
        if (Url is not { } url)
        {
            return Task.CompletedTask;
        }

        var change = session.Status == SessionStatus.InProgress ? null : Faults.TakeNextWebhookBody();
        var secret = Faults.SigningSecretOverride is { } other ? new WebhookSecret(other, label: "override") : _settings.WebhookKey;
        var (text, headers) = WebhookHeadersWriter.Sign(change is null ? body : Changed(change, body), _settings.Options.WebhookEdition, secret);
        var pending = new Pending(url, SessionId.Parse(session.Id), session.Status, text, headers);
        if (Faults.DropWebhooks || Faults.HoldWebhooks)
        {
            var dropped = Faults.DropWebhooks;
            lock (_gate)
            {
                _log.Add(Entry(pending, 0, dropped ? WebhookDeliveryOutcome.Dropped : WebhookDeliveryOutcome.Held, null));
                if (!dropped)
                {
                    _held.Enqueue(pending);
                }
            }

            _changes.Notify();

            return Task.CompletedTask;
        }

        return Start(pending);
    }

    // Parsed again, so that whatever values were put in (a Guid, a time) are plain JSON from here on.
    private static JsonObject Changed(Func<JsonObject, JsonObject> change, JsonObject body) =>
        JsonNode.Parse(change(body).ToJsonString())!.AsObject();

    /// <summary>The same bytes and headers once more, without retries.</summary>
    public Task<WebhookDelivery> RedeliverAsync(WebhookDelivery delivery, CancellationToken cancellationToken)
    {
        var url = Url ?? throw new InvalidOperationException("There is no WebhookUrl to deliver to.");
        return SendAsync(new Pending(url, delivery.SessionId, delivery.Status, delivery.Body, delivery.Headers), 0, cancellationToken);
    }

    /// <summary>Until no first attempt is under way. Retries that wait for their time do not count.</summary>
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

    public async ValueTask DisposeAsync()
    {
        await _stopping.CancelAsync();
        Task[] running;
        lock (_gate)
        {
            running = [.. _running];
        }

        await Task.WhenAll(running);
        _http.Dispose();
        _stopping.Dispose();
    }

    private async Task ReleaseAsync(CancellationToken cancellationToken)
    {
        while (true)
        {
            Pending? pending;
            lock (_gate)
            {
                if (!_held.TryDequeue(out pending))
                {
                    return;
                }
            }

            await Start(pending).WaitAsync(cancellationToken);
        }
    }

    private Task Start(Pending pending)
    {
        var first = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        // Not on the caller's thread: callers hold the store's lock.
        var all = Task.Run(() => DeliverAsync(pending, first), CancellationToken.None);
        Track(_running, all);
        Track(_firstAttempts, first.Task);
        return first.Task;
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

    private async Task DeliverAsync(Pending pending, TaskCompletionSource first)
    {
        try
        {
            for (var attempt = 1; ; attempt++)
            {
                var delivery = await SendAsync(pending, attempt, _stopping.Token);
                first.TrySetResult();
                var retry = delivery.Outcome is WebhookDeliveryOutcome.Failed or WebhookDeliveryOutcome.NoAnswer;
                if (!retry || attempt > _settings.Options.WebhookRetryDelays.Count)
                {
                    return;
                }

                await Task.Delay(_settings.Options.WebhookRetryDelays[attempt - 1], _settings.Clock, _stopping.Token);
            }
        }
        catch (OperationCanceledException) when (_stopping.IsCancellationRequested)
        {
            // The emulator is being disposed: what is not delivered is lost, as with a provider that goes away.
        }
        finally
        {
            first.TrySetResult();
        }
    }

    private async Task<WebhookDelivery> SendAsync(Pending pending, int attempt, CancellationToken cancellationToken)
    {
        using var deadline = new CancellationTokenSource(Timeout, _settings.Clock);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(deadline.Token, cancellationToken);
        int? status = null;
        try
        {
            using var request = new HttpRequestMessage(HttpMethod.Post, pending.Url);
            request.Content = new ByteArrayContent(Encoding.UTF8.GetBytes(pending.Body));
            foreach (var (name, value) in pending.Headers)
            {
                if (!request.Headers.TryAddWithoutValidation(name, value))
                {
                    request.Content.Headers.TryAddWithoutValidation(name, value);
                }
            }

            using var response = await _http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, either.Token);
            status = (int)response.StatusCode;
        }
        catch (HttpRequestException)
        {
            // No connection: the log says so, and a retry follows.
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            // No answer in time: likewise.
        }

        var delivery = Entry(pending, attempt, Outcome(status), status);
        lock (_gate)
        {
            _log.Add(delivery);
        }

        _changes.Notify();

        if (_logger is not null)
        {
            LogDelivery(_logger, delivery.SessionId, delivery.Status, delivery.Outcome, status, attempt);
        }

        return delivery;
    }

    private static WebhookDeliveryOutcome Outcome(int? status) => status switch
    {
        null => WebhookDeliveryOutcome.NoAnswer,
        >= 200 and < 300 => WebhookDeliveryOutcome.Accepted,
        (int)HttpStatusCode.NotFound or >= 500 => WebhookDeliveryOutcome.Failed,
        _ => WebhookDeliveryOutcome.Refused,
    };

    private WebhookDelivery Entry(Pending pending, int attempt, WebhookDeliveryOutcome outcome, int? status) => new()
    {
        At = _settings.Clock.GetUtcNow(),
        SessionId = pending.SessionId,
        Status = pending.Status,
        Body = pending.Body,
        Headers = pending.Headers,
        Attempt = attempt,
        Outcome = outcome,
        ResponseStatus = status,
    };

    [LoggerMessage(1, LogLevel.Information, "Webhook of session {SessionId}, {Status}: {Outcome} ({ResponseStatus}), attempt {Attempt}")]
    private static partial void LogDelivery(
        ILogger logger, SessionId sessionId, SessionStatus status, WebhookDeliveryOutcome outcome, int? responseStatus, int attempt);

    private sealed record Pending(
        Uri Url, SessionId SessionId, SessionStatus Status, string Body, IReadOnlyDictionary<string, string> Headers);
}
