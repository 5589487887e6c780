namespace BiometricTwoFactor.AspNetCore;

/// <summary>
/// What one endpoint does otherwise than its reason says (<see cref="BiometricStepUpOptions.Reasons"/>). What is null here is
/// as the reason has it. Checked at start; the endpoint is named where something will not do.
/// </summary>
public sealed class StepUpEndpointOptions
{
    /// <summary>
    /// Payments by currency that need no face up to and including this amount, in place of
    /// <see cref="StepUpReasonOptions.Thresholds"/>; empty asks for every payment. Only where the endpoint binds a transaction.
    /// </summary>
    public IDictionary<string, decimal>? Thresholds { get; set; }

    /// <summary>
    /// Payments by currency above which the stronger method is asked, in place of
    /// <see cref="StepUpReasonOptions.StrongThresholds"/>; empty for no second threshold. Only where the endpoint binds a transaction.
    /// </summary>
    public IDictionary<string, decimal>? StrongThresholds { get; set; }

    /// <summary>The name of the workflow to ask with, as in <see cref="StepUpReasonOptions.Workflow"/>.</summary>
    public string? Workflow { get; set; }

    /// <summary>
    /// The name of the stronger workflow, as in <see cref="StepUpReasonOptions.StrongWorkflow"/>. An endpoint without a
    /// transaction that names one asks with it on devices that are not recognised.
    /// </summary>
    public string? StrongWorkflow { get; set; }

    /// <summary>The least similarity of the face, 0 to 100. The general floor holds where it is higher.</summary>
    public decimal? FaceMatchFloorPercent { get; set; }

    /// <summary>The least liveness score, 0 to 100. The general floor holds where it is higher.</summary>
    public decimal? LivenessFloorPercent { get; set; }

    /// <summary>
    /// True when the endpoint uses the approval in the transaction of its own work, so that the work is done exactly when the
    /// approval is used (protocol 7.3): the gate only looks whether there is one, and the endpoint calls
    /// <c>RunApprovedAsync</c> of <c>BiometricTwoFactor.EntityFrameworkCore</c>. An endpoint that answers with success without it is
    /// logged as an error, and in Development fails.
    /// </summary>
    public bool UseInTransaction { get; set; }
}
