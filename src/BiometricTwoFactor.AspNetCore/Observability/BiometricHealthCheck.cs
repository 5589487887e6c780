using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace BiometricTwoFactor.AspNetCore;

/// <summary>
/// Unhealthy when the store of step-ups does not answer: nothing can be approved or used. Degraded while the provider is held
/// back: what has a verdict goes on, new captures wait. It asks the provider nothing, so that it costs no money.
/// </summary>
internal sealed class BiometricHealthCheck(IStepUpStore store, Tenants tenants, ProviderPause pause) : IHealthCheck
{
    public async Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default)
    {
        try
        {
            // An id that is nobody's: the question goes all the way and finds nothing.
            await store.FindAsync(ChallengeIds.New(), cancellationToken).ConfigureAwait(false);
        }
        catch (StepUpStoreException)
        {
            // Its message and its cause may name the database; the log has them.
            return new HealthCheckResult(context.Registration.FailureStatus, "The store of step-ups does not answer: nothing can be approved or used.");
        }

        // A name is no secret, and one tenant's trouble at the provider is not another's.
        var heldBack = tenants.Names.Where(tenant => tenants.ClientOf(tenant).IsHeldBack).ToArray();
        var paused = tenants.Names.Where(tenant => pause.Until(tenant) is not null).ToArray();
        return heldBack.Length > 0 ? HealthCheckResult.Degraded($"The provider failed too often; calls{Of(heldBack)} are held back for a while.")
            : paused.Length > 0 ? HealthCheckResult.Degraded($"The provider asked to be left alone for a while{Of(paused)}.")
            : HealthCheckResult.Healthy();
    }

    private string Of(string[] names) => tenants.AreNamed ? " of " + string.Join(", ", names.Order(StringComparer.Ordinal)) : "";
}
