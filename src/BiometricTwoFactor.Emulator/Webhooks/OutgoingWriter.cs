using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace BiometricTwoFactor.Emulator;

/// <summary>Writes an event for one destination: in its version, under its secret, as far as no fault is in the way.</summary>
internal sealed class OutgoingWriter(EmulatorSettings settings, EmulatorFaults faults)
{
    private const string Padding = "padding";

    /// <param name="what">The event.</param>
    /// <param name="to">For whom.</param>
    /// <param name="strike">What goes wrong with it.</param>
    /// <param name="late">How long after the event it leaves: it is dated then, and its event when it was.</param>
    public OutgoingWebhook Write(AnnouncedEvent what, Destination to, WebhookStrike strike, TimeSpan late = default)
    {
        // The guide knows no versions.
        var body = settings.Options.WebhookEdition == ApiEdition.Guide
            ? what.Body.DeepClone().AsObject()
            : WebhookVersion.Shape(what.Body, to.Version);
        Move(body, "timestamp", late - strike.Age);
        Move(body, "created_at", -strike.Age);
        if (strike.Bytes is { } bytes)
        {
            Fill(body, bytes);
        }

        var key = strike.Secret ?? (faults.SigningSecretOverride is { } other ? new WebhookSecret(other, label: "override") : to.Key);
        var (text, headers) = WebhookHeadersWriter.Sign(body, settings.Options.WebhookEdition, key, strike.CutsShort);
        if (what.IsTest)
        {
            headers[WebhookHeaders.TestWebhookName] = "true";
        }

        return new OutgoingWebhook
        {
            DestinationId = to.Id,
            Url = to.Url,
            SessionId = what.SessionId,
            Status = what.Status,
            Type = what.Type,
            EventId = what.EventId,
            Body = text,
            Headers = headers,
            Health = to.Health,
        };
    }

    /// <summary>
    /// What was sent before once more, dated now and signed with the destination's present secret: the provider's resend.
    /// It goes where it went, even when the destination has moved. What is no JSON is sent as it was.
    /// </summary>
    public OutgoingWebhook Rewrite(WebhookDelivery delivery, Destination to)
    {
        var (text, headers) = (delivery.Body, delivery.Headers);
        if (Parse(delivery.Body) is { } body)
        {
            if (IsWhole(body["timestamp"], out _))
            {
                body["timestamp"] = settings.Clock.GetUtcNow().ToUnixTimeSeconds();
            }

            (text, var signed) = WebhookHeadersWriter.Sign(body, settings.Options.WebhookEdition, to.Key);
            if (delivery.Headers.TryGetValue(WebhookHeaders.TestWebhookName, out var test))
            {
                signed[WebhookHeaders.TestWebhookName] = test;
            }

            headers = signed;
        }

        return Again(delivery, delivery.Url ?? to.Url, to, text, headers);
    }

    /// <summary>The same bytes under the same headers.</summary>
    public static OutgoingWebhook Repeat(WebhookDelivery delivery, Uri url, Destination? to) =>
        Again(delivery, url, to, delivery.Body, delivery.Headers);

    private static OutgoingWebhook Again(
        WebhookDelivery delivery, Uri url, Destination? to, string text, IReadOnlyDictionary<string, string> headers) => new()
        {
            DestinationId = to?.Id,
            Url = url,
            SessionId = delivery.SessionId,
            Status = delivery.Status,
            Type = delivery.WebhookType,
            EventId = delivery.EventId,
            Body = text,
            Headers = headers,
            Health = to?.Health,
        };

    private static JsonObject? Parse(string text)
    {
        try
        {
            return JsonNode.Parse(text) as JsonObject;
        }
        catch (JsonException)
        {
            return null;
        }
    }

    private static void Move(JsonObject body, string member, TimeSpan by)
    {
        // Whatever a test has put there instead of a whole number stays.
        if (by != TimeSpan.Zero && IsWhole(body[member], out var seconds))
        {
            body[member] = seconds + (long)by.TotalSeconds;
        }
    }

    private static bool IsWhole(JsonNode? node, out long value)
    {
        value = 0;
        return node is JsonValue number && number.GetValueKind() == JsonValueKind.Number && number.TryGetValue(out value);
    }

    private void Fill(JsonObject body, int bytes)
    {
        body[Padding] = "";
        var least = Encoding.UTF8.GetByteCount(WebhookHeadersWriter.Text(body, settings.Options.WebhookEdition));
        body[Padding] = new string('x', Math.Max(0, bytes - least));
    }
}
