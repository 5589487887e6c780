using System.Net;
using BiometricTwoFactor.Emulator;

namespace BiometricTwoFactor.AspNetCore.Tests;

/// <summary>A face in place of the SMS code, on a login page of the application's own.</summary>
public sealed class OwnSignInTests
{
    [Fact]
    public async Task On_a_new_device_the_password_alone_signs_nobody_in_and_the_face_does()
    {
        await using var bank = await OwnLogin.StartAsync();
        using var browser = bank.NewBrowser();
        var id = await browser.AskToSignInAsync("alice", "/me?page=2");
        Assert.Null(await browser.WhoAsync());
        using (var page = await browser.GetAsync($"/biometric/confirm/{id}"))
        {
            Assert.Contains("Sign in", await page.Content.ReadAsStringAsync(), StringComparison.Ordinal);
        }

        Assert.Equal("/me?page=2", await bank.CompleteAsync(browser, id));
        var who = await browser.WhoAsync();
        Assert.Contains("nameidentifier=alice", who!);
        Assert.Equal(["face", "mfa", "pwd"], Values(who!, "amr"));
        Assert.Equal(["urn:biometric-step-up:login_new_device"], Values(who!, "acr"));
        Assert.Equal([id], Values(who!, "biometric_challenge"));
        var consumed = await bank.ChallengeAsync(id);
        Assert.Equal([$"{consumed.ApprovedAt!.Value.ToUnixTimeSeconds()}"], Values(who!, "auth_time"));
        Assert.Equal(ChallengeState.Consumed, consumed.State);
        Assert.Equal(StepUpReason.LoginNewDevice, consumed.Reason);
    }

    [Fact]
    public async Task The_provider_is_asked_for_the_face_on_file_with_the_reason_of_a_sign_in()
    {
        await using var bank = await OwnLogin.StartAsync();
        using var browser = bank.NewBrowser();
        await browser.StartedAsync(await browser.AskToSignInAsync("alice"));
        var session = bank.LastSession();
        Assert.Equal("alice", session.VendorData);
        Assert.Equal(EmulatedWorkflow.BiometricAuthenticationId, session.WorkflowId);
    }

    [Theory]
    [InlineData("https://evil.example/")]
    [InlineData("//evil.example")]
    [InlineData("/%2Fevil.example")]
    [InlineData("")]
    public async Task A_return_url_that_is_not_local_leads_to_the_start_page(string returnUrl)
    {
        await using var bank = await OwnLogin.StartAsync();
        using var browser = bank.NewBrowser();
        var id = await browser.AskToSignInAsync("alice", returnUrl);
        Assert.Equal("/", await bank.CompleteAsync(browser, id));
    }

    [Fact]
    public async Task A_known_device_signs_in_by_the_password_and_says_no_more_than_that()
    {
        await using var bank = await OwnLogin.StartAsync();
        using var browser = bank.NewBrowser();
        await bank.SignInByFaceAsync(browser, "alice");
        await browser.SignOutAsync();

        Assert.Equal(("SignedIn", "/me"), await browser.GivePasswordAsync("alice"));
        var who = await browser.WhoAsync();
        Assert.Equal(["pwd"], Values(who!, "amr"));
        Assert.Empty(Values(who!, "acr"));

        using var other = bank.NewBrowser();
        await other.AskToSignInAsync("alice");
        await browser.AskToSignInAsync("bob"); // known for Alice, for nobody else
    }

    [Fact]
    public async Task Where_every_sign_in_asks_a_known_device_is_asked_too()
    {
        await using var bank = await OwnLogin.StartAsync(setup => setup.Options = options => options.SignIn.Ask = SignInAsk.Always);
        using var browser = bank.NewBrowser();
        var first = await bank.SignInByFaceAsync(browser, "alice");
        await browser.SignOutAsync();
        Assert.NotEqual(first, await browser.AskToSignInAsync("alice"));
    }

    [Fact]
    public async Task A_declined_face_signs_nobody_in()
    {
        await using var bank = await OwnLogin.StartAsync(setup => setup.Options = options => options.SignIn.OtherWayUrl = "/other-way");
        using var browser = bank.NewBrowser();
        var id = await browser.AskToSignInAsync("alice");
        await bank.LookAsync(browser, id, SandboxScenario.DeclineFaceMatchLowSimilarity);
        using var completed = await browser.GetAsync($"/biometric/complete/{id}");
        Assert.Null(await browser.WhoAsync());
        Assert.Contains("href=\"/other-way?returnUrl=%2Fme\"", await PageAsync(browser, $"/biometric/confirm/{id}"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_sign_in_does_not_wait_for_a_review()
    {
        await using var bank = await OwnLogin.StartAsync();
        using var browser = bank.NewBrowser();
        var id = await browser.AskToSignInAsync("alice");
        await bank.LookAsync(browser, id, SandboxScenario.ReviewFaceMatchBorderline);
        Assert.Equal(ChallengeState.NotFinished, (await bank.ChallengeAsync(id)).State);
        await bank.SignInByFaceAsync(browser, "alice");
    }

    [Fact]
    public async Task One_face_signs_in_once()
    {
        await using var bank = await OwnLogin.StartAsync();
        using var browser = bank.NewBrowser();
        var before = bank.NewBrowser();
        var id = await browser.AskToSignInAsync("alice");
        await bank.LookAsync(browser, id);
        foreach (Cookie cookie in browser.Cookies.GetCookies(browser.Address))
        {
            before.Cookies.Add(browser.Address, new Cookie(cookie.Name, cookie.Value)); // whoever copied them all
        }

        (await browser.GetAsync($"/biometric/complete/{id}")).Dispose();
        Assert.NotNull(await browser.WhoAsync());
        (await browser.GetAsync($"/biometric/complete/{id}")).Dispose();
        (await before.GetAsync($"/biometric/complete/{id}")).Dispose();
        Assert.Null(await before.WhoAsync());
        before.Dispose();
    }

    [Fact]
    public async Task A_sign_in_face_is_no_payment_and_a_payment_no_sign_in()
    {
        await using var bank = await OwnLogin.StartAsync();
        using var browser = bank.NewBrowser();
        var id = await bank.SignInByFaceAsync(browser, "alice");
        using var asked = await browser.TransferAsync();
        await Browser.ExpectAsync(HttpStatusCode.SeeOther, asked);
        var payment = Browser.IdOf(asked);
        Assert.NotEqual(id, payment);

        await bank.LookAsync(browser, payment);
        using var completed = await browser.GetAsync($"/biometric/complete/{payment}");
        Assert.Equal(HttpStatusCode.NotFound, completed.StatusCode);
        Assert.Equal(ChallengeState.Approved, (await bank.ChallengeAsync(payment)).State);
    }

    [Fact]
    public async Task Too_many_declined_faces_lead_to_a_page_that_says_to_wait_and_shows_the_other_way()
    {
        await using var bank = await OwnLogin.StartAsync(setup => setup.Options = options =>
        {
            options.SignIn.OtherWayUrl = "/other-way";
            options.MaxDeclinesInARow = 1;
        });
        using var browser = bank.NewBrowser();
        await bank.LookAsync(browser, await browser.AskToSignInAsync("alice"), SandboxScenario.DeclineFaceMatchLowSimilarity);
        var (outcome, url) = await browser.GivePasswordAsync("alice");
        Assert.Equal("Blocked", outcome);
        using var page = await browser.GetAsync(url);
        Assert.Equal(HttpStatusCode.TooManyRequests, page.StatusCode);
        var html = await page.Content.ReadAsStringAsync();
        Assert.Contains("href=\"/other-way?returnUrl=%2Fme\"", html, StringComparison.Ordinal);
        Assert.DoesNotContain("declined", html, StringComparison.OrdinalIgnoreCase);
        Assert.Null(await browser.WhoAsync());
    }

    [Fact]
    public async Task Too_many_challenges_lead_to_the_same_page()
    {
        await using var bank = await OwnLogin.StartAsync(setup => setup.Options = options => options.MaxChallengesPerUser = 1);
        using var first = bank.NewBrowser();
        await first.AskToSignInAsync("alice");
        using var second = bank.NewBrowser();
        var (outcome, url) = await second.GivePasswordAsync("alice");
        Assert.Equal("TooMany", outcome);
        Assert.StartsWith("/biometric/paused", url, StringComparison.Ordinal);
        Assert.DoesNotContain("evil", await PageAsync(second, "/biometric/paused?returnUrl=https%3A%2F%2Fevil.example"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_sign_in_that_is_to_stay_keeps_its_properties()
    {
        await using var bank = await OwnLogin.StartAsync();
        using var browser = bank.NewBrowser();
        await bank.SignInByFaceAsync(browser, "alice", stay: true);
        browser.CloseWindow();
        Assert.NotNull(await browser.WhoAsync());
    }

    [Fact]
    public async Task The_other_way_is_shown_where_there_is_one_and_nowhere_else()
    {
        await using var bank = await OwnLogin.StartAsync(setup => setup.Options = options => options.SignIn.OtherWayUrl = "/other-way");
        using var browser = bank.NewBrowser();
        var id = await browser.AskToSignInAsync("alice");
        Assert.Contains("Sign in another way", await PageAsync(browser, $"/biometric/confirm/{id}"), StringComparison.Ordinal);
        Assert.DoesNotContain("Remember this device", await PageAsync(browser, $"/biometric/confirm/{id}"), StringComparison.Ordinal); // Identity's own
        await bank.CompleteAsync(browser, id);
        var payment = await browser.AskAsync();
        Assert.DoesNotContain("Sign in another way", await PageAsync(browser, $"/biometric/confirm/{payment}"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Neither_subject_nor_principal_nor_cookie_is_in_a_log()
    {
        await using var bank = await OwnLogin.StartAsync();
        using var browser = bank.NewBrowser();
        await browser.AskToSignInAsync("canary-subject", "/me?canary-url");
        Assert.DoesNotContain("canary-subject", string.Join('\n', bank.Logs.All.Split('\n').Where(line => line.Contains("BiometricTwoFactor", StringComparison.Ordinal))), StringComparison.Ordinal);
    }

    internal static string[] Values(string[] claims, string type) =>
        [.. claims.Where(claim => claim.StartsWith(type + "=", StringComparison.Ordinal)).Select(claim => claim[(type.Length + 1)..]).Order(StringComparer.Ordinal)];

    internal static async Task<string> PageAsync(Browser browser, string url)
    {
        using var page = await browser.GetAsync(url);
        return WebUtility.HtmlDecode(await page.Content.ReadAsStringAsync());
    }
}
