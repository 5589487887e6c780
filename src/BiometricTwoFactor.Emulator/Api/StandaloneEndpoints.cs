using System.Text.Json.Nodes;
using BiometricTwoFactor.ReferenceMatcher;
using Microsoft.AspNetCore.Http;

namespace BiometricTwoFactor.Emulator;

/// <summary>
/// <c>POST /v3/face-match/</c> and <c>/v3/passive-liveness/</c> (contract 3). The pictures are judged unless the options
/// set a score, in the sandbox too, where the provider approves everything. A live world keeps the call as a session
/// unless it is told not to; a sandbox keeps nothing.
/// </summary>
internal static class StandaloneEndpoints
{
    /// <summary>
    /// Says what nobody measured. A header, because the reference lists every warning that these answers may have; the
    /// session that is kept has it among its warnings.
    /// </summary>
    public const string SimulatedHeader = "X-Emulator-Simulated";

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
        var rest = new CallOptions(form);
        if (await IsRefusedAsync(context, core, form))
        {
            return;
        }

        // The guide knows no sessions of such calls.
        var saves = rest.Saves && !guide && !core.Settings.IsSandbox;
        var (user, userAngle) = core.Standalone.Upright(await HeldPicture.ReadAsync(userFile!, context.RequestAborted), rest.Rotates, core.Standalone.LooksAtMatches);
        using var heldUser = user;
        var (reference, referenceAngle) = core.Standalone.Upright(await HeldPicture.ReadAsync(referenceFile!, context.RequestAborted), rest.Rotates, core.Standalone.LooksAtMatches);
        using var heldReference = reference;
        var (step, userFound, referenceFound) = core.Standalone.Compare(user.Bytes, reference.Bytes, threshold);
        // One threshold leaves no band for review: neither edition says In Review here (contract C16).
        if (guide)
        {
            await ProviderJson.WriteAsync(context, StatusCodes.Status200OK, new JsonObject
            {
                ["status"] = DecisionDocument.Text(step.Status),
                ["similarity_score"] = (step.Score ?? 0m) / 100m,
            });
            return;
        }

        var result = new CaptureResult { Liveness = SavedCall.NotRun(), FaceMatch = step, IsOfPicture = userFound is not null };
        var id = saves ? SavedCall.Save(core, SavedCall.FaceMatch, result, rest.VendorData, rest.Metadata) : EmulatorSettings.NewUuid();
        await AnswerAsync(context, core, rest, id, "face_match", Labelled(context, step), new JsonObject
        {
            ["status"] = DecisionDocument.Text(step.Status),
            // What cannot be compared has no score; unsaved, the provider calls that 0 (contract 3.1).
            ["score"] = saves ? step.Score : step.Score ?? 0m,
            ["user_image"] = Faces(userFound, userAngle),
            ["ref_image"] = Faces(referenceFound, referenceAngle),
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
        var rest = new CallOptions(form);
        if (await IsRefusedAsync(context, core, form))
        {
            return;
        }

        var (user, angle) = core.Standalone.Upright(await HeldPicture.ReadAsync(image!, context.RequestAborted), rest.Rotates, core.Standalone.LooksAtLiveness);
        using var held = user;
        if (!ImageFormat.IsKnown(user.Bytes))
        {
            await ApiErrors.ErrorAsync(context, StatusCodes.Status400BadRequest, "Invalid user image format.");
            return;
        }

        var (step, found) = core.Standalone.Liveness(user.Bytes, threshold);
        var result = new CaptureResult
        {
            Liveness = step,
            IsOfPicture = found is not null,
            FaceQuality = found is null ? 84.21m : PictureNumbers.Quality(found),
            FaceLuminance = found is null ? 50.33m : PictureNumbers.Luminance(found),
        };
        var id = rest.Saves && !core.Settings.IsSandbox
            ? SavedCall.Save(core, SavedCall.PassiveLiveness, result, rest.VendorData, rest.Metadata)
            : EmulatorSettings.NewUuid();
        await AnswerAsync(context, core, rest, id, "liveness", Labelled(context, step), new JsonObject
        {
            ["status"] = DecisionDocument.Text(step.Status),
            ["method"] = "PASSIVE",
            ["score"] = step.Score,
            ["user_image"] = Faces(found, angle),
            ["face_quality"] = result.FaceQuality,
            ["face_luminance"] = result.FaceLuminance,
        });
    }

    /// <summary>Answers what is wrong with the form, or that the credits are used up.</summary>
    private static async Task<bool> IsRefusedAsync(HttpContext context, EmulatorCore core, ImageForm form)
    {
        if (form.Errors.Count > 0)
        {
            await ProviderJson.WriteAsync(context, StatusCodes.Status400BadRequest, form.Errors);
            return true;
        }

        if (core.IsOutOfCredits)
        {
            await ApiErrors.ErrorAsync(context, StatusCodes.Status403Forbidden, ApiErrors.NoCredits);
            return true;
        }

        return false;
    }

    /// <summary>The step without the emulator's own labels, which go into the header.</summary>
    private static CaptureStep Labelled(HttpContext context, CaptureStep step)
    {
        var listed = step.Warnings.Where(warning => warning != FaceWarnings.LivenessSimulated && warning != FaceWarnings.FaceMatchSimulated).ToArray();
        if (listed.Length < step.Warnings.Length)
        {
            context.Response.Headers[SimulatedHeader] = "true";
        }

        return step with { Warnings = listed };
    }

    private static Task AnswerAsync(HttpContext context, EmulatorCore core, CallOptions call, string id, string name, CaptureStep step, JsonObject result)
    {
        result["warnings"] = DecisionDocument.Warnings(step, nodeId: null);
        return ProviderJson.WriteAsync(context, StatusCodes.Status200OK, new JsonObject
        {
            ["request_id"] = id,
            [name] = result,
            ["vendor_data"] = call.VendorData,
            ["metadata"] = SessionStore.Clone(call.Metadata),
            ["created_at"] = DecisionDocument.Iso(core.Settings.Clock.GetUtcNow()).Replace("Z", "+00:00", StringComparison.Ordinal),
        });
    }

    /// <summary>The face that was found, or a made-up one where nobody looked.</summary>
    private static JsonObject Faces(FaceAnalysis? found, int angle) => new()
    {
        ["entities"] = found switch
        {
            null => [Entity([661, 728, 1688, 2188], 0.732973m)],
            { Face: { } face } => [Entity(Corners(face.Box), Math.Round((decimal)Math.Clamp(face.Confidence, 0, 1), 6))],
            _ => new JsonArray(),
        },
        ["best_angle"] = angle,
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

    /// <summary>What both calls take beside their pictures and thresholds.</summary>
    private sealed class CallOptions(ImageForm form)
    {
        public bool Saves { get; } = form.Boolean("save_api_request", missing: true);

        public bool Rotates { get; } = form.Boolean("rotate_image", missing: false);

        public string? VendorData { get; } = form.VendorData();

        public JsonNode? Metadata { get; } = form.Metadata();
    }
}
