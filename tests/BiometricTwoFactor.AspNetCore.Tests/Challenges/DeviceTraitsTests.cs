namespace BiometricTwoFactor.AspNetCore.Tests;

/// <summary>Coarse families of devices, from what browsers send and from what the provider writes (protocol 5.6).</summary>
public sealed class DeviceTraitsTests
{
    [Theory]
    [InlineData("Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/141.0.0.0 Safari/537.36", "Windows", "Chrome")]
    [InlineData("Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/141.0.0.0 Safari/537.36 Edg/141.0.0.0", "Windows", "Edge")]
    [InlineData("Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/141.0.0.0 Safari/537.36 OPR/122.0.0.0", "Windows", "Opera")]
    [InlineData("Mozilla/5.0 (Windows NT 10.0; Win64; x64; rv:144.0) Gecko/20100101 Firefox/144.0", "Windows", "Firefox")]
    [InlineData("Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/141.0.0.0 Safari/537.36 LobbyKiosk/1.0", "Windows", "Chrome")]
    [InlineData("Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/26.0 Safari/605.1.15", "macOS", "Safari")]
    [InlineData("Mozilla/5.0 (iPhone; CPU iPhone OS 18_6 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/26.0 Mobile/15E148 Safari/604.1", "iOS", "Safari")]
    [InlineData("Mozilla/5.0 (iPhone; CPU iPhone OS 18_6 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) CriOS/141.0.0.0 Mobile/15E148 Safari/604.1", "iOS", "Chrome")]
    [InlineData("Mozilla/5.0 (iPhone; CPU iPhone OS 18_6 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) FxiOS/144.0 Mobile/15E148 Safari/605.1.15", "iOS", "Firefox")]
    [InlineData("Mozilla/5.0 (iPhone; CPU iPhone OS 18_6 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/18.0 EdgiOS/141.0 Mobile/15E148 Safari/605.1.15", "iOS", "Edge")]
    [InlineData("Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) AppleWebKit/605.1.15 (KHTML, like Gecko) CriOS/141.0.0.0 Safari/605.1.15", "iOS", "Chrome")]
    [InlineData("Mozilla/5.0 (iPad; CPU OS 18_6 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/26.0 Mobile/15E148 Safari/604.1", "iOS", "Safari")]
    [InlineData("Mozilla/5.0 (Linux; Android 10; K) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/141.0.0.0 Mobile Safari/537.36", "Android", "Chrome")]
    [InlineData("Mozilla/5.0 (Linux; Android 10; K) AppleWebKit/537.36 (KHTML, like Gecko) SamsungBrowser/28.0 Chrome/130.0.0.0 Mobile Safari/537.36", "Android", "Samsung")]
    [InlineData("Mozilla/5.0 (Android 15; Mobile; rv:144.0) Gecko/144.0 Firefox/144.0", "Android", "Firefox")]
    [InlineData("Mozilla/5.0 (X11; CrOS x86_64 14541.0.0) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/141.0.0.0 Safari/537.36", "ChromeOS", "Chrome")]
    [InlineData("Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/141.0.0.0 Safari/537.36", "Linux", "Chrome")]
    [InlineData("Mozilla/5.0 (X11; Ubuntu; Linux x86_64; rv:144.0) Gecko/20100101 Firefox/144.0", "Linux", "Firefox")]
    [InlineData("curl/8.5.0", null, null)]
    [InlineData("", null, null)]
    [InlineData(null, null, null)]
    public void A_user_agent_is_read_as_its_families(string? userAgent, string? os, string? browser) =>
        Assert.Equal(new DeviceTraits(os, browser), DeviceTraits.FromUserAgent(userAgent));

    [Theory]
    [InlineData("Windows", "Windows", false)]
    [InlineData("Windows", "Windows 11", false)]
    [InlineData("Windows", "windows", false)]
    [InlineData("macOS", "Mac OS X", false)]
    [InlineData("macOS", "macOS", false)]
    [InlineData("iOS", "iOS", false)]
    [InlineData("iOS", "ios 18.6", false)]
    [InlineData("iOS", "iPadOS", false)]
    [InlineData("ChromeOS", "Chrome OS", false)]
    [InlineData("Linux", "Ubuntu", false)]
    [InlineData("Windows", null, false)]
    [InlineData("Windows", "BeOS", false)]
    [InlineData(null, "Android", false)]
    [InlineData("Windows", "Android", true)]
    [InlineData("iOS", "Android", true)]
    [InlineData("macOS", "iOS", true)]
    [InlineData("Linux", "Android", true)]
    public void Systems_differ_only_when_both_are_known(string? started, string? captured, bool differs) =>
        Assert.Equal(differs, new DeviceTraits(started, null).DiffersFrom(new IpAnalysis { OsFamily = captured, BrowserFamily = "Firefox" }));

    [Theory]
    [InlineData("Chrome", "Chrome Mobile", false)]
    [InlineData("Chrome", "Chromium", false)]
    [InlineData("Safari", "Mobile Safari", false)]
    [InlineData("Edge", "Microsoft Edge", false)]
    [InlineData("Samsung", "Samsung Internet", false)]
    [InlineData("Chrome", null, false)]
    [InlineData(null, "Chrome", false)]
    [InlineData("Chrome", "Lynx", false)]
    [InlineData("Chrome", "Firefox", true)]
    [InlineData("Safari", "Chrome Mobile iOS", true)]
    public void Browsers_differ_only_when_both_are_known(string? started, string? captured, bool differs) =>
        Assert.Equal(differs, new DeviceTraits(null, started).DiffersFrom(new IpAnalysis { OsFamily = "Windows", BrowserFamily = captured }));
}
