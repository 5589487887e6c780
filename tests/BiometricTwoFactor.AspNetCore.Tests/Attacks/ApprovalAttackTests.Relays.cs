using System.Net;
using BiometricTwoFactor.Emulator;

namespace BiometricTwoFactor.AspNetCore.Tests;

public sealed partial class ApprovalAttackTests
{
    [Fact]
    public async Task Attack_71_A_session_that_two_challenges_share_approves_neither()
    {
        await using var bank = await RelyingParty.StartAsync();
        using var victim = await bank.SignedInAsync("alice");
        using var attacker = await bank.SignedInAsync("alice");
        var honest = await victim.AskAsync("20.00");
        await victim.StartedAsync(honest);
        var shared = bank.LastSession().Id;
        await victim.PostAsync($"/biometric/cancel/{honest}", await victim.TokenAsync());
        var greedy = await attacker.AskAsync("9000.00", "FR1420041010050500013M02606");
        bank.Provider.Faults.ReturnExistingSession = shared;
        using var started = await attacker.StartAsync(greedy);
        Assert.NotEqual(shared, (await bank.ChallengeAsync(greedy)).SessionId);
        using var delivered = await Deliveries.SendAsync(bank, Deliveries.Verdict(shared.ToString(), greedy));
        Assert.NotEqual(ChallengeState.Approved, (await bank.ChallengeAsync(greedy)).State);
        Assert.NotEqual(ChallengeState.Approved, (await bank.ChallengeAsync(honest)).State);
        Assert.Empty(bank.Executed);
    }

    [Fact]
    public async Task Attack_72_A_link_that_is_sent_on_ends_the_challenge_and_raises_an_alarm()
    {
        await using var bank = await RelyingParty.StartAsync();
        using var attacker = await bank.SignedInAsync("alice");
        using var victim = await bank.SignedInAsync("alice");
        var id = await attacker.AskAsync();
        await attacker.StartedAsync(id);
        var callback = await bank.Provider.CompleteAsync(bank.LastSession().Id); // the victim's capture, and the victim comes back
        await victim.ClaimAsync(callback!);
        using var resumed = await attacker.ResumeAsync(id);
        using var transfer = await attacker.TransferAsync();
        Assert.Equal(ChallengeState.Violated, (await bank.ChallengeAsync(id)).State);
        Assert.Contains(StepUpEventKind.ClaimedElsewhere, bank.Events.Kinds);
        Assert.Empty(bank.Executed);
    }

    [Fact]
    public async Task Attack_74_A_code_is_long_hashed_where_it_is_kept_and_good_once_for_its_own_session()
    {
        await using var bank = await RelyingParty.StartAsync();
        using var browser = await bank.SignedInAsync("alice");
        using var other = await bank.SignedInAsync("alice");
        var id = await browser.AskAsync();
        await browser.StartedAsync(id);
        var callback = await bank.Provider.CompleteAsync(bank.LastSession().Id);
        var code = callback!.Segments[^1];
        Assert.True(code.Length * 6 >= 128);
        var stored = await bank.ChallengeAsync(id);
        Assert.DoesNotContain(code, stored.CodeHash, StringComparison.Ordinal);
        Assert.DoesNotContain(code, bank.Logs.All, StringComparison.Ordinal);
        await other.ClaimAsync(callback);
        Assert.Equal("declined", (await browser.ClaimAsync(callback)).State);
        Assert.Empty(bank.Executed);
    }

    [Fact]
    public async Task Attack_75_Challenges_of_different_kinds_have_one_limit()
    {
        await using var bank = await RelyingParty.StartAsync(setup => setup.Options = options => options.MaxChallengesPerUser = 4);
        using var attacker = await bank.SignedInAsync("alice");
        await attacker.AskAsync("1.00");
        await attacker.AskAsync("2.00");
        using var third = await attacker.GetAsync("/secret");
        using var fourth = await attacker.PostAsync("/settings/limit", await attacker.TokenAsync());
        Assert.Equal((HttpStatusCode.SeeOther, HttpStatusCode.SeeOther), (third.StatusCode, fourth.StatusCode));
        using var fifth = await attacker.PostAsync("/settings/name", await attacker.TokenAsync());
        Assert.Equal(HttpStatusCode.TooManyRequests, fifth.StatusCode);
    }

    [Fact]
    public async Task Attack_75_Of_one_persons_challenges_one_has_a_session()
    {
        await using var bank = await RelyingParty.StartAsync();
        using var attacker = await bank.SignedInAsync("alice");
        await attacker.StartedAsync(await attacker.AskAsync("1.00"));
        await attacker.StartedAsync(await attacker.AskAsync("2.00"));
        Assert.Single(bank.Provider.Sessions, session => !session.IsDeleted);
    }

    [Fact]
    public async Task Attack_76_The_device_that_made_the_capture_comes_back_and_nobody_can_choose_otherwise()
    {
        await using var bank = await RelyingParty.StartAsync();
        using var attacker = await bank.SignedInAsync("alice");
        var id = await attacker.AskAsync();
        var token = await attacker.TokenAsync();
        using var started = await attacker.PostAsync($"/biometric/start/{id}?callback_method=initiator", token, ("callback_method", "initiator"));
        Assert.Equal("completer", bank.LastSession().CallbackMethod);
    }

    [Fact]
    public async Task Attack_77_A_forged_form_is_refused_before_it_is_kept()
    {
        await using var bank = await RelyingParty.StartAsync();
        using var victim = await bank.SignedInAsync("alice");
        using var forged = await victim.PostAsync("/transfers", ("Amount", "9000.00"), ("Currency", "EUR"), ("Account", "FR1420041010050500013M02606"), ("Name", "Mallory"));
        Assert.Equal(HttpStatusCode.BadRequest, forged.StatusCode);
        Assert.Empty(await bank.Store.ListOpenAsync("", "alice"));
        Assert.DoesNotContain(StepUpEventKind.Challenged, bank.Events.Kinds);
    }

    [Fact]
    public async Task Attack_78_A_stranger_with_the_password_leaves_the_owners_device_and_challenge_alone()
    {
        await using var bank = await RelyingParty.StartAsync(setup => setup.Options = options => options.MaxChallengesPerUser = 5);
        using var owner = await bank.MadeKnownAsync(await bank.SignedInAsync("alice"));
        var open = await owner.AskAsync("40.00");
        await owner.StartedAsync(open);
        using var stranger = await bank.SignedInAsync("alice");
        for (var amount = 1; amount <= 6; amount++)
        {
            using var tried = await stranger.TransferAsync(FormattableString.Invariant($"{amount}.00"));
            if (tried.StatusCode == HttpStatusCode.SeeOther)
            {
                using var started = await stranger.StartAsync(Browser.IdOf(tried));
                Assert.NotEqual(HttpStatusCode.SeeOther, started.StatusCode);
            }
        }

        var callback = await bank.Provider.CompleteAsync((await bank.ChallengeAsync(open)).SessionId!.Value);
        Assert.Equal("approved", (await owner.ClaimAsync(callback!)).State);
        using var done = await owner.ResumeAsync(open);
        Assert.Contains("40.00 EUR to DE89370400440532013000", bank.Executed);
    }

    [Fact]
    public async Task Attack_79_A_password_alone_puts_no_other_face_on_file()
    {
        await using var bank = await Enrolments.StartAsync(setup => setup.HolderMatches = false);
        using var thief = await bank.SignedInAsync("newcomer");
        using var without = await thief.TransferAsync();
        Assert.StartsWith("/biometric/enrol", without.Headers.Location!.ToString(), StringComparison.Ordinal);
        var id = await Enrolments.EnrolAsync(thief);
        await Payments.CompleteAsync(bank, thief, id); // a valid document, and not the account holder's
        Assert.NotEqual(ChallengeState.Consumed, (await bank.ChallengeAsync(id)).State);
        Assert.DoesNotContain(StepUpEventKind.Enrolled, bank.Events.Kinds);
        using var still = await thief.TransferAsync();
        Assert.StartsWith("/biometric/enrol", still.Headers.Location!.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Attack_79_An_enrolment_that_expired_is_renewed_by_no_password_either()
    {
        await using var bank = await RelyingParty.StartAsync();
        using var thief = await bank.SignedInAsync("alice");
        var id = await thief.AskAsync();
        await thief.StartedAsync(id);
        var session = bank.LastSession().Id;
        await bank.Provider.CompleteAsync(session);
        await bank.Provider.AgeAsync(session);
        await bank.UntilAsync(id, challenge => !challenge.IsOpen);
        using var again = await thief.TransferAsync();
        Assert.NotEqual(HttpStatusCode.OK, again.StatusCode);
        Assert.DoesNotContain(StepUpEventKind.Enrolled, bank.Events.Kinds);
        Assert.Empty(bank.Executed);
    }
}
