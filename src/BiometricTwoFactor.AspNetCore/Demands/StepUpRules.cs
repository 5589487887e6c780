namespace BiometricTwoFactor.AspNetCore;

/// <summary>When and how one endpoint asks: its reason's options, and what the endpoint itself does otherwise.</summary>
internal sealed record StepUpRules
{
    private static readonly Dictionary<string, decimal> None = new(StringComparer.Ordinal);

    public IDictionary<string, decimal> Thresholds { get; private init; } = None;

    public IDictionary<string, decimal> StrongThresholds { get; private init; } = None;

    /// <summary>The ordinary method's name; null for the default.</summary>
    public string? Workflow { get; private init; }

    public string StrongWorkflow { get; private init; } = "";

    /// <summary>True where an endpoint named the stronger method itself, so that it has a meaning without an amount too.</summary>
    public bool NamesStrongWorkflow { get; private init; }

    public decimal? FaceMatchFloorPercent { get; private init; }

    public decimal? LivenessFloorPercent { get; private init; }

    public bool UsableWithoutClaim { get; private init; }

    /// <summary>The stronger method must be there: it is named, or a second threshold calls for it.</summary>
    public bool NeedsStrongWorkflow => StrongThresholds.Count > 0 || !string.Equals(StrongWorkflow, nameof(StepUpWorkflows.Strong), StringComparison.Ordinal);

    public static StepUpRules Of(StepUpReasonOptions reason, StepUpEndpointOptions? endpoint) => new()
    {
        Thresholds = endpoint?.Thresholds ?? reason.Thresholds,
        StrongThresholds = endpoint?.StrongThresholds ?? reason.StrongThresholds,
        Workflow = endpoint?.Workflow ?? reason.Workflow,
        StrongWorkflow = endpoint?.StrongWorkflow ?? reason.StrongWorkflow,
        NamesStrongWorkflow = endpoint?.StrongWorkflow is not null,
        FaceMatchFloorPercent = endpoint?.FaceMatchFloorPercent ?? reason.FaceMatchFloorPercent,
        LivenessFloorPercent = endpoint?.LivenessFloorPercent ?? reason.LivenessFloorPercent,
        UsableWithoutClaim = reason.UsableWithoutClaim,
    };
}
