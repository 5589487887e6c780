using BiometricTwoFactor.ReferenceMatcher;

namespace BiometricTwoFactor.Emulator;

/// <summary>What a usable picture's liveness comes to.</summary>
internal static class LivenessJudge
{
    /// <summary>
    /// A measured score where there is one, else the setting's, labelled as such. A scorer without an opinion is not one
    /// that says yes. Strictly above the threshold passes.
    /// </summary>
    /// <param name="settings">The settings.</param>
    /// <param name="looked">What the matcher saw; null when it was not asked.</param>
    /// <param name="threshold">0 to 100.</param>
    /// <param name="isPassive">Whether one picture is what the method judges.</param>
    public static CaptureStep Judge(EmulatorSettings settings, LivenessResult? looked, decimal threshold, bool isPassive = true)
    {
        var measured = isPassive && looked is not null && EmulatorMatcher.EvaluatesLiveness(settings);
        var score = measured ? PictureNumbers.Percent(looked!.Score.Value ?? 0) : settings.LivenessScore;
        StepWarning[] label = measured ? [] : [FaceWarnings.LivenessSimulated];
        return score > threshold
            ? new CaptureStep(FeatureStatus.Approved, score, label)
            : new CaptureStep(FeatureStatus.Declined, score, [FaceWarnings.LowLiveness, .. label]);
    }
}
