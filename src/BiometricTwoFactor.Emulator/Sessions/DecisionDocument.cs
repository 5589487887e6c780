using System.Globalization;
using System.Text.Json.Nodes;

namespace BiometricTwoFactor.Emulator;

/// <summary>A session as the reference's decision (contract 2), for <c>GET decision</c> and inside of webhooks.</summary>
internal static class DecisionDocument
{
    private static readonly string[] NeverRun =
    [
        "nfc_verifications", "phone_verifications", "email_verifications", "poa_verifications", "document_ai_documents",
        "questionnaire_responses", "aml_screenings", "database_validations",
    ];

    public static JsonObject Build(SessionRecord session, EmulatorSettings settings, Uri baseAddress)
    {
        var result = session.Result;
        var document = new JsonObject
        {
            ["session_id"] = session.Id,
            ["session_kind"] = "user",
            ["session_number"] = session.Number,
            ["session_url"] = SessionLinks.HostedPage(baseAddress, session).AbsoluteUri,
            ["status"] = session.Status.ToWire(),
            ["environment"] = settings.EnvironmentText,
            ["workflow_id"] = session.Workflow.Id,
            ["features"] = new JsonArray([.. session.Workflow.Features().Select(feature => JsonValue.Create(feature))]),
            ["vendor_data"] = session.VendorData,
            ["metadata"] = SessionStore.Clone(session.Metadata),
            ["expected_details"] = SessionStore.Clone(session.ExpectedDetails),
            ["contact_details"] = SessionStore.Clone(session.ContactDetails),
            ["callback"] = session.Callback,
            ["id_verifications"] = One(result?.Document, step => Document(session, step)),
            ["liveness_checks"] = One(result?.Liveness, step => Liveness(session, step)),
            ["face_matches"] = One(result?.FaceMatch, step => FaceMatch(session, step)),
            ["ip_analyses"] = One(result?.IpAnalysis, step => IpAnalysis(session, step)),
            ["reviews"] = Reviews(session),
            ["created_at"] = Iso(session.CreatedAt),
            ["expires_at"] = Iso(session.ExpiresAt),
        };
        foreach (var feature in NeverRun)
        {
            document[feature] = null;
        }

        return document;
    }

    public static string Iso(DateTimeOffset time) =>
        time.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.ffffff'Z'", CultureInfo.InvariantCulture);

    public static string Text(FeatureStatus status) => status switch
    {
        FeatureStatus.Approved => "Approved",
        FeatureStatus.Declined => "Declined",
        FeatureStatus.InReview => "In Review",
        FeatureStatus.ResubRequested => "Resub Requested",
        FeatureStatus.Expired => "Expired",
        _ => "Not Finished",
    };

    public static string Text(LivenessMethod method) => method switch
    {
        LivenessMethod.Active3D => "ACTIVE_3D",
        LivenessMethod.Flashing => "FLASHING",
        _ => "PASSIVE",
    };

    public static JsonArray Warnings(CaptureStep step, string? nodeId) => new(
    [
        .. step.Warnings.Select(warning =>
        {
            var node = new JsonObject
            {
                ["risk"] = warning.Risk,
                ["feature"] = warning.Feature,
                ["additional_data"] = null,
                ["log_type"] = warning.LogType,
                ["short_description"] = warning.Short,
                ["long_description"] = warning.Long,
            };
            if (nodeId is not null)
            {
                node["node_id"] = nodeId;
            }

            return (JsonNode)node;
        }),
    ]);

    // An array is null until its step ran (contract 2).
    private static JsonArray? One(CaptureStep? step, Func<CaptureStep, JsonObject> build) => step is null ? null : [build(step)];

    private static JsonObject Liveness(SessionRecord session, CaptureStep step) => new()
    {
        ["node_id"] = "feature_liveness_1",
        ["status"] = Text(step.Status),
        ["method"] = Text(session.Workflow.LivenessMethod),
        ["score"] = step.Score,
        ["reference_image"] = null,
        ["video_url"] = null,
        ["age_estimation"] = null,
        ["matches"] = new JsonArray(),
        ["warnings"] = Warnings(step, "feature_liveness_1"),
        ["face_quality"] = session.Result?.FaceQuality,
        ["face_luminance"] = session.Result?.FaceLuminance,
    };

    private static JsonObject FaceMatch(SessionRecord session, CaptureStep step) => new()
    {
        ["node_id"] = "feature_face_match_1",
        ["status"] = Text(step.Status),
        ["score"] = step.Score,
        // The session's own id in an authentication; a document's portrait belongs to no session (contract 2.2).
        ["source_image_session_id"] = session.Workflow.NeedsReferenceFace ? session.Id : null,
        ["source_image"] = null,
        ["target_image"] = null,
        ["warnings"] = Warnings(step, "feature_face_match_1"),
    };

    private static JsonObject IpAnalysis(SessionRecord session, CaptureStep step) => new()
    {
        ["node_id"] = "feature_ip_1",
        ["status"] = Text(step.Status),
        ["device_brand"] = null,
        ["device_model"] = null,
        ["browser_family"] = session.Device.BrowserFamily,
        ["os_family"] = session.Device.OsFamily,
        ["platform"] = session.Device.OsFamily is "iOS" or "Android" ? "mobile" : "desktop",
        ["device_fingerprint"] = null,
        ["ip_country"] = "Spain",
        ["ip_country_code"] = "ES",
        ["ip_state"] = "Barcelona",
        ["ip_city"] = "Barcelona",
        ["latitude"] = null,
        ["longitude"] = null,
        ["ip_address"] = session.Device.Address ?? "127.0.0.1",
        ["isp"] = null,
        ["organization"] = null,
        ["is_vpn_or_tor"] = step.Status == FeatureStatus.Declined,
        ["is_data_center"] = false,
        ["time_zone"] = "Europe/Madrid",
        ["time_zone_offset"] = "+0100",
        ["warnings"] = Warnings(step, "feature_ip_1"),
        ["matches"] = new JsonArray(),
    };

    private static JsonObject Document(SessionRecord session, CaptureStep step)
    {
        var firstName = Expected(session, "first_name") ?? "Carmen";
        var lastName = Expected(session, "last_name") ?? "Española";
        return new JsonObject
        {
            ["node_id"] = "feature_ocr_1",
            ["status"] = Text(step.Status),
            ["document_type"] = "Identity Card",
            ["issuing_state"] = "ESP",
            ["issuing_state_name"] = "Spain",
            ["first_name"] = firstName,
            ["last_name"] = lastName,
            ["full_name"] = $"{firstName} {lastName}",
            ["date_of_birth"] = Expected(session, "date_of_birth") ?? "1980-01-01",
            ["portrait_image"] = null,
            ["matches"] = new JsonArray(),
            ["warnings"] = Warnings(step, "feature_ocr_1"),
        };
    }

    private static string? Expected(SessionRecord session, string name) =>
        session.ExpectedDetails?[name] is JsonValue value && value.TryGetValue<string>(out var text) && text.Length > 0 ? text : null;

    private static JsonArray Reviews(SessionRecord session) => new(
    [
        .. session.Reviews.Select(review => (JsonNode)new JsonObject
        {
            ["user"] = "api",
            ["new_status"] = review.NewStatus.ToWire(),
            ["comment"] = review.Comment,
            ["created_at"] = Iso(review.At),
        }),
    ]);
}
