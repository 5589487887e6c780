namespace BiometricTwoFactor.AspNetCore.Tests;

/// <summary>Protocol 4: what is shown, and by whom it may be framed.</summary>
public sealed partial class Section4ShowingTests
{
    [Fact]
    public async Task Rule_4_3_The_callback_page_may_be_framed_by_its_own_origin_only_and_leaks_no_referrer()
    {
        await using var bank = await RelyingParty.StartAsync();
        using var browser = bank.NewBrowser();
        using var page = await browser.GetAsync("/biometric/callback/AAAAAAAAAAAAAAAAAAAAAAAAAAA?status=Approved");
        var policy = page.Headers.GetValues("Content-Security-Policy").Single();
        Assert.Contains("frame-ancestors 'self'", policy, StringComparison.Ordinal);
        Assert.Contains("default-src 'none'", policy, StringComparison.Ordinal);
        Assert.DoesNotContain("unsafe", policy, StringComparison.Ordinal);
        Assert.Equal("no-referrer", page.Headers.GetValues("Referrer-Policy").Single());
        Assert.True(page.Headers.CacheControl!.NoStore);
    }
}
