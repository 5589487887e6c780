namespace BiometricTwoFactor.Emulator;

/// <summary>One webhook for one destination, written and signed: these bytes and headers go out, however often.</summary>
internal sealed class OutgoingWebhook
{
    /// <summary>Whose it is; null for one that is sent by hand to nowhere in particular.</summary>
    public required string? DestinationId { get; init; }

    /// <summary>Retries go where the first attempt went, even when the destination has moved meanwhile.</summary>
    public required Uri Url { get; init; }

    public required SessionId SessionId { get; init; }

    public required SessionStatus Status { get; init; }

    public required string Type { get; init; }

    public required string? EventId { get; init; }

    public required string Body { get; init; }

    public required IReadOnlyDictionary<string, string> Headers { get; init; }

    /// <summary>Where an attempt is counted; null counts nowhere.</summary>
    public required DestinationHealth? Health { get; init; }

    /// <summary>What the log says about it.</summary>
    public WebhookDelivery Entry(DateTimeOffset at, int attempt, WebhookDeliveryOutcome outcome, WebhookAnswer? answer = null) => new()
    {
        Id = EmulatorSettings.NewUuid(),
        At = at,
        DestinationId = DestinationId,
        Url = Url,
        EventId = EventId,
        WebhookType = Type,
        SessionId = SessionId,
        Status = Status,
        Body = Body,
        Headers = Headers,
        Attempt = attempt,
        Outcome = outcome,
        ResponseStatus = answer?.Status,
        ResponseBody = answer?.Body,
        Duration = answer?.Duration,
    };
}
