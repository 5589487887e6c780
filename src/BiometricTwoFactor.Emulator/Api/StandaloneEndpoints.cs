using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Http;

namespace BiometricTwoFactor.Emulator;

/// <summary>
/// <c>POST /v3/face-match/</c> and <c>/v3/passive-liveness/</c> (contract 3). No picture is looked at in this version:
/// the scores are the options', held against the caller's threshold. Nothing is saved, as in the provider's sandbox.
/// </summary>
internal static class StandaloneEndpoints
{
    private static readonly StepWarning LowSimilarity = new(
        "FACEMATCH", "LOW_FACE_MATCH_SIMILARITY", "error", "Low face match similarity",
        "The faces do not resemble each other closely enough.");

    private static readonly StepWarning LowLiveness = new(
        "LIVENESS", "LOW_LIVENESS_SCORE", "error", "Low liveness score",
        "The capture does not look live enough.");

    public static async Task FaceMatchAsync(HttpContext context, EmulatorCore core)
    {
        if (!await ApiGuard.RequireKeyAsync(context, core.Settings, ApiErrors.NoPermission)
            || await ImageForm.ReadAsync(context) is not { } form)
        {
            return;
        }

        var guide = core.Settings.Options.FaceMatchEdition == ApiEdition.Guide;
        form.Image(guide ? "image_a" : "user_image");
        form.Image(guide ? "image_b" : "ref_image");
        var threshold = form.Threshold("face_match_score_decline_threshold");
        if (form.Errors.Count > 0)
        {
            await ProviderJson.WriteAsync(context, StatusCodes.Status400BadRequest, form.Errors);
            return;
        }

        var step = Judge(core.Settings.Options.FaceMatchScore, threshold, LowSimilarity);
        if (guide)
        {
            await ProviderJson.WriteAsync(context, StatusCodes.Status200OK, new JsonObject
            {
                ["status"] = DecisionDocument.Text(step.Status),
                ["similarity_score"] = step.Score / 100m,
            });
            return;
        }

        await AnswerAsync(context, core, form, "face_match", new JsonObject
        {
            ["status"] = DecisionDocument.Text(step.Status),
            ["score"] = step.Score,
            ["user_image"] = Face(),
            ["ref_image"] = Face(),
            ["warnings"] = DecisionDocument.Warnings(step, nodeId: null),
        });
    }

    public static async Task PassiveLivenessAsync(HttpContext context, EmulatorCore core)
    {
        if (!await ApiGuard.RequireKeyAsync(context, core.Settings, ApiErrors.NoPermission)
            || await ImageForm.ReadAsync(context) is not { } form)
        {
            return;
        }

        var image = form.Image("user_image");
        var threshold = form.Threshold("face_liveness_score_decline_threshold");
        if (form.Errors.Count > 0)
        {
            await ProviderJson.WriteAsync(context, StatusCodes.Status400BadRequest, form.Errors);
            return;
        }

        if (!await IsImageAsync(image!, context.RequestAborted))
        {
            await ApiErrors.ErrorAsync(context, StatusCodes.Status400BadRequest, "Invalid user image format.");
            return;
        }

        var step = Judge(core.Settings.Options.LivenessScore, threshold, LowLiveness);
        await AnswerAsync(context, core, form, "liveness", new JsonObject
        {
            ["status"] = DecisionDocument.Text(step.Status),
            ["method"] = "PASSIVE",
            ["score"] = step.Score,
            ["user_image"] = Face(),
            ["warnings"] = DecisionDocument.Warnings(step, nodeId: null),
            ["face_quality"] = 84.21m,
            ["face_luminance"] = 50.33m,
        });
    }

    /// <summary>Strictly above the threshold passes (reference).</summary>
    private static CaptureStep Judge(decimal score, decimal threshold, StepWarning warning) => score > threshold
        ? new CaptureStep(FeatureStatus.Approved, score)
        : new CaptureStep(FeatureStatus.Declined, score, warning);

    private static Task AnswerAsync(HttpContext context, EmulatorCore core, ImageForm form, string name, JsonObject result) =>
        ProviderJson.WriteAsync(context, StatusCodes.Status200OK, new JsonObject
        {
            ["request_id"] = EmulatorSettings.NewUuid(),
            [name] = result,
            ["vendor_data"] = form.VendorData,
            ["metadata"] = form.Metadata(),
            ["created_at"] = DecisionDocument.Iso(core.Settings.Clock.GetUtcNow()).Replace("Z", "+00:00", StringComparison.Ordinal),
        });

    // The provider reports age and gender; a client has to be seen to drop them.
    private static JsonObject Face() => new()
    {
        ["entities"] = new JsonArray(new JsonObject
        {
            ["bbox"] = new JsonArray(661, 728, 1688, 2188),
            ["confidence"] = 0.732973m,
            ["age"] = 26.91m,
            ["gender"] = "male",
            ["race"] = null,
        }),
        ["best_angle"] = 0,
    };

    private static async Task<bool> IsImageAsync(IFormFile file, CancellationToken cancellationToken)
    {
        var head = new byte[16];
        await using var content = file.OpenReadStream();
        var length = await content.ReadAtLeastAsync(head, head.Length, throwOnEndOfStream: false, cancellationToken);
        return ImageFormat.IsKnown(head.AsSpan(0, length));
    }
}
