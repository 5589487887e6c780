namespace BiometricTwoFactor.AspNetCore.Tests;

/// <summary>Protocol 1.5: the binding of what was handed over.</summary>
public sealed partial class Section1BindingTests
{
    [Fact]
    public async Task Rule_1_5_Signing_in_again_during_the_capture_on_the_phone_takes_the_challenge_over()
    {
        await using var bank = await RelyingParty.StartAsync();
        using var desktop = await bank.SignedInAsync("alice");
        var id = await desktop.AskAsync();
        var (phone, callback) = await bank.CapturedOnPhoneAsync(desktop, id);
        await desktop.SignInAsync("alice"); // after an idle sign-out: another session, the same start cookie
        await phone.ClaimAsync(callback);
        using var done = await desktop.ResumeAsync(id);
        Assert.Single(bank.Executed);
        phone.Dispose();
    }
}
