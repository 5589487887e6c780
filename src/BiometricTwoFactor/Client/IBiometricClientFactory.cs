namespace BiometricTwoFactor;

/// <summary>
/// Hands out clients by name, for applications with several tenants. A client is cheap to get and may be kept; what must
/// outlive a call (connections, circuit, learned edition) belongs to the name and not to the client.
/// </summary>
public interface IBiometricClientFactory
{
    /// <summary>The client of a name that was registered with <c>AddBiometricClient(name, ...)</c>; the empty name is the unnamed one.</summary>
    /// <param name="name">The name.</param>
    /// <exception cref="InvalidOperationException">No client of this name was registered.</exception>
    BiometricClient Get(string name);
}
