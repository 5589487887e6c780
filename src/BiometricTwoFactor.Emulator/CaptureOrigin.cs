namespace BiometricTwoFactor.Emulator;

/// <summary>
/// Where a capture comes from, as the IP analysis of its verdict tells (contract 2.3): for tests of what a relying party
/// does with a VPN, a data centre, another country or another device. What is not set stays as it was.
/// </summary>
public sealed class CaptureOrigin
{
    /// <summary><c>is_vpn_or_tor</c>, and the guide's <c>vpn_detected</c>.</summary>
    public bool IsVpnOrTor { get; init; }

    /// <summary><c>is_data_center</c>, and the guide's <c>datacenter_ip</c>.</summary>
    public bool IsDataCenter { get; init; }

    /// <summary><c>ip_country_code</c>; null for Spain, where the emulator's captures are.</summary>
    public string? CountryCode { get; init; }

    /// <summary><c>ip_address</c>; null for the address that opened the hosted page.</summary>
    public string? Address { get; init; }

    /// <summary><c>os_family</c>; null for that of the browser that opened the hosted page.</summary>
    public string? OsFamily { get; init; }

    /// <summary><c>browser_family</c>; null for that of the browser that opened the hosted page.</summary>
    public string? BrowserFamily { get; init; }

    internal CaptureDevice On(CaptureDevice device) => new(OsFamily ?? device.OsFamily, BrowserFamily ?? device.BrowserFamily, Address ?? device.Address)
    {
        IsVpnOrTor = IsVpnOrTor,
        IsDataCenter = IsDataCenter,
        CountryCode = CountryCode,
    };
}
