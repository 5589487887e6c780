using BiometricTwoFactor.AspNetCore;

namespace BiometricTwoFactor.Bank.Tests.Browsing;

/// <summary>A confirmation that was left, and the person who comes back to it.</summary>
public sealed class YesterdayTests(SharedChromium chromium) : IClassFixture<SharedChromium>
{
    private static readonly TimeSpan Yesterday = TimeSpan.FromDays(1);

    private static Task<HonestBank> BankAsync() => HonestBank.StartAsync(setup => setup.SessionLifetime = TimeSpan.FromDays(7));

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task The_page_that_was_left_open_says_that_it_is_over_and_a_new_try_works(bool started)
    {
        await using var bank = await BankAsync();
        await using var lena = await chromium.SignedInAsync(bank);
        await lena.AskAsync();
        var yesterdays = lena.ChallengeId;
        if (started)
        {
            await lena.StartAsync();
            await lena.Page.GoBackAsync();
            await lena.SeesAsync("Confirm your payment");
        }

        bank.Time.Advance(Yesterday);
        await lena.SeesAsync("The time for this confirmation is over");
        await lena.FollowAsync("Begin again");
        await lena.AskAsync();
        Assert.NotEqual(yesterdays, lena.ChallengeId);
        await lena.StartAsync();
        await lena.LookAsync();
        await lena.SeesAsync("Paid");
        Assert.Single(bank.Paid);
    }

    [Fact]
    public async Task Yesterdays_camera_page_finished_today_pays_nothing_and_says_so()
    {
        await using var bank = await BankAsync();
        await using var lena = await chromium.SignedInAsync(bank);
        await lena.AskAsync();
        var id = lena.ChallengeId;
        await lena.StartAsync();
        // The provider is not to be reached: the session is not deleted there, and its page stays as it was.
        bank.Provider.Faults.Plan(new() { Kind = Emulator.EmulatorFaultKind.ApiServerError, Times = null });
        bank.Time.Advance(Yesterday);
        await lena.LookAsync();
        await lena.SeesAsync("The time for this confirmation is over");
        Assert.False((await bank.Store.FindAsync(id))!.IsOpen);

        bank.Provider.Faults.Clear();
        await lena.FollowAsync("Begin again");
        await lena.AskAsync();
        Assert.Empty(bank.Paid);
    }

    [Fact]
    public async Task An_approval_that_waited_too_long_is_over()
    {
        await using var bank = await BankAsync();
        await using var lena = await chromium.SignedInAsync(bank);
        // Whoever left at this very moment: the way on from the claim is cut.
        await lena.Page.RouteAsync("**/biometric/resume/*", route => route.AbortAsync());
        await lena.AskAsync();
        var id = lena.ChallengeId;
        await lena.StartAsync();
        await lena.LookAsync();
        await bank.UntilSeenAsync(seen => seen.Any(one => one.Is("POST", "/biometric/claim") && one.Status == 200));
        bank.Time.Advance(Yesterday);
        await lena.Page.UnrouteAllAsync();
        await lena.GoAsync($"/biometric/resume/{id}");
        await lena.SeesAsync("The time for this confirmation is over");
        await lena.FollowAsync("Begin again");
        await lena.SeesAsync("Pay");
        Assert.Empty(bank.Paid);
        Assert.NotEqual(ChallengeState.Consumed, await lena.StateOfAsync(id));
    }
}
