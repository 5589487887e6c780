using System.Net;

namespace BiometricTwoFactor.AspNetCore.Tests;

/// <summary>Protocol 3: one challenge, one provider session, never seen before.</summary>
public sealed partial class Section3SessionTests
{
    [Fact]
    public async Task Rule_3_3_A_session_that_comes_back_approves_nothing_and_the_second_challenge_gets_a_fresh_one()
    {
        await using var bank = await RelyingParty.StartAsync();
        using var attacker = await bank.SignedInAsync("alice");
        var first = await attacker.AskAsync("10.00");
        await attacker.StartedAsync(first);
        var shared = bank.LastSession().Id;

        // The provider hands out the same session for another challenge, with that one's metadata (contract 1.2).
        using var victim = await bank.SignedInAsync("bob");
        bank.Provider.Faults.ReturnExistingSession = shared;
        var second = await victim.AskAsync("20.00");
        await victim.StartedAsync(second);

        Assert.Equal(ChallengeState.Superseded, (await bank.ChallengeAsync(first)).State);
        Assert.True(bank.Provider.FindSession(shared) is null or { IsDeleted: true });
        Assert.Contains(StepUpEventKind.SessionReturnedTwice, bank.Events.Kinds);
        var fresh = (await bank.ChallengeAsync(second)).SessionId!.Value;
        Assert.NotEqual(shared, fresh);

        var callback = await bank.Provider.CompleteAsync(fresh);
        Assert.Equal("approved", (await victim.ClaimAsync(callback!)).State);
        Assert.Equal(ChallengeState.Superseded, (await bank.ChallengeAsync(first)).State);
    }

    [Fact]
    public async Task Rule_3_3_A_finished_session_that_is_returned_again_is_discarded_with_the_approval_that_came_of_it()
    {
        await using var bank = await RelyingParty.StartAsync();
        using var browser = await bank.SignedInAsync("alice");
        var first = await Payments.ApprovedAsync(bank, browser);
        var old = (await bank.ChallengeAsync(first)).SessionId!.Value;
        var second = await browser.AskAsync("20.00");
        bank.Provider.Faults.ReturnExistingSession = old;
        using var start = await browser.StartAsync(second);

        // The finished session is no fresh one: it is discarded, with the approval that came of it, and a new one is opened.
        Assert.NotEqual(old, (await bank.ChallengeAsync(second)).SessionId);
        Assert.Equal(ChallengeState.Superseded, (await bank.ChallengeAsync(first)).State);
        using var unused = await browser.GetAsync($"/biometric/resume/{first}");
        Assert.Equal($"/biometric/confirm/{first}", unused.Headers.Location!.ToString());
    }

    [Fact]
    public async Task Rule_3_1_While_one_sign_in_has_a_session_open_another_waits_and_never_sees_its_address()
    {
        await using var bank = await RelyingParty.StartAsync();
        using var owner = await bank.SignedInAsync("alice");
        using var thief = await bank.SignedInAsync("alice");
        var honest = await owner.AskAsync("10.00");
        var page = await owner.StartedAsync(honest);
        var forged = await thief.AskAsync("9000.00");

        using var waiting = await thief.StartAsync(forged);
        Assert.Equal(HttpStatusCode.Conflict, waiting.StatusCode);
        Assert.DoesNotContain(page.AbsoluteUri, await waiting.Content.ReadAsStringAsync(), StringComparison.Ordinal);
        Assert.Single(bank.Provider.Sessions);
        Assert.Equal(ChallengeState.Pending, (await bank.ChallengeAsync(honest)).State);

        var callback = await bank.Provider.CompleteAsync(bank.LastSession().Id);
        Assert.Equal("approved", (await owner.ClaimAsync(callback!)).State);
        await thief.StartedAsync(forged); // its turn has come, with a session of its own
        Assert.Equal(2, bank.Provider.Sessions.Count);
    }

    [Fact]
    public async Task Rule_3_3_Where_the_store_forgets_a_session_that_does_not_tell_when_it_was_made_is_not_fresh()
    {
        // The guide's decision has no creation time: after a restart, an old session could not be told from a new one.
        await using var bank = await RelyingParty.StartAsync(setup => setup.DecisionEdition = ApiEdition.Guide);
        using var browser = await bank.SignedInAsync("alice");
        var id = await browser.AskAsync();
        using var denied = await browser.StartAsync(id);
        Assert.Equal(HttpStatusCode.ServiceUnavailable, denied.StatusCode);
        Assert.Null((await bank.ChallengeAsync(id)).SessionId);
        Assert.All(bank.Provider.Sessions, session => Assert.True(session.IsDeleted));
    }

    [Fact]
    public async Task Rule_3_1_A_double_click_opens_one_session()
    {
        await using var bank = await RelyingParty.StartAsync();
        using var browser = await bank.SignedInAsync("alice");
        var id = await browser.AskAsync();
        var pages = await Task.WhenAll(Enumerable.Range(0, 5).Select(_ => browser.StartedAsync(id)));
        Assert.Single(pages.Distinct());
        Assert.Single(bank.Provider.Sessions);
    }

    [Fact]
    public async Task Rule_3_2_The_request_names_the_nonce_the_completing_device_and_our_own_callback()
    {
        await using var bank = await RelyingParty.StartAsync();
        using var browser = await bank.SignedInAsync("alice");
        var id = await browser.AskAsync();
        await browser.StartedAsync(id);
        var session = bank.LastSession();
        Assert.Equal("completer", session.CallbackMethod);
        Assert.Equal("alice", session.VendorData);
        Assert.Equal(id, session.Metadata!["nonce"]!.GetValue<string>());
        Assert.Equal("250.00", session.Metadata["amount"]!.GetValue<string>());
        Assert.Equal("DE89370400440532013000", session.Metadata["payee_account"]!.GetValue<string>());
        Assert.StartsWith(new Uri(bank.Address, "/biometric/callback/").AbsoluteUri, session.Callback, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("down")]
    [InlineData("nonsense")]
    [InlineData("hang-up")]
    [InlineData("no credit")]
    public async Task Rule_3_1_A_provider_in_trouble_denies_loses_nothing_and_recovers(string trouble)
    {
        await using var bank = await RelyingParty.StartAsync();
        using var browser = await bank.SignedInAsync("alice");
        var id = await browser.AskAsync();
        switch (trouble)
        {
            case "down": bank.Provider.Faults.Unavailable = true; break;
            case "nonsense": bank.Provider.Faults.AnswerNonsense = true; break;
            case "hang-up": bank.Provider.Faults.HangUp = true; break;
            default: bank.Provider.Faults.FailNextRequests(1, 400, """{"detail":"You don't have enough credits to perform this request."}"""); break;
        }

        using var denied = await browser.StartAsync(id);
        Assert.Equal(HttpStatusCode.ServiceUnavailable, denied.StatusCode);
        Assert.NotNull(denied.Headers.RetryAfter);
        Assert.Contains("<h1>", await denied.Content.ReadAsStringAsync(), StringComparison.Ordinal);
        Assert.Equal(ChallengeState.Pending, (await bank.ChallengeAsync(id)).State);

        bank.Provider.Faults.Clear();
        await Payments.CompleteAsync(bank, browser, id);
        using var done = await browser.ResumeAsync(id);
        Assert.Equal($"executed {id}", await done.Content.ReadAsStringAsync());
    }

    [Fact]
    public async Task Rule_3_3_A_cancelled_challenge_deletes_its_session_at_the_provider()
    {
        var time = new ManualTime();
        await using var bank = await RelyingParty.StartAsync(setup => setup.Time = time);
        using var browser = await bank.SignedInAsync("alice");
        var id = await browser.AskAsync();
        await browser.StartedAsync(id);
        var session = bank.LastSession().Id;
        using var cancelled = await browser.PostAsync($"/biometric/cancel/{id}", await browser.TokenAsync());
        Assert.Equal(ChallengeState.Abandoned, (await bank.ChallengeAsync(id)).State);

        bank.Provider.Faults.Unavailable = true; // it is tried until the provider confirms it
        await bank.SweepAsync();
        Assert.NotEmpty(await bank.Store.ListDeletionsAsync(DateTimeOffset.MaxValue, 10));
        bank.Provider.Faults.Clear();
        time.Advance(TimeSpan.FromSeconds(5));
        await bank.SweepAsync();
        Assert.Empty(await bank.Store.ListDeletionsAsync(DateTimeOffset.MaxValue, 10));
        Assert.True(bank.Provider.FindSession(session) is null or { IsDeleted: true });
    }
}
