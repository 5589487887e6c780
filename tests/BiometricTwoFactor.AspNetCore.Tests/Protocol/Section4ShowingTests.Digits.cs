using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.Extensions.DependencyInjection;

namespace BiometricTwoFactor.AspNetCore.Tests;

/// <summary>Protocol 4.2: the digits, the device that gives them, and who may have it at all.</summary>
public sealed partial class Section4ShowingTests
{
    [Fact]
    public async Task Rule_4_2_Three_wrong_tries_end_the_challenge_and_the_asking_browser_is_told()
    {
        await using var bank = await RelyingParty.StartAsync();
        using var desktop = await bank.SignedInAsync("alice");
        using var phone = bank.NewBrowser();
        var id = await desktop.AskAsync();
        var (link, digits) = await bank.HandOverAsync(desktop, id);
        var token = await Handing.TokenOfAsync(phone, link);
        foreach (var left in new[] { 2, 1 })
        {
            using var wrong = await phone.PostAsync(link, ("digits", Handing.Other(digits, left)), token);
            Assert.Equal(HttpStatusCode.BadRequest, wrong.StatusCode);
            Assert.Contains("role=\"alert\"", await wrong.Content.ReadAsStringAsync(), StringComparison.Ordinal);
        }

        Assert.Contains("2 of 3", await desktop.PageAsync(id), StringComparison.Ordinal);
        using var third = await phone.PostAsync(link, ("digits", Handing.Other(digits, 3)), token);
        Assert.Equal(HttpStatusCode.NotFound, third.StatusCode);
        using var right = await phone.PostAsync(link, ("digits", digits), token);
        Assert.Equal(HttpStatusCode.NotFound, right.StatusCode);
        var ended = await bank.ChallengeAsync(id);
        Assert.Equal((ChallengeState.Violated, 3), (ended.State, ended.HandOver!.WrongDigits));
        Assert.Equal([JudgementReason.HandOverGuessed], ended.ReasonCodes);
        Assert.Contains(StepUpEventKind.HandOverGuessed, bank.Events.Kinds);
        Assert.Contains("Wrong digits, three times", await desktop.PageAsync(id), StringComparison.Ordinal);
        Assert.Empty(bank.Provider.Sessions);
    }

    [Fact]
    public async Task Rule_4_2_Guesses_in_parallel_get_no_more_than_three()
    {
        await using var bank = await RelyingParty.StartAsync();
        using var desktop = await bank.SignedInAsync("alice");
        var id = await desktop.AskAsync();
        var (link, digits) = await bank.HandOverAsync(desktop, id);
        var guessers = Enumerable.Range(0, 40).Select(_ => bank.NewBrowser()).ToArray();
        var tokens = await Task.WhenAll(guessers.Select(guesser => Handing.TokenOfAsync(guesser, link)));
        var answers = await Task.WhenAll(guessers.Select((guesser, number) => guesser.PostAsync(link, ("digits", Handing.Other(digits, number + 1)), tokens[number])));
        Assert.Equal(2, answers.Count(answer => answer.StatusCode == HttpStatusCode.BadRequest));
        Assert.All(answers.Where(answer => answer.StatusCode != HttpStatusCode.BadRequest), answer => Assert.Equal(HttpStatusCode.NotFound, answer.StatusCode));
        var ended = await bank.ChallengeAsync(id);
        Assert.Equal((ChallengeState.Violated, 3), (ended.State, ended.HandOver!.WrongDigits));
        Assert.Single(bank.Events.Kinds, StepUpEventKind.HandOverGuessed);
        Array.ForEach(guessers, guesser => guesser.Dispose());
    }

    [Theory]
    [InlineData("")]
    [InlineData("7")]
    [InlineData("007")]
    [InlineData("ab")]
    [InlineData("٤٢")]
    public async Task Rule_4_2_What_is_no_two_digits_is_no_try(string typed)
    {
        await using var bank = await RelyingParty.StartAsync();
        using var desktop = await bank.SignedInAsync("alice");
        using var phone = bank.NewBrowser();
        var id = await desktop.AskAsync();
        var (link, digits) = await bank.HandOverAsync(desktop, id);
        for (var attempt = 0; attempt < 4; attempt++)
        {
            using var answer = await phone.TypeAsync(link, typed);
            Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
        }

        await phone.TakeAsync(link, $" {digits[0]} {digits[1]} ");
    }

    [Fact]
    public async Task Rule_4_2_Of_two_devices_with_the_right_digits_the_first_has_it()
    {
        await using var bank = await RelyingParty.StartAsync();
        using var desktop = await bank.SignedInAsync("alice");
        var id = await desktop.AskAsync();
        var (link, digits) = await bank.HandOverAsync(desktop, id);
        var devices = Enumerable.Range(0, 12).Select(_ => bank.NewBrowser()).ToArray();
        var tokens = await Task.WhenAll(devices.Select(device => Handing.TokenOfAsync(device, link)));
        var answers = await Task.WhenAll(devices.Select((device, number) => device.PostAsync(link, ("digits", digits), tokens[number])));
        Assert.Single(answers, answer => answer.StatusCode == HttpStatusCode.SeeOther);
        Assert.Equal(11, answers.Count(answer => answer.StatusCode == HttpStatusCode.NotFound));
        var opened = await Task.WhenAll(devices.Select(device => device.GetAsync(Handing.DevicePage)));
        Assert.Single(opened, answer => answer.StatusCode == HttpStatusCode.OK);
        Assert.Single(bank.Events.Kinds, StepUpEventKind.HandedOver);
        Array.ForEach(devices, device => device.Dispose());
    }

    [Fact]
    public async Task Rule_4_2_A_used_link_answers_as_one_that_never_was()
    {
        await using var bank = await RelyingParty.StartAsync();
        using var desktop = await bank.SignedInAsync("alice");
        using var phone = bank.NewBrowser();
        using var second = bank.NewBrowser();
        var id = await desktop.AskAsync();
        var (link, digits) = await bank.HandOverAsync(desktop, id);
        var early = await Handing.TokenOfAsync(second, link);
        await phone.TakeAsync(link, digits);
        using var used = await second.GetAsync(link);
        using var never = await second.GetAsync("/biometric/device/" + new string('A', 27));
        using var shapeless = await second.GetAsync("/biometric/device/nothing");
        using var typed = await second.PostAsync(link, ("digits", digits), early);
        using var uncalled = await second.GetAsync(Handing.DevicePage);
        var expected = await never.Content.ReadAsStringAsync();
        Assert.All([used, never, shapeless, typed, uncalled], answer => Assert.Equal(HttpStatusCode.NotFound, answer.StatusCode));
        foreach (var answer in new[] { used, shapeless, typed, uncalled })
        {
            Assert.Equal(expected, await answer.Content.ReadAsStringAsync());
        }
    }

    [Fact]
    public async Task Rule_4_2_This_was_not_me_ends_it_as_a_cancel_does_and_tells_the_asking_browser()
    {
        await using var bank = await RelyingParty.StartAsync();
        using var desktop = await bank.SignedInAsync("alice");
        var id = await desktop.AskAsync();
        using var phone = await bank.OpenedOnPhoneAsync(desktop, id);
        using var refused = await phone.PostAsync(Handing.DevicePage + "/not-me", await Handing.TokenOfAsync(phone, Handing.DevicePage));
        await Browser.ExpectAsync(HttpStatusCode.SeeOther, refused);
        var ended = await bank.ChallengeAsync(id);
        Assert.Equal(ChallengeState.Abandoned, ended.State);
        Assert.Equal([JudgementReason.HandOverRefused], ended.ReasonCodes);
        Assert.Contains(StepUpEventKind.HandOverRefused, bank.Events.Kinds);
        Assert.Contains("Refused on the other device", await desktop.PageAsync(id), StringComparison.Ordinal);
        using var after = await phone.GetAsync(Handing.DevicePage);
        Assert.Contains("change it", await after.Content.ReadAsStringAsync(), StringComparison.Ordinal);
        Assert.Equal(0, await bank.Store.CountDeclinesInARowAsync("", "alice", "", DateTimeOffset.MinValue));
    }

    [Fact]
    public async Task Rule_4_2_Code_digits_and_cookie_outlive_a_restart_and_serve_on_another_machine()
    {
        var folder = Directory.CreateTempSubdirectory();
        try
        {
            await using var one = await RelyingParty.StartAsync(setup => Share(setup, store: null));
            await using var other = await RelyingParty.StartAsync(setup => Share(setup, one.Store));
            using var desktop = await one.SignedInAsync("alice");
            using var phone = one.NewBrowser();
            using var same = new Browser(other.Address, other.Secrets);
            var id = await desktop.AskAsync();
            var (link, digits) = await one.HandOverAsync(desktop, id);
            await same.TakeAsync(link, digits);
            using (var started = await same.StartHandedAsync())
            {
                await Browser.ExpectAsync(HttpStatusCode.SeeOther, started);
            }

            // Cookies know no ports: the device goes on at the first machine with what the other one gave it.
            foreach (System.Net.Cookie cookie in same.Cookies.GetCookies(new Uri(other.Address, Handing.DevicePage)))
            {
                phone.Cookies.Add(cookie);
            }

            using var page = await phone.GetAsync(Handing.DevicePage);
            await Browser.ExpectAsync(HttpStatusCode.OK, page);
            Assert.Equal("capturing", await Handing.StepAsync(desktop, id));
            var callback = await other.Provider.CompleteAsync(other.LastSession().Id);
            Assert.Equal("handed-over", (await same.ClaimAsync(callback!)).State);
            using var done = await desktop.ResumeAsync(id);
            Assert.Single(one.Executed);
        }
        finally
        {
            folder.Delete(recursive: true);
        }

        void Share(RelyingPartySetup setup, IStepUpStore? store) => setup.ConfigureServices = services =>
        {
            services.AddDataProtection().SetApplicationName("bank").PersistKeysToFileSystem(folder);
            if (store is not null)
            {
                services.AddSingleton(store);
            }
        };
    }

    [Fact]
    public async Task Rule_4_2_An_enrolment_can_be_finished_on_another_device()
    {
        await using var bank = await Enrolments.StartAsync();
        using var desktop = await bank.SignedInAsync("newcomer");
        var id = await Enrolments.EnrolAsync(desktop);
        var (phone, callback) = await bank.CapturedOnPhoneAsync(desktop, id);
        Assert.Equal(Handing.DevicePage, (await phone.ClaimAsync(callback)).Next);
        Assert.Equal(ChallengeState.Consumed, (await bank.ChallengeAsync(id)).State);
        Assert.Contains(StepUpEventKind.Enrolled, bank.Events.Kinds);
        using var page = await phone.GetAsync(Handing.DevicePage);
        Assert.Contains("Done here", await page.Content.ReadAsStringAsync(), StringComparison.Ordinal);
        phone.Dispose();
    }

    [Fact]
    public async Task Rule_4_2_A_sign_in_can_be_finished_on_another_device_which_is_not_signed_in_by_it()
    {
        await using var bank = await OwnLogin.StartAsync();
        using var desktop = bank.NewBrowser();
        var id = await desktop.AskToSignInAsync("alice");
        var (phone, callback) = await bank.CapturedOnPhoneAsync(desktop, id);
        await phone.ClaimAsync(callback);
        using var completed = await desktop.GetAsync($"/biometric/complete/{id}");
        Assert.Contains("nameidentifier=alice", (await desktop.WhoAsync())!);
        Assert.Null(await phone.WhoAsync());
        phone.Dispose();
    }

    [Fact]
    public async Task Rule_4_2_Where_no_face_is_asked_there_is_nothing_to_hand_over()
    {
        await using var bank = await RelyingParty.StartAsync();
        using var desktop = await bank.SignedInAsync("alice");
        var id = await desktop.AskAsync();
        await using var scope = bank.Services.CreateAsyncScope();
        await scope.ServiceProvider.GetRequiredService<ChallengeWriter>().ChangeAsync(
            await bank.ChallengeAsync(id), current => current with { WithoutFace = true }, CancellationToken.None);
        using var chosen = await desktop.PostAsync($"/biometric/handover/{id}", await desktop.TokenAsync());
        Assert.Null((await bank.ChallengeAsync(id)).HandOver);
        Assert.DoesNotContain("/handover/", await desktop.PageAsync(id), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(false, null, false)]
    [InlineData(true, false, false)]
    [InlineData(false, true, true)]
    public async Task Rule_4_2_It_is_switched_off_in_general_or_by_reason(bool general, bool? own, bool isOffered)
    {
        await using var bank = await RelyingParty.StartAsync(setup => setup.Options = options =>
        {
            options.AllowHandOver = general;
            options.Reasons[StepUpReason.HighValueTransaction] = new StepUpReasonOptions { AllowHandOver = own };
        });
        using var desktop = await bank.SignedInAsync("alice");
        var id = await desktop.AskAsync();
        Assert.Equal(isOffered, (await desktop.PageAsync(id)).Contains("/handover/", StringComparison.Ordinal));
        using var chosen = await desktop.PostAsync($"/biometric/handover/{id}", await desktop.TokenAsync());
        Assert.Equal(isOffered, (await bank.ChallengeAsync(id)).HandOver is not null);
    }

    [Fact]
    public async Task Rule_4_2_Nothing_is_taken_after_the_deadline()
    {
        var time = new ManualTime();
        await using var bank = await RelyingParty.StartAsync(setup => setup.Time = time);
        using var desktop = await bank.SignedInAsync("alice");
        using var phone = bank.NewBrowser();
        var id = await desktop.AskAsync();
        time.Advance(TimeSpan.FromMinutes(5));
        var (link, digits) = await bank.HandOverAsync(desktop, id);
        var token = await Handing.TokenOfAsync(phone, link);
        time.Advance(TimeSpan.FromMinutes(5)); // ten from creation, not from the choice
        using var late = await phone.PostAsync(link, ("digits", digits), token);
        Assert.Equal(HttpStatusCode.NotFound, late.StatusCode);
        Assert.Null((await bank.ChallengeAsync(id)).HandOver?.TakenAt);
    }

    [Fact]
    public async Task Rule_4_2_Nothing_that_opens_it_is_stored_in_clear()
    {
        await using var bank = await RelyingParty.StartAsync();
        using var desktop = await bank.SignedInAsync("alice");
        using var phone = bank.NewBrowser();
        var id = await desktop.AskAsync();
        var (link, digits) = await bank.HandOverAsync(desktop, id);
        var code = link[(link.LastIndexOf('/') + 1)..];
        Assert.True(code.Length * 6 >= 128);
        var offered = await bank.ChallengeAsync(id);
        Assert.NotEqual(ChallengeIds.Hash(code), offered.CodeHash); // a callback's code is hashed so
        Assert.DoesNotContain(code, System.Text.Json.JsonSerializer.Serialize(offered.HandOver), StringComparison.Ordinal);
        await phone.TakeAsync(link, digits);
        var taken = (await bank.ChallengeAsync(id)).HandOver!;
        Assert.Null(taken.SealedCode);
        Assert.Equal(64, taken.CookieHash!.Length);
        Assert.Null((await bank.ChallengeAsync(id)).CodeHash);
    }

    [Fact]
    public async Task Rule_4_2_The_devices_cookie_is_strict_hidden_from_scripts_and_for_our_own_routes_alone()
    {
        await using var bank = await RelyingParty.StartAsync();
        using var desktop = await bank.SignedInAsync("alice");
        using var phone = bank.NewBrowser();
        var (link, digits) = await bank.HandOverAsync(desktop, await desktop.AskAsync());
        using var taken = await phone.TypeAsync(link, digits);
        var cookie = Assert.Single(taken.Headers.GetValues("Set-Cookie"), value => value.StartsWith(".Biometric.Handed=", StringComparison.Ordinal));
        foreach (var part in new[] { "; httponly", "; samesite=strict", "; path=/biometric", "; max-age=" })
        {
            Assert.Contains(part, cookie, StringComparison.OrdinalIgnoreCase);
        }
    }

    [Fact]
    public async Task Rule_4_2_Over_https_no_subdomain_can_put_its_own_cookie_in_the_devices_place()
    {
        await using var bank = await RelyingParty.StartAsync();
        using var desktop = await bank.SignedInAsync("alice");
        var context = new Microsoft.AspNetCore.Http.DefaultHttpContext();
        context.Request.Scheme = "https";
        var challenge = await bank.ChallengeAsync(await desktop.AskAsync());
        bank.Services.GetRequiredService<HandedCookie>().Set(context, challenge, HandedCookie.Content.New(challenge.Id));
        var cookie = context.Response.Headers.SetCookie.ToString();
        Assert.StartsWith("__Host-.Biometric.Handed=", cookie, StringComparison.Ordinal);
        Assert.Contains("; secure", cookie, StringComparison.Ordinal);
        Assert.Contains("; path=/;", cookie, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Rule_4_2_A_token_caller_gets_link_and_digits_as_json_and_repeats_its_request()
    {
        await using var bank = await RelyingParty.StartAsync();
        using var client = bank.NewBrowser();
        using var phone = bank.NewBrowser();
        using var asked = await Payments.ApiAsync(client, Payments.Payment, token: "alice.x");
        var id = (await asked.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("challengeId").GetString()!;
        using var chosen = await Payments.PostWithTokenAsync(client, $"/biometric/handover/{id}", "alice.x");
        var json = await chosen.Content.ReadFromJsonAsync<JsonElement>();
        Assert.Equal("offered", json.GetProperty("step").GetString());
        await phone.TakeAsync(new Uri(json.GetProperty("link").GetString()!).AbsolutePath, json.GetProperty("digits").GetString()!);
        using var started = await phone.StartHandedAsync();
        await Browser.ExpectAsync(HttpStatusCode.SeeOther, started);
        var callback = await bank.Provider.CompleteAsync(bank.LastSession().Id);

        // Its token starts nothing and claims nothing here, and the approval is its own all the same.
        using var start = await Payments.PostWithTokenAsync(client, $"/biometric/start/{id}", "alice.x");
        Assert.NotEqual(HttpStatusCode.OK, start.StatusCode);
        await phone.ClaimAsync(callback!);
        using var done = await Payments.ApiAsync(client, Payments.Payment, challenge: id, token: "alice.x");
        await Browser.ExpectAsync(HttpStatusCode.OK, done);
        Assert.Single(bank.Executed);
    }
}
