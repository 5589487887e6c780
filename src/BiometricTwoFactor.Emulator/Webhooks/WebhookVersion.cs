using System.Text.Json.Nodes;

namespace BiometricTwoFactor.Emulator;

/// <summary>The payload versions of the reference that a destination can be pinned to.</summary>
internal static class WebhookVersion
{
    public const string Current = "v3";

    public static IReadOnlyList<string> All { get; } = ["v1", "v2", Current];

    // Contract 2.5 names three of the singular keys; the document's follows their pattern.
    private static readonly (string Plural, string Singular)[] Steps =
    [
        ("id_verifications", "id_verification"), ("liveness_checks", "liveness"), ("face_matches", "face_match"), ("ip_analyses", "ip_analysis"),
    ];

    /// <summary>
    /// A copy of the body in that version. Version 2 has one object where version 3 has an array (contract 2.5). How
    /// version 1 differs from version 2 is published nowhere: it is sent as version 2.
    /// </summary>
    public static JsonObject Shape(JsonObject body, string version)
    {
        var shaped = body.DeepClone().AsObject();
        if (version == Current || shaped["decision"] is not JsonObject decision)
        {
            return shaped;
        }

        foreach (var (plural, singular) in Steps)
        {
            if (decision.TryGetPropertyValue(plural, out var steps))
            {
                decision.Remove(plural);
                decision[singular] = steps is JsonArray { Count: > 0 } array ? array[0]?.DeepClone() : null;
            }
        }

        return shaped;
    }
}
