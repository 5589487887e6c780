using BiometricTwoFactor.ReferenceMatcher;

namespace BiometricTwoFactor.Emulator;

/// <summary>What is said about pictures and comparisons, in the provider's shape (contract 2.4).</summary>
internal static class FaceWarnings
{
    public const string FaceMatch = "FACEMATCH";
    public const string Liveness = "LIVENESS";

    public static StepWarning LowSimilarity { get; } = new(
        FaceMatch, FaceWarningCode.LowFaceMatchSimilarity, "error", "Low face match similarity",
        "The face does not resemble the reference closely enough.");

    public static StepWarning NoReference { get; } = new(
        FaceMatch, FaceWarningCode.NoReferenceImage, "error", "No reference image",
        "There are no two faces that could be compared.");

    public static StepWarning LowLiveness { get; } = new(
        Liveness, FaceWarningCode.LowLivenessScore, "error", "Low liveness score",
        "The capture does not look live enough.");

    public static StepWarning LivenessAttack { get; } = new(
        Liveness, FaceWarningCode.LivenessFaceAttack, "error", "Liveness face attack",
        "The capture looks like a presentation attack.");

    /// <summary>The emulator's own: no real provider sends it. A score that nobody measured never passes in silence.</summary>
    public static StepWarning LivenessSimulated { get; } = new(
        Liveness, "LIVENESS_SIMULATED", "information", "Liveness simulated",
        "The emulator did not measure liveness: the score is a setting.");

    /// <summary>The emulator's own, as <see cref="LivenessSimulated"/>.</summary>
    public static StepWarning FaceMatchSimulated { get; } = new(
        FaceMatch, "FACE_MATCH_SIMULATED", "information", "Face match simulated",
        "The emulator compared no faces: the score is a setting.");

    /// <summary>What the matcher says about one picture.</summary>
    /// <param name="feature">The step that looked at it.</param>
    /// <param name="picture">Which of the pictures, as the beginning of a sentence.</param>
    /// <param name="analysis">What was found.</param>
    public static IEnumerable<StepWarning> About(string feature, string picture, FaceAnalysis analysis) =>
        analysis.Warnings.Select(warning => new StepWarning(feature, warning.Code, "error", Title(warning.Code), $"{picture}: {warning.Reason}"));

    /// <summary>What the matcher says about a head turn.</summary>
    public static IEnumerable<StepWarning> About(string feature, HeadTurnResult turn) =>
        turn.Warnings.Select(warning => new StepWarning(feature, warning.Code, "error", Title(warning.Code), warning.Reason));

    // NO_FACE_DETECTED: No face detected.
    private static string Title(string code) => code[..1] + code[1..].Replace('_', ' ').ToLowerInvariant();
}
