using BiometricTwoFactor.ReferenceMatcher;

namespace BiometricTwoFactor.Emulator;

/// <summary>Judges the picture of a hosted capture by the workflow's steps and thresholds.</summary>
internal sealed class CaptureJudge(EmulatorSettings settings)
{
    private const string Selfie = "Live picture";
    private const string Portrait = "Reference";

    /// <summary>What a picture comes to.</summary>
    /// <param name="Result">The steps' outcomes; of an unusable picture, those that it has when there is no further try.</param>
    /// <param name="Problems">Why the picture cannot be used, a sentence each; empty when it can.</param>
    internal sealed record Verdict(CaptureResult Result, IReadOnlyList<string> Problems);

    /// <summary>Whether a picture could be judged at all: without a portrait, a comparison could only decline.</summary>
    public bool CanJudge(EmulatedWorkflow workflow, bool hasReference) =>
        !workflow.NeedsReferenceFace || hasReference || settings.Options.FaceMatchScore is not null;

    /// <param name="selfie">The live picture's file.</param>
    /// <param name="reference">The portrait's file; empty where there is none.</param>
    /// <param name="workflow">The workflow.</param>
    public Verdict Judge(ReadOnlySpan<byte> selfie, ReadOnlySpan<byte> reference, EmulatedWorkflow workflow)
    {
        var isPassive = workflow.LivenessMethod == LivenessMethod.Passive;
        var compares = workflow.NeedsReferenceFace && settings.Options.FaceMatchScore is null;
        // Only when every score is set does nobody look.
        var looked = compares || settings.Options.LivenessScore is null ? EmulatorMatcher.Of(settings).CheckLiveness(selfie) : null;
        var result = new CaptureResult
        {
            Liveness = LivenessJudge.Judge(settings, looked, workflow.LivenessDeclineAtOrBelow, isPassive),
            IpAnalysis = workflow.HasIpAnalysis ? new CaptureStep(FeatureStatus.Approved, null) : null,
            Document = workflow.HasDocument ? new CaptureStep(FeatureStatus.Approved, null) : null,
            IsOfPicture = true,
        };
        if (looked is not null && isPassive)
        {
            result.FaceQuality = PictureNumbers.Quality(looked.Analysis);
            result.FaceLuminance = PictureNumbers.Luminance(looked.Analysis);
        }

        if (looked is { Analysis.IsUsable: false })
        {
            // The comparison does not run then; an approval without one fails at a client that asks for it.
            result.Liveness = new CaptureStep(FeatureStatus.Declined, 0m, [.. FaceWarnings.About(FaceWarnings.Liveness, Selfie, looked.Analysis)]);
            return new Verdict(result, [.. looked.Analysis.Warnings.Select(warning => warning.Reason)]);
        }

        result.FaceMatch = !workflow.HasFaceMatch ? null
            : compares ? Compare(selfie, reference, workflow)
            : Judge(settings.FaceMatchScore, workflow, FaceWarnings.FaceMatchSimulated);
        return new Verdict(result, []);
    }

    private CaptureStep Compare(ReadOnlySpan<byte> selfie, ReadOnlySpan<byte> reference, EmulatedWorkflow workflow)
    {
        if (reference.IsEmpty)
        {
            return new CaptureStep(FeatureStatus.Declined, null, FaceWarnings.NoReference);
        }

        var found = EmulatorMatcher.Of(settings).Match(selfie, reference, FaceThresholds.Default);
        if (found is { Score: { } score, Reference.IsUsable: true })
        {
            return Judge(score.Percent, workflow);
        }

        // A stored portrait that no longer serves is nobody's approval.
        StepWarning[] missing = found.Score is null ? [FaceWarnings.NoReference] : [];
        return new CaptureStep(
            FeatureStatus.Declined, found.Score?.Percent, [.. FaceWarnings.About(FaceWarnings.FaceMatch, Portrait, found.Reference), .. missing]);
    }

    private static CaptureStep Judge(decimal score, EmulatedWorkflow workflow, params StepWarning[] labels) =>
        score > workflow.FaceMatchApproveAbove ? new CaptureStep(FeatureStatus.Approved, score, labels)
        : score > workflow.FaceMatchDeclineAtOrBelow
            ? new CaptureStep(FeatureStatus.InReview, score, [FaceWarnings.LowSimilarity with { LogType = "warning" }, .. labels])
            : new CaptureStep(FeatureStatus.Declined, score, [FaceWarnings.LowSimilarity, .. labels]);
}
