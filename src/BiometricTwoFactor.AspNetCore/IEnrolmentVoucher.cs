namespace BiometricTwoFactor.AspNetCore;

/// <summary>
/// Vouches for enrolments made before this SDK, or elsewhere (protocol 8.4). Without it only enrolments made here, and
/// portraits of an <see cref="IPortraitSource"/>, count.
/// </summary>
public interface IEnrolmentVoucher
{
    /// <summary>True when the provider's stored face of this subject is known to be theirs.</summary>
    ValueTask<bool> IsEnrolledAsync(string subject, CancellationToken cancellationToken = default);

    /// <summary>The same for one of several tenants, each of which may have a subject of that id; by itself it asks without the tenant.</summary>
    ValueTask<bool> IsEnrolledAsync(string tenant, string subject, CancellationToken cancellationToken = default) => IsEnrolledAsync(subject, cancellationToken);
}
