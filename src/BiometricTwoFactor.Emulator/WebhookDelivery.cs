namespace BiometricTwoFactor.Emulator;

/// <summary>One attempt to deliver a webhook, or a webhook that a fault kept from being sent.</summary>
public sealed class WebhookDelivery
{
    /// <summary>Its own UUID: each attempt has one, as in the provider's delivery log.</summary>
    public string Id { get; init; } = "";

    /// <summary>When it was sent (by the time of its answer), dropped or held.</summary>
    public required DateTimeOffset At { get; init; }

    /// <summary>The destination's UUID. Null for a webhook that was sent again by hand and came from no destination.</summary>
    public string? DestinationId { get; init; }

    /// <summary>Where it went, or would have gone.</summary>
    public Uri? Url { get; init; }

    /// <summary>The event's UUID: the same at every destination and in every attempt. Null for the guide's bodies and for tests, which have none.</summary>
    public string? EventId { get; init; }

    /// <summary>The event's name, such as <c>status.updated</c>.</summary>
    public string WebhookType { get; init; } = WebhookEvents.StatusUpdated;

    /// <summary>The session it tells about.</summary>
    public required SessionId SessionId { get; init; }

    /// <summary>The session's status when it was made; a fault may have put another one into the body.</summary>
    public required SessionStatus Status { get; init; }

    /// <summary>The exact body; its UTF-8 bytes are what was signed.</summary>
    public required string Body { get; init; }

    /// <summary>The headers as sent, content type and signatures among them.</summary>
    public required IReadOnlyDictionary<string, string> Headers { get; init; }

    /// <summary>1 for the first, then one more for each retry; 0 when it was not sent, or was sent again by hand.</summary>
    public required int Attempt { get; init; }

    /// <summary>What became of it.</summary>
    public required WebhookDeliveryOutcome Outcome { get; init; }

    /// <summary>The receiver's HTTP status; null when there was no answer.</summary>
    public int? ResponseStatus { get; init; }

    /// <summary>The first 2 KB of the receiver's body, read as UTF-8; null when there was none.</summary>
    public string? ResponseBody { get; init; }

    /// <summary>How long the receiver took to answer, or was waited for, by the emulator's clock; null when nothing was sent.</summary>
    public TimeSpan? Duration { get; init; }
}

/// <summary>What became of a delivery.</summary>
public enum WebhookDeliveryOutcome
{
    /// <summary>No answer in 5 seconds, or no connection: sent again later.</summary>
    NoAnswer = 0,

    /// <summary>A 2xx.</summary>
    Accepted,

    /// <summary>A 5xx or 404: sent again later.</summary>
    Failed,

    /// <summary>Any other answer, redirects included: never sent again (contract 4.8).</summary>
    Refused,

    /// <summary><see cref="EmulatorFaults.DropWebhooks"/> was on, or an <see cref="EmulatorFaultKind.WebhookDrop"/> was planned.</summary>
    Dropped,

    /// <summary>
    /// Sent later, which has an entry of its own: <see cref="EmulatorFaults.HoldWebhooks"/> was on, or an
    /// <see cref="EmulatorFaultKind.WebhookDelay"/> or <see cref="EmulatorFaultKind.WebhookReorder"/> was planned.
    /// </summary>
    Held,
}
