namespace BiometricTwoFactor.Emulator;

/// <summary>
/// The outcomes of a capture that can be chosen: the provider's sandbox slugs that concern a face check (contract 6),
/// and two ends of this emulator's own. A scenario about a step that the workflow does not run changes nothing, so that
/// for instance <see cref="DeclineFaceMatchLowSimilarity"/> on a liveness-only workflow is approved. The provider's other
/// slugs may be armed through the API all the same: those about a document are declined where the workflow has one.
/// </summary>
public static class SandboxScenario
{
    /// <summary>Every step passes.</summary>
    public const string Approve = "approve";

    /// <summary>The face is another person's: score 24.87, <c>LOW_FACE_MATCH_SIMILARITY</c>.</summary>
    public const string DeclineFaceMatchLowSimilarity = "decline_face_match_low_similarity";

    /// <summary>A presentation attack with the right face: liveness is declined, the face match passes.</summary>
    public const string DeclineLivenessAttack = "decline_liveness_attack";

    /// <summary>The address is on a blocklist and belongs to a VPN. Only workflows with IP analysis notice.</summary>
    public const string DeclineIpBlocklist = "decline_ip_blocklist";

    /// <summary>The similarity is neither here nor there: In Review.</summary>
    public const string ReviewFaceMatchBorderline = "review_face_match_borderline";

    /// <summary>The customer began and left (this emulator's own).</summary>
    public const string Abandon = "abandon";

    /// <summary>The link ran out of time (this emulator's own).</summary>
    public const string Expire = "expire";

    /// <summary>All of them, in the order in which the hosted page offers them.</summary>
    public static IReadOnlyList<string> All { get; } =
    [
        Approve, DeclineFaceMatchLowSimilarity, DeclineLivenessAttack, DeclineIpBlocklist,
        ReviewFaceMatchBorderline, Abandon, Expire,
    ];

    internal static bool IsKnown(string? scenario) => scenario is not null && All.Contains(scenario, StringComparer.Ordinal);
}
