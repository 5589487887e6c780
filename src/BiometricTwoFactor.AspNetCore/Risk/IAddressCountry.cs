using System.Net;

namespace BiometricTwoFactor.AspNetCore;

/// <summary>
/// Tells the country of an address, from a database that the application has. With it the country of the capture is compared
/// with the one that started (protocol 5.6, <see cref="NetworkRiskOptions.CountryJump"/>).
/// </summary>
public interface IAddressCountry
{
    /// <summary>The country's two letters (ISO 3166-1); null when it is not known, which is no difference.</summary>
    /// <exception cref="Exception">Logged, and taken as not known: the start of a capture does not fail for it.</exception>
    ValueTask<string?> FindAsync(IPAddress address, CancellationToken cancellationToken = default);
}
