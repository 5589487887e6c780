using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;

namespace BiometricTwoFactor.Emulator;

/// <summary>
/// What <c>?include=events</c> adds to a decision, and what it changes. The reference names the members; what stands in
/// them beyond that is this emulator's own reading.
/// </summary>
internal static class DecisionEvents
{
    /// <summary>Whether the query asks for it: a list of which only <c>events</c> is known.</summary>
    public static bool IsAskedFor(string? include) =>
        include is not null && include.Split(',', StringSplitOptions.TrimEntries).Contains("events", StringComparer.Ordinal);

    public static void AddTo(JsonObject decision, SessionRecord session, EmulatorSettings settings)
    {
        decision.Remove("session_kind");
        decision["features"] = new JsonArray(
            [.. DecisionDocument.Features(session).Select(feature => (JsonNode)new JsonObject { ["feature"] = feature, ["node_id"] = Node(feature) })]);
        decision["events"] = new JsonArray(
        [
            // The rest is the console's: a provider that misbehaves does not say so, and a status is told once.
            .. session.Timeline.Entries.Where(entry => entry.What is not ("reviewed" or "aged" or "replayed" or "fault_struck")).Select(entry => (JsonNode)new JsonObject
            {
                ["event_type"] = entry.What,
                ["detail"] = entry.Detail,
                ["created_at"] = DecisionDocument.Iso(entry.At),
            }),
        ]);
        decision["activity_reviews"] = new JsonArray([.. session.Reviews.Select(review => (JsonNode)Activity(review))]);
        decision["blocklisted"] = new JsonObject { ["face"] = false, ["document"] = false, ["phone_number"] = false, ["email"] = false };
        decision["cost_breakdown"] = Costs(session, settings);
        decision["workflow_type"] = session.ApiService is not null ? null : session.Workflow.HasDocument ? "kyc" : "biometric_authentication";
        decision["workflow_version"] = session.ApiService is null ? session.Workflow.Version : null;
        decision["workflow_version_id"] = session.ApiService is null ? VersionId(session.Workflow) : null;
        decision["api_service"] = session.ApiService;
        decision["session_type"] = SessionType(session);
        decision["has_device_nfc_support"] = false;
    }

    /// <summary>How the session came to be.</summary>
    public static string SessionType(SessionRecord session) => session.ApiService is null ? "HOSTED" : "API";

    /// <summary>One entry of a session's audit trail, here and in <c>/reviews/</c>.</summary>
    public static JsonObject Activity(SessionRecord.Review review) => new()
    {
        ["uuid"] = review.Id,
        ["activity_type"] = review.NewStatus == review.Previous ? "REVIEW_NOTE" : "STATUS_CHANGE",
        ["actor_display"] = "API",
        ["actor_email"] = null,
        ["actor_type"] = "API_KEY",
        ["new_status"] = review.NewStatus.ToWire(),
        ["previous_status"] = review.Previous.ToWire(),
        ["comment"] = review.Comment,
        ["metadata"] = new JsonObject(),
        ["created_at"] = DecisionDocument.Iso(review.At),
    };

    private static string Node(string feature) => feature switch
    {
        "ID_VERIFICATION" => "feature_ocr_1",
        "LIVENESS" => "feature_liveness_1",
        "FACE_MATCH" => "feature_face_match_1",
        _ => "feature_ip_1",
    };

    /// <summary>
    /// The guide's prices, for what the guide prices: a sandbox is free, and so is what was declined, left or never
    /// finished.
    /// </summary>
    private static JsonObject Costs(SessionRecord session, EmulatorSettings settings)
    {
        var items = new List<(string Feature, decimal Price)>();
        if (!settings.IsSandbox && session.Status is SessionStatus.Approved or SessionStatus.InReview or SessionStatus.KycExpired)
        {
            if (session.ApiService == SavedCall.FaceMatch)
            {
                items.Add(("FACE_MATCH", 0.05m));
            }
            else if (session.Workflow.NeedsReferenceFace)
            {
                items.Add(("BIOMETRIC_AUTHENTICATION", 0.10m));
            }

            if (session.Workflow.HasIpAnalysis)
            {
                items.Add(("IP_ANALYSIS", 0.03m));
            }
        }

        return new JsonObject
        {
            ["currency"] = "USD",
            ["total"] = items.Sum(item => item.Price),
            ["items"] = new JsonArray([.. items.Select(item => (JsonNode)new JsonObject { ["feature"] = item.Feature, ["price"] = item.Price })]),
        };
    }

    /// <summary>The same for the same workflow and version, always.</summary>
    private static string VersionId(EmulatedWorkflow workflow)
    {
        Span<byte> digest = stackalloc byte[SHA256.HashSizeInBytes];
        SHA256.HashData(Encoding.UTF8.GetBytes(FormattableString.Invariant($"{workflow.Id}\0{workflow.Version}")), digest);
        digest[6] = (byte)((digest[6] & 0x0F) | 0x80);
        digest[8] = (byte)((digest[8] & 0x3F) | 0x80);
        return new Guid(digest[..16], bigEndian: true).ToString("D");
    }
}
