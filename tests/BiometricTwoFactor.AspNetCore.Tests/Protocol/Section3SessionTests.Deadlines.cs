using Microsoft.Extensions.DependencyInjection;

namespace BiometricTwoFactor.AspNetCore.Tests;

public sealed partial class Section3SessionTests
{
    [Fact]
    public async Task Rule_3_4_A_claim_at_the_deadline_is_too_late_whether_or_not_anybody_swept()
    {
        var time = new ManualTime();
        await using var bank = await RelyingParty.StartAsync(setup =>
        {
            setup.Time = time;
            setup.ConfigureServicesLast = services => services.Remove(services.Single(service => service.ImplementationType == typeof(StepUpSweeper)));
        });
        using var browser = await bank.SignedInAsync("alice");
        var id = await browser.AskAsync();
        await browser.StartedAsync(id);
        var callback = await bank.Provider.CompleteAsync(bank.LastSession().Id);
        time.Advance(TimeSpan.FromMinutes(10));

        await browser.ClaimAsync(callback!);
        Assert.Null((await bank.ChallengeAsync(id)).ClaimedAt);
        using var resumed = await browser.GetAsync($"/biometric/resume/{id}");
        Assert.Equal($"/biometric/confirm/{id}", resumed.Headers.Location!.ToString());
    }
}
