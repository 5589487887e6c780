using Microsoft.Playwright;

namespace BiometricTwoFactor.Bank.Tests.Browsing;

/// <summary>Opens the bank in the shared Chromium.</summary>
internal static class Visits
{
    /// <summary>Somebody with a browser profile of their own, that nothing was done with.</summary>
    public static async Task<Visitor> VisitAsync(this SharedChromium chromium, HonestBank bank, Action<BrowserNewContextOptions>? configure = null)
    {
        var options = new BrowserNewContextOptions { ViewportSize = new() { Width = 390, Height = 844 }, BaseURL = bank.Address.AbsoluteUri };
        configure?.Invoke(options);
        return await Visitor.OpenAsync(bank, await chromium.Browser.NewContextAsync(options));
    }

    /// <summary>The same, signed in.</summary>
    public static async Task<Visitor> SignedInAsync(this SharedChromium chromium, HonestBank bank, Action<BrowserNewContextOptions>? configure = null)
    {
        var visitor = await chromium.VisitAsync(bank, configure);
        await visitor.SignInAsync();
        return visitor;
    }
}
