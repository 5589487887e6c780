using System.Text.Json.Nodes;

namespace BiometricTwoFactor.Emulator;

/// <summary>Something that the relying party is told: one body, however many destinations and attempts it takes.</summary>
internal sealed class AnnouncedEvent
{
    public required SessionId SessionId { get; init; }

    public required SessionStatus Status { get; init; }

    public required string Type { get; init; }

    /// <summary>In the emulator's edition, of version 3. Not changed once it is here.</summary>
    public required JsonObject Body { get; init; }

    /// <summary>Sent by hand to try a receiver: marked by a header.</summary>
    public bool IsTest { get; init; }

    /// <summary>Null where the body has none, as the guide's.</summary>
    public string? EventId => Text(Body, "event_id");

    public static string? Text(JsonObject body, string name) =>
        body[name] is JsonValue value && value.TryGetValue<string>(out var text) ? text : null;
}
