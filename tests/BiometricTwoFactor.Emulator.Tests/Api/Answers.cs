using System.Text.Json;
using System.Text.Json.Nodes;

namespace BiometricTwoFactor.Emulator.Tests.Api;

/// <summary>Holds answers against the provider's document, one line each, and remembers which of its answers were given.</summary>
internal sealed class Answers
{
    private readonly ProviderDocument _document = ProviderDocument.Read();
    private readonly HashSet<string> _seen = new(StringComparer.Ordinal);

    /// <summary>Everything that was wrong.</summary>
    public List<string> Problems { get; } = [];

    /// <summary>How many answers were held against the document.</summary>
    public int Count { get; private set; }

    /// <summary>Every documented answer: each status of each operation, and each example of an error.</summary>
    public IEnumerable<string> Documented => _document.Operations.SelectMany(operation => operation.Responses.SelectMany(response =>
        response.Key[0] is '4' && operation.Examples(response.Key).Any()
            ? operation.Examples(response.Key).Select(example => Name(operation, response.Key, example.Name))
            : [Name(operation, response.Key, null)]));

    public IEnumerable<string> NotSeen => Documented.Where(name => !_seen.Contains(name));

    /// <summary>Checks an answer and hands its JSON on.</summary>
    /// <param name="answering">The request.</param>
    /// <param name="status">What it must answer.</param>
    /// <param name="like">The name of the documented example that it must be like: the same members, in the same shapes.</param>
    /// <param name="exact">And with the same texts: all but those that name a status, a number or a value of the request.</param>
    public async Task<JsonNode?> CheckAsync(Task<HttpResponseMessage> answering, int status, string? like = null, bool exact = true)
    {
        using var response = await answering;
        var method = response.RequestMessage!.Method.Method;
        var path = response.RequestMessage.RequestUri!.AbsolutePath;
        var where = $"{method} {path} {(int)response.StatusCode}{(like is null ? "" : $" like '{like}'")}";
        var bytes = await response.Content.ReadAsByteArrayAsync();
        Count++;
        if ((int)response.StatusCode != status)
        {
            Problems.Add($"{where}: should be {status}");
            return null;
        }

        if (_document.Of(method, path.EndsWith('/') ? path : path + "/") is not { } operation)
        {
            Problems.Add($"{where}: is not in the document");
            return null;
        }

        var code = $"{status}";
        if (!operation.Responses.ContainsKey(code))
        {
            Problems.Add($"{where}: this status is not in the document");
            return null;
        }

        _seen.Add(Name(operation, code, like));
        var mediaType = response.Content.Headers.ContentType?.MediaType;
        if (operation.MediaType(code) != mediaType)
        {
            Problems.Add($"{where}: is {mediaType ?? "nothing"}, should be {operation.MediaType(code) ?? "nothing"}");
        }

        if (mediaType != "application/json")
        {
            return null;
        }

        var body = JsonNode.Parse(bytes);
        Problems.AddRange(_document.Problems(operation, code, body).Select(problem => $"{where}: {problem}"));
        if (like is not null)
        {
            var example = operation.Examples(code).FirstOrDefault(example => example.Name == like).Body;
            if (example is null)
            {
                Problems.Add($"{where}: there is no such example");
            }
            else if (exact ? !JsonNode.DeepEquals(example, body) : Shape(example) != Shape(body))
            {
                Problems.Add($"{where}: is {body?.ToJsonString()}, should be like {example.ToJsonString()}");
            }
        }

        return body;
    }

    private static string Name(ProviderDocument.Operation operation, string status, string? example) =>
        $"{operation.Method} {operation.Path} {status}{(example is null ? "" : $" '{example}'")}";

    private static string Shape(JsonNode? node) => node switch
    {
        JsonObject members => "{" + string.Join(',', members.Select(member => $"{member.Key}:{Shape(member.Value)}").Order(StringComparer.Ordinal)) + "}",
        JsonArray items => "[" + string.Join(',', items.Select(Shape).Distinct(StringComparer.Ordinal)) + "]",
        _ => (node?.GetValueKind() ?? JsonValueKind.Null).ToString(),
    };
}
