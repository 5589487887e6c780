using System.Globalization;

namespace BiometricTwoFactor.AspNetCore.Tests;

/// <summary>
/// The step-up family of the attacks again over each host, as far as a host has a part in them: rows 15, 17 to 19, 21 and 23
/// are promises above; what is decided at the callback or in the judge is the same whatever the host.
/// </summary>
public abstract partial class HostTests
{
    [Fact]
    public async Task Attack_30_An_approval_that_the_provider_takes_back_runs_nothing()
    {
        await using var bank = await StartAsync();
        await using var alice = await CallerAsync(bank, "alice");
        var asked = await alice.PayAsync();
        await alice.ShowFaceAsync(asked.Challenge!);
        await bank.Provider.ReviewAsync(bank.LastSession().Id, approved: false);
        await bank.UntilAsync(asked.Challenge!, challenge => challenge.State == ChallengeState.Revoked);
        Assert.False((await alice.PayAsync()).Ran);
        Assert.Empty(bank.Executed);
    }

    [Fact]
    public async Task Attack_32_Who_is_asked_again_and_again_is_asked_no_more()
    {
        await using var bank = await StartAsync(setup => setup.Options += options => options.MaxChallengesPerUser = 3);
        await using var attacker = await CallerAsync(bank, "alice");
        for (var value = 1; value <= 3; value++)
        {
            Assert.NotNull((await attacker.ChangeAsync(value.ToString(CultureInfo.InvariantCulture))).Challenge);
        }

        var refused = await attacker.ChangeAsync("4");
        Assert.Equal((false, null), (refused.Ran, refused.Challenge));
        Assert.Empty(bank.Executed);
    }
}
