using System.Net;
using BiometricTwoFactor.Emulator;

namespace BiometricTwoFactor.AspNetCore.Tests;

/// <summary>Back into an account by a face: asked always, used once, by the browser that asked.</summary>
public sealed class RecoveryTests
{
    [Fact]
    public async Task A_face_lets_one_new_password_be_set_and_signs_nobody_in()
    {
        await using var bank = await OwnLogin.StartAsync();
        using var browser = bank.NewBrowser();
        var id = await browser.AskToRecoverAsync("alice");
        Assert.Equal("nobody", await OwnSignInTests.PageAsync(browser, "/recovery/new"));
        Assert.Equal("nobody ", await UseAsync(browser));

        Assert.Equal("/recovery/new", await bank.LookAsync(browser, id));
        Assert.Equal("alice", await OwnSignInTests.PageAsync(browser, "/recovery/new"));
        Assert.Equal("alice Recovery", await UseAsync(browser));

        Assert.Equal("nobody ", await UseAsync(browser));
        Assert.Null(await browser.WhoAsync());
        Assert.False(browser.HasCookie(OwnLogin.PartialCookie));
        var used = await bank.ChallengeAsync(id);
        Assert.Equal((ChallengeState.Consumed, ChallengeKind.Recovery, StepUpReason.AccountRecovery), (used.State, used.Kind, used.Reason));
        Assert.Contains(StepUpEventKind.Consumed, bank.Events.Kinds);
    }

    [Fact]
    public async Task Twenty_posts_at_once_set_one_password()
    {
        await using var bank = await OwnLogin.StartAsync();
        using var browser = bank.NewBrowser();
        await bank.LookAsync(browser, await browser.AskToRecoverAsync("alice"));
        var answers = await Task.WhenAll(Enumerable.Range(0, 20).Select(_ => UseAsync(browser)));
        Assert.Single(answers, answer => answer.StartsWith("alice", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Another_browser_gets_nothing_out_of_it()
    {
        await using var bank = await OwnLogin.StartAsync();
        using var browser = bank.NewBrowser();
        using var other = bank.NewBrowser();
        await bank.LookAsync(browser, await browser.AskToRecoverAsync("alice"));
        await other.AskToRecoverAsync("alice");
        Assert.Equal("nobody ", await UseAsync(other));
        Assert.Equal("alice Recovery", await UseAsync(browser));
    }

    [Theory]
    [InlineData(SandboxScenario.DeclineFaceMatchLowSimilarity)]
    [InlineData(SandboxScenario.ReviewFaceMatchBorderline)]
    public async Task What_is_not_approved_at_once_sets_no_password(string scenario)
    {
        await using var bank = await OwnLogin.StartAsync();
        using var browser = bank.NewBrowser();
        await bank.LookAsync(browser, await browser.AskToRecoverAsync("alice"), scenario);
        Assert.Equal("nobody ", await UseAsync(browser));
    }

    [Fact]
    public async Task A_recovery_face_signs_nobody_in_and_a_sign_in_face_recovers_nothing()
    {
        await using var bank = await OwnLogin.StartAsync();
        using var browser = bank.NewBrowser();
        var recovery = await browser.AskToRecoverAsync("alice");
        await bank.LookAsync(browser, recovery);
        using var completed = await browser.GetAsync($"/biometric/complete/{recovery}");
        Assert.Equal(HttpStatusCode.NotFound, completed.StatusCode);
        Assert.Null(await browser.WhoAsync());
        Assert.Equal(ChallengeState.Approved, (await bank.ChallengeAsync(recovery)).State);

        using var other = bank.NewBrowser();
        await bank.LookAsync(other, await other.AskToSignInAsync("alice"));
        Assert.Equal("nobody ", await UseAsync(other));
    }

    [Fact]
    public async Task A_face_that_was_approved_eleven_minutes_ago_is_too_old()
    {
        var time = new ManualTime();
        await using var bank = await OwnLogin.StartAsync(setup => setup.Time = time);
        using var browser = bank.NewBrowser();
        await bank.LookAsync(browser, await browser.AskToRecoverAsync("alice"));
        time.Advance(TimeSpan.FromMinutes(11));
        Assert.Equal("nobody", await OwnSignInTests.PageAsync(browser, "/recovery/new"));
        Assert.Equal("nobody ", await UseAsync(browser));
    }

    [Fact]
    public async Task After_it_every_device_is_a_new_one()
    {
        await using var bank = await OwnLogin.StartAsync();
        var now = DateTimeOffset.UnixEpoch.AddYears(50);
        await bank.Store.RememberDeviceAsync("", "alice", "device", "network", now);
        await bank.Store.RememberDeviceAsync("", "bob", "device", "network", now);
        using var browser = bank.NewBrowser();
        await bank.LookAsync(browser, await browser.AskToRecoverAsync("alice"));
        Assert.True((await bank.Store.FindDeviceAsync("", "alice", "device", "network", now)).IsDeviceKnown);
        await UseAsync(browser);
        Assert.Equal(default, await bank.Store.FindDeviceAsync("", "alice", "device", "network", now));
        Assert.True((await bank.Store.FindDeviceAsync("", "bob", "device", "network", now)).IsDeviceKnown);
    }

    [Fact]
    public async Task It_offers_no_other_way_of_a_sign_in()
    {
        await using var bank = await OwnLogin.StartAsync(setup => setup.Options = options => options.SignIn.OtherWayUrl = "/other-way");
        using var browser = bank.NewBrowser();
        var id = await browser.AskToRecoverAsync("alice");
        var page = await OwnSignInTests.PageAsync(browser, $"/biometric/confirm/{id}");
        Assert.Contains("Get back into your account", page, StringComparison.Ordinal);
        Assert.DoesNotContain("/other-way", page, StringComparison.Ordinal);
    }

    private static async Task<string> UseAsync(Browser browser)
    {
        using var answer = await browser.PostAsync("/recovery/new");
        return await answer.Content.ReadAsStringAsync();
    }
}
