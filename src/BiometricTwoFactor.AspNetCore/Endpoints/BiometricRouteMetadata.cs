namespace BiometricTwoFactor.AspNetCore;

/// <summary>Marks the SDK's own routes.</summary>
internal sealed class BiometricRouteMetadata
{
    public static BiometricRouteMetadata Instance { get; } = new();
}
