using System.Security.Cryptography;
using System.Text;

namespace BiometricTwoFactor;

/// <summary>
/// Signs bodies as the provider does: for the emulator and for tests. The inverse of <see cref="WebhookVerifier"/>.
/// All results are 64 lower-case hex digits.
/// </summary>
/// <remarks>It signs documents of any size and up to 64 levels; how much of that is accepted is for the verifier's options.</remarks>
public static class WebhookSigner
{
    /// <summary>HMAC-SHA256 over the bytes: the reference's <c>X-Signature</c>, the guide's <c>X-Signature-V2</c>.</summary>
    public static string SignRaw(ReadOnlySpan<byte> body, WebhookSecret secret)
    {
        ArgumentNullException.ThrowIfNull(secret);
        Span<byte> mac = stackalloc byte[HMACSHA256.HashSizeInBytes];
        HMACSHA256.HashData(secret.Key, body, mac);
        return Convert.ToHexStringLower(mac);
    }

    /// <summary>HMAC-SHA256 over the canonical form: the reference's <c>X-Signature-V2</c> (contract 4.5).</summary>
    /// <exception cref="FormatException">The body has no canonical form: it is not strict JSON with an object at its root.</exception>
    public static string SignCanonical(ReadOnlySpan<byte> body, WebhookSecret secret)
    {
        ArgumentNullException.ThrowIfNull(secret);
        using var tape = ParseOrThrow(body);
        var has = CanonicalWriter.TryWrite(in tape, body.Length, out var writer);
        try
        {
            return has ? SignRaw(writer.Written, secret) : throw NoCanonicalForm();
        }
        finally
        {
            writer.Dispose();
        }
    }

    /// <summary>
    /// HMAC-SHA256 over <c>timestamp:session_id:status:webhook_type</c> of the body, missing ones empty: the reference's
    /// <c>X-Signature-Simple</c> (contract 4.6).
    /// </summary>
    /// <exception cref="FormatException">The body is not strict JSON with an object at its root.</exception>
    public static string SignSimple(ReadOnlySpan<byte> body, WebhookSecret secret)
    {
        ArgumentNullException.ThrowIfNull(secret);
        using var tape = ParseOrThrow(body);
        return SignRaw(SimpleForm(tape.Root), secret);
    }

    /// <summary>The bytes that <c>X-Signature-Simple</c> covers.</summary>
    internal static byte[] SimpleForm(JsonCursor root) => Encoding.UTF8.GetBytes(
        $"{Text(root["timestamp"u8])}:{Text(root["session_id"u8])}:{Text(root["status"u8])}:{Text(root["webhook_type"u8])}");

    private static string? Text(JsonCursor value) => value.AsString() ?? value.AsCanonicalNumber();

    private static JsonTape ParseOrThrow(ReadOnlySpan<byte> body) =>
        JsonTape.Parse(body, int.MaxValue / 2, JsonTape.GreatestMaxDepth, out var tape) == JsonReadError.None ? tape : throw NoCanonicalForm();

    private static FormatException NoCanonicalForm() => new("The body has no canonical form: it is not strict JSON with an object at its root.");
}
