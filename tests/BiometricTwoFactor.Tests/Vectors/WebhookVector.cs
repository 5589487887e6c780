using System.Text;
using System.Text.Json;

namespace BiometricTwoFactor.Tests.Vectors;

/// <summary>A delivery that was signed elsewhere, by other code than ours.</summary>
public sealed record WebhookVector(string Name, string Secret, long Now, string Body, WebhookHeaders Headers, string Expect)
{
    public static IReadOnlyList<WebhookVector> All { get; } = Load();

    public byte[] Bytes => Encoding.UTF8.GetBytes(Body);

    public static WebhookVector Get(string name) => All.Single(v => v.Name == name);

    private static List<WebhookVector> Load()
    {
        using var document = JsonDocument.Parse(File.ReadAllBytes(Path.Combine(AppContext.BaseDirectory, "Vectors", "webhook-vectors.json")));
        return [.. document.RootElement.EnumerateArray().Select(Read)];
    }

    private static WebhookVector Read(JsonElement vector)
    {
        var headers = vector.GetProperty("headers");
        return new WebhookVector(
            vector.GetProperty("name").GetString()!,
            vector.GetProperty("secret").GetString()!,
            vector.GetProperty("now").GetInt64(),
            vector.GetProperty("body").GetString()!,
            new WebhookHeaders
            {
                SignatureV2 = Text(headers, "X-Signature-V2"),
                Signature = Text(headers, "X-Signature"),
                SignatureSimple = Text(headers, "X-Signature-Simple"),
                Timestamp = Text(headers, "X-Timestamp"),
            },
            vector.GetProperty("expect").GetString()!);
    }

    private static string? Text(JsonElement headers, string name) => headers.TryGetProperty(name, out var value) ? value.GetString() : null;
}
