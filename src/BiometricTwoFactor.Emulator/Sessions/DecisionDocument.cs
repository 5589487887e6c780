using System.Globalization;
using System.Text.Json.Nodes;

namespace BiometricTwoFactor.Emulator;

/// <summary>A session as the reference's decision (contract 2), for <c>GET decision</c> and inside of webhooks.</summary>
internal static class DecisionDocument
{
    // Barcelona: where every capture takes place.
    private const double Latitude = 41.4022;
    private const double Longitude = 2.1407;

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
            ["session_url"] = session.ApiService is null ? SessionLinks.HostedPage(baseAddress, session) : null,
            ["status"] = session.Status.ToWire(),
            ["environment"] = settings.EnvironmentText,
            ["workflow_id"] = session.ApiService is null ? session.Workflow.Id : null,
            ["features"] = new JsonArray([.. Features(session).Select(feature => JsonValue.Create(feature))]),
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
            ["expires_at"] = session.ApiService is null ? Iso(session.ExpiresAt) : null,
        };
        foreach (var feature in NeverRun)
        {
            document[feature] = null;
        }

        return document;
    }

    /// <summary>What the session runs, in the provider's words (contract 2).</summary>
    public static IEnumerable<string> Features(SessionRecord session) => session.ApiService switch
    {
        null => session.Workflow.Features(),
        SavedCall.FaceMatch => ["FACE_MATCH"],
        _ => ["LIVENESS"],
    };

    /// <summary>The name on the document, once there is one; null before.</summary>
    public static string? FullName(SessionRecord session) =>
        session.Result?.Document is null ? null : $"{FirstName(session)} {LastName(session)}";

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
    private static JsonArray? One(CaptureStep? step, Func<CaptureStep, JsonObject> build) =>
        step is null or { Status: FeatureStatus.NotFinished } ? null : [build(step)];

    // Members that the reference never shows as null are absent where the emulator has nothing to put there: addresses of
    // pictures and videos first of all, since it gives none away.
    private static JsonObject Liveness(SessionRecord session, CaptureStep step) => WithScore(step, new JsonObject
    {
        ["node_id"] = "feature_liveness_1",
        ["status"] = Text(step.Status),
        ["method"] = Text(session.Workflow.LivenessMethod),
        ["matches"] = new JsonArray(),
        ["warnings"] = Warnings(step, "feature_liveness_1"),
        ["face_quality"] = session.Result?.FaceQuality,
        ["face_luminance"] = session.Result?.FaceLuminance,
    });

    private static JsonObject FaceMatch(SessionRecord session, CaptureStep step) => WithScore(step, new JsonObject
    {
        ["node_id"] = "feature_face_match_1",
        ["status"] = Text(step.Status),
        // The session's own id in an authentication; a document's portrait belongs to no session (contract 2.2).
        ["source_image_session_id"] = session.Workflow.NeedsReferenceFace ? session.Id : null,
        ["warnings"] = Warnings(step, "feature_face_match_1"),
    });

    private static JsonObject WithScore(CaptureStep step, JsonObject report)
    {
        if (step.Score is { } score)
        {
            report["score"] = score;
        }

        return report;
    }

    private static JsonObject IpAnalysis(SessionRecord session, CaptureStep step) => new()
    {
        ["node_id"] = "feature_ip_1",
        ["status"] = Text(step.Status),
        ["device_brand"] = "Other",
        ["device_model"] = "Other",
        ["browser_family"] = session.Device.BrowserFamily ?? "Other",
        ["os_family"] = session.Device.OsFamily ?? "Other",
        ["platform"] = session.Device.OsFamily is "iOS" or "Android" ? "mobile" : "desktop",
        ["device_fingerprint"] = null,
        ["ip_country"] = session.Device.CountryCode ?? "Spain",
        ["ip_country_code"] = session.Device.CountryCode ?? "ES",
        ["ip_state"] = "Barcelona",
        ["ip_city"] = "Barcelona",
        ["latitude"] = Latitude,
        ["longitude"] = Longitude,
        ["ip_address"] = session.Device.Address ?? "127.0.0.1",
        ["isp"] = null,
        ["organization"] = null,
        ["is_vpn_or_tor"] = session.Device.IsVpnOrTor || step.Status == FeatureStatus.Declined,
        ["is_data_center"] = session.Device.IsDataCenter,
        ["time_zone"] = "Europe/Madrid",
        ["time_zone_offset"] = "+0100",
        ["ip"] = new JsonObject
        {
            ["location"] = new JsonObject { ["latitude"] = Latitude, ["longitude"] = Longitude },
            ["distance_from_id_document"] = null,
            ["distance_from_poa_document"] = null,
        },
        ["id_document"] = new JsonObject { ["location"] = null, ["distance_from_ip"] = null, ["distance_from_poa_document"] = null },
        ["poa_document"] = new JsonObject { ["location"] = null, ["distance_from_ip"] = null, ["distance_from_id_document"] = null },
        ["warnings"] = Warnings(step, "feature_ip_1"),
        ["matches"] = new JsonArray(),
    };

    private static JsonObject Document(SessionRecord session, CaptureStep step) => new()
    {
        ["node_id"] = "feature_ocr_1",
        ["status"] = Text(step.Status),
        ["document_type"] = "Identity Card",
        ["document_subtype"] = null,
        ["document_number"] = Expected(session, "identification_number") ?? "CAA000000",
        ["issuing_state"] = Expected(session, "id_country") ?? "ESP",
        ["issuing_state_name"] = "Spain",
        ["date_of_issue"] = "2021-06-02",
        ["expiration_date"] = "2031-06-02",
        ["first_name"] = FirstName(session),
        ["last_name"] = LastName(session),
        ["full_name"] = $"{FirstName(session)} {LastName(session)}",
        ["date_of_birth"] = Expected(session, "date_of_birth") ?? "1980-01-01",
        ["gender"] = Expected(session, "gender") ?? "F",
        ["nationality"] = Expected(session, "nationality") ?? "ESP",
        ["mrz"] = null,
        ["extra_files"] = new JsonArray(),
        ["front_image_quality_score"] = null,
        ["back_image_quality_score"] = null,
        ["matches"] = new JsonArray(),
        ["warnings"] = Warnings(step, "feature_ocr_1"),
    };

    private static string FirstName(SessionRecord session) => Expected(session, "first_name") ?? "Carmen";

    private static string LastName(SessionRecord session) => Expected(session, "last_name") ?? "Española";

    private static string? Expected(SessionRecord session, string name) =>
        PersonDetails.Text(session.ExpectedDetails, name) is { Length: > 0 } text ? text : null;

    private static JsonArray Reviews(SessionRecord session) => new(
    [
        .. session.Reviews.Select(review => (JsonNode)new JsonObject
        {
            ["user"] = "api",
            ["new_status"] = review.NewStatus.ToWire(),
            ["comment"] = review.Comment ?? "",
            ["created_at"] = Iso(review.At),
        }),
    ]);
}
