using System.Net;
using System.Net.Sockets;

namespace BiometricTwoFactor.AspNetCore;

/// <summary>
/// What is stored of a device or network instead of itself. Tenant and subject are in the hash, so that a cookie that was
/// copied to another person's sign-in proves nothing there (protocol 9), and two people on one device are not joined.
/// </summary>
internal static class DeviceHashes
{
    private const int NetworkBytesV4 = 3; // /24: an address changes within its network, and is no other network then
    private const int NetworkBytesV6 = 6; // /48: the site, of which a household or company has one

    public static string OfDevice(string tenant, string subject, string deviceId) =>
        FieldHash.Of("biometric-device/1", tenant, subject, deviceId);

    /// <summary>Whoever is signed in: it counts challenges across users, and is never a reason to trust.</summary>
    public static string OfBrowser(string tenant, string deviceId) =>
        FieldHash.Of("biometric-browser/1", tenant, deviceId);

    /// <summary>Null without an address (a Unix socket, a test server): an unknown network.</summary>
    public static string? OfNetwork(string tenant, string subject, IPAddress? address) =>
        address is null ? null : FieldHash.Of("biometric-network/1", tenant, subject, NetworkOf(address));

    private static string NetworkOf(IPAddress address)
    {
        // A dual-stack socket shows IPv4 callers as ::ffff:a.b.c.d.
        var folded = address.IsIPv4MappedToIPv6 ? address.MapToIPv4() : address;
        var length = folded.AddressFamily == AddressFamily.InterNetwork ? NetworkBytesV4 : NetworkBytesV6;
        return $"{folded.AddressFamily}:{Convert.ToHexStringLower(folded.GetAddressBytes().AsSpan(0, length))}";
    }
}
