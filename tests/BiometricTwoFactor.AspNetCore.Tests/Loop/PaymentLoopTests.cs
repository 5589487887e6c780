using System.Net;
using BiometricTwoFactor.Emulator;

namespace BiometricTwoFactor.AspNetCore.Tests;

/// <summary>The whole way of a payment over real sockets: asked for, approved by a face, claimed, carried out once.</summary>
public sealed class PaymentLoopTests
{
    [Fact]
    public async Task An_approved_transfer_is_carried_out_once_and_exactly()
    {
        await using var bank = await RelyingParty.StartAsync();
        using var browser = await bank.SignedInAsync("alice");

        var id = await browser.AskAsync("250.00");
        Assert.Empty(bank.Executed);
        await browser.StartedAsync(id);
        var callback = await bank.Provider.CompleteAsync(bank.LastSession().Id, SandboxScenario.Approve);
        var claim = await browser.ClaimAsync(callback!);
        Assert.Equal((HttpStatusCode.OK, "approved", $"/biometric/resume/{id}"), claim);

        using var done = await browser.ResumeAsync(id);
        Assert.Equal($"executed {id}", await done.Content.ReadAsStringAsync());
        Assert.Equal(["250.00 EUR to DE89370400440532013000"], bank.Executed);
        Assert.Equal(ChallengeState.Consumed, (await bank.ChallengeAsync(id)).State);
    }
}
