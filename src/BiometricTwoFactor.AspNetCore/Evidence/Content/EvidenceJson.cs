using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.Unicode;

namespace BiometricTwoFactor.AspNetCore;

/// <summary>Content as JSON, without line breaks.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(EvidenceContent))]
internal sealed partial class EvidenceJson : JsonSerializerContext
{
    /// <summary>Names of people stay readable; a line break or a control character never does.</summary>
    private static readonly Lazy<EvidenceJson> Written =
        new(() => new EvidenceJson(new JsonSerializerOptions(Default!.Options) { Encoder = JavaScriptEncoder.Create(UnicodeRanges.All) }));

    public static byte[] Write(EvidenceContent content) => JsonSerializer.SerializeToUtf8Bytes(content, Written.Value.EvidenceContent);

    /// <summary>Null for what is no content.</summary>
    public static EvidenceContent? Read(ReadOnlySpan<byte> json)
    {
        try
        {
            return JsonSerializer.Deserialize(json, Default.EvidenceContent);
        }
        catch (JsonException)
        {
            return null;
        }
    }
}
