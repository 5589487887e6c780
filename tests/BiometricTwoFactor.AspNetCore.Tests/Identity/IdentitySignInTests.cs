using System.Net;
using BiometricTwoFactor.Emulator;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Identity;
using Microsoft.Extensions.DependencyInjection;

namespace BiometricTwoFactor.AspNetCore.Tests;

/// <summary>A face in place of the SMS code of ASP.NET Core Identity: everything else stays Identity's own.</summary>
public sealed class IdentitySignInTests
{
    private const string TwoFactorCookie = "Identity.TwoFactorUserId";

    [Fact]
    public async Task Password_then_face_signs_in_and_the_cookie_says_so()
    {
        await using var bank = await IdentityApp.StartAsync();
        await bank.AddUserAsync("alice");
        using var browser = bank.NewBrowser();
        var id = await bank.ApprovedAsync(browser, "alice");
        Assert.Null(await browser.WhoAsync());
        Assert.Equal("id-of-alice", (await bank.ChallengeAsync(id)).Binding.Subject);

        Assert.Equal("/me", await browser.FinishAsync(id));
        var who = await browser.WhoAsync();
        Assert.Contains("nameidentifier=id-of-alice", who!);
        Assert.Equal(["face", "mfa", "pwd"], OwnSignInTests.Values(who!, "amr"));
        Assert.Equal([id], OwnSignInTests.Values(who!, "biometric_challenge"));
        Assert.Single(OwnSignInTests.Values(who!, "acr"));
        Assert.Single(OwnSignInTests.Values(who!, "auth_time"));
        Assert.False(browser.HasCookie(TwoFactorCookie));
        Assert.False(browser.HasCookie(OwnLogin.PartialCookie));
    }

    [Fact]
    public async Task A_remembered_device_skips_the_face_and_says_no_more_than_the_password()
    {
        await using var bank = await IdentityApp.StartAsync();
        await bank.AddUserAsync("alice");
        using var browser = bank.NewBrowser();
        var first = OwnLogin.IdOf(await browser.LogInAsync("alice"));
        Assert.Contains("Remember this device", await OwnSignInTests.PageAsync(browser, $"/biometric/confirm/{first}"), StringComparison.Ordinal);
        await browser.FinishAsync(await bank.ApprovedAsync(browser, "alice", remember: true));
        Assert.NotNull(await browser.WhoAsync());
        (await browser.PostAsync("/account/logout")).Dispose();

        Assert.Equal("/me", await browser.LogInAsync("alice"));
        Assert.Equal(["pwd"], OwnSignInTests.Values((await browser.WhoAsync())!, "amr"));
        using var other = bank.NewBrowser();
        OwnLogin.IdOf(await other.LogInAsync("alice"));
    }

    [Fact]
    public async Task A_device_that_was_not_to_be_remembered_is_asked_again()
    {
        await using var bank = await IdentityApp.StartAsync();
        await bank.AddUserAsync("alice");
        using var browser = bank.NewBrowser();
        await browser.FinishAsync(await bank.ApprovedAsync(browser, "alice"));
        (await browser.PostAsync("/account/logout")).Dispose();
        OwnLogin.IdOf(await browser.LogInAsync("alice"));
    }

    [Fact]
    public async Task A_sign_in_that_is_to_stay_outlives_the_window()
    {
        await using var bank = await IdentityApp.StartAsync();
        await bank.AddUserAsync("alice");
        foreach (var stay in new[] { true, false })
        {
            using var browser = bank.NewBrowser();
            await bank.CompleteAsync(browser, OwnLogin.IdOf(await browser.LogInAsync("alice", stay)));
            browser.CloseWindow();
            Assert.Equal(stay, await browser.WhoAsync() is not null);
        }
    }

    [Fact]
    public async Task An_account_that_was_locked_meanwhile_stays_out_whatever_the_face_says()
    {
        await using var bank = await IdentityApp.StartAsync(setup => setup.Options = options => options.SignIn.LockedOutUrl = "/account/locked");
        var alice = await bank.AddUserAsync("alice");
        using var browser = bank.NewBrowser();
        var id = await bank.ApprovedAsync(browser, "alice");
        alice.LockedUntil = TimeProvider.System.GetUtcNow().AddHours(1);
        Assert.Equal("/account/locked", await browser.FinishAsync(id));
        Assert.Null(await browser.WhoAsync());
        Assert.Equal("locked out", await browser.LogInAsync("alice"));
    }

    [Fact]
    public async Task Without_a_page_for_it_a_locked_account_is_led_to_the_login_page()
    {
        await using var bank = await IdentityApp.StartAsync();
        var alice = await bank.AddUserAsync("alice");
        using var browser = bank.NewBrowser();
        var id = await bank.ApprovedAsync(browser, "alice");
        alice.LockedUntil = TimeProvider.System.GetUtcNow().AddHours(1);
        Assert.Equal("/account/login?ReturnUrl=%2Fme", await browser.FinishAsync(id));
    }

    [Fact]
    public async Task The_face_of_one_user_completes_nobody_elses_sign_in()
    {
        await using var bank = await IdentityApp.StartAsync();
        await bank.AddUserAsync("alice");
        var bob = await bank.AddUserAsync("bob");
        using var browser = bank.NewBrowser();
        var id = await bank.ApprovedAsync(browser, "alice");
        using (var other = await browser.PostAsync("/account/password-only", ("user", "bob"))) // Identity's cookie names Bob now
        {
            Assert.Equal("RequiresTwoFactor", await other.Content.ReadAsStringAsync());
        }

        Assert.StartsWith("/account/login", await browser.FinishAsync(id), StringComparison.Ordinal);
        Assert.Null(await browser.WhoAsync());
        Assert.Equal(0, bob.Failed); // nor does it count against him
    }

    [Fact]
    public async Task Two_browsers_with_one_password_have_a_face_each()
    {
        await using var bank = await IdentityApp.StartAsync();
        await bank.AddUserAsync("alice");
        using var browser = bank.NewBrowser();
        using var other = bank.NewBrowser();
        var id = await bank.ApprovedAsync(browser, "alice");
        OwnLogin.IdOf(await other.LogInAsync("alice"));
        Assert.Equal("404", await other.FinishAsync(id));
        Assert.Null(await other.WhoAsync());
        Assert.Equal("/me", await browser.FinishAsync(id));
    }

    [Fact]
    public async Task A_face_signs_in_once()
    {
        await using var bank = await IdentityApp.StartAsync();
        await bank.AddUserAsync("alice");
        using var browser = bank.NewBrowser();
        using var copy = bank.NewBrowser();
        var id = await bank.ApprovedAsync(browser, "alice");
        foreach (Cookie cookie in browser.Cookies.GetCookies(browser.Address))
        {
            copy.Cookies.Add(browser.Address, new Cookie(cookie.Name, cookie.Value));
        }

        await browser.FinishAsync(id);
        Assert.NotNull(await browser.WhoAsync());
        await copy.FinishAsync(id);
        Assert.Null(await copy.WhoAsync());
    }

    [Fact]
    public async Task A_declined_face_signs_nobody_in_and_counts_no_failed_password()
    {
        await using var bank = await IdentityApp.StartAsync();
        var alice = await bank.AddUserAsync("alice");
        using var browser = bank.NewBrowser();
        var id = await bank.ApprovedAsync(browser, "alice", scenario: SandboxScenario.DeclineFaceMatchLowSimilarity);
        await browser.FinishAsync(id);
        Assert.Null(await browser.WhoAsync());
        Assert.Equal(0, alice.Failed);
    }

    [Fact]
    public async Task Nothing_that_can_be_typed_is_a_face()
    {
        await using var bank = await IdentityApp.StartAsync();
        await bank.AddUserAsync("alice");
        using var browser = bank.NewBrowser();
        var id = await bank.ApprovedAsync(browser, "alice"); // approved, claimed, and not used
        foreach (var code in new[] { "000000", "", id })
        {
            using var typed = await browser.PostAsync("/account/code", ("provider", "Biometric"), ("code", code));
            Assert.NotEqual("Succeeded", await typed.Content.ReadAsStringAsync());
        }

        Assert.Null(await browser.WhoAsync());
        Assert.Equal(ChallengeState.Approved, (await bank.ChallengeAsync(id)).State);
    }

    [Theory]
    [InlineData(ChallengeKind.SignIn, ChallengeState.Consumed, "id-of-alice", "TwoFactor", true)]
    [InlineData(ChallengeKind.SignIn, ChallengeState.Consumed, "id-of-Alice", "TwoFactor", false)]
    [InlineData(ChallengeKind.SignIn, ChallengeState.Consumed, "id-of-bob", "TwoFactor", false)]
    [InlineData(ChallengeKind.SignIn, ChallengeState.Approved, "id-of-alice", "TwoFactor", false)]
    [InlineData(ChallengeKind.StepUp, ChallengeState.Consumed, "id-of-alice", "TwoFactor", false)]
    [InlineData(ChallengeKind.Recovery, ChallengeState.Consumed, "id-of-alice", "TwoFactor", false)]
    [InlineData(ChallengeKind.Access, ChallengeState.Consumed, "id-of-alice", "TwoFactor", false)]
    [InlineData(ChallengeKind.SignIn, ChallengeState.Consumed, "id-of-alice", "ResetPassword", false)]
    public async Task Identity_takes_only_the_used_approval_of_a_sign_in_of_exactly_that_user(
        ChallengeKind kind, ChallengeState state, string subject, string purpose, bool isValid)
    {
        await using var bank = await IdentityApp.StartAsync();
        var alice = await bank.AddUserAsync("alice");
        using var browser = bank.NewBrowser();
        var made = await bank.ChallengeAsync(OwnLogin.IdOf(await browser.LogInAsync("alice")));
        using var scope = bank.Services.CreateScope();
        var context = new DefaultHttpContext { RequestServices = scope.ServiceProvider };
        context.Features.Set<IBiometricApprovalFeature>(new Held(made with { Kind = kind, State = state, Binding = made.Binding with { Subject = subject } }));
        bank.Services.GetRequiredService<IHttpContextAccessor>().HttpContext = context;

        Assert.Equal(isValid, await bank.WithUsersAsync(users => users.VerifyUserTokenAsync(alice, "Biometric", purpose, made.Id)));
        Assert.False(await bank.WithUsersAsync(users => users.VerifyUserTokenAsync(alice, "Biometric", purpose, "")));
        bank.Services.GetRequiredService<IHttpContextAccessor>().HttpContext = new DefaultHttpContext { RequestServices = scope.ServiceProvider };
        Assert.False(await bank.WithUsersAsync(users => users.VerifyUserTokenAsync(alice, "Biometric", purpose, made.Id)));
    }

    [Fact]
    public async Task A_user_whose_only_second_factor_is_the_face_is_never_let_in_without()
    {
        await using var bank = await IdentityApp.StartAsync(setup => setup.NotEnrolled.Add("id-of-alice"));
        await bank.AddUserAsync("alice", phone: null);
        using var browser = bank.NewBrowser();
        Assert.StartsWith("/biometric/enrol", await browser.LogInAsync("alice"), StringComparison.Ordinal);
        Assert.Null(await browser.WhoAsync());
    }

    [Fact]
    public async Task Who_has_no_face_yet_enrols_and_comes_back_signed_in()
    {
        await using var bank = await IdentityApp.StartAsync(setup => setup.NotEnrolled.Add("id-of-alice"));
        await bank.AddUserAsync("alice");
        using var browser = bank.NewBrowser();
        var (action, fields) = Browser.FormOf(await OwnSignInTests.PageAsync(browser, await browser.LogInAsync("alice", returnUrl: "/me?at=last")));
        using var begun = await browser.PostAsync(action, fields);
        var next = await bank.LookAsync(browser, Browser.IdOf(begun));
        using var on = await browser.GetAsync(next!);
        Assert.Equal("/me?at=last", await bank.CompleteAsync(browser, Browser.IdOf(on)));
        Assert.Equal(["face", "mfa", "pwd"], OwnSignInTests.Values((await browser.WhoAsync())!, "amr"));
    }

    [Fact]
    public async Task The_page_for_recovery_codes_is_linked_with_the_way_back()
    {
        await using var bank = await IdentityApp.StartAsync(setup => setup.Options = options => options.SignIn.OtherWayUrl = "/Account/LoginWithRecoveryCode");
        await bank.AddUserAsync("alice");
        using var browser = bank.NewBrowser();
        var id = OwnLogin.IdOf(await browser.LogInAsync("alice"));
        Assert.Contains(
            "href=\"/Account/LoginWithRecoveryCode?returnUrl=%2Fme\"", await OwnSignInTests.PageAsync(browser, $"/biometric/confirm/{id}"), StringComparison.Ordinal);
        Assert.True(browser.HasCookie(TwoFactorCookie)); // that page finds the user by it
    }

    [Fact]
    public async Task Both_run_side_by_side_who_has_a_face_shows_it_and_who_has_none_keeps_the_sms()
    {
        await using var bank = await IdentityApp.StartAsync(setup => setup.NotEnrolled.Add("id-of-bob"));
        await bank.AddUserAsync("alice", phone: "1");
        var bob = await bank.AddUserAsync("bob", phone: "2");
        using var first = bank.NewBrowser();
        OwnLogin.IdOf(await first.LogInAsync("alice", keepSms: true));

        using var second = bank.NewBrowser();
        Assert.Equal("/account/sms", await second.LogInAsync("bob", keepSms: true));
        var code = await bank.WithUsersAsync(users => users.GenerateTwoFactorTokenAsync(bob, TokenOptions.DefaultPhoneProvider));
        using var typed = await second.PostAsync("/account/code", ("provider", TokenOptions.DefaultPhoneProvider), ("code", code));
        Assert.Equal("Succeeded", await typed.Content.ReadAsStringAsync());
        var who = await second.WhoAsync();
        Assert.DoesNotContain("face", OwnSignInTests.Values(who!, "amr"));
        Assert.Empty(OwnSignInTests.Values(who!, "biometric_challenge"));
    }

    [Fact]
    public async Task Without_the_two_factor_mark_nothing_changes()
    {
        await using var bank = await IdentityApp.StartAsync();
        await bank.AddUserAsync("alice", twoFactor: false);
        using var browser = bank.NewBrowser();
        Assert.Equal("/me", await browser.LogInAsync("alice"));
        Assert.Equal(["pwd"], OwnSignInTests.Values((await browser.WhoAsync())!, "amr"));
    }

    [Fact]
    public async Task The_claims_outlive_the_check_of_the_security_stamp()
    {
        var own = 0;
        await using var bank = await IdentityApp.StartAsync(services: services => services.Configure<SecurityStampValidatorOptions>(options =>
        {
            options.ValidationInterval = TimeSpan.Zero; // each request builds the principal anew
            options.OnRefreshingPrincipal = _ => { Interlocked.Increment(ref own); return Task.CompletedTask; };
        }));
        var alice = await bank.AddUserAsync("alice");
        using var browser = bank.NewBrowser();
        var id = await bank.ApprovedAsync(browser, "alice");
        await browser.FinishAsync(id);
        await browser.WhoAsync();
        var who = await browser.WhoAsync();
        Assert.Equal(["face", "mfa", "pwd"], OwnSignInTests.Values(who!, "amr"));
        Assert.Equal([id], OwnSignInTests.Values(who!, "biometric_challenge"));
        Assert.Single(OwnSignInTests.Values(who!, "acr"));
        Assert.True(own > 0); // the application's own handler is chained

        alice.SecurityStamp = "changed elsewhere";
        Assert.Null(await browser.WhoAsync());
    }

    [Fact]
    public async Task A_slow_face_is_in_time_although_identitys_own_cookie_would_not_be()
    {
        var time = new ManualTime();
        await using var bank = await IdentityApp.StartAsync(setup => setup.Time = time);
        await bank.AddUserAsync("alice");
        using var browser = bank.NewBrowser();
        var id = OwnLogin.IdOf(await browser.LogInAsync("alice"));
        time.Advance(TimeSpan.FromMinutes(9));
        await bank.LookAsync(browser, id);
        time.Advance(TimeSpan.FromMinutes(9));
        Assert.Equal("/me", await browser.FinishAsync(id));
        Assert.NotNull(await browser.WhoAsync());
    }

    [Fact]
    public async Task A_payment_is_asked_for_in_the_session_that_the_face_opened()
    {
        await using var bank = await IdentityApp.StartAsync();
        await bank.AddUserAsync("alice");
        using var browser = bank.NewBrowser();
        await browser.FinishAsync(await bank.ApprovedAsync(browser, "alice"));
        var payment = await browser.AskAsync();
        await Payments.CompleteAsync(bank, browser, payment);
        using var done = await browser.ResumeAsync(payment);
        Assert.Equal($"executed {payment}", await done.Content.ReadAsStringAsync());
    }

    [Fact]
    public void Another_user_type_than_identitys_is_refused_at_once()
    {
        var builder = new ServiceCollection().AddIdentityCore<BankUser>();
        var refused = Assert.Throws<InvalidOperationException>(() => builder.AddBiometric<IdentityUser>());
        Assert.Contains("AddBiometric<BankUser>", refused.Message, StringComparison.Ordinal);
    }

    private sealed record Held(StepUpChallenge Challenge) : IBiometricApprovalFeature;
}
