namespace BiometricTwoFactor.AspNetCore;

/// <summary>
/// Coarse families of the device that pressed start, compared with those of the capture where the verdict has IP
/// analysis (protocol 5.6). Unknown on either side is no difference: names vary, and an honest person must not be held
/// for a spelling.
/// </summary>
/// <param name="Os">Windows, macOS, iOS, Android, Linux, ChromeOS, or null.</param>
/// <param name="Browser">Chrome, Edge, Firefox, Safari, Opera, Samsung, or null.</param>
public sealed record DeviceTraits(string? Os, string? Browser)
{
    /// <summary>Two-letter country of the address, where the application can tell it (<see cref="IAddressCountry"/>); null when unknown.</summary>
    public string? Country { get; init; }

    /// <summary>SHA-256 over the challenge's id and the network of the address; null when unknown.</summary>
    public string? NetworkHash { get; init; }

    /// <summary>Nothing known.</summary>
    public static DeviceTraits Unknown { get; } = new(null, null);

    /// <summary>Reads the families from a User-Agent header.</summary>
    public static DeviceTraits FromUserAgent(string? userAgent) =>
        string.IsNullOrEmpty(userAgent) ? Unknown : new(OsFamily(userAgent), BrowserFamily(userAgent));

    /// <summary>True when both sides are known and say different things.</summary>
    public bool DiffersFrom(IpAnalysis capture)
    {
        ArgumentNullException.ThrowIfNull(capture);
        return Differ(Os, OsFamily(capture.OsFamily)) || Differ(Browser, BrowserFamily(capture.BrowserFamily));
    }

    private static bool Differ(string? one, string? other) =>
        one is not null && other is not null && !string.Equals(one, other, StringComparison.Ordinal);

    private static string? OsFamily(string? text) => text switch
    {
        null => null,
        // The bare letters stand in other words ("kiosk"), so that they count only where the system's name begins.
        _ when Has(text, "iPhone") || Has(text, "iPad") || Has(text, "CriOS") || Has(text, "FxiOS") || Has(text, "EdgiOS")
            || text.StartsWith("iOS", StringComparison.OrdinalIgnoreCase) => "iOS",
        _ when Has(text, "Android") => "Android",
        _ when Has(text, "CrOS") || Has(text, "Chrome OS") || Has(text, "ChromeOS") => "ChromeOS",
        _ when Has(text, "Windows") => "Windows",
        _ when Has(text, "Mac OS") || Has(text, "macOS") || Has(text, "Macintosh") => "macOS",
        _ when Has(text, "Linux") || Has(text, "Ubuntu") || Has(text, "Debian") => "Linux",
        _ => null,
    };

    private static string? BrowserFamily(string? text) => text switch
    {
        null => null,
        _ when Has(text, "Edg") => "Edge",
        _ when Has(text, "OPR") || Has(text, "Opera") => "Opera",
        _ when Has(text, "Samsung") => "Samsung",
        _ when Has(text, "Firefox") || Has(text, "FxiOS") => "Firefox",
        _ when Has(text, "Chrom") || Has(text, "CriOS") => "Chrome",
        _ when Has(text, "Safari") => "Safari",
        _ => null,
    };

    private static bool Has(string text, string part) => text.Contains(part, StringComparison.OrdinalIgnoreCase);
}
