using BiometricTwoFactor.AspNetCore;

namespace BiometricTwoFactor.Bank.Tests.Browsing;

/// <summary>The session cookie is <c>SameSite=Strict</c>, the provider another site: what decides is the browser (protocol 5.2).</summary>
public sealed class StrictCookieTests(SharedChromium chromium) : IClassFixture<SharedChromium>
{
    [Fact]
    public async Task A_payment_goes_to_the_other_site_and_comes_back_and_runs_once()
    {
        await using var bank = await HonestBank.StartAsync();
        await using var lena = await chromium.SignedInAsync(bank);
        await lena.AskAsync();
        var id = lena.ChallengeId;
        await lena.StartAsync();
        Assert.Equal("127.0.0.1", new Uri(lena.Page.Url).Host);
        await lena.LookAsync();

        await lena.SeesAsync("Paid");
        await lena.ReadsAsync("250.00 EUR");
        Assert.Equal(["250.00"], bank.Paid);
        Assert.Equal(ChallengeState.Consumed, await lena.StateOfAsync(id));
        Assert.Empty(lena.Complaints);

        // What the rules are for: the provider's redirect came without the session, the page's own calls with it.
        var callback = Assert.Single(bank.Seen, seen => seen.Is("GET", "/biometric/callback/"));
        Assert.Equal("cross-site", callback.Site);
        Assert.False(callback.HasSession);
        var claim = bank.Seen.Last(seen => seen.Is("POST", "/biometric/claim"));
        Assert.Equal("same-origin", claim.Site);
        Assert.True(claim.HasSession);
        Assert.True(Assert.Single(bank.Seen, seen => seen.Is("POST", "/pay") && seen.Status == 302).HasSession);
    }

    [Fact]
    public async Task A_page_behind_a_face_is_reached_again_with_a_strict_cookie()
    {
        await using var bank = await HonestBank.StartAsync();
        await using var lena = await chromium.SignedInAsync(bank);
        await lena.GoAsync("/limit");
        await lena.SeesAsync("Show the limit");
        await lena.StartAsync();
        await lena.LookAsync();
        await lena.SeesAsync("Your limit");
        Assert.EndsWith("/limit", lena.Page.Url, StringComparison.Ordinal);
        Assert.Empty(lena.Complaints);
    }

    [Fact]
    public async Task Opening_the_callback_breaks_the_token_of_no_other_tab()
    {
        await using var bank = await HonestBank.StartAsync();
        await using var lena = await chromium.SignedInAsync(bank);
        await lena.AskAsync();
        var other = await lena.NewTabAsync();
        await other.FillPaymentAsync("300.00"); // its form has its token already
        await lena.StartAsync();
        await lena.LookAsync();
        await lena.SeesAsync("Paid");

        await other.PressAsync("Pay");
        await other.SeesAsync("Confirm your payment");
        await other.ReadsAsync("300.00 EUR");
        Assert.Equal(["250.00"], bank.Paid);
    }
}
