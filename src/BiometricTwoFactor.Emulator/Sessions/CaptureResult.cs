namespace BiometricTwoFactor.Emulator;

/// <summary>What the steps of a capture yielded. A step that the workflow does not have is null.</summary>
internal sealed class CaptureResult
{
    public required CaptureStep Liveness { get; set; }

    public CaptureStep? FaceMatch { get; set; }

    public CaptureStep? IpAnalysis { get; set; }

    public CaptureStep? Document { get; set; }

    /// <summary>A picture was judged; otherwise the outcome was chosen.</summary>
    public bool IsOfPicture { get; init; }

    /// <summary>0 to 100, of a passive capture that was looked at.</summary>
    public decimal? FaceQuality { get; set; }

    /// <summary>0 to 100, of a passive capture that was looked at.</summary>
    public decimal? FaceLuminance { get; set; }

    /// <summary>Declined before In Review before Approved.</summary>
    public SessionStatus Overall()
    {
        CaptureStep?[] steps = [Liveness, FaceMatch, IpAnalysis, Document];
        return steps.Any(step => step?.Status == FeatureStatus.Declined) ? SessionStatus.Declined
            : steps.Any(step => step?.Status == FeatureStatus.InReview) ? SessionStatus.InReview
            : SessionStatus.Approved;
    }

    /// <summary>A reviewer's word settles the steps that waited for one; steps that had an answer keep it.</summary>
    public void Settle(FeatureStatus verdict)
    {
        Liveness = Settled(Liveness)!;
        FaceMatch = Settled(FaceMatch);
        IpAnalysis = Settled(IpAnalysis);
        Document = Settled(Document);

        CaptureStep? Settled(CaptureStep? step) =>
            step?.Status == FeatureStatus.InReview ? step with { Status = verdict } : step;
    }
}

/// <summary>One step's outcome.</summary>
/// <param name="Status">Its status.</param>
/// <param name="Score">0 to 100, where the step has a score.</param>
/// <param name="Warnings">What was noticed.</param>
internal sealed record CaptureStep(FeatureStatus Status, decimal? Score, params StepWarning[] Warnings);

/// <summary>A warning in the provider's words (contract 2.4).</summary>
internal sealed record StepWarning(string Feature, string Risk, string LogType, string Short, string Long);
