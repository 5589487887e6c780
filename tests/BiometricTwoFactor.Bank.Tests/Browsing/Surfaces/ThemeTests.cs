using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace BiometricTwoFactor.Bank.Tests.Browsing;

/// <summary>The look is the application's: a few variables in a stylesheet of its own, under the same policy.</summary>
public sealed class ThemeTests(SharedChromium chromium) : IClassFixture<SharedChromium>
{
    private const string Own =
        """
        :root { --biometric-accent: #00695c; --biometric-accent-strong: #004d40; --biometric-link: #00695c; --biometric-radius: 0; --biometric-radius-small: 0; --biometric-font: Georgia, serif; }
        @media (prefers-color-scheme: dark) { :root { --biometric-accent: #4db6ac; --biometric-accent-strong: #80cbc4; --biometric-link: #80cbc4; } }
        .mark { border: 0; border-radius: 0; background: url(/logo.svg) center / contain no-repeat; }
        """;

    [Theory]
    [InlineData(ColorScheme.Light, "rgb(0, 105, 92)")]
    [InlineData(ColorScheme.Dark, "rgb(77, 182, 172)")]
    public async Task Variables_change_colours_corners_and_type_by_day_and_by_night(ColorScheme scheme, string accent)
    {
        await using var bank = await HonestBank.StartAsync(setup =>
        {
            setup.Stylesheet = Own;
            setup.Options = options => options.Pages.Stylesheet = "/css/own.css";
        });
        await using var lena = await chromium.SignedInAsync(bank, options => (options.ColorScheme, options.ViewportSize) = (scheme, new() { Width = 320, Height = 800 }));
        await lena.AskAsync();
        await Expect(lena.Button("Continue to the camera")).ToHaveCSSAsync("background-color", accent);
        await Expect(lena.Page.Locator("main")).ToHaveCSSAsync("border-top-left-radius", "0px");
        await Expect(lena.Page.Locator("body")).ToHaveCSSAsync("font-family", "Georgia, serif");
        await lena.AssertSoundAsync($"theme-{scheme}".ToLowerInvariant());
        Assert.Empty(lena.Complaints);
    }
}
