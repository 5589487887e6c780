namespace BiometricTwoFactor.AspNetCore;

/// <summary>Whether and how a face is asked for, once reason, endpoint, transaction and device are known.</summary>
/// <param name="IsAsked">False when this transaction needs no face.</param>
/// <param name="Workflow">The provider's workflow to ask with.</param>
/// <param name="FaceMatchFloorPercent">The floor beyond the general one; null for none.</param>
/// <param name="LivenessFloorPercent">The floor beyond the general one; null for none.</param>
/// <param name="ClaimRequired">False only by <see cref="StepUpReasonOptions.UsableWithoutClaim"/>.</param>
internal sealed record StepUpDemand(
    bool IsAsked, StepUpWorkflow Workflow, decimal? FaceMatchFloorPercent = null, decimal? LivenessFloorPercent = null, bool ClaimRequired = true);
