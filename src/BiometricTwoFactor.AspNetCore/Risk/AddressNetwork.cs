using System.Net;
using System.Net.Sockets;
using System.Security.Cryptography;
using System.Text;

namespace BiometricTwoFactor.AspNetCore;

/// <summary>
/// The network of an address: the first 24 bits of IPv4, 48 of IPv6, which a household or an office keeps while single
/// addresses change. Kept as a hash that is each challenge's own, so that it says where nobody is.
/// </summary>
internal static class AddressNetwork
{
    private const int LongestText = 45; // an IPv6 address that ends in an IPv4 one

    public static string? HashOf(string challengeId, string? address) =>
        address is { Length: > 0 and <= LongestText } && IPAddress.TryParse(address, out var parsed) ? HashOf(challengeId, parsed) : null;

    /// <summary>Null for an address that names no network in the world: what a proxy in front shows, or a test.</summary>
    public static string? HashOf(string challengeId, IPAddress? address)
    {
        if (address is null)
        {
            return null;
        }

        address = address.IsIPv4MappedToIPv6 ? address.MapToIPv4() : address;
        var bytes = address.GetAddressBytes();
        if (IsLocal(address, bytes))
        {
            return null;
        }

        var kept = address.AddressFamily == AddressFamily.InterNetwork ? 3 : 6;
        return Convert.ToHexStringLower(SHA256.HashData([.. Encoding.ASCII.GetBytes(challengeId), (byte)kept, .. bytes.AsSpan(0, kept)]));
    }

    private static bool IsLocal(IPAddress address, byte[] bytes) =>
        IPAddress.IsLoopback(address) || address.IsIPv6LinkLocal || address.IsIPv6SiteLocal || address.IsIPv6UniqueLocal
        || address.Equals(IPAddress.IPv6Any)
        || (address.AddressFamily == AddressFamily.InterNetwork && bytes is [0 or 10 or 127, ..] or [169, 254, ..] or [192, 168, ..] or [172, >= 16 and <= 31, ..] or [100, >= 64 and <= 127, ..]);
}
