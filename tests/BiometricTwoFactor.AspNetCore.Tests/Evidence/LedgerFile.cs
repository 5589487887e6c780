using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace BiometricTwoFactor.AspNetCore.Tests;

/// <summary>
/// An export in the hands of somebody who changes it, and who knows the format from its description: hashes are computed
/// here by what is written there, not with the code under test.
/// </summary>
internal sealed class LedgerFile(string text)
{
    public List<string> Lines { get; } = [.. text.Split('\n', StringSplitOptions.RemoveEmptyEntries)];

    public int LineOf(long sequence) => Lines.FindIndex(line => line.StartsWith("{\"type\":\"entry\"", StringComparison.Ordinal) && line.Contains($"\"sequence\":{sequence},", StringComparison.Ordinal));

    public JsonObject Entry(long sequence) => JsonNode.Parse(Lines[LineOf(sequence)])!.AsObject();

    public void Change(long sequence, Action<JsonObject> change, bool rehash = false)
    {
        var line = LineOf(sequence);
        var entry = Entry(sequence);
        var content = ContentOf(Lines[line]);
        change(entry);
        if (rehash)
        {
            entry["hash"] = HashOf(entry);
        }

        Lines[line] = Write(entry, content);
    }

    /// <summary>The content's text byte for byte: writing it anew would change it.</summary>
    public static string? ContentOf(string line) => line.IndexOf("\"content\":", StringComparison.Ordinal) is >= 0 and var at ? line[(at + 10)..^1] : null;

    public static string Write(JsonObject entry, string? content)
    {
        var copy = JsonNode.Parse(entry.ToJsonString())!.AsObject();
        copy.Remove("content");
        var text = copy.ToJsonString(new JsonSerializerOptions { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping });
        return content is null ? text : $"{text[..^1]},\"content\":{content}}}";
    }

    public static string HashOf(JsonObject entry)
    {
        using var bytes = new MemoryStream();
        Field("biometric-evidence/1"u8);
        Field(Text("tenant"));
        Field(Number(entry["sequence"]!.GetValue<long>()));
        Field(Text("challenge"));
        Field(Text("kind"));
        Field(Text("outcome"));
        var at = DateTimeOffset.Parse(entry["at"]!.GetValue<string>(), null, System.Globalization.DateTimeStyles.AssumeUniversal);
        Field(Number((at - DateTimeOffset.UnixEpoch).Ticks / 10));
        Field(Text("keyId"));
        Field(Convert.FromHexString(entry["commitment"]!.GetValue<string>()));
        Field(Convert.FromBase64String(entry["ciphertext"]!.GetValue<string>()));
        Field(Convert.FromHexString(entry["previous"]!.GetValue<string>()));
        return Convert.ToHexStringLower(SHA256.HashData(bytes.ToArray()));

        byte[] Text(string name) => Encoding.UTF8.GetBytes(entry[name]?.GetValue<string>() ?? "");

        static byte[] Number(long value)
        {
            var number = new byte[8];
            BinaryPrimitives.WriteInt64BigEndian(number, value);
            return number;
        }

        void Field(ReadOnlySpan<byte> field)
        {
            var length = new byte[4];
            BinaryPrimitives.WriteInt32BigEndian(length, field.Length);
            bytes.Write(length);
            bytes.Write(field);
        }
    }

    public Task<EvidenceVerification> VerifyAsync(Action<EvidenceVerifierOptions>? configure = null, bool lastFeed = true) => VerifyAsync(string.Join('\n', Lines) + (lastFeed ? "\n" : ""), configure);

    public static async Task<EvidenceVerification> VerifyAsync(string text, Action<EvidenceVerifierOptions>? configure = null)
    {
        var options = new EvidenceVerifierOptions();
        configure?.Invoke(options);
        using var stream = new MemoryStream(Encoding.UTF8.GetBytes(text));
        return await EvidenceVerifier.VerifyAsync(stream, options);
    }
}
