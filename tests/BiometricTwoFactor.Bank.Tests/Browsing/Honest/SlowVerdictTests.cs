using BiometricTwoFactor.AspNetCore;
using BiometricTwoFactor.Emulator;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace BiometricTwoFactor.Bank.Tests.Browsing;

/// <summary>The browser and the verdict, in either order (protocol 5.3).</summary>
public sealed class SlowVerdictTests(SharedChromium chromium) : IClassFixture<SharedChromium>
{
    [Fact]
    public async Task A_claim_before_the_verdict_is_repeated_until_it_comes()
    {
        await using var bank = await HonestBank.StartAsync();
        await using var lena = await chromium.SignedInAsync(bank);
        await lena.AskAsync();
        var id = lena.ChallengeId;
        await lena.StartAsync();
        // The webhook is late, and the decision cannot be read either.
        bank.Provider.Faults.HoldWebhooks = true;
        bank.Provider.Faults.Plan(new() { Kind = EmulatorFaultKind.ApiServerError, Times = null });
        await lena.LookAsync();
        await lena.SeesAsync("One moment");
        await Expect(lena.Page.GetByRole(AriaRole.Status)).ToHaveTextAsync("We are fetching the result and bring you back.");
        await HonestBank.UntilAsync(() =>
        {
            bank.Time.Advance(TimeSpan.FromSeconds(1)); // the patience of one claim after the other ends
            return Task.FromResult(bank.Seen.Count(one => one.Is("POST", "/biometric/claim") && one.Status == 202) >= 3);
        });
        Assert.Equal(ChallengeState.Pending, await lena.StateOfAsync(id));
        Assert.Empty(bank.Paid);
        bank.Provider.Faults.Clear();
        await bank.Provider.Faults.ReleaseWebhooksAsync();
        await lena.SeesAsync("Paid");
        Assert.Single(bank.Paid);
    }

    [Fact]
    public async Task A_verdict_that_only_the_decision_knows_is_found_without_a_webhook()
    {
        await using var bank = await HonestBank.StartAsync();
        bank.Provider.Faults.DropWebhooks = true;
        await using var lena = await chromium.SignedInAsync(bank);
        await lena.AskAsync();
        await lena.StartAsync();
        await lena.LookAsync();
        await lena.SeesAsync("Paid");
        Assert.Single(bank.Paid);
    }

    [Fact]
    public async Task A_verdict_before_the_browser_comes_back_waits_for_its_claim_and_says_so()
    {
        await using var bank = await HonestBank.StartAsync();
        await using var lena = await chromium.SignedInAsync(bank);
        await lena.AskAsync();
        var id = lena.ChallengeId;
        await lena.StartAsync();
        var waiting = await lena.NewTabAsync();
        await waiting.GoAsync($"/biometric/confirm/{id}");
        var callback = await bank.Provider.CompleteAsync(bank.Provider.Sessions[^1].Id);
        await waiting.SeesAsync("One step is left");
        await waiting.ReadsAsync("Go on where you looked into the camera");
        Assert.Equal(ChallengeState.Approved, await lena.StateOfAsync(id));
        Assert.Empty(bank.Paid);

        await lena.GoAsync(callback!.AbsoluteUri);
        await lena.SeesAsync("Paid");
        await waiting.SeesAsync("Done");
        Assert.Single(bank.Paid);
    }

    [Fact]
    public async Task The_network_going_away_while_the_page_waits_loses_nothing()
    {
        await using var bank = await HonestBank.StartAsync();
        await using var lena = await chromium.SignedInAsync(bank);
        await lena.AskAsync();
        await lena.StartAsync();
        var failed = 0;
        var failedTwice = new TaskCompletionSource();
        await lena.Page.RouteAsync("**/biometric/claim", route =>
        {
            if (Interlocked.Increment(ref failed) == 2)
            {
                failedTwice.SetResult();
            }

            return failed <= 2 ? route.AbortAsync("internetdisconnected") : route.ContinueAsync();
        });
        await lena.LookAsync();
        await failedTwice.Task.WaitAsync(TimeSpan.FromSeconds(40));
        await lena.SeesAsync("Paid");
        Assert.Single(bank.Paid);
    }

    [Fact]
    public async Task The_bank_in_trouble_for_a_moment_does_not_stop_a_waiting_page()
    {
        var trouble = 2;
        await using var bank = await HonestBank.StartAsync(setup => setup.Before = context =>
            context.Request.Path.StartsWithSegments("/biometric/challenges") && Interlocked.Decrement(ref trouble) >= 0
                ? throw new InvalidOperationException("The bank is in trouble.")
                : Task.CompletedTask);
        await using var lena = await chromium.SignedInAsync(bank);
        await lena.AskAsync();
        var other = await lena.NewTabAsync();
        await other.GoAsync(new Uri(lena.Page.Url).AbsolutePath);
        await other.PressAsync("Cancel");
        await other.SeesAsync("The confirmation was not finished");
        await lena.SeesAsync("The confirmation was not finished");
        Assert.True(trouble < 0);
    }

    [Fact]
    public async Task A_declined_face_is_told_and_tried_again()
    {
        await using var bank = await HonestBank.StartAsync();
        await using var lena = await chromium.SignedInAsync(bank);
        await lena.AskAsync();
        await lena.StartAsync();
        await lena.LookAsync("Decline: another person");
        await lena.SeesAsync("We could not confirm that it is you");
        await lena.FollowAsync("Begin again");
        await lena.AskAsync();
        await lena.StartAsync();
        await lena.LookAsync();
        await lena.SeesAsync("Paid");
        Assert.Single(bank.Paid);
    }
}
