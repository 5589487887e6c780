namespace BiometricTwoFactor.AspNetCore;

/// <summary>Whether and how a face is asked for, once reason, endpoint, transaction and device are known.</summary>
/// <param name="IsAsked">False when this transaction needs no face.</param>
/// <param name="Workflow">The provider's workflow to ask with.</param>
/// <param name="FaceMatchFloorPercent">The floor beyond the general one; null for none.</param>
/// <param name="LivenessFloorPercent">The floor beyond the general one; null for none.</param>
/// <param name="ClaimRequired">False only by <see cref="StepUpReasonOptions.UsableWithoutClaim"/>.</param>
internal sealed record StepUpDemand(
    bool IsAsked, StepUpWorkflow Workflow, decimal? FaceMatchFloorPercent = null, decimal? LivenessFloorPercent = null, bool ClaimRequired = true)
{
    /// <summary>
    /// A stronger workflow whose approval serves this demand too: it was asked while the device was new, and a second face
    /// would prove less than the first. Never the other way round; null where there is none, or where it is what is asked.
    /// </summary>
    public StepUpWorkflow? Stronger { get; init; }
}
