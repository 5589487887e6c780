namespace BiometricTwoFactor.AspNetCore;

/// <summary>The right to open a session for one subject on one workflow, held by one challenge until a time (protocol 3.1).</summary>
/// <param name="Tenant">The tenant.</param>
/// <param name="VendorData">The subject's reference at the provider.</param>
/// <param name="WorkflowId">The workflow.</param>
/// <param name="ChallengeId">Who wants it.</param>
/// <param name="Until">From when on it counts as given back.</param>
public sealed record SessionLease(string Tenant, string VendorData, string WorkflowId, string ChallengeId, DateTimeOffset Until)
{
    /// <summary>The challenge only.</summary>
    public override string ToString() => ChallengeId;
}
