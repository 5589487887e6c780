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

        var request = new UpdateStatusRequest(body);
        var status = StatusCodes.Status400BadRequest;
        var error = request.Errors.Count > 0 ? request.Errors : Update(core, session, request, out status);
        await (error is null
            ? ProviderJson.WriteAsync(context, StatusCodes.Status200OK, new JsonObject { ["session_id"] = session.Id })
            : ProviderJson.WriteAsync(context, status, error));
    }

    /// <summary>Whether a person may still change it.</summary>
    public static bool CanUpdate(SessionStatus status) => status is SessionStatus.Approved or SessionStatus.Declined
        or SessionStatus.InReview or SessionStatus.KycExpired or SessionStatus.Abandoned or SessionStatus.Resubmitted;

    /// <summary>Does it, or says what is wrong in the provider's shape.</summary>
    private static JsonNode? Update(EmulatorCore core, SessionRecord session, UpdateStatusRequest request, out int status)
    {
        status = StatusCodes.Status400BadRequest;
        lock (core.Store.Gate)
        {
            if (session.IsDeleted) // while the body arrived
            {
                status = StatusCodes.Status404NotFound;
                return new JsonObject { ["detail"] = "Not found." };
            }

            if (session.Status == request.NewStatus)
            {
                return new JsonArray("The new status is the same as the current status.");
            }

            if (request.NewStatus != SessionStatus.Resubmitted)
            {
                _ = core.Flow.Review(session, request.NewStatus, request.Comment);
                return null;
            }

            if (request.KybFeatures.Count > 0)
            {
                return new JsonObject
                {
                    ["nodes_to_resubmit"] = $"The following features cannot be resubmitted directly: {string.Join(", ", request.KybFeatures)}. Resubmit the relevant child KYC sessions instead; the parent will recompute automatically.",
                };
            }

            // Nobody ever opened the page of a stand-alone call: there is nothing to do over.
            var steps = request.Steps.Count > 0 ? request.Steps : OpenSteps(session);
            if (steps.Count == 0 || session.ApiService is not null)
            {
                return new JsonObject { ["nodes_to_resubmit"] = "No features found that need resubmission. All features are already approved." };
            }

            _ = core.Flow.Resubmit(session, steps, request.Comment);
            return null;
        }
    }

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
}
