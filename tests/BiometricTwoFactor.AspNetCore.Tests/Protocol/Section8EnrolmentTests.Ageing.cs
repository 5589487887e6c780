using BiometricTwoFactor.Emulator;

namespace BiometricTwoFactor.AspNetCore.Tests;

/// <summary>Protocol 8.1: a face on file that has aged (<c>Kyc Expired</c>) leads to a new enrolment.</summary>
public sealed partial class Section8EnrolmentTests
{
    [Fact]
    public async Task Rule_8_1_Kyc_Expired_leads_to_enrolment_and_the_old_one_is_forgotten()
    {
        await using var bank = await RelyingParty.StartAsync();
        bank.Provider.StoreFace("alice");
        await bank.Store.SetEnrolmentAsync("", "alice", new EnrolmentRecord(DateTimeOffset.UnixEpoch, "before"));
        using var browser = await bank.SignedInAsync("alice");
        var id = await browser.AskAsync();
        await browser.StartedAsync(id);
        bank.Provider.Faults.NextWebhookBody = body => Section6VerdictTests.WithStatus(body, "Kyc Expired");
        await bank.Provider.CompleteAsync(bank.LastSession().Id);
        await bank.UntilAsync(id, challenge => !challenge.IsOpen);

        await Section6VerdictTests.AssertLeadsToEnrolmentAsync(bank, browser, id);
        Assert.Equal(0, await bank.Store.CountDeclinesInARowAsync("", "alice", "", DateTimeOffset.MinValue)); // it is no failure
    }

    [Fact]
    public async Task Rule_8_1_An_approval_that_ages_before_its_use_leads_to_enrolment()
    {
        await using var bank = await RelyingParty.StartAsync();
        bank.Provider.StoreFace("alice");
        await bank.Store.SetEnrolmentAsync("", "alice", new EnrolmentRecord(DateTimeOffset.UnixEpoch, "before"));
        using var browser = await bank.SignedInAsync("alice");
        var id = await Payments.ApprovedAsync(bank, browser);
        await bank.Provider.AgeAsync(bank.LastSession().Id);
        Assert.Equal(ChallengeState.Revoked, (await bank.UntilAsync(id, challenge => !challenge.IsOpen)).State);
        await Section6VerdictTests.AssertLeadsToEnrolmentAsync(bank, browser, id);
    }

    [Fact]
    public async Task Rule_8_1_An_enrolment_that_ages_is_forgotten_and_a_newer_one_stays()
    {
        await using var bank = await RelyingParty.StartAsync(setup => setup.NotEnrolled.Add("newcomer"));
        using var browser = await bank.SignedInAsync("newcomer");
        using var begun = await browser.PostAsync("/biometric/enrol", ("returnUrl", "/"), await browser.TokenAsync());
        var id = Browser.IdOf(begun);
        await Payments.CompleteAsync(bank, browser, id);
        var enrolment = await bank.Store.FindEnrolmentAsync("", "newcomer");
        Assert.Equal(id, enrolment?.ChallengeId);

        var session = bank.LastSession().Id;
        await bank.Store.SetEnrolmentAsync("", "newcomer", enrolment! with { ChallengeId = "newer" });
        await bank.Provider.AgeAsync(session);
        Assert.NotNull(await bank.Store.FindEnrolmentAsync("", "newcomer"));

        await bank.Store.SetEnrolmentAsync("", "newcomer", enrolment);
        await bank.Provider.RedeliverAsync(bank.Provider.Deliveries[^1]);
        Assert.Null(await bank.Store.FindEnrolmentAsync("", "newcomer"));
    }
}
