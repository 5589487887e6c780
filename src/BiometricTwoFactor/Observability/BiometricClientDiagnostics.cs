using System.Diagnostics;

namespace BiometricTwoFactor;

/// <summary>
/// What the provider's client tells a collector, by names that stay: add <see cref="MeterName"/> to the meters and
/// <see cref="ActivitySourceName"/> to the sources of OpenTelemetry.
/// </summary>
/// <remarks>
/// Instrument <c>biometric.provider.request.duration</c> (histogram, seconds): one request as the caller sees it, retries
/// included, with <c>http.request.method</c>, <c>http.route</c> (a template, never an id),
/// <c>http.response.status_code</c> where there was one, and <c>error.type</c> (<see cref="BiometricErrorCode"/>) where it
/// failed; <c>biometric.client</c> for a client that was registered with a name. Activity of the same request: <c>{method} {route}</c>, with the same tags.
/// </remarks>
public static class BiometricClientDiagnostics
{
    /// <summary>The meter's name.</summary>
    public const string MeterName = "BiometricTwoFactor";

    /// <summary>The activity source's name.</summary>
    public const string ActivitySourceName = "BiometricTwoFactor";

    internal static ActivitySource Source { get; } = new(ActivitySourceName);
}
