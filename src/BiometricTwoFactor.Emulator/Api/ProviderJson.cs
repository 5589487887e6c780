using System.Buffers;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Http;

namespace BiometricTwoFactor.Emulator;

/// <summary>Reads request bodies strictly and writes answers the way the provider does.</summary>
internal static class ProviderJson
{
    /// <summary>The provider's framework writes literal UTF-8.</summary>
    public static JsonSerializerOptions Options { get; } = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    private static readonly JsonWriterOptions Writing = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>No member twice, no bottomless nesting.</summary>
    public static JsonDocumentOptions Strict { get; } = new() { AllowDuplicateProperties = false, MaxDepth = 32 };

    /// <summary>Reads an object; on failure answers 400 or 415 itself and returns null.</summary>
    public static async Task<JsonObject?> ReadObjectAsync(HttpContext context)
    {
        if (!context.Request.HasJsonContentType())
        {
            await ApiErrors.DetailAsync(context, StatusCodes.Status415UnsupportedMediaType, "Unsupported media type in request.");
            return null;
        }

        JsonNode? node;
        try
        {
            node = await JsonNode.ParseAsync(context.Request.Body, documentOptions: Strict, cancellationToken: context.RequestAborted);
            if (!IsSound(node))
            {
                throw new JsonException();
            }
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException)
        {
            // The second for bytes that are no UTF-8: the parser only looks at them when a name is asked for.
            await ApiErrors.DetailAsync(context, StatusCodes.Status400BadRequest, "JSON parse error.");
            return null;
        }

        if (node is JsonObject body)
        {
            return body;
        }

        await ApiErrors.FieldAsync(context, "non_field_errors", "Invalid data. Expected a dictionary.");
        return null;
    }

    public static Task WriteAsync(HttpContext context, int status, JsonNode body) =>
        SendAsync(context, status, Write(json => body.WriteTo(json, Options)));

    /// <summary>Sends JSON that has been written.</summary>
    public static Task SendAsync(HttpContext context, int status, ReadOnlyMemory<byte> json)
    {
        context.Response.StatusCode = status;
        context.Response.ContentType = "application/json";
        // Its length is known: head and body leave in one piece, where chunks would take two.
        context.Response.ContentLength = json.Length;
        return context.Response.Body.WriteAsync(json, context.RequestAborted).AsTask();
    }

    public static ReadOnlyMemory<byte> Write(Action<Utf8JsonWriter> members)
    {
        var text = new ArrayBufferWriter<byte>(1024);
        using (var json = new Utf8JsonWriter(text, Writing))
        {
            members(json);
        }

        return text.WrittenMemory;
    }

    /// <summary>Null is a value of JSON, but no node.</summary>
    public static void WriteNode(Utf8JsonWriter json, JsonNode? node)
    {
        if (node is null)
        {
            json.WriteNullValue();
        }
        else
        {
            node.WriteTo(json, Options);
        }
    }

    /// <summary>
    /// What is echoed must be signable later: no lone surrogates, no number beyond a double. The parser is lazy and
    /// would only throw when the value is used.
    /// </summary>
    public static bool IsSound(JsonNode? node)
    {
        switch (node)
        {
            case null:
                return true;
            case JsonObject members:
                return members.All(member => IsWellFormed(member.Key) && IsSound(member.Value));
            case JsonArray items:
                return items.All(IsSound);
            default:
                try
                {
                    return node.GetValueKind() switch
                    {
                        JsonValueKind.String => IsWellFormed(node.GetValue<string>()),
                        JsonValueKind.Number => WireNumber.IsFinite(node.ToJsonString()),
                        _ => true,
                    };
                }
                catch (InvalidOperationException)
                {
                    return false;
                }
        }
    }

    private static bool IsWellFormed(string text)
    {
        for (var i = 0; i < text.Length; i++)
        {
            if (char.IsHighSurrogate(text[i]) && i + 1 < text.Length && char.IsLowSurrogate(text[i + 1]))
            {
                i++;
            }
            else if (char.IsSurrogate(text[i]))
            {
                return false;
            }
        }

        return true;
    }
}
