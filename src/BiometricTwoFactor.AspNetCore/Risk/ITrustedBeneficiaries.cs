namespace BiometricTwoFactor.AspNetCore;

/// <summary>
/// The application's own list of payees that a payer has confirmed before, each under strong authentication. Such a payee
/// meets <see cref="RiskResponse.ConfirmBeneficiary"/> by itself; without this, the payer is asked each time.
/// </summary>
public interface ITrustedBeneficiaries
{
    /// <summary>
    /// True when every payee of the challenge's transaction is one that its subject trusts: account and name, of a batch all of
    /// them. An exception leaves the verdict unjudged, and it is tried again.
    /// </summary>
    ValueTask<bool> AreTrustedAsync(StepUpChallenge challenge, CancellationToken cancellationToken = default);
}
