namespace BiometricTwoFactor.AspNetCore.Tests;

/// <summary>Protocol 9: what a hand-over makes known.</summary>
public sealed partial class Section9DeviceTests
{
    [Fact]
    public async Task Rule_9_1_The_device_that_asked_becomes_known_and_the_one_that_captured_does_not()
    {
        await using var bank = await RelyingParty.StartAsync(setup => setup.UseNetworks());
        using var desktop = await bank.SignedInAsync("alice", Networks.Home);
        var id = await desktop.AskAsync();
        var (phone, callback) = await bank.CapturedOnPhoneAsync(desktop, id);
        phone.ComesFrom = Networks.Elsewhere;
        await phone.ClaimAsync(callback);
        using var done = await desktop.ResumeAsync(id);
        Assert.Single(bank.Executed);
        await desktop.AskAsync("2.00");
        await phone.SignInAsync("alice");
        var onPhone = await phone.AskAsync("3.00");
        var open = await bank.Store.ListOpenAsync("", "alice");
        Assert.True(open.Single(challenge => challenge.Id != onPhone).AskedFrom.IsKnown);
        Assert.False((await bank.ChallengeAsync(onPhone)).AskedFrom.IsKnown);
        phone.Dispose();
    }
}
