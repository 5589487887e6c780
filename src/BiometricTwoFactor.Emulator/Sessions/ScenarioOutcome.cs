namespace BiometricTwoFactor.Emulator;

/// <summary>Turns a chosen scenario into what the workflow's steps yield.</summary>
internal static class ScenarioOutcome
{
    private static readonly StepWarning AddressBlocked = new(
        "LOCATION", "IP_ADDRESS_IN_BLOCKLIST", "error", "IP address in blocklist",
        "The address of the capture is on a blocklist.");

    /// <summary>The end that a scenario brings without a result; null when the capture is finished.</summary>
    public static SessionStatus? EndWithoutResult(string scenario) => scenario switch
    {
        SandboxScenario.Abandon => SessionStatus.Abandoned,
        SandboxScenario.Expire => SessionStatus.Expired,
        _ => null,
    };

    /// <summary>What each step of the workflow says.</summary>
    public static CaptureResult Capture(string scenario, EmulatedWorkflow workflow, EmulatorSettings settings) => new()
    {
        Liveness = scenario == SandboxScenario.DeclineLivenessAttack
            ? new CaptureStep(FeatureStatus.Declined, 12.5m, FaceWarnings.LivenessAttack)
            : new CaptureStep(FeatureStatus.Approved, settings.LivenessScore),
        FaceMatch = workflow.HasFaceMatch ? FaceMatch(scenario, settings) : null,
        IpAnalysis = workflow.HasIpAnalysis ? IpAnalysis(scenario) : null,
        Document = workflow.HasDocument ? Document(scenario) : null,
    };

    /// <summary>The provider's scenarios about a document: only the enrolment shows one.</summary>
    private static CaptureStep Document(string scenario)
    {
        (string Risk, string Short, string Long)? problem = scenario switch
        {
            "decline_document_expired" => ("DOCUMENT_EXPIRED", "Document expired", "The document is out of date."),
            "decline_could_not_recognize_document" => ("COULD_NOT_RECOGNIZE_DOCUMENT", "Document not recognized", "The document is of no kind that is known."),
            "decline_mrz_validation" => ("MRZ_VALIDATION_FAILED", "MRZ validation failed", "The document's machine-readable lines contradict themselves."),
            "decline_minimum_age" => ("MINIMUM_AGE_NOT_MET", "Minimum age not met", "The holder is younger than the workflow allows."),
            _ => null,
        };
        return problem is var (risk, title, text)
            ? new CaptureStep(FeatureStatus.Declined, null, new StepWarning("ID_VERIFICATION", risk, "error", title, text))
            : new CaptureStep(FeatureStatus.Approved, null);
    }

    private static CaptureStep FaceMatch(string scenario, EmulatorSettings settings) => scenario switch
    {
        SandboxScenario.DeclineFaceMatchLowSimilarity => new CaptureStep(FeatureStatus.Declined, 24.87m, FaceWarnings.LowSimilarity),
        SandboxScenario.ReviewFaceMatchBorderline => new CaptureStep(
            FeatureStatus.InReview, settings.Options.BorderlineFaceMatchScore, FaceWarnings.LowSimilarity with { LogType = "warning" }),
        _ => new CaptureStep(FeatureStatus.Approved, settings.FaceMatchScore),
    };

    private static CaptureStep IpAnalysis(string scenario) => scenario == SandboxScenario.DeclineIpBlocklist
        ? new CaptureStep(FeatureStatus.Declined, null, AddressBlocked)
        : new CaptureStep(FeatureStatus.Approved, null);
}
