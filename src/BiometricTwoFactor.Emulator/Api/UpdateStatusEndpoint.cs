using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Http;

namespace BiometricTwoFactor.Emulator;

/// <summary><c>PATCH /v3/session/{id}/update-status/</c> (contract 6): a person at the operator decides.</summary>
internal static class UpdateStatusEndpoint
{
    public static async Task HandleAsync(HttpContext context, EmulatorCore core)
    {
        if (await ApiGuard.RequireSessionAsync(context, core) is not { } session)
        {
            return;
        }

        // The state is looked at before the body (reference).
        var current = core.Snapshot(session).Status;
        if (!CanUpdate(current))
        {
            await ApiErrors.DetailAsync(
                context,
                StatusCodes.Status400BadRequest,
                $"Only sessions with status Approved, Declined, In Review, Kyc Expired, Abandoned, Resubmitted can be updated. Current status: {current.ToWire()}");
            return;
        }

        if (await ProviderJson.ReadObjectAsync(context) is not { } body)
        {
            return;
        }

        var error = Update(core, session, body);
        await (error is null
            ? ProviderJson.WriteAsync(context, StatusCodes.Status200OK, new JsonObject { ["session_id"] = session.Id })
            : ProviderJson.WriteAsync(context, StatusCodes.Status400BadRequest, error));
    }

    /// <summary>Whether a person may still change it.</summary>
    public static bool CanUpdate(SessionStatus status) => status is SessionStatus.Approved or SessionStatus.Declined
        or SessionStatus.InReview or SessionStatus.KycExpired or SessionStatus.Abandoned or SessionStatus.Resubmitted;

    /// <summary>Does it, or says what is wrong in the provider's shape.</summary>
    private static JsonNode? Update(EmulatorCore core, SessionRecord session, JsonObject body)
    {
        if (Text(body, "new_status") is not { } text)
        {
            return new JsonObject { ["new_status"] = new JsonArray("This field is required.") };
        }

        var status = SessionStatusText.Parse(text);
        if (status is SessionStatus.Unknown or SessionStatus.NotFinished)
        {
            return new JsonObject { ["new_status"] = new JsonArray($"\"{text}\" is not a valid choice.") };
        }

        if (status is not (SessionStatus.Approved or SessionStatus.Declined or SessionStatus.Resubmitted))
        {
            return new JsonObject { ["new_status"] = new JsonArray("You can only update the status to 'Approved', 'Declined', or 'Resubmitted'.") };
        }

        if (body["send_email"]?.GetValueKind() == JsonValueKind.True && Text(body, "email_address") is null)
        {
            return new JsonObject { ["email_address"] = new JsonArray("Email address is required when send_email is true.") };
        }

        lock (core.Store.Gate)
        {
            if (session.Status == status)
            {
                return new JsonArray("The new status is the same as the current status.");
            }

            if (status != SessionStatus.Resubmitted)
            {
                _ = core.Flow.Review(session, status, Text(body, "comment"));
                return null;
            }

            var steps = Steps(body) ?? OpenSteps(session);
            if (steps.Count == 0)
            {
                return new JsonObject { ["nodes_to_resubmit"] = "No features found that need resubmission. All features are already approved." };
            }

            _ = core.Flow.Resubmit(session, steps, Text(body, "comment"));
            return null;
        }
    }

    private static List<(string Node, string Feature)>? Steps(JsonObject body) =>
        body["nodes_to_resubmit"] is JsonArray { Count: > 0 } nodes
            ? [.. nodes.OfType<JsonObject>().Select(node => (Text(node, "node_id") ?? "", Text(node, "feature") ?? ""))]
            : null;

    private static List<(string Node, string Feature)> OpenSteps(SessionRecord session)
    {
        var steps = new List<(string, string)>();
        Add(session.Result?.Document, "feature_ocr_1", "OCR");
        Add(session.Result?.Liveness, "feature_liveness_1", "LIVENESS");
        Add(session.Result?.FaceMatch, "feature_face_match_1", "FACE_MATCH");
        return steps;

        void Add(CaptureStep? step, string node, string feature)
        {
            if (step?.Status is FeatureStatus.Declined or FeatureStatus.InReview)
            {
                steps.Add((node, feature));
            }
        }
    }

    private static string? Text(JsonObject body, string name) =>
        body[name] is JsonValue value && value.GetValueKind() == JsonValueKind.String ? value.GetValue<string>() : null;
}
