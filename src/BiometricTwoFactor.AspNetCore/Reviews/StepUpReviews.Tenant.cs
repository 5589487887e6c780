namespace BiometricTwoFactor.AspNetCore;

/// <summary>Whose it is.</summary>
public sealed partial class StepUpReviews
{
    private string Tenant => _tenant ?? _tenants.Present();

    /// <summary>
    /// The queue of one tenant (<see cref="BiometricStepUpBuilder.AddTenant(string, Action{BiometricStepUpOptions}, Action{BiometricClientOptions})"/>). Without it, the one of the present request.
    /// </summary>
    /// <param name="tenant">The tenant's name.</param>
    /// <exception cref="ArgumentException">There is no such tenant.</exception>
    public StepUpReviews ForTenant(string tenant)
    {
        var other = (StepUpReviews)MemberwiseClone();
        other._tenant = _tenants.Named(tenant);
        return other;
    }
}
