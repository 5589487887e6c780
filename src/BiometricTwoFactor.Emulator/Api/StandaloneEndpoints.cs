using System.Text.Json.Nodes;
using BiometricTwoFactor.ReferenceMatcher;
using Microsoft.AspNetCore.Http;

namespace BiometricTwoFactor.Emulator;

/// <summary>
/// <c>POST /v3/face-match/</c> and <c>/v3/passive-liveness/</c> (contract 3). The pictures are judged unless the options
/// set a score, against the caller's threshold. Nothing is saved, as in the provider's sandbox.
/// </summary>
internal static class StandaloneEndpoints
{
    public static async Task FaceMatchAsync(HttpContext context, EmulatorCore core)
    {
        if (!await ApiGuard.RequireKeyAsync(context, core.Settings, ApiErrors.NoPermission)
            || await ImageForm.ReadAsync(context) is not { } form)
        {
            return;
        }

        var guide = core.Settings.Options.FaceMatchEdition == ApiEdition.Guide;
        var userFile = form.Image(guide ? "image_a" : "user_image");
        var referenceFile = form.Image(guide ? "image_b" : "ref_image");
        var threshold = form.Threshold("face_match_score_decline_threshold");
        if (form.Errors.Count > 0)
        {
            await ProviderJson.WriteAsync(context, StatusCodes.Status400BadRequest, form.Errors);
            return;
        }

        using var user = await HeldPicture.ReadAsync(userFile!, context.RequestAborted);
        using var reference = await HeldPicture.ReadAsync(referenceFile!, context.RequestAborted);
        var (step, userFound, referenceFound) = core.Standalone.Compare(user.Bytes, reference.Bytes, threshold);
        // One threshold leaves no band for review: neither edition says In Review here (contract C16).
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
            ["user_image"] = Faces(userFound),
            ["ref_image"] = Faces(referenceFound),
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

        using var user = await HeldPicture.ReadAsync(image!, context.RequestAborted);
        if (!ImageFormat.IsKnown(user.Bytes))
        {
            await ApiErrors.ErrorAsync(context, StatusCodes.Status400BadRequest, "Invalid user image format.");
            return;
        }

        var (step, found) = core.Standalone.Liveness(user.Bytes, threshold);
        await AnswerAsync(context, core, form, "liveness", new JsonObject
        {
            ["status"] = DecisionDocument.Text(step.Status),
            ["method"] = "PASSIVE",
            ["score"] = step.Score,
            ["user_image"] = Faces(found),
            ["warnings"] = DecisionDocument.Warnings(step, nodeId: null),
            ["face_quality"] = found is null ? 84.21m : PictureNumbers.Quality(found),
            ["face_luminance"] = found is null ? 50.33m : PictureNumbers.Luminance(found),
        });
    }

    private static Task AnswerAsync(HttpContext context, EmulatorCore core, ImageForm form, string name, JsonObject result) =>
        ProviderJson.WriteAsync(context, StatusCodes.Status200OK, new JsonObject
        {
            ["request_id"] = EmulatorSettings.NewUuid(),
            [name] = result,
            ["vendor_data"] = form.VendorData,
            ["metadata"] = form.Metadata(),
            ["created_at"] = DecisionDocument.Iso(core.Settings.Clock.GetUtcNow()).Replace("Z", "+00:00", StringComparison.Ordinal),
        });

    /// <summary>The face that was found, or a made-up one where nobody looked.</summary>
    private static JsonObject Faces(FaceAnalysis? found) => new()
    {
        ["entities"] = found switch
        {
            null => [Entity([661, 728, 1688, 2188], 0.732973m)],
            { Face: { } face } => [Entity(Corners(face.Box), Math.Round((decimal)face.Confidence, 6))],
            _ => new JsonArray(),
        },
        ["best_angle"] = 0,
    };

    // The provider reports age and gender; a client has to be seen to drop them. Nobody estimates them here.
    private static JsonObject Entity(JsonArray box, decimal confidence) => new()
    {
        ["bbox"] = box,
        ["confidence"] = confidence,
        ["age"] = 26.91m,
        ["gender"] = "male",
        ["race"] = null,
    };

    private static JsonArray Corners(FaceBox box) =>
        [(int)box.X, (int)box.Y, (int)(box.X + box.Width), (int)(box.Y + box.Height)];
}
