using System.Globalization;
using BiometricTwoFactor.Emulator;

namespace BiometricTwoFactor.AspNetCore.Tests;

/// <summary>The attacks of the step-up family in which the caller has a browser: a person is named by a cookie, and a link can be sent on.</summary>
public abstract class BrowserHostTests : HostTests
{
    [Theory]
    [InlineData("alice\u00ad")]
    [InlineData("alice\u200d")]
    [InlineData("al\u0131ce")]
    [InlineData("ALICE")]
    [InlineData("\u0430lice")]
    public async Task Attack_16_A_twin_of_the_owners_name_is_somebody_else(string twin)
    {
        await using var bank = await StartAsync();
        await using var owner = await CallerAsync(bank, "alice");
        await using var other = await CallerAsync(bank, twin);
        var asked = await owner.ChangeAsync("9000");
        await owner.ShowFaceAsync(asked.Challenge!);
        var tried = await other.ChangeAsync("9000");
        Assert.False(tried.Ran);
        Assert.NotEqual(asked.Challenge, tried.Challenge);
        Assert.Empty(bank.Executed);
        Assert.True((await owner.ChangeAsync("9000")).Ran);
    }

    [Fact]
    public async Task Attack_29_A_provider_that_is_away_lets_nobody_in()
    {
        await using var bank = await StartAsync();
        await using var alice = await CallerAsync(bank, "alice");
        bank.Provider.Faults.Unavailable = true;
        var asked = await alice.PayAsync();
        using var started = await alice.Browser.StartAsync(asked.Challenge!);
        Assert.Equal(System.Net.HttpStatusCode.ServiceUnavailable, started.StatusCode);
        Assert.False((await alice.PayAsync()).Ran);
        Assert.Empty(bank.Executed);
    }

    [Fact]
    public async Task Attack_71_Two_sign_ins_of_one_person_never_share_a_session()
    {
        await using var bank = await StartAsync();
        await using var victim = await CallerAsync(bank, "alice");
        await using var attacker = await CallerAsync(bank, "alice");
        var honest = await victim.PayAsync("20.00");
        await victim.Browser.StartedAsync(honest.Challenge!);
        var greedy = await attacker.PayAsync("9000.00", "FR1420041010050500013M02606");
        using var started = await attacker.Browser.StartAsync(greedy.Challenge!);
        Assert.Equal(System.Net.HttpStatusCode.Conflict, started.StatusCode);
        var callback = await bank.Provider.CompleteAsync(bank.LastSession().Id);
        await victim.Browser.ClaimAsync(callback!);
        Assert.False((await attacker.PayAsync("9000.00", "FR1420041010050500013M02606")).Ran);
        Assert.True((await victim.PayAsync("20.00")).Ran);
        Assert.Equal(["20.00 EUR to DE89370400440532013000"], bank.Executed);
    }

    [Fact]
    public async Task Attack_72_A_link_that_is_sent_on_ends_the_challenge()
    {
        await using var bank = await StartAsync();
        await using var attacker = await CallerAsync(bank, "alice");
        await using var victim = await CallerAsync(bank, "alice");
        var asked = await attacker.PayAsync();
        await attacker.Browser.StartedAsync(asked.Challenge!);
        var callback = await bank.Provider.CompleteAsync(bank.LastSession().Id, SandboxScenario.Approve);
        await victim.Browser.ClaimAsync(callback!);
        Assert.Equal(ChallengeState.Violated, (await bank.ChallengeAsync(asked.Challenge!)).State);
        Assert.False((await attacker.PayAsync()).Ran);
        Assert.False((await victim.PayAsync()).Ran);
        Assert.Contains(StepUpEventKind.ClaimedElsewhere, bank.Events.Kinds);
        Assert.Empty(bank.Executed);
    }

    [Fact]
    public async Task Attack_78_Who_fails_on_purpose_locks_the_owner_of_a_known_device_out_of_nothing()
    {
        await using var bank = await StartAsync(setup => setup.Options += options => options.MaxDeclinesInARow = 2);
        await using var owner = await CallerAsync(bank, "alice");
        await using var stranger = await CallerAsync(bank, "alice");
        await owner.ShowFaceAsync((await owner.ChangeAsync("1")).Challenge!);
        Assert.True((await owner.ChangeAsync("1")).Ran);

        // A connection has the cookies of its beginning, and the browser was given its device's cookie since.
        await owner.ReconnectAsync();
        await owner.ShowFaceAsync((await owner.ChangeAsync("2")).Challenge!);
        Assert.True((await owner.ChangeAsync("2")).Ran); // an approval was used on it: known from here on
        for (var value = 3; value <= 4; value++)
        {
            var tried = await stranger.ChangeAsync(value.ToString(CultureInfo.InvariantCulture));
            await stranger.ShowFaceAsync(tried.Challenge!, SandboxScenario.DeclineFaceMatchLowSimilarity);
        }

        var blocked = await stranger.ChangeAsync("5");
        Assert.Equal((false, null), (blocked.Ran, blocked.Challenge));
        await owner.ShowFaceAsync((await owner.ChangeAsync("6")).Challenge!);
        Assert.True((await owner.ChangeAsync("6")).Ran);
    }
}
