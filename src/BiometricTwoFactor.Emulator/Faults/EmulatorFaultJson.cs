using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace BiometricTwoFactor.Emulator;

/// <summary>
/// A fault as the control API writes it: <c>{"kind": "webhook_delay", "session_id": "...", "times": 1, "seconds": 5,
/// "count": 2, "text": "..."}</c>. All but <c>kind</c> may be absent; <c>"times": null</c> means until it is removed.
/// Stricter than the provider's own API: a misspelt member would be a fault that never strikes.
/// </summary>
internal static class EmulatorFaultJson
{
    private const int LongestText = 1000;

    /// <summary>Reads it, and says by field what is wrong, in the shape of the provider's input errors.</summary>
    /// <param name="body">The JSON. Its <c>id</c>, if any, is ignored, so that what was written can be read again.</param>
    /// <param name="fault">The fault, not planned yet; null when something is wrong.</param>
    /// <param name="errors">An array of texts for each field that is wrong; empty otherwise.</param>
    public static bool TryRead(JsonObject body, [NotNullWhen(true)] out EmulatorFault? fault, out JsonObject errors)
    {
        var reader = new Reader(body);
        var read = new EmulatorFault
        {
            Kind = reader.Kind(),
            SessionId = reader.Session(),
            Times = body.TryGetPropertyValue("times", out var times) ? times is null ? null : reader.WholeNumber("times") : 1,
            Delay = reader.Seconds(),
            Count = reader.WholeNumber("count"),
            Text = reader.Text(),
        };
        reader.RefuseUnknown();
        errors = reader.Errors;
        fault = errors.Count == 0 ? read : null;
        return fault is not null;
    }

    /// <summary>What is null is written as null: a fault's form shows every field.</summary>
    public static JsonObject Write(EmulatorFault fault) => new()
    {
        ["id"] = fault.Id,
        ["kind"] = EmulatorFaultKindText.ToWire(fault.Kind),
        ["session_id"] = fault.SessionId?.ToString(),
        ["times"] = fault.Times,
        ["seconds"] = fault.Delay?.TotalSeconds,
        ["count"] = fault.Count,
        ["text"] = fault.Text,
    };

    private sealed class Reader(JsonObject body)
    {
        private static readonly string[] Members = ["id", "kind", "session_id", "times", "seconds", "count", "text"];

        public JsonObject Errors { get; } = [];

        public EmulatorFaultKind Kind()
        {
            if (body["kind"] is not { } node)
            {
                Errors["kind"] = new JsonArray("This field is required.");
                return EmulatorFaultKind.None;
            }

            if (!EmulatorFaultKindText.TryParse(AsText(node), out var kind))
            {
                // A closed list, so that naming it is no echo of what was sent.
                Errors["kind"] = new JsonArray($"Not a kind of fault. The kinds are {string.Join(", ", EmulatorFaultKindText.All)}.");
            }

            return kind;
        }

        public SessionId? Session()
        {
            if (body["session_id"] is not { } node)
            {
                return null;
            }

            if (SessionId.TryParse(AsText(node), out var id))
            {
                return id;
            }

            Errors["session_id"] = new JsonArray("Not a session id.");
            return null;
        }

        public int? WholeNumber(string name)
        {
            if (body[name] is not { } node)
            {
                return null;
            }

            if (AsNumber(node) is { } number && number >= 1 && number <= EmulatorFaults.LargestCount && double.IsInteger(number))
            {
                return (int)number;
            }

            Errors[name] = new JsonArray(string.Create(CultureInfo.InvariantCulture, $"A whole number from 1 to {EmulatorFaults.LargestCount} is required."));
            return null;
        }

        public TimeSpan? Seconds()
        {
            if (body["seconds"] is not { } node)
            {
                return null;
            }

            var longest = EmulatorFaults.LongestDelay.TotalSeconds;
            if (AsNumber(node) is { } seconds && seconds >= 0 && seconds <= longest)
            {
                return TimeSpan.FromSeconds(seconds);
            }

            Errors["seconds"] = new JsonArray(string.Create(CultureInfo.InvariantCulture, $"A number from 0 to {longest} is required."));
            return null;
        }

        public string? Text()
        {
            if (body["text"] is not { } node)
            {
                return null;
            }

            if (AsText(node) is { Length: <= LongestText } text)
            {
                return text;
            }

            Errors["text"] = new JsonArray(string.Create(CultureInfo.InvariantCulture, $"A text of at most {LongestText} characters is required."));
            return null;
        }

        public void RefuseUnknown()
        {
            foreach (var name in body.Select(member => member.Key).Except(Members, StringComparer.Ordinal))
            {
                Errors[name] = new JsonArray("Unknown field.");
            }
        }

        // Through the text: a node that was parsed and one that was made by code hold a number in different types.
        private static double? AsNumber(JsonNode node) =>
            node.GetValueKind() == JsonValueKind.Number
            && double.TryParse(node.ToJsonString(), NumberStyles.Float, CultureInfo.InvariantCulture, out var number)
            && double.IsFinite(number)
                ? number
                : null;

        private static string? AsText(JsonNode node) =>
            node.GetValueKind() == JsonValueKind.String && ProviderJson.IsSound(node) ? node.GetValue<string>() : null;
    }
}
