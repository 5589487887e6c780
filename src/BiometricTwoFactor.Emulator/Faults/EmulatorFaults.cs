using System.Text.Json.Nodes;

namespace BiometricTwoFactor.Emulator;

/// <summary>What goes wrong on purpose. All of it off until set; may be set while the emulator runs.</summary>
public sealed class EmulatorFaults
{
    /// <summary>The most that <see cref="EmulatorFault.Count"/> and <see cref="EmulatorFault.Times"/> may be: as bytes, 256 MiB.</summary>
    internal const int LargestCount = 256 * 1024 * 1024;

    /// <summary>A timer takes no more than 49 days.</summary>
    internal static readonly TimeSpan LongestDelay = TimeSpan.FromDays(30);

    private readonly Func<CancellationToken, Task> _release;
    private readonly ChangeFeed _changes;
    private readonly Lock _gate = new();
    private readonly Queue<PlannedFailure> _failures = new();
    private Func<JsonObject, JsonObject>? _nextWebhookBody;
    private SessionId? _returnExistingSession;

    internal EmulatorFaults(Func<CancellationToken, Task> release, ChangeFeed changes)
    {
        _release = release;
        _changes = changes;
    }

    /// <summary>What is planned and not used up, oldest first.</summary>
    public IReadOnlyList<EmulatorFault> Planned => Plans.All();

    internal FaultPlan Plans { get; } = new();

    /// <summary>Webhooks are logged as dropped and never sent.</summary>
    public bool DropWebhooks { get; set; }

    /// <summary>Webhooks are made and signed, but kept until <see cref="ReleaseWebhooksAsync"/>.</summary>
    public bool HoldWebhooks { get; set; }

    /// <summary>Signs webhooks with this secret (at least 24 bytes) instead of the right one.</summary>
    /// <exception cref="ArgumentException">It is too short.</exception>
    public string? SigningSecretOverride
    {
        get;
        set
        {
            // Now, and not when a session has moved and its webhook is to be signed.
            _ = value is null ? null : new WebhookSecret(value, label: "override");
            field = value;
        }
    }

    /// <summary>Every address answers 503, but for the console's, where it can be switched off again.</summary>
    public bool Unavailable { get; set; }

    /// <summary>The API hangs up without an answer.</summary>
    public bool HangUp { get; set; }

    /// <summary>The API answers 200 with JSON that ends in the middle.</summary>
    public bool AnswerNonsense { get; set; }

    /// <summary>The API waits this long, by the emulator's clock, before it answers.</summary>
    public TimeSpan Delay { get; set; }

    /// <summary>
    /// Changes the body of the next webhook that is not about <c>In Progress</c>, before it is signed: a wrong echo,
    /// another user's <c>vendor_data</c>. Used once, then null.
    /// </summary>
    public Func<JsonObject, JsonObject>? NextWebhookBody
    {
        get => Volatile.Read(ref _nextWebhookBody);
        set => Volatile.Write(ref _nextWebhookBody, value);
    }

    /// <summary>
    /// The next create returns this session, finished or not, with <c>metadata</c> and <c>callback</c> overwritten: a
    /// provider that hands out a session twice. Used once, then null.
    /// </summary>
    public SessionId? ReturnExistingSession
    {
        get
        {
            lock (_gate)
            {
                return _returnExistingSession;
            }
        }

        set
        {
            lock (_gate)
            {
                _returnExistingSession = value;
            }
        }
    }

    /// <summary>Answers the next API requests with this instead of doing what they ask.</summary>
    /// <param name="count">How many requests.</param>
    /// <param name="status">The HTTP status.</param>
    /// <param name="body">The body, sent as it is.</param>
    /// <param name="contentType">The body's type.</param>
    /// <param name="headers">More headers, such as <c>Retry-After</c>.</param>
    public void FailNextRequests(
        int count,
        int status,
        string body = "",
        string contentType = "application/json",
        IReadOnlyDictionary<string, string>? headers = null)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(count);
        ArgumentNullException.ThrowIfNull(body);
        lock (_gate)
        {
            for (var i = 0; i < count; i++)
            {
                _failures.Enqueue(new PlannedFailure(status, body, contentType, headers ?? new Dictionary<string, string>(StringComparer.Ordinal)));
            }
        }
    }

    /// <summary>Plans a misbehaviour.</summary>
    /// <returns>The same with its number.</returns>
    /// <exception cref="ArgumentException">The fault has no kind, or a number of it makes no sense.</exception>
    public EmulatorFault Plan(EmulatorFault fault)
    {
        ArgumentNullException.ThrowIfNull(fault);
        if (!Enum.IsDefined(fault.Kind) || fault.Kind == EmulatorFaultKind.None)
        {
            throw new ArgumentException("The fault has no kind.", nameof(fault));
        }

        if (fault is { Times: < 1 or > LargestCount } or { Count: < 1 or > LargestCount } || fault.Delay < TimeSpan.Zero || fault.Delay > LongestDelay)
        {
            throw new ArgumentException("Times and Count are from 1 to 268435456, and Delay is from 0 to 30 days.", nameof(fault));
        }

        var planned = Plans.Add(fault);
        _changes.Notify();
        return planned;
    }

    /// <summary>Takes a planned misbehaviour back. False when it is unknown or used up.</summary>
    public bool Remove(EmulatorFault fault)
    {
        ArgumentNullException.ThrowIfNull(fault);
        var removed = Plans.Remove(fault.Id);
        _changes.Notify();
        return removed;
    }

    /// <summary>Ends <see cref="HoldWebhooks"/> and sends what was held, in the order in which it was made.</summary>
    public Task ReleaseWebhooksAsync(CancellationToken cancellationToken = default)
    {
        HoldWebhooks = false;
        return _release(cancellationToken);
    }

    /// <summary>Everything off again. Held webhooks stay held until <see cref="ReleaseWebhooksAsync"/>.</summary>
    public void Clear()
    {
        DropWebhooks = Unavailable = HangUp = AnswerNonsense = false;
        Delay = TimeSpan.Zero;
        SigningSecretOverride = null;
        NextWebhookBody = null;
        lock (_gate)
        {
            _returnExistingSession = null;
            _failures.Clear();
        }

        Plans.Clear();
        _changes.Notify();
    }

    internal Func<JsonObject, JsonObject>? TakeNextWebhookBody() => Interlocked.Exchange(ref _nextWebhookBody, null);

    internal SessionId? TakeReturnExistingSession()
    {
        lock (_gate)
        {
            var taken = _returnExistingSession;
            _returnExistingSession = null;
            return taken;
        }
    }

    internal PlannedFailure? TakeFailure()
    {
        lock (_gate)
        {
            return _failures.TryDequeue(out var failure) ? failure : null;
        }
    }

    internal sealed record PlannedFailure(int Status, string Body, string ContentType, IReadOnlyDictionary<string, string> Headers);
}
