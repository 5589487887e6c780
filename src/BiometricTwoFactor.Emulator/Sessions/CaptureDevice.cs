using System.Net;

namespace BiometricTwoFactor.Emulator;

/// <summary>What the hosted page saw of the browser. Coarse: enough for a relying party to compare families.</summary>
internal sealed record CaptureDevice(string? OsFamily, string? BrowserFamily, string? Address)
{
    public bool IsVpnOrTor { get; init; }

    public bool IsDataCenter { get; init; }

    /// <summary>Null for the place where every capture is, unless a test says otherwise.</summary>
    public string? CountryCode { get; init; }

    public static CaptureDevice Unknown { get; } = new(null, null, null);

    public static CaptureDevice From(string? userAgent, IPAddress? address)
    {
        var agent = userAgent ?? "";
        return new CaptureDevice(
            First(agent, ("Android", "Android"), ("iPhone", "iOS"), ("iPad", "iOS"), ("Windows", "Windows"), ("Mac OS X", "Mac OS X"), ("Linux", "Linux")),
            // Each of these also names the ones after it.
            First(agent, ("Edg/", "Edge"), ("Firefox/", "Firefox"), ("Chrome/", "Chrome"), ("Safari/", "Safari")),
            address?.ToString());
    }

    private static string? First(string agent, params ReadOnlySpan<(string Mark, string Family)> families)
    {
        foreach (var (mark, family) in families)
        {
            if (agent.Contains(mark, StringComparison.Ordinal))
            {
                return family;
            }
        }

        return null;
    }
}
