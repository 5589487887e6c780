using System.Text.Json.Nodes;

namespace BiometricTwoFactor.Emulator;

/// <summary>A webhook's delivery as the control API shows it.</summary>
internal static class DeliveryView
{
    /// <summary>One line of the list.</summary>
    public static JsonObject Row(WebhookDelivery delivery) => new()
    {
        ["delivery_id"] = delivery.Id,
        ["at"] = DecisionDocument.Iso(delivery.At),
        ["session_id"] = delivery.SessionId.ToString(),
        ["webhook_type"] = delivery.WebhookType,
        ["status"] = delivery.Status.ToWire(),
        ["destination_id"] = delivery.DestinationId,
        ["url"] = delivery.Url?.AbsoluteUri,
        ["attempt"] = delivery.Attempt,
        ["outcome"] = Outcome(delivery.Outcome),
        ["response_status"] = delivery.ResponseStatus,
        ["duration_ms"] = delivery.Duration is { } duration ? (long)duration.TotalMilliseconds : null,
    };

    /// <summary>With headers, the exact body, the answer, and whether each signature is right.</summary>
    public static JsonObject Detail(WebhookDelivery delivery, ConsoleDeliveries deliveries)
    {
        var view = Row(delivery);
        view["headers"] = new JsonObject([.. delivery.Headers.Select(header => KeyValuePair.Create(header.Key, (JsonNode?)header.Value))]);
        view["body"] = delivery.Body;
        view["response_body"] = delivery.ResponseBody;
        view["signatures"] = deliveries.SecretOf(delivery) is { } secret ? SignatureCheck.Signatures(delivery, secret) : null;
        view["timestamp_age_seconds"] = SignatureCheck.Age(delivery);
        return view;
    }

    public static string Outcome(WebhookDeliveryOutcome outcome) => outcome switch
    {
        WebhookDeliveryOutcome.NoAnswer => "no_answer",
        WebhookDeliveryOutcome.Accepted => "accepted",
        WebhookDeliveryOutcome.Failed => "failed",
        WebhookDeliveryOutcome.Refused => "refused",
        WebhookDeliveryOutcome.Dropped => "dropped",
        WebhookDeliveryOutcome.Held => "held",
        _ => "unknown",
    };
}
