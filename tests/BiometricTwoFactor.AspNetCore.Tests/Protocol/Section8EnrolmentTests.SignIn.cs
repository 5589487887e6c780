using System.Net;
using BiometricTwoFactor.Emulator;

namespace BiometricTwoFactor.AspNetCore.Tests;

/// <summary>Protocol 8, for somebody in the middle of a sign-in or a recovery who has no face on file.</summary>
public sealed partial class Section8EnrolmentTests
{
    [Fact]
    public async Task Rule_8_1_Who_has_no_face_at_a_sign_in_enrols_comes_back_to_it_and_is_asked_for_the_face()
    {
        await using var bank = await StartForSignInAsync(options => options.SignIn.OtherWayUrl = "/other-way");
        using var browser = bank.NewBrowser();
        var (outcome, url) = await browser.GivePasswordAsync("newcomer", "/me?at=last");
        Assert.Equal("NotEnrolled", outcome);
        var page = await OwnSignInTests.PageAsync(browser, url);
        Assert.Contains("back to the sign-in", page, StringComparison.Ordinal);
        Assert.Contains("href=\"/other-way?returnUrl=%2Fme%3Fat%3Dlast\"", page, StringComparison.Ordinal);

        var enrolment = await BeginEnrolmentAsync(browser, url);
        var next = await bank.LookAsync(browser, enrolment);
        Assert.Equal($"/biometric/sign-in/{enrolment}", next);
        Assert.NotNull(await bank.Store.FindEnrolmentAsync("", "newcomer"));
        Assert.Null(await browser.WhoAsync()); // enrolled is not signed in

        using var on = await browser.GetAsync(next!);
        await Browser.ExpectAsync(HttpStatusCode.SeeOther, on);
        var id = Browser.IdOf(on);
        Assert.Equal("/me?at=last", await bank.CompleteAsync(browser, id));
        Assert.Equal(["face", "mfa", "pwd"], OwnSignInTests.Values((await browser.WhoAsync())!, "amr"));
    }

    [Fact]
    public async Task Rule_8_1_A_face_that_the_provider_turns_out_not_to_have_leads_there_too()
    {
        await using var bank = await StartForSignInAsync();
        using var browser = bank.NewBrowser();
        var id = await browser.AskToSignInAsync("alice");
        bank.Provider.ForgetFace("alice");
        using var start = await browser.StartAsync(id);
        Assert.StartsWith("/biometric/enrol?signIn=", start.Headers.Location!.ToString(), StringComparison.Ordinal);
        var enrolment = await BeginEnrolmentAsync(browser, start.Headers.Location.ToString());
        Assert.Equal($"/biometric/sign-in/{enrolment}", await bank.LookAsync(browser, enrolment));
    }

    [Fact]
    public async Task Rule_8_1_Whoever_looked_for_the_passport_too_long_begins_again_without_the_password()
    {
        var time = new ManualTime();
        await using var bank = await StartForSignInAsync(time: time);
        using var browser = bank.NewBrowser();
        var (_, url) = await browser.GivePasswordAsync("newcomer", "/me?at=last");
        time.Advance(TimeSpan.FromMinutes(11));
        await bank.SweepAsync();
        var enrolment = await BeginEnrolmentAsync(browser, url);
        Assert.DoesNotContain(enrolment, url, StringComparison.Ordinal);
        using var on = await browser.GetAsync((await bank.LookAsync(browser, enrolment))!);
        Assert.Equal("/me?at=last", await bank.CompleteAsync(browser, Browser.IdOf(on)));
    }

    [Fact]
    public async Task Rule_8_1_Where_enrolment_is_not_offered_online_the_page_says_so_and_shows_the_other_way_out()
    {
        await using var bank = await StartForSignInAsync(options => options.Workflows.Enrolment.Id = "");
        using var browser = bank.NewBrowser();
        var (outcome, url) = await browser.GivePasswordAsync("newcomer");
        Assert.Equal(("NotEnrolled", "/biometric/enrol?returnUrl=%2Fme"), (outcome, url));
        Assert.Contains("cannot be set up online", await OwnSignInTests.PageAsync(browser, url), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Rule_8_2_A_password_alone_enrols_by_identity_proofing_only()
    {
        await using var bank = await StartForSignInAsync();
        using var browser = bank.NewBrowser();
        var (_, url) = await browser.GivePasswordAsync("newcomer");
        var enrolment = await bank.ChallengeAsync(await BeginEnrolmentAsync(browser, url));
        Assert.Equal((ChallengeKind.Enrolment, EmulatedWorkflow.KycEnrolmentId), (enrolment.Kind, enrolment.WorkflowId));
    }

    [Fact]
    public async Task Rule_8_2_Somebody_elses_passport_neither_enrols_nor_signs_in()
    {
        await using var bank = await StartForSignInAsync(configure: setup => setup.HolderMatches = false);
        using var thief = bank.NewBrowser();
        var (_, url) = await thief.GivePasswordAsync("newcomer");
        var enrolment = await BeginEnrolmentAsync(thief, url);
        await bank.LookAsync(thief, enrolment);
        Assert.Equal(ChallengeState.Declined, (await bank.ChallengeAsync(enrolment)).State);
        Assert.Null(await bank.Store.FindEnrolmentAsync("", "newcomer"));
        using var on = await thief.GetAsync($"/biometric/sign-in/{enrolment}");
        Assert.Equal($"/biometric/confirm/{enrolment}", on.Headers.Location!.ToString());
        Assert.Null(await thief.WhoAsync());
    }

    [Fact]
    public async Task Rule_8_4_An_enrolment_of_a_sign_in_belongs_to_the_browser_that_gave_the_password()
    {
        await using var bank = await StartForSignInAsync();
        using var browser = bank.NewBrowser();
        using var other = bank.NewBrowser();
        var (_, url) = await browser.GivePasswordAsync("newcomer");
        await other.GivePasswordAsync("newcomer");
        using (var page = await other.GetAsync(url))
        {
            Assert.Equal(HttpStatusCode.NotFound, page.StatusCode);
        }

        var enrolment = await BeginEnrolmentAsync(browser, url);
        await bank.LookAsync(browser, enrolment);
        using var on = await other.GetAsync($"/biometric/sign-in/{enrolment}");
        Assert.Equal(HttpStatusCode.NotFound, on.StatusCode);
        using var nobody = bank.NewBrowser();
        using var away = await nobody.GetAsync($"/biometric/sign-in/{enrolment}");
        Assert.StartsWith("/login", away.Headers.Location!.PathAndQuery, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Rule_8_4_The_way_on_from_an_enrolment_ends_as_an_approval_does()
    {
        var time = new ManualTime();
        await using var bank = await StartForSignInAsync(time: time);
        using var browser = bank.NewBrowser();
        var (_, url) = await browser.GivePasswordAsync("newcomer");
        var enrolment = await BeginEnrolmentAsync(browser, url);
        var next = await bank.LookAsync(browser, enrolment);
        time.Advance(TimeSpan.FromMinutes(11));
        using var late = await browser.GetAsync(next!);
        Assert.Equal($"/biometric/confirm/{enrolment}", late.Headers.Location!.ToString());
    }

    [Fact]
    public async Task Rule_8_1_Who_recovers_without_a_face_enrols_by_proofing_and_begins_again()
    {
        await using var bank = await StartForSignInAsync();
        using var browser = bank.NewBrowser();
        using var begun = await browser.PostAsync("/recovery/begin", ("user", "newcomer"));
        Assert.Equal("/biometric/enrol?returnUrl=%2Frecovery%2Fnew", begun.Headers.Location!.ToString());
        var enrolment = await BeginEnrolmentAsync(browser, begun.Headers.Location.ToString());
        Assert.Equal("/recovery/new", await bank.LookAsync(browser, enrolment));
        Assert.Equal("nobody", await OwnSignInTests.PageAsync(browser, "/recovery/new"));
        await bank.LookAsync(browser, await browser.AskToRecoverAsync("newcomer"));
        Assert.Equal("newcomer", await OwnSignInTests.PageAsync(browser, "/recovery/new"));
    }

    private static Task<RelyingParty> StartForSignInAsync(
        Action<BiometricStepUpOptions>? options = null, TimeProvider? time = null, Action<RelyingPartySetup>? configure = null) => OwnLogin.StartAsync(setup =>
    {
        setup.NotEnrolled.Add("newcomer");
        setup.Options = options;
        setup.Time = time ?? setup.Time;
        configure?.Invoke(setup);
    });

    private static async Task<string> BeginEnrolmentAsync(Browser browser, string url)
    {
        var (action, fields) = Browser.FormOf(await OwnSignInTests.PageAsync(browser, url));
        using var begun = await browser.PostAsync(action, fields);
        await Browser.ExpectAsync(HttpStatusCode.SeeOther, begun);
        return Browser.IdOf(begun);
    }
}
