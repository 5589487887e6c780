using BiometricTwoFactor.Emulator;
using Microsoft.Extensions.DependencyInjection;

namespace BiometricTwoFactor.AspNetCore.Tests;

public sealed partial class Section3SessionTests
{
    [Fact]
    public async Task Rule_3_4_A_claim_at_the_deadline_is_too_late_whether_or_not_anybody_swept()
    {
        var time = new ManualTime();
        await using var bank = await RelyingParty.StartAsync(setup => Unswept(setup, time));
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

    [Theory]
    [InlineData(10 * 60, false)]
    [InlineData((10 * 60) - 1, true)]
    public async Task Rule_3_4_An_approval_is_used_within_ten_minutes_or_not_at_all(int seconds, bool executed)
    {
        var time = new ManualTime();
        await using var bank = await RelyingParty.StartAsync(setup => Unswept(setup, time));
        using var browser = await bank.SignedInAsync("alice");
        var id = await browser.AskAsync();
        time.Advance(TimeSpan.FromMinutes(9)); // the time for the use begins with the approval, not with the question
        await Payments.CompleteAsync(bank, browser, id);
        time.Advance(TimeSpan.FromSeconds(seconds));
        using var used = await Payments.ApiAsync(browser, Payments.Payment, challenge: id);
        Assert.Equal(executed, used.IsSuccessStatusCode);
        Assert.Equal(executed ? 1 : 0, bank.Executed.Count);
    }

    [Theory]
    [InlineData(10 * 60, false)]
    [InlineData((10 * 60) - 1, true)]
    public async Task Rule_3_4_A_verdict_at_the_deadline_approves_nothing(int seconds, bool approved)
    {
        var time = new ManualTime();
        await using var bank = await RelyingParty.StartAsync(setup => Unswept(setup, time));
        using var browser = await bank.SignedInAsync("alice");
        var id = await browser.AskAsync();
        await browser.StartedAsync(id);
        time.Advance(TimeSpan.FromSeconds(seconds));
        await bank.Provider.CompleteAsync(bank.LastSession().Id);
        var judged = await bank.UntilAsync(id, challenge => challenge.State != ChallengeState.Pending);
        Assert.Equal(approved ? ChallengeState.Approved : ChallengeState.Expired, judged.State);
    }

    [Fact]
    public async Task Rule_3_4_Out_of_review_the_time_for_the_use_begins_with_the_confirmation()
    {
        var time = new ManualTime();
        await using var bank = await RelyingParty.StartAsync(setup => Unswept(setup, time));
        using var browser = await bank.SignedInAsync("alice");
        var id = await Reviews.HeldAsync(bank, browser);
        time.Advance(TimeSpan.FromMinutes(30));
        await bank.Provider.ReviewAsync(bank.LastSession().Id, approved: true);
        await bank.UntilAsync(id, challenge => challenge.State == ChallengeState.Approved);
        time.Advance(TimeSpan.FromMinutes(25));
        await Reviews.ConfirmAsync(browser, id);
        time.Advance(TimeSpan.FromMinutes(10));
        using var late = await Payments.ApiAsync(browser, Payments.Payment, challenge: id);
        Assert.False(late.IsSuccessStatusCode);
        Assert.Empty(bank.Executed);
    }

    [Fact]
    public async Task Rule_3_4_Both_times_can_be_shortened()
    {
        var time = new ManualTime();
        await using var bank = await RelyingParty.StartAsync(setup =>
        {
            Unswept(setup, time);
            setup.Options = options =>
            {
                options.CaptureLifetime = TimeSpan.FromMinutes(2);
                options.ExecutionLifetime = TimeSpan.FromMinutes(1);
            };
        });
        using var browser = await bank.SignedInAsync("alice");
        var id = await Payments.ApprovedAsync(bank, browser);
        var approved = await bank.ChallengeAsync(id);
        Assert.Equal((time.GetUtcNow().AddMinutes(2), time.GetUtcNow().AddMinutes(1)), (approved.Deadline, approved.ExecuteBy));
    }

    private static void Unswept(RelyingPartySetup setup, ManualTime time)
    {
        setup.Time = time;
        setup.ConfigureServicesLast = services => services.Remove(services.Single(service => service.ImplementationType == typeof(StepUpSweeper)));
    }
}
