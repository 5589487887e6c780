namespace BiometricTwoFactor;

/// <summary>What the provider saw of the device and network of the capture (reference <c>ip_analyses[]</c>, guide <c>ip_analysis</c>).</summary>
public sealed class IpAnalysis
{
    /// <summary>The step's status; only <see cref="FeatureStatus.Approved"/> passes.</summary>
    public FeatureStatus Status { get; init; }

    /// <summary><c>is_vpn_or_tor</c>, or the guide's <c>vpn_detected</c>; null when neither is a boolean. Absence counts in nobody's favour.</summary>
    public bool? IsVpnOrTor { get; init; }

    /// <summary><c>is_data_center</c>, or the guide's <c>datacenter_ip</c>; null when neither is a boolean.</summary>
    public bool? IsDataCenter { get; init; }

    /// <summary>Two-letter country of the address, when given.</summary>
    public string? CountryCode { get; init; }

    /// <summary>The capture's address as given (<c>ip_address</c>), not checked to be one; personal data, not for logs.</summary>
    public string? Address { get; init; }

    /// <summary>Operating system of the capturing device, when given.</summary>
    public string? OsFamily { get; init; }

    /// <summary>Browser of the capturing device, when given.</summary>
    public string? BrowserFamily { get; init; }

    /// <summary>The step's warnings.</summary>
    public IReadOnlyList<RiskWarning> Warnings { get; init; } = [];
}
