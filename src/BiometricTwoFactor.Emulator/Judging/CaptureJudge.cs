using BiometricTwoFactor.ReferenceMatcher;

namespace BiometricTwoFactor.Emulator;

/// <summary>Judges the pictures of a hosted capture by the workflow's steps and thresholds.</summary>
internal sealed class CaptureJudge(EmulatorSettings settings)
{
    private const string Selfie = "Live picture";
    private const string Portrait = "Reference";

    /// <summary>What a capture comes to.</summary>
    /// <param name="Result">The steps' outcomes; of an unusable capture, those that it has when there is no further try.</param>
    /// <param name="Problems">Why the capture cannot be used; empty when it can.</param>
    internal sealed record Verdict(CaptureResult Result, IReadOnlyList<PictureProblem> Problems);

    /// <summary>Whether a picture could be judged at all: without a portrait, a comparison could only decline.</summary>
    public bool CanJudge(EmulatedWorkflow workflow, bool hasReference) =>
        !workflow.NeedsReferenceFace || hasReference || settings.Options.FaceMatchScore is not null;

    /// <param name="shown">What was held before the camera: at least one frame.</param>
    /// <param name="reference">The portrait's file; empty where there is none.</param>
    /// <param name="workflow">The workflow.</param>
    public Verdict Judge(ShownFrames shown, ReadOnlySpan<byte> reference, EmulatedWorkflow workflow)
    {
        var isPassive = workflow.LivenessMethod == LivenessMethod.Passive;
        var compares = workflow.NeedsReferenceFace && settings.Options.FaceMatchScore is null;
        var turn = CheckTurn(shown);
        // Only when every score is set does nobody look.
        using var face = compares || turn is not null || settings.Options.LivenessScore is null ? EmulatorMatcher.Of(settings).CreateTemplate(shown.Frontal.Bytes) : null;
        var result = new CaptureResult
        {
            Liveness = turn is null
                ? LivenessJudge.Judge(settings, Look(shown, face?.Analysis, isPassive), workflow.LivenessDeclineAtOrBelow, isPassive)
                : HeadTurnJudge.Judge(turn, workflow.LivenessDeclineAtOrBelow),
            IpAnalysis = workflow.HasIpAnalysis ? new CaptureStep(FeatureStatus.Approved, null) : null,
            Document = workflow.HasDocument ? new CaptureStep(FeatureStatus.Approved, null) : null,
            IsOfPicture = true,
        };
        if (face is not null && isPassive)
        {
            result.FaceQuality = PictureNumbers.Quality(face.Analysis);
            result.FaceLuminance = PictureNumbers.Luminance(face.Analysis);
        }

        if (face is { Analysis.IsUsable: false })
        {
            // The comparison does not run then; an approval without one fails at a client that asks for it.
            result.Liveness = new CaptureStep(FeatureStatus.Declined, 0m, [.. FaceWarnings.About(FaceWarnings.Liveness, Selfie, face.Analysis)]);
            return new Verdict(result, PictureProblem.Of(face.Analysis));
        }

        result.FaceMatch = !workflow.HasFaceMatch ? null
            : compares ? Compare(shown.Frontal.Bytes, face!.Template!, reference, workflow)
            : Judge(settings.FaceMatchScore, workflow, FaceWarnings.FaceMatchSimulated);
        return new Verdict(result, turn is not null && HeadTurnJudge.Problem(turn) is { } problem ? [problem] : []);
    }

    /// <summary>The turn, where one was asked for and liveness is not a setting.</summary>
    private HeadTurnResult? CheckTurn(ShownFrames shown) =>
        shown.Asked is { } asked && settings.Options.LivenessScore is null
            ? EmulatorMatcher.Of(settings).CheckHeadTurn([.. shown.All.Select(frame => frame.Memory)], asked)
            : null;

    /// <summary>Passive liveness where it is measured; that alone reads the picture once more.</summary>
    private LivenessResult? Look(ShownFrames shown, FaceAnalysis? analysis, bool isPassive) =>
        analysis is null ? null
        : isPassive && analysis.IsUsable && EmulatorMatcher.EvaluatesLiveness(settings) ? EmulatorMatcher.Of(settings).CheckLiveness(shown.Frontal.Bytes)
        : new LivenessResult(LivenessScore.NotEvaluated, analysis);

    private CaptureStep Compare(ReadOnlySpan<byte> selfie, FaceTemplate face, ReadOnlySpan<byte> reference, EmulatedWorkflow workflow)
    {
        if (reference.IsEmpty)
        {
            return new CaptureStep(FeatureStatus.Declined, null, FaceWarnings.NoReference);
        }

        var matcher = EmulatorMatcher.Of(settings);
        using var portrait = matcher.CreateTemplate(reference);
        if (portrait.Template is { } stored)
        {
            return Judge(matcher.Compare(face, stored).Percent, workflow);
        }

        // A stored portrait that no longer serves is nobody's approval, but what it scores may be told.
        var found = matcher.Match(selfie, reference, FaceThresholds.Default);
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
