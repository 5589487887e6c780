namespace BiometricTwoFactor.AspNetCore;

/// <summary>When and how to ask for one reason (<c>Biometric:Reasons:{reason}</c>). An endpoint may do otherwise (<see cref="StepUpEndpointOptions"/>).</summary>
public sealed class StepUpReasonOptions
{
    /// <summary>
    /// Payments by currency that need no face up to and including this amount. A currency that is not named always needs
    /// one. Empty by default: every payment does. A new device in a new network is asked whatever stands here.
    /// </summary>
    public IDictionary<string, decimal> Thresholds { get; } = new Dictionary<string, decimal>(StringComparer.Ordinal);

    /// <summary>
    /// Payments by currency above which the stronger method is asked (<see cref="StrongWorkflow"/>). A new device is asked
    /// for it above <see cref="Thresholds"/> already. Where any is given, a currency that is not named always needs it.
    /// </summary>
    public IDictionary<string, decimal> StrongThresholds { get; } = new Dictionary<string, decimal>(StringComparer.Ordinal);

    /// <summary>
    /// The name of the workflow to ask with: a member of <see cref="StepUpWorkflows"/> or a key of
    /// <see cref="StepUpWorkflows.Other"/>. Null: <c>Payment</c> for a transaction where that is set, else <c>StepUp</c>.
    /// </summary>
    public string? Workflow { get; set; }

    /// <summary>
    /// The name of the workflow above the second threshold and for high values from a new device. <c>Strong</c> by default,
    /// which may be left without an id where there is no second threshold: the ordinary one is asked with then.
    /// </summary>
    public string StrongWorkflow { get; set; } = "Strong";

    /// <summary>The least similarity of the face for this reason, 0 to 100; null for the general floor. Never below the general one.</summary>
    public decimal? FaceMatchFloorPercent { get; set; }

    /// <summary>The least liveness score for this reason, 0 to 100; null for the general floor.</summary>
    public decimal? LivenessFloorPercent { get; set; }

    /// <summary>
    /// Whether the person may choose another device for this reason; null, the default, for what
    /// <see cref="BiometricStepUpOptions.AllowHandOver"/> says.
    /// </summary>
    public bool? AllowHandOver { get; set; }

    /// <summary>
    /// Allows approvals to be used without having been claimed by the browser that asked. Whoever knows the password can then
    /// open a challenge and have the victim complete it: leave it false unless another channel proves that link (protocol
    /// 5.5). The challenge names it.
    /// </summary>
    public bool UsableWithoutClaim { get; set; }
}
