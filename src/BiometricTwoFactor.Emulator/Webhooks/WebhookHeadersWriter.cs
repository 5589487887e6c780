using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace BiometricTwoFactor.Emulator;

/// <summary>Turns a body into the exact text and the headers of a delivery (contract 4.3).</summary>
internal static class WebhookHeadersWriter
{
    public const string UserAgent = "DiditWebhook/2.0 +https://didit.me";

    public static string Text(JsonObject body, ApiEdition edition) =>
        edition == ApiEdition.Guide ? body.ToJsonString(ProviderJson.Options) : WireJson.Write(body);

    /// <param name="body">What is told.</param>
    /// <param name="edition">In whose shape.</param>
    /// <param name="secret">The key of every signature.</param>
    /// <param name="cutsShort">Only the first half is sent; the signatures are right for what is left.</param>
    public static (string Body, Dictionary<string, string> Headers) Sign(
        JsonObject body, ApiEdition edition, WebhookSecret secret, bool cutsShort = false)
    {
        var whole = Text(body, edition);
        var text = cutsShort ? FirstHalf(whole) : whole;
        var bytes = Encoding.UTF8.GetBytes(text);
        var raw = WebhookSigner.SignRaw(bytes, secret);
        var headers = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase)
        {
            ["Content-Type"] = "application/json",
            ["User-Agent"] = UserAgent,
        };
        if (edition == ApiEdition.Guide)
        {
            // The guide signs the bytes as they are and knows no other header.
            headers["X-Signature-V2"] = raw;
            return (text, headers);
        }

        headers["X-Signature"] = raw;
        // Half a document has no canonical form: its bytes are the only thing that can be signed.
        headers["X-Signature-V2"] = cutsShort ? raw : WebhookSigner.SignCanonical(bytes, secret);
        headers["X-Signature-Simple"] = WebhookSigner.SignSimple(cutsShort ? Encoding.UTF8.GetBytes(whole) : bytes, secret);
        if (body["timestamp"] is JsonValue timestamp && timestamp.GetValueKind() == JsonValueKind.Number)
        {
            headers["X-Timestamp"] = WireNumber.Write(timestamp.ToJsonString());
        }

        return (text, headers);
    }

    // Never between the two halves of a surrogate pair, which alone have no UTF-8.
    private static string FirstHalf(string text)
    {
        var length = text.Length / 2;
        return text[..(length > 0 && char.IsHighSurrogate(text[length - 1]) ? length - 1 : length)];
    }
}
