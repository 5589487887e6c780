using Microsoft.AspNetCore.Authorization;

namespace BiometricTwoFactor.AspNetCore;

/// <summary>Makes the policies that <see cref="RequireBiometricAttribute"/> names; all others are the application's own provider's.</summary>
internal sealed class StepUpPolicyProvider(IAuthorizationPolicyProvider inner) : IAuthorizationPolicyProvider
{
    public bool AllowsCachingPolicies => inner.AllowsCachingPolicies;

    public Task<AuthorizationPolicy> GetDefaultPolicyAsync() => inner.GetDefaultPolicyAsync();

    public Task<AuthorizationPolicy?> GetFallbackPolicyAsync() => inner.GetFallbackPolicyAsync();

    public Task<AuthorizationPolicy?> GetPolicyAsync(string policyName)
    {
        ArgumentNullException.ThrowIfNull(policyName);
        if (!policyName.StartsWith(RequireBiometricAttribute.PolicyPrefix, StringComparison.Ordinal))
        {
            return inner.GetPolicyAsync(policyName);
        }

        var policy = new AuthorizationPolicyBuilder()
            .RequireAuthenticatedUser()
            .AddRequirements(new StepUpRequirement(policyName[RequireBiometricAttribute.PolicyPrefix.Length..]))
            .Build();
        return Task.FromResult<AuthorizationPolicy?>(policy);
    }
}
