namespace BiometricTwoFactor.AspNetCore;

/// <summary>
/// The right to have a session open for one subject, held by one challenge (protocol 3.1). For the subject and not for each
/// workflow: an enrolment that is open beside a payment could put another face on file while the payment is compared
/// with it.
/// </summary>
/// <param name="Tenant">The tenant.</param>
/// <param name="VendorData">The subject's reference at the provider.</param>
/// <param name="ChallengeId">Who wants it.</param>
/// <param name="Until">From when on it counts as given back by itself, where the end of its challenge did not do it.</param>
public sealed record SessionLease(string Tenant, string VendorData, string ChallengeId, DateTimeOffset Until)
{
    /// <summary>The challenge only.</summary>
    public override string ToString() => ChallengeId;
}
