using System.Text.Json.Nodes;

namespace BiometricTwoFactor.Emulator;

/// <summary>A webhook's delivery as the control API shows it.</summary>
internal static class DeliveryView
{
    /// <summary>One line of the list.</summary>
    public static JsonObject Row(ConsoleDeliveries.Numbered numbered)
    {
        var delivery = numbered.Delivery;
        return new JsonObject
        {
            ["id"] = numbered.Id,
            ["at"] = DecisionDocument.Iso(delivery.At),
            ["session_id"] = delivery.SessionId.ToString(),
            ["status"] = delivery.Status.ToWire(),
            ["attempt"] = delivery.Attempt,
            ["outcome"] = Outcome(delivery.Outcome),
            ["response_status"] = delivery.ResponseStatus,
        };
    }

    /// <summary>With headers, the exact body, and whether each signature is right.</summary>
    public static JsonObject Detail(ConsoleDeliveries.Numbered numbered, ConsoleDeliveries deliveries)
    {
        var delivery = numbered.Delivery;
        var view = Row(numbered);
        view["headers"] = new JsonObject([.. delivery.Headers.Select(header => KeyValuePair.Create(header.Key, (JsonNode?)header.Value))]);
        view["body"] = delivery.Body;
        view["signatures"] = SignatureCheck.Signatures(delivery, deliveries.SecretOf(delivery));
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
