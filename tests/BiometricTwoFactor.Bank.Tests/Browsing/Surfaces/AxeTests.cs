namespace BiometricTwoFactor.Bank.Tests.Browsing;

/// <summary>The checker itself: what it says nothing about is worth something only where it would have spoken.</summary>
public sealed class AxeTests(SharedChromium chromium) : IClassFixture<SharedChromium>
{
    [AxeFact]
    public async Task It_finds_what_is_wrong_on_a_page_of_the_sdk_that_was_spoilt()
    {
        await using var bank = await HonestBank.StartAsync();
        await using var lena = await chromium.SignedInAsync(bank);
        await lena.AskAsync();
        await Axe.AssertNothingFoundAsync(lena.Page, "confirm");
        await lena.Page.EvaluateAsync("() => { document.documentElement.lang = ''; document.querySelector('button').textContent = ''; document.querySelector('h1').remove(); }");
        var found = string.Join("\n", await Axe.LookAsync(lena.Page));
        Assert.Contains("html-has-lang", found, StringComparison.Ordinal);
        Assert.Contains("button-name", found, StringComparison.Ordinal);
        Assert.Contains("page-has-heading-one", found, StringComparison.Ordinal);
    }

    private sealed class AxeFactAttribute : FactAttribute
    {
        public AxeFactAttribute() => Skip = Axe.IsThere ? null : "needs axe-core, which tests/run installs";
    }
}
