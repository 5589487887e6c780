using System.Net;

namespace BiometricTwoFactor.AspNetCore.Tests;

/// <summary>What holds for all of the SDK's own routes.</summary>
public sealed class OwnRoutesTests
{
    [Fact]
    public async Task They_never_renew_the_applications_session()
    {
        var time = new ManualTime();
        await using var bank = await RelyingParty.StartAsync(setup =>
        {
            setup.Time = time;
            setup.CookieLifetime = TimeSpan.FromMinutes(10);
        });
        using var browser = await bank.SignedInAsync("alice");
        var id = await browser.AskAsync();
        var (link, _) = await bank.HandOverAsync(browser, id);
        time.Advance(TimeSpan.FromMinutes(6)); // past the half, where the framework renews

        foreach (var path in new[] { $"/biometric/confirm/{id}", $"/biometric/challenges/{id}", $"/biometric/handover/{id}", $"/biometric/handover/{id}/qr", link, "/biometric/enrol", "/biometric/antiforgery" })
        {
            using var own = await browser.GetAsync(path);
            Assert.Equal(HttpStatusCode.OK, own.StatusCode);
            Assert.DoesNotContain(Cookies(own), cookie => cookie.StartsWith(".AspNetCore.Cookies", StringComparison.Ordinal));
        }

        using var applications = await browser.GetAsync("/form");
        Assert.Contains(Cookies(applications), cookie => cookie.StartsWith(".AspNetCore.Cookies", StringComparison.Ordinal));
    }

    [Fact]
    public async Task The_pages_are_never_stored_never_framed_and_lead_only_to_the_provider()
    {
        await using var bank = await RelyingParty.StartAsync();
        using var browser = await bank.SignedInAsync("alice");
        var id = await browser.AskAsync();
        using var page = await browser.GetAsync($"/biometric/confirm/{id}");
        var policy = page.Headers.GetValues("Content-Security-Policy").Single();
        Assert.Contains("frame-ancestors 'none'", policy, StringComparison.Ordinal);
        Assert.Contains($"form-action 'self' {bank.Provider.BaseAddress.GetLeftPart(UriPartial.Authority)}", policy, StringComparison.Ordinal);
        Assert.DoesNotContain("unsafe", policy, StringComparison.Ordinal);
        Assert.True(page.Headers.CacheControl!.NoStore);
        Assert.Equal("no-referrer", page.Headers.GetValues("Referrer-Policy").Single());
        var html = await page.Content.ReadAsStringAsync();
        Assert.DoesNotContain("<style", html, StringComparison.OrdinalIgnoreCase);
        Assert.DoesNotContain("<script>", html, StringComparison.OrdinalIgnoreCase);
    }

    [Fact]
    public async Task What_a_payer_sees_is_encoded()
    {
        await using var bank = await RelyingParty.StartAsync();
        using var browser = await bank.SignedInAsync("alice");
        using var asked = await browser.PostAsync(
            "/transfers", ("Amount", "250.00"), ("Currency", "EUR"), ("Account", "DE89370400440532013000"), ("Name", "<img src=x onerror=alert(1)>"), await browser.TokenAsync());
        using var page = await browser.GetAsync(asked.Headers.Location!.ToString());
        var html = await page.Content.ReadAsStringAsync();
        Assert.DoesNotContain("<img", html, StringComparison.Ordinal);
        Assert.Contains("&lt;img src=x onerror=alert(1)&gt;", html, StringComparison.Ordinal);
    }

    private static IEnumerable<string> Cookies(HttpResponseMessage answer) =>
        answer.Headers.TryGetValues("Set-Cookie", out var values) ? values : [];
}
