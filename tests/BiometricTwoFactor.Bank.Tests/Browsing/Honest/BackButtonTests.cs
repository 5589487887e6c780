using BiometricTwoFactor.AspNetCore;

namespace BiometricTwoFactor.Bank.Tests.Browsing;

/// <summary>Back, forward and reload on every page: nothing runs twice, and each page says something true and has a way on.</summary>
public sealed class BackButtonTests(SharedChromium chromium) : IClassFixture<SharedChromium>
{
    [Fact]
    public async Task Back_from_the_camera_shows_the_payment_again_and_leads_to_the_same_camera()
    {
        await using var bank = await HonestBank.StartAsync();
        await using var lena = await chromium.SignedInAsync(bank);
        await lena.AskAsync();
        await lena.StartAsync();
        var camera = lena.Page.Url;
        await lena.Page.GoBackAsync();
        await lena.SeesAsync("Confirm your payment");
        await lena.PressAsync("Open the camera again");
        await lena.SeesAsync("Confirm that it is you");
        Assert.Equal(camera, lena.Page.Url);
        Assert.Single(bank.Provider.Sessions);
        await lena.LookAsync();
        await lena.SeesAsync("Paid");
        Assert.Single(bank.Paid);
    }

    [Fact]
    public async Task Back_from_the_result_finds_what_was_done_and_does_not_do_it_again()
    {
        await using var bank = await HonestBank.StartAsync();
        await using var lena = await chromium.SignedInAsync(bank);
        await lena.AskAsync();
        var confirm = lena.Page.Url;
        await lena.StartAsync();
        await lena.LookAsync();
        await lena.SeesAsync("Paid");

        // Neither the callback nor the resume page is left in the history: behind the result is the provider.
        await lena.Page.GoBackAsync();
        Assert.Equal("127.0.0.1", new Uri(lena.Page.Url).Host);
        await lena.Page.GoBackAsync();
        Assert.Equal(confirm, lena.Page.Url);
        await lena.SeesAsync("Done");
        await lena.FollowAsync("Back");
        await lena.SeesAsync("Pay");
        Assert.Single(bank.Paid);
        Assert.Empty(lena.Complaints);
    }

    [Fact]
    public async Task A_page_that_the_browser_kept_looks_again_when_it_is_shown()
    {
        await using var bank = await HonestBank.StartAsync();
        await using var lena = await chromium.SignedInAsync(bank);
        await lena.AskAsync();
        var id = lena.ChallengeId;
        await lena.GoAsync("/");
        await lena.SeesAsync("Good to see you, lena");
        var other = await lena.NewTabAsync();
        await other.GoAsync($"/biometric/confirm/{id}");
        await other.PressAsync("Cancel");
        await other.SeesAsync("The confirmation was not finished");

        await lena.Page.GoBackAsync();
        await lena.SeesAsync("The confirmation was not finished");
    }

    [Fact]
    public async Task Reloading_each_page_on_the_way_changes_nothing()
    {
        await using var bank = await HonestBank.StartAsync();
        await using var lena = await chromium.SignedInAsync(bank);
        await lena.AskAsync();
        await lena.Page.ReloadAsync();
        await lena.SeesAsync("Confirm your payment");
        await lena.StartAsync();
        await lena.Page.ReloadAsync();

        // The verdict keeps both waiting: the callback page can be reloaded.
        bank.Provider.Faults.HoldWebhooks = true;
        bank.Provider.Faults.Plan(new() { Kind = Emulator.EmulatorFaultKind.ApiServerError, Times = null });
        await lena.LookAsync();
        await lena.SeesAsync("One moment");
        await lena.Page.ReloadAsync();
        await lena.SeesAsync("One moment");
        bank.Provider.Faults.Clear();
        await bank.Provider.Faults.ReleaseWebhooksAsync();
        await lena.SeesAsync("Paid");
        await lena.Page.ReloadAsync();
        await lena.SeesAsync("Paid");
        Assert.Single(bank.Paid);
    }

    [Fact]
    public async Task Reloading_a_result_that_answered_the_post_does_not_pay_again()
    {
        await using var bank = await HonestBank.StartAsync(setup => setup.AnswersPostsDirectly = true);
        await using var lena = await chromium.SignedInAsync(bank);
        await lena.AskAsync();
        await lena.StartAsync();
        await lena.LookAsync();
        await lena.SeesAsync("Paid");
        await lena.Page.ReloadAsync(); // sends the form again
        await lena.SeesAsync("This confirmation was used already");
        await lena.FollowAsync("Back");
        await lena.SeesAsync("Good to see you, lena");
        Assert.Single(bank.Paid);
    }

    [Fact]
    public async Task Reloading_the_resume_page_keeps_what_is_to_be_sent()
    {
        await using var bank = await HonestBank.StartAsync();
        await using var lena = await chromium.SignedInAsync(bank);
        await lena.Page.RouteAsync("**/assets/resume.js", route => route.AbortAsync()); // stays there
        await lena.AskAsync();
        await lena.StartAsync();
        await lena.LookAsync();
        await lena.SeesAsync("Confirmed");
        await lena.Page.ReloadAsync();
        await lena.SeesAsync("Confirmed");
        Assert.Empty(bank.Paid);
        await lena.PressAsync("Go on");
        await lena.SeesAsync("Paid");
        Assert.Single(bank.Paid);
    }

    [Fact]
    public async Task Callback_and_resume_pages_that_are_opened_again_later_say_that_it_is_done()
    {
        await using var bank = await HonestBank.StartAsync();
        await using var lena = await chromium.SignedInAsync(bank);
        await lena.AskAsync();
        var id = lena.ChallengeId;
        await lena.StartAsync();
        await lena.LookAsync();
        await lena.SeesAsync("Paid");

        await lena.GoAsync(bank.Seen.Single(seen => seen.Is("GET", "/biometric/callback/")).Path);
        await lena.SeesAsync("Done");
        await lena.GoAsync($"/biometric/resume/{id}");
        await lena.SeesAsync("Done");
        Assert.Equal(ChallengeState.Consumed, await lena.StateOfAsync(id));
        Assert.Single(bank.Paid);
    }
}
