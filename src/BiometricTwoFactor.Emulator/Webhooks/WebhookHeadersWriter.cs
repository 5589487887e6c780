using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace BiometricTwoFactor.Emulator;

/// <summary>Turns a body into the exact text and the headers of a delivery (contract 4.3).</summary>
internal static class WebhookHeadersWriter
{
    public const string UserAgent = "DiditWebhook/2.0 +https://didit.me";

    public static (string Body, Dictionary<string, string> Headers) Sign(JsonObject body, ApiEdition edition, WebhookSecret secret)
    {
        var text = edition == ApiEdition.Guide ? body.ToJsonString(ProviderJson.Options) : WireJson.Write(body);
        var bytes = Encoding.UTF8.GetBytes(text);
        var headers = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase)
        {
            ["Content-Type"] = "application/json",
            ["User-Agent"] = UserAgent,
        };
        if (edition == ApiEdition.Guide)
        {
            // The guide signs the bytes as they are and knows no other header.
            headers["X-Signature-V2"] = WebhookSigner.SignRaw(bytes, secret);
            return (text, headers);
        }

        headers["X-Signature"] = WebhookSigner.SignRaw(bytes, secret);
        headers["X-Signature-V2"] = WebhookSigner.SignCanonical(bytes, secret);
        headers["X-Signature-Simple"] = WebhookSigner.SignSimple(bytes, secret);
        if (body["timestamp"] is JsonValue timestamp && timestamp.GetValueKind() == JsonValueKind.Number)
        {
            headers["X-Timestamp"] = WireNumber.Write(timestamp.ToJsonString());
        }

        return (text, headers);
    }
}
