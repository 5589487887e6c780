using System.Buffers;
using System.Security.Cryptography;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace BiometricTwoFactor.Emulator;

/// <summary>The body of <c>POST /v3/session/</c>, checked as the provider checks it (contract 1.1 and 1.3).</summary>
internal sealed class CreateSessionRequest
{
    private const int PortraitLimit = 2 * 1024 * 1024;

    private static readonly string[] CallbackMethods = ["initiator", "completer", "both"];

    private static readonly string[] RefusedSchemes = ["javascript", "data", "vbscript", "file", "blob"];

    private readonly JsonObject _body;

    public CreateSessionRequest(JsonObject body, bool isSandbox)
    {
        _body = body;
        WorkflowId = Text("workflow_id", required: true) ?? "";
        VendorData = Text("vendor_data");
        Callback = ReadCallback();
        CallbackMethod = Choice("callback_method", CallbackMethods) ?? "initiator";
        Language = Choice("language", Languages.All);
        Metadata = body["metadata"];
        ContactDetails = Details("contact_details", PersonDetails.ContactProblems, PersonDetails.Contact);
        ExpectedDetails = Details("expected_details", PersonDetails.ExpectedProblems, PersonDetails.Expected);
        Portrait = ReadPortrait();
        Scenario = ReadScenario(isSandbox);
    }

    /// <summary>Every field that is wrong, with the provider's array of texts. Empty when all is well.</summary>
    public JsonObject Errors { get; } = [];

    public string WorkflowId { get; }

    public string? VendorData { get; }

    public string? Callback { get; }

    public string CallbackMethod { get; }

    public string? Language { get; }

    public JsonNode? Metadata { get; }

    public JsonObject? ContactDetails { get; }

    public JsonObject? ExpectedDetails { get; }

    /// <summary>The decoded portrait, to be disposed; null when none was sent.</summary>
    public HeldPicture? Portrait { get; }

    public bool HasPortrait => Portrait is not null;

    public string? Scenario { get; }

    private string? Text(string name, bool required = false)
    {
        switch (_body[name])
        {
            case null when required:
                Fail(name, _body.ContainsKey(name) ? "This field may not be null." : "This field is required.");
                return null;
            case null:
                return null;
            case JsonValue value when value.GetValueKind() == JsonValueKind.String:
                var text = value.GetValue<string>();
                if (text.Length == 0 && required)
                {
                    Fail(name, "This field may not be blank.");
                }
                else if (text.Contains('\0', StringComparison.Ordinal))
                {
                    Fail(name, "Null characters are not allowed.");
                }

                return text;
            default:
                Fail(name, "Not a valid string.");
                return null;
        }
    }

    private string? Choice(string name, IReadOnlyList<string> choices)
    {
        if (Text(name) is not { } text)
        {
            return null;
        }

        if (choices.Contains(text, StringComparer.Ordinal))
        {
            return text;
        }

        Fail(name, $"\"{text}\" is not a valid choice.");
        return null;
    }

    private JsonObject? Details(string name, Func<JsonObject, IEnumerable<string>> problems, Func<JsonObject, JsonObject> normalise)
    {
        switch (_body[name])
        {
            case null:
                return null;
            case JsonObject value:
                var found = problems(value).ToList();
                found.ForEach(problem => Fail(name, problem));
                return found.Count == 0 ? normalise(value) : null;
            default:
                Fail(name, "Invalid data. Expected a dictionary.");
                return null;
        }
    }

    // Custom schemes are welcome (mobile applications); what a browser would run is not.
    private string? ReadCallback()
    {
        if (Text("callback") is not { Length: > 0 } text)
        {
            return null;
        }

        if (Uri.TryCreate(text, UriKind.Absolute, out var uri)
            && text.StartsWith(uri.Scheme + ":", StringComparison.OrdinalIgnoreCase)
            && !RefusedSchemes.Contains(uri.Scheme, StringComparer.OrdinalIgnoreCase)
            && !text.AsSpan().ContainsAny(SearchValues.Create("\r\n\t <>\"")))
        {
            return text;
        }

        Fail("callback", "Enter a valid URL.");
        return null;
    }

    private HeldPicture? ReadPortrait()
    {
        if (Text("portrait_image") is not { Length: > 0 } base64)
        {
            return null;
        }

        var bytes = new byte[(base64.Length / 4 * 3) + 3];
        var isPicture = Convert.TryFromBase64String(base64, bytes, out var length) && ImageFormat.IsKnown(bytes.AsSpan(0, length));
        var portrait = isPicture && length <= PortraitLimit ? new HeldPicture(bytes.AsSpan(0, length)) : null;
        CryptographicOperations.ZeroMemory(bytes);
        if (portrait is null)
        {
            Fail("portrait_image", isPicture ? "Image size exceeds 2MB." : "Upload a valid image: base64 of a JPEG, PNG, WebP or TIFF.");
        }

        return portrait;
    }

    private string? ReadScenario(bool isSandbox)
    {
        if (Text("sandbox_scenario") is not { } scenario)
        {
            return null;
        }

        if (!isSandbox)
        {
            Fail("sandbox_scenario", "sandbox_scenario is only accepted by sandbox applications.");
        }
        else if (!SandboxCatalogue.IsKnown(scenario))
        {
            Fail("sandbox_scenario", $"Unknown sandbox scenario: '{scenario}'.");
        }

        return scenario;
    }

    private void Fail(string field, string message)
    {
        if (Errors[field] is JsonArray messages)
        {
            messages.Add(message);
        }
        else
        {
            Errors[field] = new JsonArray(message);
        }
    }
}
