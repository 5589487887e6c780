using System.Globalization;
using BiometricTwoFactor.Emulator;

namespace BiometricTwoFactor.AspNetCore.Tests;

/// <summary>
/// The attack in which it matters that each call brings the device's cookie. A connection has the cookies of its beginning: one
/// that is older than the device's cookie does not know the device.
/// </summary>
public abstract class RequestHostTests : BrowserHostTests
{
    [Fact]
    public async Task Attack_78_Who_fails_on_purpose_locks_the_owner_of_a_known_device_out_of_nothing()
    {
        await using var bank = await StartAsync(setup => setup.Options += options => options.MaxDeclinesInARow = 2);
        await using var owner = await CallerAsync(bank, "alice");
        await using var stranger = await CallerAsync(bank, "alice");
        await owner.ShowFaceAsync((await owner.ChangeAsync("1")).Challenge!);
        Assert.True((await owner.ChangeAsync("1")).Ran); // its approval was used: known from here on
        for (var value = 2; value <= 3; value++)
        {
            var tried = await stranger.ChangeAsync(value.ToString(CultureInfo.InvariantCulture));
            await stranger.ShowFaceAsync(tried.Challenge!, SandboxScenario.DeclineFaceMatchLowSimilarity);
        }

        var blocked = await stranger.ChangeAsync("4");
        Assert.Equal((false, null), (blocked.Ran, blocked.Challenge));
        await owner.ShowFaceAsync((await owner.ChangeAsync("5")).Challenge!);
        Assert.True((await owner.ChangeAsync("5")).Ran);
    }
}
