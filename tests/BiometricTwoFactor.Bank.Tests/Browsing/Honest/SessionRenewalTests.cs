using BiometricTwoFactor.AspNetCore;

namespace BiometricTwoFactor.Bank.Tests.Browsing;

/// <summary>What becomes of the application's own sign-in while somebody looks into the camera (protocol 1.1, 1.2, 1.5).</summary>
public sealed class SessionRenewalTests(SharedChromium chromium) : IClassFixture<SharedChromium>
{
    [Fact]
    public async Task A_renewed_cookie_keeps_the_confirmation()
    {
        await using var bank = await HonestBank.StartAsync();
        await using var lena = await chromium.SignedInAsync(bank);
        await lena.AskAsync();
        await lena.StartAsync();
        bank.Time.Advance(TimeSpan.FromMinutes(8)); // more than half of its 15 minutes
        var other = await lena.NewTabAsync();
        await other.GoAsync("/");
        await other.SeesAsync("Good to see you, lena");
        Assert.True(bank.Seen.Last(seen => seen.Is("GET", "/")).SetsSession);

        await lena.LookAsync();
        await lena.SeesAsync("Paid");
        Assert.Single(bank.Paid);
    }

    [Fact]
    public async Task The_waiting_page_never_renews_it()
    {
        await using var bank = await HonestBank.StartAsync();
        await using var lena = await chromium.SignedInAsync(bank);
        await lena.AskAsync();
        bank.Time.Advance(TimeSpan.FromMinutes(8));
        await bank.UntilSeenAsync(seen => seen.Any(one => one.Is("GET", "/biometric/challenges/")));
        await lena.Page.ReloadAsync();
        await lena.SeesAsync("Confirm your payment");
        await lena.StartAsync();
        await lena.LookAsync();
        await lena.SeesAsync("Paid");
        Assert.DoesNotContain(bank.Seen, seen => seen.Path.StartsWith("/biometric", StringComparison.Ordinal) && seen.SetsSession);
    }

    [Fact]
    public async Task A_new_ticket_for_the_same_person_keeps_it_as_well()
    {
        await using var bank = await HonestBank.StartAsync();
        await using var lena = await chromium.SignedInAsync(bank);
        await lena.AskAsync();
        await lena.StartAsync();
        var other = await lena.NewTabAsync();
        await other.GoAsync("/reissue");
        await other.SeesAsync("A new ticket");
        Assert.True(bank.Seen.Last(seen => seen.Is("GET", "/reissue")).SetsSession);
        await lena.LookAsync();
        await lena.SeesAsync("Paid");
        Assert.Single(bank.Paid);
    }

    [Fact]
    public async Task Who_idled_out_at_the_camera_signs_in_again_and_goes_on()
    {
        await using var bank = await HonestBank.StartAsync(setup => setup.SessionLifetime = TimeSpan.FromMinutes(4));
        await using var lena = await chromium.SignedInAsync(bank);
        await lena.AskAsync();
        var id = lena.ChallengeId;
        await lena.StartAsync();
        bank.Time.Advance(TimeSpan.FromMinutes(6));
        await lena.LookAsync();
        await lena.SignInHereAsync();
        await lena.SeesAsync("Paid");
        await lena.ReadsAsync("250.00 EUR");
        Assert.Single(bank.Paid);
        Assert.Equal(ChallengeState.Consumed, await lena.StateOfAsync(id));
        Assert.Empty(lena.Complaints);
    }

    [Fact]
    public async Task Somebody_else_signing_in_there_ends_it()
    {
        await using var bank = await HonestBank.StartAsync(setup => setup.SessionLifetime = TimeSpan.FromMinutes(4));
        await using var lena = await chromium.SignedInAsync(bank);
        await lena.AskAsync();
        var id = lena.ChallengeId;
        await lena.StartAsync();
        bank.Time.Advance(TimeSpan.FromMinutes(6));
        await lena.LookAsync();
        await lena.SignInHereAsync("mallory");
        await lena.SeesAsync("There is nothing here");
        await lena.FollowAsync("Back");
        await lena.SeesAsync("Good to see you, mallory");
        Assert.Empty(bank.Paid);
        Assert.Equal(ChallengeState.Abandoned, await lena.StateOfAsync(id));
    }

    [Fact]
    public async Task Who_idled_out_on_the_confirm_page_is_asked_to_sign_in()
    {
        await using var bank = await HonestBank.StartAsync(setup => setup.SessionLifetime = TimeSpan.FromMinutes(4));
        await using var lena = await chromium.SignedInAsync(bank);
        await lena.AskAsync();
        bank.Time.Advance(TimeSpan.FromMinutes(6));
        await lena.SeesAsync("Sign in");
    }
}
