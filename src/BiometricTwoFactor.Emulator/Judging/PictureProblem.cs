using BiometricTwoFactor.ReferenceMatcher;

namespace BiometricTwoFactor.Emulator;

/// <summary>Why a picture cannot be used, for the person before the camera.</summary>
/// <param name="Code">The warning's code, as in the decision.</param>
/// <param name="Text">The key of what the page says about it (<see cref="PageTexts"/>).</param>
internal sealed record PictureProblem(string Code, string Text)
{
    // The matcher says both "no face" and "no picture" by one code; the difference is in its words alone.
    private const string NoFace = "No face was found in the picture.";

    private const string Unclear = "problem_unclear";

    // The matcher's defaults: which of three things made the quality low, where it says so by one code.
    private const float SmallFace = 36;
    private const float FarLean = 45;

    /// <summary>What speaks against a picture, each thing once.</summary>
    public static IReadOnlyList<PictureProblem> Of(FaceAnalysis analysis)
    {
        PictureProblem[] all = [.. analysis.Warnings.Select(warning => new PictureProblem(warning.Code, Key(warning, analysis))).Distinct()];
        // In bad light nothing is clear: whoever hears of the light knows what to do.
        var isOfLight = all.Any(problem => problem.Code is FaceWarningCode.LowFaceLuminance or FaceWarningCode.HighFaceLuminance);
        return [.. all.Where(problem => !isOfLight || problem.Text != Unclear)];
    }

    private static string Key(FaceWarning warning, FaceAnalysis analysis) => warning.Code switch
    {
        FaceWarningCode.NoFaceDetected => warning.Reason == NoFace ? "problem_no_face" : "problem_unreadable",
        FaceWarningCode.MultipleFacesDetected => "problem_several_faces",
        FaceWarningCode.LowFaceLuminance => "problem_too_dark",
        FaceWarningCode.HighFaceLuminance => "problem_too_bright",
        _ when analysis.Quality?.FaceSize < SmallFace => "problem_too_small",
        _ when MathF.Abs(analysis.Face?.RollDegrees ?? 0) > FarLean => "problem_tilted",
        _ => Unclear,
    };
}
