namespace BiometricTwoFactor.AspNetCore;

/// <summary>Whose it is.</summary>
public sealed partial class StepUpEvidence
{
    private string Tenant => _tenant ?? _tenants.Present();

    /// <summary>
    /// The evidence of one tenant (<see cref="BiometricStepUpBuilder.AddTenant(string, Action{BiometricStepUpOptions}, Action{BiometricClientOptions})"/>). Without it, the one of the present request.
    /// </summary>
    /// <param name="tenant">The tenant's name.</param>
    /// <exception cref="ArgumentException">There is no such tenant.</exception>
    public StepUpEvidence ForTenant(string tenant)
    {
        var other = (StepUpEvidence)MemberwiseClone();
        other._tenant = _tenants.Named(tenant);
        return other;
    }
}
