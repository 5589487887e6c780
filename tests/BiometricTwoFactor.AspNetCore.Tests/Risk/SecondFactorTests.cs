using System.Net;
using BiometricTwoFactor.Emulator;

namespace BiometricTwoFactor.AspNetCore.Tests;

/// <summary>The second factor through the application's hook, and who tries to get around it.</summary>
public sealed class SecondFactorTests
{
    private static RiskyBankSetup Demanding() => new() { Policy = policy => policy.VpnOrTor = RiskResponse.SecondFactor };

    [Fact]
    public async Task A_key_that_signed_this_payment_meets_the_demand_and_is_evidenced()
    {
        await using var bank = await RiskyBank.StartAsync(Demanding());
        using var browser = await bank.SignedInAsync("alice");
        var (id, state) = await RiskyBank.CapturedAsync(bank, browser, RiskyBank.Vpn);
        Assert.Equal("awaits-second-factor", state);
        Assert.Contains($"href=\"/second-factor/{id}\"", await browser.PageAsync(id), StringComparison.Ordinal);

        var digest = (await bank.ChallengeAsync(id)).Digest;
        Assert.Equal($"Accepted /biometric/resume/{id}", await browser.ProveAsync("second-factor", id, "hwk user", digest));
        Assert.Equal(["hwk", "user"], (await bank.ChallengeAsync(id)).Factors);
        using var done = await browser.ResumeAsync(id);
        Assert.Equal($"executed {id}", await done.Content.ReadAsStringAsync());
        Assert.Equal($"NotAsked /biometric/confirm/{id}", await browser.ProveAsync("second-factor", id, "otp", digest)); // twice
        Assert.Equal(["hwk", "user"], (await bank.ChallengeAsync(id)).Factors);
    }

    [Theory]
    [InlineData("sms", "TooWeak")]
    [InlineData("otp sms", "TooWeak")]
    [InlineData("pwd", "TooWeak")]
    [InlineData("fpt", "TooWeak")]
    [InlineData("", "TooWeak")]
    public async Task Nothing_weaker_meets_it(string factors, string outcome)
    {
        await using var bank = await RiskyBank.StartAsync(Demanding());
        using var browser = await bank.SignedInAsync("alice");
        var (id, _) = await RiskyBank.CapturedAsync(bank, browser, RiskyBank.Vpn);
        Assert.StartsWith(outcome, await browser.ProveAsync("second-factor", id, factors, (await bank.ChallengeAsync(id)).Digest), StringComparison.Ordinal);
        Assert.Equal("awaits-second-factor", await browser.StateAsync(id));
    }

    [Fact]
    public async Task A_key_that_signed_something_else_meets_nothing()
    {
        await using var bank = await RiskyBank.StartAsync(Demanding());
        using var browser = await bank.SignedInAsync("alice");
        var other = await browser.AskAsync("1.00");
        var (id, _) = await RiskyBank.CapturedAsync(bank, browser, RiskyBank.Vpn);
        foreach (var digest in new[] { (await bank.ChallengeAsync(other)).Digest, "", (await bank.ChallengeAsync(id)).Digest.ToUpperInvariant() })
        {
            Assert.StartsWith("DigestDiffers", await browser.ProveAsync("second-factor", id, "hwk", digest), StringComparison.Ordinal);
        }

        Assert.Null((await bank.ChallengeAsync(id)).DemandMetAt);
    }

    [Fact]
    public async Task Another_browser_of_the_same_person_and_a_stranger_find_nothing()
    {
        await using var bank = await RiskyBank.StartAsync(Demanding());
        using var browser = await bank.SignedInAsync("alice");
        using var second = await bank.SignedInAsync("alice");
        using var mallory = await bank.SignedInAsync("mallory");
        using var nobody = bank.NewBrowser();
        var (id, _) = await RiskyBank.CapturedAsync(bank, browser, RiskyBank.Vpn);
        var digest = (await bank.ChallengeAsync(id)).Digest;
        foreach (var stranger in new[] { second, mallory, nobody })
        {
            Assert.Equal("NotFound ", await stranger.ProveAsync("second-factor", id, "hwk", digest));
        }

        Assert.Equal("NotFound ", await browser.ProveAsync("second-factor", "nothing", "hwk", digest));
        Assert.Null((await bank.ChallengeAsync(id)).DemandMetAt);
    }

    [Fact]
    public async Task A_key_before_the_verdict_before_the_claim_or_where_none_is_asked_counts_for_nothing()
    {
        await using var bank = await RiskyBank.StartAsync(Demanding());
        using var browser = await bank.SignedInAsync("alice");
        var id = await browser.AskAsync();
        var digest = (await bank.ChallengeAsync(id)).Digest;
        Assert.StartsWith("NotAsked", await browser.ProveAsync("second-factor", id, "hwk", digest), StringComparison.Ordinal);
        await browser.StartedAsync(id);
        var callback = await bank.Provider.CompleteFromAsync(bank.LastSession().Id, RiskyBank.Vpn);
        await bank.UntilAsync(id, challenge => challenge.State == ChallengeState.Approved);
        Assert.StartsWith("NotAsked", await browser.ProveAsync("second-factor", id, "hwk", digest), StringComparison.Ordinal);
        Assert.Equal("awaits-second-factor", (await browser.ClaimAsync(callback!)).State);
        Assert.StartsWith("Accepted", await browser.ProveAsync("second-factor", id, "hwk", digest), StringComparison.Ordinal);

        var plain = await browser.AskAsync("1.00");
        Assert.Equal("approved", await RiskyBank.CaptureAsync(bank, browser, plain, new CaptureOrigin()));
        Assert.StartsWith("NotAsked", await browser.ProveAsync("second-factor", plain, "hwk", (await bank.ChallengeAsync(plain)).Digest), StringComparison.Ordinal);
        Assert.Empty((await bank.ChallengeAsync(plain)).Factors);
    }

    [Fact]
    public async Task A_key_that_comes_too_late_counts_for_nothing()
    {
        var time = new ManualTime();
        await using var bank = await RiskyBank.StartAsync(Demanding(), setup => setup.Time = time);
        using var browser = await bank.SignedInAsync("alice");
        var (id, _) = await RiskyBank.CapturedAsync(bank, browser, RiskyBank.Vpn);
        time.Advance(TimeSpan.FromMinutes(10));
        Assert.StartsWith("NotAsked", await browser.ProveAsync("second-factor", id, "hwk", (await bank.ChallengeAsync(id)).Digest), StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_payers_word_does_not_stand_in_for_a_second_factor()
    {
        await using var bank = await RiskyBank.StartAsync(Demanding());
        using var browser = await bank.SignedInAsync("alice");
        var (id, _) = await RiskyBank.CapturedAsync(bank, browser, RiskyBank.Vpn);
        using var word = await browser.PostAsync($"/biometric/payee/{id}", await browser.TokenAsync());
        Assert.Equal(HttpStatusCode.SeeOther, word.StatusCode);
        Assert.Equal("awaits-second-factor", await browser.StateAsync(id));
    }
}
