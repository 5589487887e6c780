using System.Text.Json.Nodes;

namespace BiometricTwoFactor.Emulator;

/// <summary>
/// A delivery as the API shows it, in the words of the provider's documentation. <c>status</c> is taken for the session's
/// at that moment. <c>event_id</c>, <c>attempt</c>, <c>outcome</c> and <c>response_body</c> are the emulator's own.
/// </summary>
internal static class DeliveryDocument
{
    /// <summary>In the list: without what was sent.</summary>
    public static JsonObject Row(WebhookDelivery delivery) => new()
    {
        ["uuid"] = delivery.Id,
        ["session_id"] = delivery.SessionId.ToString(),
        ["request_url"] = delivery.Url?.OriginalString,
        ["response_status"] = delivery.ResponseStatus,
        ["response_time_ms"] = delivery.Duration is { } duration ? (long)duration.TotalMilliseconds : null,
        ["status"] = delivery.Status.ToWire(),
        ["webhook_type"] = delivery.WebhookType,
        ["created_at"] = DecisionDocument.Iso(delivery.At),
        ["event_id"] = delivery.EventId,
        ["attempt"] = delivery.Attempt,
        ["outcome"] = Text(delivery.Outcome),
    };

    /// <summary>Alone: headers and body as text, exactly as they were sent.</summary>
    public static JsonObject Whole(WebhookDelivery delivery)
    {
        var headers = new JsonObject();
        foreach (var (name, value) in delivery.Headers)
        {
            headers[name] = value;
        }

        var document = Row(delivery);
        document["request_header"] = headers.ToJsonString(ProviderJson.Options);
        document["request_body"] = delivery.Body;
        document["response_body"] = delivery.ResponseBody;
        return document;
    }

    private static string Text(WebhookDeliveryOutcome outcome) => outcome switch
    {
        WebhookDeliveryOutcome.Accepted => "accepted",
        WebhookDeliveryOutcome.Failed => "failed",
        WebhookDeliveryOutcome.Refused => "refused",
        WebhookDeliveryOutcome.Dropped => "dropped",
        WebhookDeliveryOutcome.Held => "held",
        _ => "no_answer",
    };
}
