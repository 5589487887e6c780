using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Json.Schema;

namespace BiometricTwoFactor.Emulator.Tests.Api;

/// <summary>
/// The provider's OpenAPI document, which lies beside the repository on some machines and is never part of it. Its schema
/// objects are JSON Schema but for <c>nullable</c> and its references, which are rewritten here.
/// </summary>
internal sealed class ProviderDocument
{
    private static readonly string? File = Find();

    private readonly JsonObject _root;
    private readonly Dictionary<string, JsonSchema> _schemas = new(StringComparer.Ordinal);

    private ProviderDocument(JsonObject root)
    {
        _root = root;
        Operations =
        [
            .. root["paths"]!.AsObject().SelectMany(path => path.Value!.AsObject().Select(operation =>
                new Operation(operation.Key.ToUpperInvariant(), path.Key, Pattern(path.Key), operation.Value!["responses"]!.AsObject()))),
        ];
    }

    public static bool IsThere => File is not null;

    public IReadOnlyList<Operation> Operations { get; }

    public static ProviderDocument Read() => new(JsonNode.Parse(System.IO.File.ReadAllText(File!))!.AsObject());

    public Operation? Of(string method, string path) => Operations.FirstOrDefault(operation => operation.Method == method && operation.Pattern.IsMatch(path));

    /// <summary>What is wrong with an answer's body; empty when nothing is, or when the document has no schema for it.</summary>
    public IEnumerable<string> Problems(Operation operation, string status, JsonNode? body)
    {
        if (operation.Schema(status) is not { } schema)
        {
            return [];
        }

        var key = $"{operation.Method} {operation.Path} {status}";
        if (!_schemas.TryGetValue(key, out var compiled))
        {
            _schemas.Add(key, compiled = JsonSchema.FromText(Converted(schema)!.ToJsonString(), new BuildOptions { SchemaRegistry = new SchemaRegistry() }));
        }

        using var json = System.Text.Json.JsonDocument.Parse(body?.ToJsonString() ?? "null");
        var result = compiled.Evaluate(json.RootElement, new EvaluationOptions { OutputFormat = OutputFormat.List, RequireFormatValidation = true });
        return [.. Failures(result), .. Unlisted(schema, body, "")];
    }

    private static IEnumerable<string> Failures(EvaluationResults result) => result.IsValid
        ? []
        : (result.Details ?? []).Prepend(result)
            .Where(detail => !detail.IsValid && detail.Errors is not null)
            .SelectMany(detail => detail.Errors!.Select(error => $"{detail.InstanceLocation}: {error.Value}"));

    /// <summary>Members that the document does not list: a schema would let them pass, a typing error in a name with them.</summary>
    private IEnumerable<string> Unlisted(JsonObject schema, JsonNode? value, string at)
    {
        schema = Resolved(schema);
        switch (value)
        {
            case JsonObject members when schema["oneOf"] is JsonArray alternatives:
                return alternatives.Select(alternative => Unlisted(alternative!.AsObject(), members, at).ToList()).MinBy(found => found.Count)!;
            case JsonObject members when schema["properties"] is JsonObject listed:
                return members.SelectMany(member => listed[member.Key] is JsonObject inner ? Unlisted(inner, member.Value, $"{at}/{member.Key}")
                    : schema["additionalProperties"] is not null ? []
                    : [$"{at}/{member.Key}: is not in the document"]);
            case JsonArray items when schema["items"] is JsonObject inner:
                return items.SelectMany((item, i) => Unlisted(inner, item, $"{at}/{i}"));
            default:
                return [];
        }
    }

    private JsonObject Resolved(JsonObject schema) => schema["$ref"] is { } reference
        ? _root["components"]!["schemas"]![((string)reference!).Split('/')[^1]]!.AsObject()
        : schema;

    private JsonNode? Converted(JsonNode? node)
    {
        if (node is JsonArray items)
        {
            return new JsonArray([.. items.Select(Converted)]);
        }

        if (node is not JsonObject schema)
        {
            return node?.DeepClone();
        }

        schema = Resolved(schema);
        var converted = new JsonObject();
        foreach (var (name, value) in schema)
        {
            switch (name)
            {
                case "example" or "description" or "title" or "default" or "nullable":
                    break;
                case "properties":
                    // The names below this are the answers' own, not the schema language's.
                    converted[name] = new JsonObject(value!.AsObject().Select(property => KeyValuePair.Create(property.Key, Converted(property.Value))));
                    break;
                case "required" or "enum":
                    converted[name] = value!.DeepClone();
                    break;
                default:
                    converted[name] = Converted(value);
                    break;
            }
        }

        if ((bool?)schema["nullable"] == true && converted["type"] is { } type)
        {
            converted["type"] = new JsonArray(type.DeepClone(), "null");
            (converted["enum"] as JsonArray)?.Add(null);
        }

        return converted;
    }

    private static Regex Pattern(string path) =>
        new("^" + Regex.Replace(path, "\\{[^}]+\\}", "[^/]+") + "$", RegexOptions.CultureInvariant, TimeSpan.FromSeconds(1));

    private static string? Find()
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            if (System.IO.File.Exists(Path.Combine(folder.FullName, "BiometricTwoFactor.sln")))
            {
                var file = Path.Combine(folder.Parent?.FullName ?? folder.FullName, "shared", "contract", "provider-openapi.json");
                return System.IO.File.Exists(file) ? file : null;
            }
        }

        return null;
    }

    /// <summary>A method of a path.</summary>
    internal sealed record Operation(string Method, string Path, Regex Pattern, JsonObject Responses)
    {
        public JsonObject? Schema(string status) => Content(status)?["schema"] as JsonObject;

        /// <summary>The answers that are shown, by name.</summary>
        public IEnumerable<(string Name, JsonNode Body)> Examples(string status) =>
            Content(status)?["examples"]?.AsObject().Select(example => (example.Key, example.Value!["value"]!)) ?? [];

        public string? MediaType(string status) => Responses[status]?["content"]?.AsObject().Select(content => content.Key).FirstOrDefault();

        private JsonObject? Content(string status) => Responses[status]?["content"]?.AsObject().FirstOrDefault().Value as JsonObject;
    }
}

/// <summary>A test that needs the provider's document.</summary>
internal sealed class ProviderDocumentFactAttribute : FactAttribute
{
    public ProviderDocumentFactAttribute() => Skip = ProviderDocument.IsThere ? null : "needs ../shared/contract/provider-openapi.json";
}
