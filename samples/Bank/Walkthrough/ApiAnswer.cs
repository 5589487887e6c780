using System.Net;
using System.Text.Json;

namespace Bank;

/// <summary>An answer in JSON.</summary>
internal sealed record ApiAnswer(HttpStatusCode Status, string WwwAuthenticate, JsonElement Json)
{
    public string? Text(string name) =>
        Json.ValueKind == JsonValueKind.Object && Json.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;

    public long Number(string name) => Json.GetProperty(name).GetInt64();
}
