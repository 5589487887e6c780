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
        Document = workflow.HasDocument ? new CaptureStep(FeatureStatus.Approved, null) : null,
    };

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
