using System.Text.Json;
using System.Text.Json.Nodes;

namespace BiometricTwoFactor.Emulator;

/// <summary>The body of <c>update-status</c>, checked field by field before anything is done.</summary>
internal sealed class UpdateStatusRequest
{
    // As the provider's message lists them; DOCUMENT_AI is taken, too, and is not in its list.
    private static readonly string[] Features =
    [
        "OCR", "OCR_BACK", "NFC", "AML", "FACE", "LIVENESS", "FACE_MATCH", "IP_ANALYSIS", "AGE_ESTIMATION",
        "PROOF_OF_ADDRESS", "PHONE_VERIFICATION", "EMAIL_VERIFICATION", "FACE_SEARCH", "DATABASE_VALIDATION",
        "QUESTIONNAIRE", "KYB_REGISTRY", "KYB_DOCUMENTS", "KYB_KEY_PEOPLE", "ID_VERIFICATION", "POA", "PHONE", "EMAIL", "KYB",
    ];

    private readonly JsonObject _body;

    public UpdateStatusRequest(JsonObject body)
    {
        _body = body;
        ReadStatus();
        ReadSteps();
        Comment = Text("comment");
        var address = Text("email_address");
        if (address is { Length: > 0 } && !PersonDetails.IsEmail(address))
        {
            Fail("email_address", "Enter a valid email address.");
        }

        _ = Text("email_language");
        var sends = body["send_email"]?.GetValueKind();
        if (sends is not (null or JsonValueKind.True or JsonValueKind.False))
        {
            Fail("send_email", "Must be a valid boolean.");
        }

        // Across fields only when each for itself is right, as the provider's framework does it.
        if (Errors.Count == 0 && sends == JsonValueKind.True && string.IsNullOrEmpty(address))
        {
            Fail("email_address", "Email address is required when send_email is true.");
        }
    }

    /// <summary>Every field that is wrong. Empty when all is well.</summary>
    public JsonObject Errors { get; } = [];

    public SessionStatus NewStatus { get; private set; }

    public string? Comment { get; }

    /// <summary>What the customer shall do over, by the provider's names; empty when that was left open.</summary>
    public List<(string Node, string Feature)> Steps { get; } = [];

    /// <summary>Those of them that only follow from other sessions.</summary>
    public IReadOnlyList<string> KybFeatures =>
        [.. Steps.Select(step => step.Feature).Where(feature => feature is "KYB_REGISTRY" or "KYB_KEY_PEOPLE" or "KYB").Distinct(StringComparer.Ordinal)];

    private void ReadStatus()
    {
        if (_body["new_status"] is null)
        {
            Fail("new_status", _body.ContainsKey("new_status") ? "This field may not be null." : "This field is required.");
            return;
        }

        var text = PersonDetails.Text(_body, "new_status") ?? _body["new_status"]!.ToJsonString();
        NewStatus = SessionStatusText.Parse(text);
        if (NewStatus is SessionStatus.Unknown or SessionStatus.NotFinished)
        {
            Fail("new_status", $"\"{text}\" is not a valid choice.");
        }
        else if (NewStatus is not (SessionStatus.Approved or SessionStatus.Declined or SessionStatus.Resubmitted))
        {
            Fail("new_status", "You can only update the status to 'Approved', 'Declined', or 'Resubmitted'.");
        }
    }

    private void ReadSteps()
    {
        if (_body["nodes_to_resubmit"] is not { } node)
        {
            return;
        }

        if (node is not JsonArray list)
        {
            Errors["nodes_to_resubmit"] = new JsonObject { ["non_field_errors"] = new JsonArray("Expected a list of items.") };
            return;
        }

        // One object for each item, an empty one for those that are right.
        var problems = new JsonArray([.. list.Select(item => (JsonNode)ReadStep(item))]);
        if (problems.Any(problem => problem!.AsObject().Count > 0))
        {
            Errors["nodes_to_resubmit"] = problems;
        }
    }

    private JsonObject ReadStep(JsonNode? item)
    {
        if (item is not JsonObject step)
        {
            return new JsonObject { ["non_field_errors"] = new JsonArray("Invalid data. Expected a dictionary.") };
        }

        var problems = new JsonObject();
        var id = Required(step, "node_id", problems);
        var feature = Required(step, "feature", problems);
        if (feature is not null && feature != "DOCUMENT_AI" && !Features.Contains(feature, StringComparer.Ordinal))
        {
            problems["feature"] = new JsonArray($"\"{feature}\" is not a valid choice. Valid choices are: {string.Join(", ", Features)}");
        }

        if (problems.Count == 0)
        {
            Steps.Add((id!, Normalised(feature!)));
        }

        return problems;
    }

    private static string? Required(JsonObject step, string name, JsonObject problems)
    {
        var text = PersonDetails.Text(step, name);
        if (text is not { Length: > 0 })
        {
            problems[name] = new JsonArray(
                text is not null ? "This field may not be blank."
                : step[name] is not null ? "Not a valid string."
                : step.ContainsKey(name) ? "This field may not be null."
                : "This field is required.");
        }

        return text;
    }

    private static string Normalised(string feature) => feature switch
    {
        "ID_VERIFICATION" => "OCR",
        "POA" => "PROOF_OF_ADDRESS",
        "PHONE" => "PHONE_VERIFICATION",
        "EMAIL" => "EMAIL_VERIFICATION",
        _ => feature,
    };

    private string? Text(string name)
    {
        if (_body[name] is null)
        {
            return null;
        }

        if (PersonDetails.Text(_body, name) is { } text)
        {
            return text;
        }

        Fail(name, "Not a valid string.");
        return null;
    }

    private void Fail(string field, string message) => Errors[field] = new JsonArray(message);
}
