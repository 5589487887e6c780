using System.Text.Json;
using System.Text.Json.Nodes;

namespace BiometricTwoFactor.Emulator;

/// <summary>The body of a create or an update of a destination, checked as the provider checks it (contract 4.1).</summary>
internal sealed class DestinationRequest
{
    private const int LongestLabel = 255;

    private readonly JsonObject _body;
    private readonly bool _isPartial;

    public DestinationRequest(JsonObject body, bool isPartial)
    {
        _body = body;
        _isPartial = isPartial;
        Label = Text("label", isRequired: !isPartial);
        if (Label?.Length > LongestLabel)
        {
            Fail("label", $"Ensure this field has no more than {LongestLabel} characters.");
        }

        Url = ReadUrl();
        Enabled = ReadEnabled();
        Version = ReadVersion();
        Events = ReadEvents();
    }

    /// <summary>Every field that is wrong, with the provider's array of texts. Empty when all is well.</summary>
    public JsonObject Errors { get; } = [];

    /// <summary>Null, like the others, when it was not sent.</summary>
    public string? Label { get; }

    public Uri? Url { get; }

    public bool? Enabled { get; }

    public string? Version { get; }

    /// <summary>Never empty. Omitted by a create, the destination is subscribed to nothing.</summary>
    public IReadOnlyList<string>? Events { get; }

    /// <summary>The list of events is replaced, never merged; the secret stays.</summary>
    public Destination ApplyTo(Destination destination) => destination with
    {
        Label = Label ?? destination.Label,
        Url = Url ?? destination.Url,
        Enabled = Enabled ?? destination.Enabled,
        Version = Version ?? destination.Version,
        Events = Events ?? destination.Events,
    };

    /// <summary>
    /// An address that webhooks may go to. The provider takes public HTTPS only; a receiver under development listens on
    /// this machine without a certificate, so that HTTP to a loopback address is taken, too.
    /// </summary>
    public static Uri? ParseUrl(string text, out string? problem)
    {
        problem = null;
        if (!Uri.TryCreate(text, UriKind.Absolute, out var url) || url.Scheme is not ("http" or "https") || url.Host.Length == 0)
        {
            problem = "Enter a valid URL.";
            return null;
        }

        if (url.Scheme == Uri.UriSchemeHttps || url.IsLoopback)
        {
            return url;
        }

        problem = "The URL must use HTTPS, or HTTP to this machine.";
        return null;
    }

    private Uri? ReadUrl()
    {
        if (Text("url", isRequired: !_isPartial) is not { } text)
        {
            return null;
        }

        var url = ParseUrl(text, out var problem);
        if (problem is not null)
        {
            Fail("url", problem);
        }

        return url;
    }

    private bool? ReadEnabled()
    {
        if (!Has("enabled", isRequired: false, out var value))
        {
            return null;
        }

        if (value.GetValueKind() is JsonValueKind.True or JsonValueKind.False)
        {
            return value.GetValueKind() == JsonValueKind.True;
        }

        Fail("enabled", "Must be a valid boolean.");
        return null;
    }

    private string? ReadVersion()
    {
        if (!Has("webhook_version", isRequired: false, out var value))
        {
            return null;
        }

        var text = value.GetValueKind() == JsonValueKind.String ? value.GetValue<string>() : value.ToJsonString();
        if (WebhookVersion.All.Contains(text, StringComparer.Ordinal))
        {
            return text;
        }

        Fail("webhook_version", $"\"{text}\" is not a valid choice.");
        return null;
    }

    private List<string>? ReadEvents()
    {
        const string Field = "subscribed_events";
        if (!Has(Field, isRequired: false, out var value))
        {
            return null;
        }

        if (value is not JsonArray array || array.Any(item => item?.GetValueKind() != JsonValueKind.String))
        {
            Fail(Field, "Expected a list of event names.");
            return null;
        }

        var names = array.Select(item => item!.GetValue<string>()).Distinct(StringComparer.Ordinal).ToList();
        var unknown = names.Except(WebhookEvents.All, StringComparer.Ordinal).ToList();
        if (names.Count == 0)
        {
            Fail(Field, "At least one subscribed event is required.");
        }
        else if (unknown.Count > 0)
        {
            Fail(Field, $"Unsupported webhook events: {string.Join(", ", unknown)}");
        }

        return names;
    }

    private string? Text(string name, bool isRequired)
    {
        if (!Has(name, isRequired, out var value))
        {
            return null;
        }

        if (value.GetValueKind() != JsonValueKind.String)
        {
            Fail(name, "Not a valid string.");
            return null;
        }

        // The provider's framework trims.
        var text = value.GetValue<string>().Trim();
        if (text.Length > 0)
        {
            return text;
        }

        Fail(name, "This field may not be blank.");
        return null;
    }

    private bool Has(string name, bool isRequired, [System.Diagnostics.CodeAnalysis.NotNullWhen(true)] out JsonNode? value)
    {
        var isThere = _body.TryGetPropertyValue(name, out value);
        if (isThere && value is null)
        {
            Fail(name, "This field may not be null.");
        }
        else if (!isThere && isRequired)
        {
            Fail(name, "This field is required.");
        }

        return value is not null;
    }

    private void Fail(string field, string message) => Errors[field] = new JsonArray(message);
}
