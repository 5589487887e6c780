using BiometricTwoFactor.AspNetCore;

namespace BiometricTwoFactor.Bank.Tests.Browsing;

/// <summary>One browser, several tabs (protocol 2.3).</summary>
public sealed class SeveralTabsTests(SharedChromium chromium) : IClassFixture<SharedChromium>
{
    [Fact]
    public async Task The_same_payment_in_two_tabs_runs_once_and_the_other_tab_moves_on_by_itself()
    {
        await using var bank = await HonestBank.StartAsync();
        await using var lena = await chromium.SignedInAsync(bank);
        await lena.AskAsync();
        var other = await lena.NewTabAsync();
        await other.AskAsync();
        Assert.Equal(lena.ChallengeId, other.ChallengeId);

        await lena.StartAsync();
        await lena.LookAsync();
        await lena.SeesAsync("Paid");
        await other.SeesAsync("Done");
        Assert.Single(bank.Paid);
        Assert.DoesNotContain(bank.Seen, seen => seen.Status == 409);
        Assert.Empty(lena.Complaints);
    }

    [Fact]
    public async Task Both_tabs_reach_the_same_camera_page()
    {
        await using var bank = await HonestBank.StartAsync();
        await using var lena = await chromium.SignedInAsync(bank);
        await lena.AskAsync();
        var other = await lena.NewTabAsync();
        await other.AskAsync();
        await lena.StartAsync();
        await other.StartAsync();
        Assert.Equal(lena.Page.Url, other.Page.Url);
        Assert.Single(bank.Provider.Sessions);

        await other.LookAsync();
        await other.SeesAsync("Paid");
        Assert.Single(bank.Paid);
    }

    [Fact]
    public async Task Of_two_payments_the_older_one_ends_when_the_newer_is_started_and_says_so()
    {
        await using var bank = await HonestBank.StartAsync();
        await using var lena = await chromium.SignedInAsync(bank);
        await lena.AskAsync("250.00");
        var older = lena.ChallengeId;
        var newer = await lena.NewTabAsync();
        await newer.AskAsync("300.00");
        await newer.Page.ReloadAsync();
        Assert.Equal(ChallengeState.Pending, await lena.StateOfAsync(older)); // being asked ends nothing

        await newer.StartAsync();
        await lena.SeesAsync("The confirmation was not finished");
        await lena.ReadsAsync("You started another confirmation in this browser, which ended this one.");
        Assert.Equal(ChallengeState.Superseded, await lena.StateOfAsync(older));

        await newer.LookAsync();
        await newer.SeesAsync("Paid");
        await lena.FollowAsync("Begin again");
        await lena.AskAsync("250.00");
        Assert.NotEqual(older, lena.ChallengeId);
        await lena.StartAsync();
        await lena.LookAsync();
        await lena.SeesAsync("Paid");
        Assert.Equal(["300.00", "250.00"], bank.Paid);
    }

    [Fact]
    public async Task The_camera_page_of_the_older_payment_leads_back_to_the_truth()
    {
        await using var bank = await HonestBank.StartAsync();
        await using var lena = await chromium.SignedInAsync(bank);
        await lena.AskAsync("250.00");
        await lena.StartAsync();
        var newer = await lena.NewTabAsync();
        await newer.AskAsync("300.00");
        await newer.StartAsync();

        // Its session is deleted at the provider by and by; until then its page is there.
        await lena.Page.GoBackAsync();
        await lena.SeesAsync("The confirmation was not finished");
        await newer.LookAsync();
        await newer.SeesAsync("Paid");
        Assert.Equal(["300.00"], bank.Paid);
    }

    [Fact]
    public async Task A_tab_that_was_signed_out_in_another_one_does_not_stay_as_if_nothing_had_been()
    {
        await using var bank = await HonestBank.StartAsync();
        await using var lena = await chromium.SignedInAsync(bank);
        await lena.AskAsync();
        var id = lena.ChallengeId;
        var other = await lena.NewTabAsync();
        await other.GoAsync("/signout");
        // Whether the confirmation ended first or the sign-in did, the page says one of the two.
        await lena.SeesOneOfAsync("Sign in", "The confirmation was not finished");
        Assert.Equal(ChallengeState.Abandoned, await lena.StateOfAsync(id));
    }
}
