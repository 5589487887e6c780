namespace BiometricTwoFactor.AspNetCore;

/// <summary>
/// The approval that admitted the present request, for the endpoint to record with what it did
/// (<c>context.Features.Get&lt;IBiometricApprovalFeature&gt;()</c>). Null where no face was needed.
/// </summary>
public interface IBiometricApprovalFeature
{
    /// <summary>The challenge whose approval was used, in the state Consumed.</summary>
    StepUpChallenge Challenge { get; }
}
