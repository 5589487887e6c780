using System.Text.Json.Nodes;

namespace BiometricTwoFactor.Emulator;

/// <summary>A session as a row of <c>GET /v3/sessions/</c>.</summary>
internal static class SessionRow
{
    public static JsonObject Of(SessionRecord session, EmulatorCore core) => new()
    {
        ["session_id"] = session.Id,
        ["session_kind"] = "user",
        ["session_number"] = session.Number,
        ["session_url"] = session.ApiService is null ? SessionLinks.HostedPage(core.BaseAddress, session) : null,
        ["portrait_image"] = null,
        ["document_type"] = session.Result?.Document is null ? null : "Identity Card",
        ["full_name"] = FullName(session),
        ["country"] = Country(session),
        ["status"] = session.Status.ToWire(),
        ["vendor_data"] = session.VendorData,
        ["didit_internal_id"] = InternalUserId.Of(session.VendorData, core.Settings),
        ["created_at"] = DecisionDocument.Iso(session.CreatedAt),
        ["features"] = new JsonArray(
        [
            .. DecisionDocument.Features(session).Select(feature => (JsonNode)new JsonObject
            {
                ["feature"] = feature,
                ["status"] = DecisionDocument.Text(Step(session.Result, feature)?.Status ?? FeatureStatus.NotFinished),
            }),
        ]),
        ["phone_number"] = PersonDetails.Text(session.ContactDetails, "phone") is { } phone && PersonDetails.IsPhone(phone)
            ? new JsonObject { ["number"] = phone, ["is_verified"] = false }
            : null,
        ["email_address"] = PersonDetails.Text(session.ContactDetails, "email") is { Length: > 0 } email
            ? new JsonObject { ["email"] = email, ["is_verified"] = false }
            : null,
        ["additional_details"] = Extras(session),
    };

    /// <summary>The document's name, else the expected one.</summary>
    public static string? FullName(SessionRecord session)
    {
        if (DecisionDocument.FullName(session) is { } read)
        {
            return read;
        }

        var parts = new[] { PersonDetails.Text(session.ExpectedDetails, "first_name"), PersonDetails.Text(session.ExpectedDetails, "last_name") };
        var expected = string.Join(' ', parts.Where(part => !string.IsNullOrEmpty(part)));
        return expected.Length > 0 ? expected : null;
    }

    /// <summary>The document's country, else the expected one.</summary>
    public static string? Country(SessionRecord session) =>
        PersonDetails.Text(session.ExpectedDetails, "id_country")
        ?? (session.Result?.Document is not null ? "ESP" : PersonDetails.Text(session.ExpectedDetails, "country"));

    private static CaptureStep? Step(CaptureResult? result, string feature) => feature switch
    {
        "LIVENESS" => result?.Liveness,
        "FACE_MATCH" => result?.FaceMatch,
        "IP_ANALYSIS" => result?.IpAnalysis,
        _ => result?.Document,
    };

    /// <summary>Scores from 0 to 100 as everywhere, although the reference's example of a row shows one from 0 to 1.</summary>
    private static JsonObject? Extras(SessionRecord session)
    {
        var extras = new JsonObject();
        if (session.Result is { Liveness: { Score: { } live, Status: not FeatureStatus.NotFinished } })
        {
            extras["liveness"] = new JsonObject { ["method"] = DecisionDocument.Text(session.Workflow.LivenessMethod), ["score"] = Math.Round(live, 2) };
        }

        if (session.Result?.FaceMatch?.Score is { } alike)
        {
            extras["face_match"] = new JsonObject { ["score"] = Math.Round(alike, 2) };
        }

        return extras.Count > 0 ? extras : null;
    }
}
