using BiometricTwoFactor.ReferenceMatcher;

namespace BiometricTwoFactor.Emulator;

/// <summary>
/// Judges the pictures of the stand-alone calls (contract 3), each against the caller's threshold, in the warning codes
/// that the reference lists for these calls. The matcher's own reasons stand in their long descriptions.
/// </summary>
internal sealed class StandaloneJudge(EmulatorSettings settings)
{
    /// <summary>What two pictures come to.</summary>
    /// <param name="Step">The outcome; without a score when no pair of faces could be compared.</param>
    /// <param name="User">What was seen; null when nobody looked.</param>
    /// <param name="Reference">What was seen; null when nobody looked.</param>
    internal sealed record Comparison(CaptureStep Step, FaceAnalysis? User, FaceAnalysis? Reference);

    /// <summary>Turns the picture upright when that is asked for and anybody looks at it.</summary>
    public (HeldPicture Picture, int Degrees) Upright(HeldPicture picture, bool turn, bool isLookedAt) =>
        turn && isLookedAt ? TurnedPicture.Best(EmulatorMatcher.Of(settings), picture) : (picture, 0);

    public bool LooksAtMatches => settings.Options.FaceMatchScore is null;

    public bool LooksAtLiveness => settings.Options.LivenessScore is null;

    /// <summary>Two pictures. Strictly above the threshold passes; a picture that the matcher would not compare never does.</summary>
    /// <param name="user">The live picture's file.</param>
    /// <param name="reference">The portrait's file.</param>
    /// <param name="threshold">0 to 100.</param>
    public Comparison Compare(ReadOnlySpan<byte> user, ReadOnlySpan<byte> reference, decimal threshold)
    {
        if (settings.Options.FaceMatchScore is { } scripted)
        {
            return new Comparison(Judge(scripted, threshold, FaceWarnings.FaceMatchSimulated), null, null);
        }

        var found = EmulatorMatcher.Of(settings).Match(user, reference, FaceThresholds.Default);
        if (found is { Score: { } score, Selfie.IsUsable: true, Reference.IsUsable: true })
        {
            // Two decimals, saved or not: the matcher measures no more of them.
            return new Comparison(Judge(score.Percent, threshold), found.Selfie, found.Reference);
        }

        IEnumerable<string> reasons =
        [
            .. found.Selfie.Warnings.Select(warning => $"User image: {warning.Reason}"),
            .. found.Reference.Warnings.Select(warning => $"Reference image: {warning.Reason}"),
        ];
        var warning = FaceWarnings.NoReference with { Long = string.Join(' ', reasons.Prepend(FaceWarnings.NoReference.Long)) };
        return new Comparison(new CaptureStep(FeatureStatus.Declined, null, warning), found.Selfie, found.Reference);
    }

    /// <summary>One picture. A score that is set is reported without a look.</summary>
    public (CaptureStep Step, FaceAnalysis? User) Liveness(ReadOnlySpan<byte> user, decimal threshold)
    {
        if (settings.Options.LivenessScore is not null)
        {
            return (LivenessJudge.Judge(settings, looked: null, threshold), null);
        }

        var looked = EmulatorMatcher.Of(settings).CheckLiveness(user);
        return (looked.Analysis.IsUsable ? LivenessJudge.Judge(settings, looked, threshold) : Unusable(looked.Analysis), looked.Analysis);
    }

    private static CaptureStep Judge(decimal score, decimal threshold, params StepWarning[] labels) => score > threshold
        ? new CaptureStep(FeatureStatus.Approved, score, labels)
        : new CaptureStep(FeatureStatus.Declined, score, [FaceWarnings.LowSimilarity, .. labels]);

    /// <summary>Nothing was measured: that is 0, and 0 is a low score. Several faces alone decline nobody in the reference.</summary>
    private static CaptureStep Unusable(FaceAnalysis analysis)
    {
        StepWarning[] named =
        [
            .. FaceWarnings.About(FaceWarnings.Liveness, "User image", analysis)
                .Where(warning => warning.Risk is FaceWarningCode.NoFaceDetected or FaceWarningCode.MultipleFacesDetected)
                .Select(warning => warning.Risk == FaceWarningCode.MultipleFacesDetected ? warning with { LogType = "warning" } : warning),
        ];
        if (named.Any(warning => warning.LogType == "error"))
        {
            return new CaptureStep(FeatureStatus.Declined, 0m, named);
        }

        var reasons = string.Join(' ', analysis.Warnings.Select(warning => warning.Reason).Prepend(FaceWarnings.LowLiveness.Long));
        return new CaptureStep(FeatureStatus.Declined, 0m, [FaceWarnings.LowLiveness with { Long = reasons }, .. named]);
    }
}
