using BiometricTwoFactor.ReferenceMatcher;

namespace BiometricTwoFactor.Emulator;

/// <summary>Judges the pictures of the stand-alone calls (contract 3), each against the caller's threshold.</summary>
internal sealed class StandaloneJudge(EmulatorSettings settings)
{
    /// <summary>Two pictures. Strictly above the threshold passes; a picture with a warning never does.</summary>
    public (CaptureStep Step, FaceAnalysis? User, FaceAnalysis? Reference) Compare(ReadOnlySpan<byte> user, ReadOnlySpan<byte> reference, decimal threshold)
    {
        if (settings.Options.FaceMatchScore is { } scripted)
        {
            return (scripted > threshold
                ? new CaptureStep(FeatureStatus.Approved, scripted)
                : new CaptureStep(FeatureStatus.Declined, scripted, FaceWarnings.LowSimilarity), null, null);
        }

        var found = EmulatorMatcher.Of(settings).Match(user, reference, FaceThresholds.Default);
        List<StepWarning> warnings =
        [
            .. FaceWarnings.About(FaceWarnings.FaceMatch, "User image", found.Selfie),
            .. FaceWarnings.About(FaceWarnings.FaceMatch, "Reference image", found.Reference),
        ];
        // Nothing is saved here, and then an unscorable pair has 0, not null (contract 3.1).
        var score = found.Score?.Percent ?? 0m;
        if (found.Score is null)
        {
            warnings.Add(FaceWarnings.NoReference);
        }
        else if (score <= threshold)
        {
            warnings.Add(FaceWarnings.LowSimilarity);
        }

        var status = warnings.Count == 0 ? FeatureStatus.Approved : FeatureStatus.Declined;
        return (new CaptureStep(status, score, [.. warnings]), found.Selfie, found.Reference);
    }

    /// <summary>One picture. A score that is set is reported without a look.</summary>
    public (CaptureStep Step, FaceAnalysis? User) Liveness(ReadOnlySpan<byte> user, decimal threshold)
    {
        if (settings.Options.LivenessScore is not null)
        {
            return (LivenessJudge.Judge(settings, looked: null, threshold), null);
        }

        var looked = EmulatorMatcher.Of(settings).CheckLiveness(user);
        var step = looked.Analysis.IsUsable
            ? LivenessJudge.Judge(settings, looked, threshold)
            : new CaptureStep(FeatureStatus.Declined, 0m, [.. FaceWarnings.About(FaceWarnings.Liveness, "User image", looked.Analysis)]);
        return (step, looked.Analysis);
    }
}
