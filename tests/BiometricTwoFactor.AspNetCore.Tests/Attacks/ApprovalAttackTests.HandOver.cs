using System.Net;
using System.Net.Http.Headers;
using Microsoft.Extensions.DependencyInjection;

namespace BiometricTwoFactor.AspNetCore.Tests;

/// <summary>Attack 73: an attacker who has the password and what the asking screen shows, and wants the victim's face for it.</summary>
public sealed partial class ApprovalAttackTests
{
    [Fact]
    public async Task Attack_73_A_link_that_is_sent_on_approves_nothing_without_the_digits()
    {
        await using var bank = await RelyingParty.StartAsync();
        using var attacker = await bank.SignedInAsync("alice");
        using var victim = bank.NewBrowser();
        var id = await attacker.AskAsync("9000.00", "FR1420041010050500013M02606");
        var (link, digits) = await bank.HandOverAsync(attacker, id);
        foreach (var guess in new[] { 1, 2, 3 })
        {
            using var typed = await victim.PostAsync(link, ("digits", Handing.Other(digits, guess)), await victim.TokenAsync());
            Assert.NotEqual(HttpStatusCode.SeeOther, typed.StatusCode);
        }

        Assert.Equal(ChallengeState.Violated, (await bank.ChallengeAsync(id)).State);
        Assert.Contains(StepUpEventKind.HandOverGuessed, bank.Events.Kinds);
        Assert.Empty(bank.Provider.Sessions);
        using var resumed = await attacker.ResumeAsync(id);
        Assert.Empty(bank.Executed);
    }

    [Fact]
    public async Task Attack_73_The_cookie_of_the_link_opens_no_camera_before_the_digits()
    {
        await using var bank = await RelyingParty.StartAsync();
        using var attacker = await bank.SignedInAsync("alice");
        using var victim = bank.NewBrowser();
        var (link, _) = await bank.HandOverAsync(attacker, await attacker.AskAsync());
        var token = await Handing.TokenOfAsync(victim, link);
        foreach (var path in new[] { Handing.DevicePage, Handing.DevicePage + "/not-me" })
        {
            using var posted = await victim.PostAsync(path, token);
            Assert.Equal(HttpStatusCode.NotFound, posted.StatusCode);
        }

        Assert.Empty(bank.Provider.Sessions);
    }

    [Fact]
    public async Task Attack_73_A_photographed_code_opens_nothing_after_its_use()
    {
        await using var bank = await RelyingParty.StartAsync();
        using var owner = await bank.SignedInAsync("alice");
        using var thief = bank.NewBrowser();
        var id = await owner.AskAsync();
        var (link, digits) = await bank.HandOverAsync(owner, id); // the photograph has both
        using var phone = bank.NewBrowser();
        await phone.TakeAsync(link, digits);
        using var opened = await thief.GetAsync(link);
        Assert.Equal(HttpStatusCode.NotFound, opened.StatusCode);
        using var typed = await thief.PostAsync(link, ("digits", digits), await thief.TokenAsync());
        Assert.Equal(HttpStatusCode.NotFound, typed.StatusCode);
        Assert.Equal(ChallengeState.Pending, (await bank.ChallengeAsync(id)).State); // and takes nothing from the owner
    }

    [Fact]
    public async Task Attack_73_Who_opens_his_own_link_and_passes_on_the_hosted_page_has_nothing_to_claim()
    {
        await using var bank = await RelyingParty.StartAsync();
        using var attacker = await bank.SignedInAsync("alice");
        using var victim = bank.NewBrowser();
        var id = await attacker.AskAsync("9000.00", "FR1420041010050500013M02606");

        // He is both: he gives the digits on a phone of his own, and sends the camera page's address to the victim, who shows her face and comes back.
        var (hisPhone, callback) = await bank.CapturedOnPhoneAsync(attacker, id);
        Assert.Equal("completer", bank.LastSession().CallbackMethod);
        Assert.Equal(HttpStatusCode.NotFound, (await victim.ClaimAsync(callback)).Status);
        Assert.Equal(ChallengeState.Violated, (await bank.ChallengeAsync(id)).State);
        Assert.Contains(StepUpEventKind.ClaimedElsewhere, bank.Events.Kinds);

        // What he has on either device opens nothing any more.
        await hisPhone.ClaimAsync(callback);
        Assert.Equal(ChallengeState.Violated, (await bank.ChallengeAsync(id)).State);
        using var hisPage = await hisPhone.GetAsync(Handing.DevicePage);
        Assert.Contains("Nothing was carried out", await hisPage.Content.ReadAsStringAsync(), StringComparison.Ordinal);
        using var resumed = await attacker.ResumeAsync(id);
        Assert.Empty(bank.Executed);
        hisPhone.Dispose();
    }

    [Fact]
    public async Task Attack_73_Racing_the_victims_device_ends_in_one_device_and_the_other_one_claims_nothing()
    {
        await using var bank = await RelyingParty.StartAsync();
        using var owner = await bank.SignedInAsync("alice");
        using var racer = bank.NewBrowser();
        using var phone = bank.NewBrowser();
        var id = await owner.AskAsync();
        var (link, digits) = await bank.HandOverAsync(owner, id);
        var tokens = new[] { await Handing.TokenOfAsync(racer, link), await Handing.TokenOfAsync(phone, link) };
        var answers = await Task.WhenAll(racer.PostAsync(link, ("digits", digits), tokens[0]), phone.PostAsync(link, ("digits", digits), tokens[1]));
        Assert.Single(answers, answer => answer.StatusCode == HttpStatusCode.SeeOther);
        var (winner, loser) = answers[0].StatusCode == HttpStatusCode.SeeOther ? (racer, phone) : (phone, racer);
        using var started = await winner.StartHandedAsync();
        var callback = await bank.Provider.CompleteAsync(bank.LastSession().Id);
        await loser.ClaimAsync(callback!);
        Assert.Equal(ChallengeState.Violated, (await bank.ChallengeAsync(id)).State);
    }

    [Fact]
    public async Task Attack_73_Choosing_another_device_while_a_start_is_under_way_gives_neither_the_others_session()
    {
        await using var bank = await RelyingParty.StartAsync();
        using var attacker = await bank.SignedInAsync("alice");
        using var phone = bank.NewBrowser();
        var id = await attacker.AskAsync();
        var before = await bank.ChallengeAsync(id);
        var (link, digits) = await bank.HandOverAsync(attacker, id);
        await phone.TakeAsync(link, digits);
        using var opened = await phone.StartHandedAsync();

        // His start read the challenge before the choice, and goes on after the phone has opened the camera page.
        await using var scope = bank.Services.CreateAsyncScope();
        var opener = scope.ServiceProvider.GetRequiredService<SessionOpener>();
        var late = await opener.StartAsync(before, DeviceTraits.Unknown, AskingDevice.Unknown, code => new Uri(bank.Address, "/biometric/callback/" + code), CancellationToken.None);
        Assert.Equal(StartOutcome.Ended, late.Outcome);
        Assert.Null(late.Url);
        Assert.Single(bank.Provider.Sessions);
        var callback = await bank.Provider.CompleteAsync(bank.LastSession().Id);
        Assert.Equal("handed-over", (await phone.ClaimAsync(callback!)).State);
    }

    [Fact]
    public async Task Attack_73_Many_starts_at_once_on_the_device_open_one_session()
    {
        await using var bank = await RelyingParty.StartAsync();
        using var owner = await bank.SignedInAsync("alice");
        using var phone = bank.NewBrowser();
        var id = await owner.AskAsync();
        var (link, digits) = await bank.HandOverAsync(owner, id);
        await phone.TakeAsync(link, digits);
        var token = await Handing.TokenOfAsync(phone, Handing.DevicePage);
        var answers = await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => phone.PostAsync(Handing.DevicePage, token)));
        Assert.Single(answers.Select(answer => answer.Headers.Location).Distinct());
        Assert.Single(bank.Provider.Sessions);
    }

    [Fact]
    public async Task Attack_73_The_asking_browsers_token_is_no_token_of_the_device()
    {
        await using var bank = await RelyingParty.StartAsync();
        using var attacker = await bank.SignedInAsync("alice");
        using var victim = bank.NewBrowser();
        var id = await attacker.AskAsync();
        var (link, digits) = await bank.HandOverAsync(attacker, id);
        var desktops = await attacker.TokenAsync();

        // His page posts digits and a token of his own from the victim's browser: a login CSRF, were it accepted.
        using var forged = await victim.PostAsync(link, ("digits", digits), desktops);
        Assert.Equal(HttpStatusCode.BadRequest, forged.StatusCode);
        using var bare = await victim.PostAsync(link, ("digits", digits));
        Assert.Equal(HttpStatusCode.BadRequest, bare.StatusCode);

        // A bearer token, which stands for antiforgery on the routes of those who are signed in, stands for nothing here.
        using var bearer = new HttpRequestMessage(HttpMethod.Post, link) { Content = new FormUrlEncodedContent([new("digits", digits)]) };
        bearer.Headers.Authorization = new AuthenticationHeaderValue("Bearer", "alice.x");
        using var answered = await victim.SendAsync(bearer);
        Assert.Equal(HttpStatusCode.BadRequest, answered.StatusCode);
        Assert.Equal(0, (await bank.ChallengeAsync(id)).HandOver!.WrongDigits);

        await victim.TakeAsync(link, digits);
        foreach (var path in new[] { Handing.DevicePage, Handing.DevicePage + "/not-me" })
        {
            using var started = await victim.PostAsync(path, desktops);
            Assert.Equal(HttpStatusCode.BadRequest, started.StatusCode);
        }

        Assert.Empty(bank.Provider.Sessions);
    }

    [Fact]
    public async Task Attack_73_A_device_cookie_is_good_for_its_own_challenge_and_only_while_that_is_handed_over_to_it()
    {
        await using var bank = await RelyingParty.StartAsync();
        using var mallory = await bank.SignedInAsync("mallory");
        using var alice = await bank.SignedInAsync("alice");
        using var phone = bank.NewBrowser();
        var own = await mallory.AskAsync("1.00");
        var (link, digits) = await bank.HandOverAsync(mallory, own);
        await phone.TakeAsync(link, digits);
        var victims = await alice.AskAsync();
        await bank.HandOverAsync(alice, victims);

        // The same cookie value under another challenge's id is opened by no store: the hash that it needs is kept there.
        var protector = bank.Services.GetRequiredService<HandedCookie>();
        Assert.NotNull(protector);
        var content = HandedCookie.Content.New(own);
        Assert.False(content.Opens(await bank.ChallengeAsync(own)));
        Assert.False((content with { ChallengeId = victims }).Opens(await bank.ChallengeAsync(victims)));

        using (var back = await mallory.PostAsync($"/biometric/handover/{own}/back", await mallory.TokenAsync()))
        {
            await Browser.ExpectAsync(HttpStatusCode.SeeOther, back);
        }

        await bank.HandOverAsync(mallory, own); // handed over once more: to nobody yet
        using var page = await phone.GetAsync(Handing.DevicePage);
        Assert.Equal(HttpStatusCode.NotFound, page.StatusCode);
    }

    [Fact]
    public async Task Attack_73_A_hand_over_code_claims_nothing_and_a_callbacks_code_hands_nothing_over()
    {
        await using var bank = await RelyingParty.StartAsync();
        using var attacker = await bank.SignedInAsync("alice");
        using var victim = bank.NewBrowser();
        var id = await attacker.AskAsync();
        var (link, _) = await bank.HandOverAsync(attacker, id);
        using var claimed = await victim.ClaimOnceAsync(new Uri(bank.Address, link.Replace("device", "callback", StringComparison.Ordinal)));
        Assert.Equal(HttpStatusCode.NotFound, claimed.StatusCode);
        Assert.Equal(ChallengeState.Pending, (await bank.ChallengeAsync(id)).State);
    }

    [Fact]
    public async Task Attack_73_Starting_over_for_more_guesses_meets_the_limit_of_new_challenges()
    {
        await using var bank = await RelyingParty.StartAsync(setup => setup.Options = options => options.MaxChallengesPerUser = 3);
        using var attacker = await bank.SignedInAsync("alice");
        for (var amount = 1; amount <= 3; amount++)
        {
            await bank.HandOverAsync(attacker, await attacker.AskAsync(FormattableString.Invariant($"{amount}.00")));
        }

        using var fourth = await attacker.TransferAsync("4.00");
        Assert.Equal(HttpStatusCode.TooManyRequests, fourth.StatusCode);
    }

    [Fact]
    public async Task Attack_73_Giving_up_and_choosing_again_gives_no_new_guesses_for_the_old_link()
    {
        await using var bank = await RelyingParty.StartAsync();
        using var owner = await bank.SignedInAsync("alice");
        using var guesser = bank.NewBrowser();
        var id = await owner.AskAsync();
        var (link, digits) = await bank.HandOverAsync(owner, id);
        var token = await Handing.TokenOfAsync(guesser, link);
        using (var wrong = await guesser.PostAsync(link, ("digits", Handing.Other(digits)), token))
        {
            Assert.Equal(HttpStatusCode.BadRequest, wrong.StatusCode);
        }

        using (var back = await owner.PostAsync($"/biometric/handover/{id}/back", await owner.TokenAsync()))
        {
            await Browser.ExpectAsync(HttpStatusCode.SeeOther, back);
        }

        await bank.HandOverAsync(owner, id);
        using var old = await guesser.PostAsync(link, ("digits", digits), token);
        Assert.Equal(HttpStatusCode.NotFound, old.StatusCode);
    }

    [Fact]
    public async Task Attack_73_Signing_out_ends_what_was_handed_over()
    {
        await using var bank = await RelyingParty.StartAsync();
        using var owner = await bank.SignedInAsync("alice");
        var id = await owner.AskAsync();
        using var phone = await bank.OpenedOnPhoneAsync(owner, id);
        await owner.SignOutAsync();
        Assert.Equal(ChallengeState.Abandoned, (await bank.ChallengeAsync(id)).State);
        using var page = await phone.GetAsync(Handing.DevicePage);
        Assert.DoesNotContain("250", await Browser.WordsOfAsync(page), StringComparison.Ordinal);
    }
}
