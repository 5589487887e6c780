using System.Net;
using BiometricTwoFactor.Emulator;

namespace BiometricTwoFactor.AspNetCore.Tests;

public sealed partial class Section2QuestionTests
{
    [Fact]
    public async Task Rule_2_3_The_same_question_of_the_same_sign_in_is_the_same_challenge_and_of_another_it_is_not()
    {
        await using var bank = await RelyingParty.StartAsync();
        using var browser = await bank.SignedInAsync("alice");
        using var elsewhere = await bank.SignedInAsync("alice");
        var id = await browser.AskAsync();
        Assert.Equal(id, await browser.AskAsync("250.0"));
        Assert.NotEqual(id, await browser.AskAsync("250.01"));
        Assert.NotEqual(id, await elsewhere.AskAsync());
    }

    [Fact]
    public async Task Rule_2_3_Starting_a_newer_one_leaves_what_is_in_review_or_approved()
    {
        await using var bank = await RelyingParty.StartAsync();
        using var browser = await bank.SignedInAsync("alice");
        var held = await Reviews.HeldAsync(bank, browser);
        var approved = await browser.AskAsync("20.00");
        await Payments.CompleteAsync(bank, browser, approved);
        var newer = await browser.AskAsync("30.00");
        await browser.StartedAsync(newer);

        Assert.Equal(ChallengeState.InReview, (await bank.ChallengeAsync(held)).State);
        using var done = await browser.ResumeAsync(approved);
        Assert.Equal($"executed {approved}", await done.Content.ReadAsStringAsync());
        Assert.Equal(ChallengeState.Pending, (await bank.ChallengeAsync(newer)).State);
    }

    [Fact]
    public async Task Rule_2_3_Another_sign_in_of_the_same_person_ends_nothing()
    {
        await using var bank = await RelyingParty.StartAsync();
        using var owner = await bank.SignedInAsync("alice");
        using var thief = await bank.SignedInAsync("alice");
        var honest = await owner.AskAsync();
        await owner.StartedAsync(honest);
        using var waiting = await thief.StartAsync(await thief.AskAsync("9000.00"));
        using var again = await thief.StartAsync(await thief.AskAsync());
        Assert.Equal((HttpStatusCode.Conflict, HttpStatusCode.Conflict), (waiting.StatusCode, again.StatusCode));
        Assert.Equal(ChallengeState.Pending, (await bank.ChallengeAsync(honest)).State);
        Assert.False(bank.LastSession().IsDeleted);
    }

    [Fact]
    public async Task Rule_2_3_A_start_that_another_site_makes_the_browser_send_starts_and_ends_nothing()
    {
        await using var bank = await RelyingParty.StartAsync();
        using var browser = await bank.SignedInAsync("alice");
        var older = await browser.AskAsync("10.00");
        await browser.StartedAsync(older);
        var newer = await browser.AskAsync("20.00");
        using var forged = await browser.PostAsync($"/biometric/start/{newer}");
        using var cancelled = await browser.PostAsync($"/biometric/cancel/{older}");
        Assert.Equal((HttpStatusCode.BadRequest, HttpStatusCode.BadRequest), (forged.StatusCode, cancelled.StatusCode));
        Assert.Equal(ChallengeState.Pending, (await bank.ChallengeAsync(older)).State);
        Assert.Single(bank.Provider.Sessions);
    }

    [Fact]
    public async Task Rule_2_4_What_came_to_nothing_and_what_was_refused_for_its_echo_are_no_failures_of_the_person()
    {
        await using var bank = await RelyingParty.StartAsync();
        using var browser = await bank.SignedInAsync("alice");
        for (var amount = 1; amount <= 6; amount++)
        {
            var id = await browser.AskAsync($"{amount}.00");
            if (amount % 2 == 0)
            {
                bank.Provider.Faults.NextWebhookBody = body => Deliveries.Echo(body, "amount", "9999.00");
            }

            await Payments.CompleteAsync(bank, browser, id, amount % 2 == 0 ? SandboxScenario.Approve : SandboxScenario.Abandon);
            Assert.False((await bank.ChallengeAsync(id)).IsOpen);
            await bank.SweepAsync(); // what the provider approved and we did not is deleted first
        }

        Assert.Equal(0, await bank.Store.CountDeclinesInARowAsync("", "alice", "", DateTimeOffset.MinValue));
        using var next = await browser.TransferAsync("7.00");
        Assert.Equal(HttpStatusCode.SeeOther, next.StatusCode);
    }
}
