using System.Net;
using BiometricTwoFactor.Emulator;

namespace BiometricTwoFactor.AspNetCore.Tests;

public sealed partial class Section3SessionTests
{
    [Fact]
    public async Task Rule_3_3_A_session_that_was_opened_by_somebody_else_is_not_fresh_though_its_id_is_new_here()
    {
        await using var bank = await RelyingParty.StartAsync();
        using var browser = await bank.SignedInAsync("alice");
        using var somebody = new HttpClient { BaseAddress = bank.Provider.BaseAddress };
        somebody.DefaultRequestHeaders.Add("x-api-key", bank.Provider.ApiKey);
        using var content = new StringContent(
            $$"""{"workflow_id":"{{EmulatedWorkflow.ScaWithIpAnalysisId}}","vendor_data":"alice"}""", System.Text.Encoding.UTF8, "application/json");
        bank.Provider.StoreFace("alice");
        using var made = await somebody.PostAsync("/v3/session/", content);
        Assert.True(made.IsSuccessStatusCode);
        var old = bank.LastSession().Id;
        await bank.Provider.OpenAsync(old);

        var id = await browser.AskAsync();
        bank.Provider.Faults.ReturnExistingSession = old;
        await browser.StartedAsync(id);
        Assert.NotEqual(old, (await bank.ChallengeAsync(id)).SessionId);
        Assert.Null(bank.Provider.FindSession(old));
    }

    [Fact]
    public async Task Rule_3_3_A_verdict_of_a_session_that_was_returned_twice_approves_nobody()
    {
        await using var bank = await RelyingParty.StartAsync();
        using var alice = await bank.SignedInAsync("alice");
        using var bob = await bank.SignedInAsync("bob");
        var first = await alice.AskAsync("10.00");
        await alice.StartedAsync(first);
        var shared = bank.LastSession().Id;
        bank.Provider.Faults.ReturnExistingSession = shared;
        var second = await bob.AskAsync("20.00");
        await bob.StartedAsync(second);

        foreach (var id in new[] { first, second })
        {
            using var answer = await Deliveries.SendAsync(bank, Deliveries.Verdict(shared.ToString(), id));
            Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        }

        Assert.Equal((ChallengeState.Superseded, ChallengeState.Pending), ((await bank.ChallengeAsync(first)).State, (await bank.ChallengeAsync(second)).State));
    }

    [Fact]
    public async Task Rule_3_5_A_workflow_without_a_face_match_approves_nothing_and_its_session_is_deleted()
    {
        // What a workflow consists of is known only by its verdicts; a mistake in the configuration must not open a door.
        await using var bank = await RelyingParty.StartAsync(setup => setup.Options = options =>
        {
            options.Workflows.Payment.Id = EmulatedWorkflow.LivenessOnlyId;
            options.Workflows.Payment.RequireIpAnalysis = false;
        });
        using var browser = await bank.SignedInAsync("alice");
        var id = await browser.AskAsync();
        await Payments.CompleteAsync(bank, browser, id);
        var ended = await bank.ChallengeAsync(id);
        Assert.Equal(ChallengeState.Declined, ended.State);
        Assert.Contains(JudgementReason.FaceMatchMissing, ended.ReasonCodes);

        // The face that it left with the provider is relied on by nobody until it is gone (8.4).
        var next = await browser.AskAsync("20.00");
        bank.Provider.Faults.Unavailable = true; // so that it cannot be deleted at once
        using var refused = await browser.StartAsync(next);
        Assert.Equal(HttpStatusCode.ServiceUnavailable, refused.StatusCode);
        bank.Provider.Faults.Clear();
        await browser.StartedAsync(next);
        Assert.Null(bank.Provider.FindSession(ended.SessionId!.Value));
    }
}
