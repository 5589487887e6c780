using System.Net;
using System.Security.Cryptography;
using BiometricTwoFactor.Emulator;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.Extensions.DependencyInjection;

namespace BiometricTwoFactor.AspNetCore.Tests;

/// <summary>Attacks on the way to the provider and back: redirect, callback, code.</summary>
public sealed class RedirectAttackTests
{
    [Fact]
    public async Task Attack_01_A_callback_in_a_browser_without_the_binding_consumes_nothing()
    {
        await using var bank = await RelyingParty.StartAsync();
        using var attacker = await bank.SignedInAsync("alice");
        var (id, callback) = await CapturedAsync(bank, attacker);
        using var lured = bank.NewBrowser();
        using var unknown = bank.NewBrowser();
        var claimed = await lured.ClaimAsync(callback);
        Assert.Equal(await unknown.ClaimAsync(Another(callback)), claimed); // as for a code that never was
        Assert.NotEqual(ChallengeState.Consumed, (await bank.ChallengeAsync(id)).State);
        Assert.Empty(bank.Executed);
    }

    [Theory]
    [InlineData("changed")]
    [InlineData("truncated")]
    [InlineData("longer")]
    [InlineData("empty")]
    public async Task Attack_02_A_code_that_was_tampered_with_finds_nothing_and_harms_nothing(string how)
    {
        await using var bank = await RelyingParty.StartAsync();
        using var browser = await bank.SignedInAsync("alice");
        var (id, callback) = await CapturedAsync(bank, browser);
        var code = callback.Segments[^1];
        var tampered = how switch
        {
            "changed" => Another(callback).Segments[^1],
            "truncated" => code[..^1],
            "longer" => code + "A",
            _ => "",
        };
        using var refused = await browser.PostAsync("/biometric/claim", ("code", tampered), await browser.TokenAsync());
        Assert.Equal(HttpStatusCode.NotFound, refused.StatusCode);
        Assert.Equal("approved", (await browser.ClaimAsync(callback)).State);
        using var done = await browser.ResumeAsync(id);
        Assert.Single(bank.Executed);
    }

    [Fact]
    public async Task Attack_02_A_cookie_that_other_keys_have_sealed_is_none()
    {
        await using var bank = await RelyingParty.StartAsync();
        using var browser = await bank.MadeKnownAsync(await bank.SignedInAsync("alice"));
        var cookie = browser.Cookies.GetAllCookies().Single(cookie => cookie.Name.EndsWith("Biometric.Device", StringComparison.Ordinal));
        var foreign = DataProtectionProvider.Create("another application").CreateProtector("BiometricTwoFactor.DeviceCookie.v1");
        cookie.Value = foreign.Protect(bank.Services.GetRequiredService<IDataProtectionProvider>().CreateProtector("BiometricTwoFactor.DeviceCookie.v1").Unprotect(cookie.Value));
        Assert.False((await bank.ChallengeAsync(await browser.AskAsync("11.00"))).AskedFrom.IsKnown);
    }

    [Fact]
    public async Task Attack_03_A_code_that_is_brought_again_has_one_effect()
    {
        await using var bank = await RelyingParty.StartAsync();
        using var browser = await bank.SignedInAsync("alice");
        var (id, callback) = await CapturedAsync(bank, browser);
        foreach (var _ in Enumerable.Range(0, 3))
        {
            await browser.ClaimAsync(callback);
        }

        using var done = await browser.ResumeAsync(id);
        await browser.ClaimAsync(callback);
        using var again = await browser.ResumeAsync(id);
        Assert.Single(bank.Executed);
        Assert.Equal(ChallengeState.Consumed, (await bank.ChallengeAsync(id)).State);
    }

    [Fact]
    public async Task Attack_04_A_code_is_spent_also_by_a_claim_that_ends_in_a_refusal()
    {
        await using var bank = await RelyingParty.StartAsync();
        using var attacker = await bank.SignedInAsync("alice");
        var (id, callback) = await CapturedAsync(bank, attacker);
        using var victim = await bank.SignedInAsync("bob");
        await victim.ClaimAsync(callback); // refused, and that was it
        Assert.Equal("declined", (await attacker.ClaimAsync(callback)).State);
        using var resumed = await attacker.ResumeAsync(id);
        Assert.Empty(bank.Executed);
    }

    [Fact]
    public async Task Attack_05_What_was_sealed_for_one_purpose_opens_nowhere_else()
    {
        await using var bank = await RelyingParty.StartAsync();
        using var browser = await bank.MadeKnownAsync(await bank.SignedInAsync("alice"));
        await browser.StartedAsync(await browser.AskAsync("12.00"));
        var cookies = browser.Cookies.GetAllCookies().Where(cookie => cookie.Name.Contains("Biometric", StringComparison.Ordinal)).ToArray();
        var device = cookies.Single(cookie => cookie.Name.EndsWith("Device", StringComparison.Ordinal));
        var start = cookies.Single(cookie => cookie.Name.EndsWith("Start", StringComparison.Ordinal));
        (device.Value, start.Value) = (start.Value, device.Value);
        Assert.False((await bank.ChallengeAsync(await browser.AskAsync("13.00"))).AskedFrom.IsKnown);
    }

    [Fact]
    public async Task Attack_05_A_callback_of_one_action_completes_no_other()
    {
        await using var bank = await RelyingParty.StartAsync();
        using var browser = await bank.SignedInAsync("alice");
        var payment = await browser.AskAsync("14.00");
        using var asked = await browser.GetAsync("/secret");
        var (_, callback) = await CapturedAsync(bank, browser, Browser.IdOf(asked));
        await browser.ClaimAsync(callback);
        using var resumed = await browser.ResumeAsync(payment);
        using var transfer = await browser.TransferAsync("14.00");
        Assert.Equal(HttpStatusCode.SeeOther, transfer.StatusCode);
        Assert.Empty(bank.Executed);
    }

    [Theory]
    [InlineData("alice")]
    [InlineData("mallory")]
    public async Task Attack_06_Who_starts_does_not_get_what_somebody_else_finishes(string victim)
    {
        await using var bank = await RelyingParty.StartAsync();
        using var attacker = await bank.SignedInAsync("alice");
        var (id, callback) = await CapturedAsync(bank, attacker);
        using var other = await bank.SignedInAsync(victim);
        await other.ClaimAsync(callback);
        using var resumed = await attacker.ResumeAsync(id);
        using var stolen = await other.ResumeAsync(id);
        Assert.Equal(ChallengeState.Violated, (await bank.ChallengeAsync(id)).State);
        Assert.Empty(bank.Executed);
    }

    [Theory]
    [InlineData("mallory")]
    [InlineData(null)]
    public async Task Attack_07_After_a_sign_out_or_another_sign_in_the_callback_brings_nothing(string? next)
    {
        await using var bank = await RelyingParty.StartAsync();
        using var browser = await bank.SignedInAsync("alice");
        var (id, callback) = await CapturedAsync(bank, browser);
        await browser.SignOutAsync();
        if (next is not null)
        {
            await browser.SignInAsync(next);
        }

        await browser.ClaimAsync(callback);
        using var resumed = await browser.GetAsync($"/biometric/resume/{id}");
        Assert.NotEqual(HttpStatusCode.OK, resumed.StatusCode);
        Assert.NotEqual(ChallengeState.Consumed, (await bank.ChallengeAsync(id)).State);
        Assert.Empty(bank.Executed);
    }

    [Theory]
    [MemberData(nameof(ReturnUrlTests.Elsewhere), MemberType = typeof(ReturnUrlTests))]
    public async Task Attack_08_The_enrolment_leads_back_into_this_application_only(string to)
    {
        await using var bank = await RelyingParty.StartAsync(setup => setup.NotEnrolled.Add("newcomer"));
        using var browser = await bank.SignedInAsync("newcomer");
        using var page = await browser.GetAsync("/biometric/enrol?returnUrl=" + Uri.EscapeDataString(to));
        Assert.DoesNotContain("evil", await page.Content.ReadAsStringAsync(), StringComparison.Ordinal);
        Assert.DoesNotContain("evil", page.Headers.Location?.ToString() ?? "", StringComparison.Ordinal);
    }

    [Theory]
    [MemberData(nameof(ReturnUrlTests.Elsewhere), MemberType = typeof(ReturnUrlTests))]
    public async Task Attack_09_A_redirect_of_the_callers_properties_is_followed_only_here(string to)
    {
        await using var bank = await HandlerParty.StartAsync();
        using var browser = await bank.SignedInAsync("alice");
        using var asked = await browser.GetAsync("/ask?to=" + Uri.EscapeDataString(to));
        Assert.Equal("/", (await bank.ChallengeAsync(Browser.IdOf(asked))).Original.LocalUrl);
    }

    [Fact]
    public async Task Attack_10_A_host_header_of_an_attacker_reaches_no_callback_address()
    {
        await using var bank = await RelyingParty.StartAsync();
        using var browser = await bank.SignedInAsync("alice");
        var id = await browser.AskAsync();
        using var poisoned = new HttpRequestMessage(HttpMethod.Post, $"/biometric/start/{id}") { Headers = { Host = "evil.example" } };
        var token = await browser.TokenAsync();
        poisoned.Content = new FormUrlEncodedContent([KeyValuePair.Create(token.Name, token.Value)]);
        using var refused = await browser.SendAsync(poisoned);
        Assert.False(refused.IsSuccessStatusCode);
        Assert.DoesNotContain(bank.Provider.Sessions, session => session.Callback?.Contains("evil.example", StringComparison.Ordinal) == true);
        await browser.StartedAsync(id);
        Assert.StartsWith(bank.Address.ToString(), bank.LastSession().Callback, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Attack_11_Parameters_that_come_twice_or_disagree_decide_nothing()
    {
        await using var bank = await RelyingParty.StartAsync();
        using var browser = await bank.SignedInAsync("alice");
        var (id, callback) = await CapturedAsync(bank, browser);
        using var twice = await browser.PostAsync("/biometric/claim", ("code", callback.Segments[^1]), ("code", Another(callback).Segments[^1]), await browser.TokenAsync());
        Assert.Equal(HttpStatusCode.NotFound, twice.StatusCode);
        using var page = await browser.GetAsync($"{callback.AbsolutePath}?verificationSessionId=x&verificationSessionId=y&status=Declined&status=Approved");
        Assert.Equal(HttpStatusCode.OK, page.StatusCode);
        Assert.Null((await bank.ChallengeAsync(id)).ClaimedAt);
        Assert.Equal("approved", (await browser.ClaimAsync(callback)).State);
    }

    [Fact]
    public async Task Attack_12_The_callbacks_own_word_is_believed_by_nobody()
    {
        await using var bank = await RelyingParty.StartAsync();
        using var browser = await bank.SignedInAsync("alice");
        var id = await browser.AskAsync();
        await browser.StartedAsync(id);
        var callback = await bank.Provider.CompleteAsync(bank.LastSession().Id, SandboxScenario.DeclineLivenessAttack);
        using var lie = await browser.GetAsync($"{callback!.AbsolutePath}?status=Approved");
        Assert.Equal("declined", (await browser.ClaimAsync(callback)).State);
        using var resumed = await browser.ResumeAsync(id);
        Assert.Empty(bank.Executed);
    }

    [Fact]
    public async Task Attack_13_However_many_are_open_the_browser_carries_no_more_cookies()
    {
        await using var bank = await RelyingParty.StartAsync(setup => setup.Options = options => options.MaxChallengesPerUser = options.MaxChallengesPerDevice = 100);
        using var browser = await bank.SignedInAsync("alice");
        await browser.StartedAsync(await browser.AskAsync("1.00"));
        var first = Size(browser);
        for (var amount = 2; amount < 40; amount++)
        {
            await browser.StartedAsync(await browser.AskAsync(FormattableString.Invariant($"{amount}.00")));
        }

        Assert.InRange(Size(browser), 1, first + 64);

        static int Size(Browser browser) => browser.Cookies.GetAllCookies().Sum(cookie => cookie.Name.Length + cookie.Value.Length);
    }

    [Fact]
    public async Task Attack_14_No_page_is_kept_framed_or_told_of_by_a_referrer()
    {
        await using var bank = await RelyingParty.StartAsync();
        using var browser = await bank.SignedInAsync("alice");
        var (id, callback) = await CapturedAsync(bank, browser);
        foreach (var (url, framed) in new[] { ($"/biometric/confirm/{id}", "'none'"), (callback.AbsolutePath, "'self'"), ("/biometric/enrol?returnUrl=%2F", "'none'") })
        {
            using var page = await browser.GetAsync(url);
            Assert.True(page.Headers.CacheControl!.NoStore, url);
            Assert.Equal("no-referrer", page.Headers.GetValues("Referrer-Policy").Single());
            Assert.Contains($"frame-ancestors {framed}", page.Headers.GetValues("Content-Security-Policy").Single(), StringComparison.Ordinal);
        }
    }

    /// <summary>A capture that was approved, and the way back that nobody has gone yet.</summary>
    private static async Task<(string Id, Uri Callback)> CapturedAsync(RelyingParty bank, Browser browser, string? challenge = null)
    {
        var id = challenge ?? await browser.AskAsync();
        await browser.StartedAsync(id);
        var callback = await bank.Provider.CompleteAsync(bank.LastSession().Id);
        await bank.UntilAsync(id, open => open.State == ChallengeState.Approved);
        return (id, callback!);
    }

    /// <summary>The same address with another code of the same form.</summary>
    private static Uri Another(Uri callback) =>
        new(callback, Convert.ToBase64String(RandomNumberGenerator.GetBytes(20)).Replace('+', '-').Replace('/', '_').TrimEnd('='));
}
