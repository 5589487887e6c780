using System.Net;
using BiometricTwoFactor.Emulator;

namespace BiometricTwoFactor.AspNetCore.Tests;

/// <summary>Protocol 5.2 to 5.6 for a challenge that was handed over.</summary>
public sealed partial class Section5ClaimTests
{
    [Fact]
    public async Task Rule_5_3_What_was_handed_over_is_not_claimed_by_the_browser_that_asked()
    {
        await using var bank = await RelyingParty.StartAsync();
        using var desktop = await bank.SignedInAsync("alice");
        var id = await desktop.AskAsync();
        var (phone, callback) = await bank.CapturedOnPhoneAsync(desktop, id);
        Assert.Equal(HttpStatusCode.NotFound, (await desktop.ClaimAsync(callback)).Status);
        var ended = await bank.ChallengeAsync(id);
        Assert.Equal(ChallengeState.Violated, ended.State);
        Assert.Equal([JudgementReason.ClaimedElsewhere], ended.ReasonCodes);
        Assert.Contains(StepUpEventKind.ClaimedElsewhere, bank.Events.Kinds);
        await phone.ClaimAsync(callback);
        Assert.Null((await bank.ChallengeAsync(id)).ClaimedAt);
        phone.Dispose();
    }

    [Fact]
    public async Task Rule_5_4_A_claim_without_the_devices_cookie_revokes_the_unused_approval_and_offers_another_device()
    {
        await using var bank = await RelyingParty.StartAsync();
        using var desktop = await bank.SignedInAsync("alice");
        using var stranger = bank.NewBrowser();
        var id = await desktop.AskAsync();
        var (phone, callback) = await bank.CapturedOnPhoneAsync(desktop, id);
        await phone.ClaimAsync(callback);
        Assert.Equal(ChallengeState.Approved, (await bank.ChallengeAsync(id)).State);
        await stranger.ClaimAsync(callback);
        Assert.Equal(ChallengeState.Violated, (await bank.ChallengeAsync(id)).State);
        using var resumed = await desktop.ResumeAsync(id);
        Assert.Empty(bank.Executed);
        var page = await desktop.PageAsync(id);
        Assert.Contains("Opened in another browser", page, StringComparison.Ordinal);
        Assert.Contains("another device", page, StringComparison.Ordinal);

        // The next try offers it.
        Assert.Equal("possible", await Handing.StepAsync(desktop, await desktop.AskAsync()));
        phone.Dispose();
    }

    [Fact]
    public async Task Rule_5_3_The_cookie_of_one_challenge_claims_no_other()
    {
        await using var bank = await RelyingParty.StartAsync();
        using var alice = await bank.SignedInAsync("alice");
        using var mallory = await bank.SignedInAsync("mallory");
        var victims = await alice.AskAsync();
        var own = await mallory.AskAsync("1.00");
        using var phone = await bank.OpenedOnPhoneAsync(mallory, own); // mallory's phone, with a cookie that is good
        var (other, callback) = await bank.CapturedOnPhoneAsync(alice, victims);
        await phone.ClaimAsync(callback);
        Assert.Equal(ChallengeState.Violated, (await bank.ChallengeAsync(victims)).State);
        Assert.Equal(ChallengeState.Pending, (await bank.ChallengeAsync(own)).State);
        other.Dispose();
    }

    [Fact]
    public async Task Rule_5_3_A_claim_on_the_phone_may_be_repeated_and_waits_for_the_verdict()
    {
        await using var bank = await RelyingParty.StartAsync();
        using var desktop = await bank.SignedInAsync("alice");
        var id = await desktop.AskAsync();
        var (phone, callback) = await bank.CapturedOnPhoneAsync(desktop, id);
        await phone.ClaimAsync(callback);
        var first = (await bank.ChallengeAsync(id)).ClaimedAt;
        Assert.Equal("handed-over", (await phone.ClaimAsync(callback)).State);
        Assert.Equal(first, (await bank.ChallengeAsync(id)).ClaimedAt);
        phone.Dispose();
    }

    [Fact]
    public async Task Rule_5_3_The_phone_gets_neither_the_approval_nor_the_way_back_nor_the_request()
    {
        await using var bank = await RelyingParty.StartAsync();
        using var desktop = await bank.SignedInAsync("alice");
        var id = await desktop.AskAsync();
        var (phone, callback) = await bank.CapturedOnPhoneAsync(desktop, id);
        await phone.ClaimAsync(callback);
        using (var page = await phone.GetAsync(Handing.DevicePage))
        {
            var html = await page.Content.ReadAsStringAsync();
            Assert.Contains("Go on where you began", html, StringComparison.Ordinal);
            foreach (var secret in new[] { id, "resume", "250", "Ada", "DE89" })
            {
                Assert.DoesNotContain(secret, html, StringComparison.Ordinal);
            }
        }

        foreach (var path in new[] { "resume", "confirm", "challenges", "handover" })
        {
            using var answer = await phone.GetAsync($"/biometric/{path}/{id}");
            Assert.NotEqual(HttpStatusCode.OK, answer.StatusCode);
        }

        Assert.Empty(bank.Executed);
        phone.Dispose();
    }

    [Fact]
    public async Task Rule_5_3_A_refused_face_on_the_phone_is_told_on_both_without_the_cause()
    {
        await using var bank = await RelyingParty.StartAsync();
        using var desktop = await bank.SignedInAsync("alice");
        var id = await desktop.AskAsync();
        var (phone, callback) = await bank.CapturedOnPhoneAsync(desktop, id, SandboxScenario.DeclineFaceMatchLowSimilarity);
        await phone.ClaimAsync(callback);
        using var page = await phone.GetAsync(Handing.DevicePage);
        Assert.Contains("We could not confirm that it is you", await page.Content.ReadAsStringAsync(), StringComparison.Ordinal);
        Assert.Equal("declined", await desktop.StateAsync(id));
        phone.Dispose();
    }

    [Fact]
    public async Task Rule_5_6_The_capture_is_compared_with_the_phone_and_not_with_the_desktop_that_asked()
    {
        await using var bank = await RiskyBank.StartAsync();
        using var desktop = await bank.SignedInAsync("alice");
        Assert.Equal("approved", await OnPhoneAsync(await desktop.AskAsync("1.00"), new CaptureOrigin { OsFamily = "Android", BrowserFamily = "Chrome" }));
        Assert.Equal("held", await OnPhoneAsync(await desktop.AskAsync("2.00"), new CaptureOrigin { OsFamily = "Windows", BrowserFamily = "Chrome" }));

        async Task<string?> OnPhoneAsync(string id, CaptureOrigin origin)
        {
            using var phone = await bank.OpenedOnPhoneAsync(desktop, id);
            var started = await bank.ChallengeAsync(id);
            Assert.Equal(("Android", "Chrome"), (started.StartedOn.Os, started.StartedOn.Browser));
            var callback = await bank.Provider.CompleteFromAsync(bank.LastSession().Id, origin);
            await phone.ClaimAsync(callback!);
            return await desktop.StateAsync(id);
        }
    }

    [Fact]
    public async Task Rule_5_6_A_phone_on_another_network_than_the_desktop_holds_no_payment()
    {
        // The desktop is where the emulator's captures are not; the phone is where they are.
        var risky = new RiskyBankSetup { AskingAddress = IPAddress.Parse("198.51.100.7"), Policy = risk => risk.AddressDiffers = RiskResponse.Hold };
        await using var bank = await RiskyBank.StartAsync(risky);
        using var desktop = await bank.SignedInAsync("alice");
        using var phone = bank.NewBrowser();
        var id = await desktop.AskAsync();
        var (link, digits) = await bank.HandOverAsync(desktop, id);
        risky.AskingAddress = IPAddress.Parse("203.0.113.7");
        await phone.TakeAsync(link, digits);
        using var started = await phone.StartHandedAsync();
        var callback = await bank.Provider.CompleteFromAsync(bank.LastSession().Id, new CaptureOrigin { CountryCode = "ES", Address = "203.0.113.7", OsFamily = "Android", BrowserFamily = "Chrome" });
        await phone.ClaimAsync(callback!);
        var challenge = await bank.ChallengeAsync(id);
        Assert.Equal(("US", "ES"), (challenge.HandOver!.AskedOn.Country, challenge.StartedOn.Country));
        Assert.Equal(ChallengeState.Approved, challenge.State);
    }

    [Fact]
    public async Task Rule_5_3_Who_comes_back_too_late_on_the_phone_is_late_and_no_stranger()
    {
        var time = new ManualTime();
        await using var bank = await RelyingParty.StartAsync(setup => setup.Time = time);
        using var desktop = await bank.SignedInAsync("alice");
        var id = await desktop.AskAsync();
        var (phone, callback) = await bank.CapturedOnPhoneAsync(desktop, id);
        time.Advance(TimeSpan.FromMinutes(11));
        await phone.ClaimAsync(callback);
        Assert.DoesNotContain(StepUpEventKind.ClaimedElsewhere, bank.Events.Kinds);
        Assert.Null((await bank.ChallengeAsync(id)).ClaimedAt);
        using var page = await phone.GetAsync(Handing.DevicePage);
        Assert.Contains("The time for this confirmation is over", await page.Content.ReadAsStringAsync(), StringComparison.Ordinal);
        using var resumed = await desktop.ResumeAsync(id);
        Assert.Empty(bank.Executed);
        phone.Dispose();
    }
}
