namespace BiometricTwoFactor.AspNetCore;

/// <summary>
/// Supplies a subject's enrolled portrait where the application keeps it itself (protocol 8.3). Without one the provider's
/// stored face is used. The SDK sends the portrait and disposes it; it never stores it. A portrait also vouches that the
/// subject is enrolled.
/// </summary>
public interface IPortraitSource
{
    /// <summary>The portrait, or null when the application has none for this subject.</summary>
    ValueTask<PortraitImage?> FindAsync(string subject, CancellationToken cancellationToken = default);

    /// <summary>The same for one of several tenants, each of which may have a subject of that id; by itself it asks without the tenant.</summary>
    ValueTask<PortraitImage?> FindAsync(string tenant, string subject, CancellationToken cancellationToken = default) => FindAsync(subject, cancellationToken);
}
