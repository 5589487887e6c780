using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace BiometricTwoFactor.Emulator;

/// <summary>Recomputes a delivery's signatures under the secret that its receiver knows (contract 4.3 and 4.5).</summary>
internal static class SignatureCheck
{
    /// <summary>For each of the three: <c>right</c>, <c>wrong</c> or <c>absent</c>.</summary>
    public static JsonObject Signatures(WebhookDelivery delivery, WebhookSecret secret)
    {
        var body = Encoding.UTF8.GetBytes(delivery.Body);
        var raw = WebhookSigner.SignRaw(body, secret);
        return new JsonObject
        {
            ["X-Signature"] = State(delivery, "X-Signature", raw),
            // The guide signs the bytes, the reference the canonical form; a receiver takes either.
            ["X-Signature-V2"] = State(delivery, "X-Signature-V2", raw, Try(() => WebhookSigner.SignCanonical(body, secret))),
            ["X-Signature-Simple"] = State(delivery, "X-Signature-Simple", Try(() => WebhookSigner.SignSimple(body, secret))),
        };
    }

    /// <summary>How old the body's <c>timestamp</c> was when it was sent, in seconds; null when it has none.</summary>
    public static long? Age(WebhookDelivery delivery)
    {
        try
        {
            using var body = JsonDocument.Parse(delivery.Body);
            return body.RootElement.ValueKind == JsonValueKind.Object
                && body.RootElement.TryGetProperty("timestamp", out var timestamp)
                && timestamp.ValueKind == JsonValueKind.Number
                && timestamp.TryGetInt64(out var seconds)
                    ? delivery.At.ToUnixTimeSeconds() - seconds
                    : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }

    private static string State(WebhookDelivery delivery, string name, params ReadOnlySpan<string?> accepted)
    {
        if (!delivery.Headers.TryGetValue(name, out var sent))
        {
            return "absent";
        }

        var isRight = false;
        foreach (var signature in accepted)
        {
            isRight |= signature is not null && CryptographicOperations.FixedTimeEquals(Encoding.UTF8.GetBytes(sent), Encoding.UTF8.GetBytes(signature));
        }

        return isRight ? "right" : "wrong";
    }

    // A body that was cut in the middle has no canonical form.
    private static string? Try(Func<string> sign)
    {
        try
        {
            return sign();
        }
        catch (FormatException)
        {
            return null;
        }
    }
}
