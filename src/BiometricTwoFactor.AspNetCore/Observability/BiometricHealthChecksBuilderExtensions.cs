using BiometricTwoFactor.AspNetCore;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace Microsoft.Extensions.DependencyInjection;

/// <summary>Adds the step-up to the application's health checks.</summary>
public static class BiometricHealthChecksBuilderExtensions
{
    /// <summary>
    /// Adds a check that is unhealthy when the store does not answer and degraded while the provider is held back. It makes no
    /// call to the provider and tells nothing of it.
    /// </summary>
    /// <param name="builder">From <c>AddHealthChecks()</c>.</param>
    /// <param name="name">The check's name.</param>
    /// <param name="failureStatus">What a store that does not answer is reported as.</param>
    /// <param name="tags">Tags to filter by.</param>
    public static IHealthChecksBuilder AddBiometricStepUp(
        this IHealthChecksBuilder builder, string name = "biometric", HealthStatus failureStatus = HealthStatus.Unhealthy, IEnumerable<string>? tags = null)
    {
        ArgumentNullException.ThrowIfNull(builder);
        return builder.AddCheck<BiometricHealthCheck>(name, failureStatus, tags ?? []);
    }
}
