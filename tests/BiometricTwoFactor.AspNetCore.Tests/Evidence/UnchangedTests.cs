using System.Text.Json.Nodes;
using BiometricTwoFactor.Emulator;

namespace BiometricTwoFactor.AspNetCore.Tests;

/// <summary>Protocol 11: a verified delivery with a verdict is recorded once, also where it changed nothing, was refused or came late.</summary>
public sealed class UnchangedTests
{
    [Theory]
    [InlineData(SandboxScenario.Approve, "Approved")]
    [InlineData(SandboxScenario.DeclineFaceMatchLowSimilarity, "Declined")]
    [InlineData(SandboxScenario.ReviewFaceMatchBorderline, "In Review")]
    public async Task A_verdict_after_the_end_is_recorded_once_and_changes_nothing(string scenario, string status)
    {
        await using var bank = await RelyingParty.StartAsync();
        using var browser = await bank.SignedInAsync("alice");
        var id = await browser.AskAsync();
        await browser.StartedAsync(id);
        using var cancelled = await browser.PostAsync($"/biometric/cancel/{id}", await browser.TokenAsync());
        await bank.Provider.CompleteAsync(bank.LastSession().Id, scenario);
        await RepeatAsync(bank);

        Assert.Equal(ChallengeState.Abandoned, (await bank.ChallengeAsync(id)).State);
        var entries = await bank.EntriesAsync(id);
        Assert.Equal(["Asked", "Shown", "Ended", "Delivered"], entries.Select(entry => entry["kind"]!.GetValue<string>()));
        Assert.Null(entries[^1]["outcome"]);
        var verdict = entries[^1]["content"]!["verdict"]!;
        Assert.Equal(status, verdict["status"]!.GetValue<string>());
        Assert.Null(verdict["judgement"]); // nothing was left to judge
    }

    [Fact]
    public async Task A_webhook_that_comes_after_the_read_that_approved_is_recorded_beside_it()
    {
        await using var bank = await RelyingParty.StartAsync();
        bank.Provider.Faults.DropWebhooks = true;
        using var browser = await bank.SignedInAsync("alice");
        var id = await Payments.ApprovedAsync(bank, browser);
        bank.Provider.Faults.DropWebhooks = false;
        await bank.Provider.RedeliverAsync(bank.Provider.Deliveries.Last(delivery => delivery.Status == SessionStatus.Approved));
        await RepeatAsync(bank);

        Assert.Equal(
            [(EvidenceKind.Asked, "Pending"), (EvidenceKind.Shown, null), (EvidenceKind.Read, "Approved"), (EvidenceKind.Claimed, null), (EvidenceKind.Delivered, null)],
            await bank.KindsAsync(id));
        var judgement = (await bank.EntriesAsync(id))[^1]["content"]!["verdict"]!["judgement"]!;
        Assert.Equal("Approve", judgement["verdict"]!.GetValue<string>());
    }

    [Fact]
    public async Task A_verdict_that_the_judge_refuses_is_recorded_with_his_reasons_once()
    {
        await using var bank = await RelyingParty.StartAsync();
        using var browser = await bank.SignedInAsync("alice");
        var id = await browser.AskAsync();
        await browser.StartedAsync(id);
        bank.Provider.Faults.NextWebhookBody = body => Deliveries.Echo(body, "amount", "9999.00");
        await bank.Provider.CompleteAsync(bank.LastSession().Id);
        await RepeatAsync(bank);

        var refused = Assert.Single(await bank.EntriesAsync(id), entry => entry["kind"]!.GetValue<string>() == "Delivered");
        Assert.Equal("Violated", refused["outcome"]!.GetValue<string>());
        Assert.Equal("9999.00", refused["content"]!["verdict"]!["echo"]!["amount"]!.GetValue<string>());
        Assert.Contains(JudgementReason.EchoAmountDiffers, refused["content"]!["verdict"]!["judgement"]!["reasons"]!.AsArray().Select(reason => reason!.GetValue<string>()));
    }

    [Fact]
    public async Task A_verdict_that_is_not_complete_enough_to_be_judged_is_recorded_beside_the_read_that_it_made_us_do()
    {
        await using var bank = await RelyingParty.StartAsync();
        using var browser = await bank.SignedInAsync("alice");
        var id = await browser.AskAsync();
        await browser.StartedAsync(id);
        bank.Provider.Faults.NextWebhookBody = body => Deliveries.Echo(body, "nonce", null);
        await bank.Provider.CompleteAsync(bank.LastSession().Id);
        await bank.UntilAsync(id, challenge => challenge.State == ChallengeState.Approved);
        await RepeatAsync(bank);

        var entries = await bank.KindsAsync(id);
        Assert.Single(entries, entry => entry is (EvidenceKind.Delivered, null));
        Assert.Single(entries, entry => entry is (EvidenceKind.Read, "Approved"));
        Assert.Equal(4, entries.Count);
    }

    [Fact]
    public async Task An_event_that_comes_with_another_body_is_recorded_as_it_is_and_not_judged()
    {
        await using var bank = await RelyingParty.StartAsync();
        using var browser = await bank.SignedInAsync("alice");
        var id = await Reviews.HeldAsync(bank, browser);
        var first = bank.Provider.Deliveries.Last(delivery => delivery.Status == SessionStatus.InReview);
        var changed = first.Body.Replace("\"In Review\"", "\"Approved\"", StringComparison.Ordinal);
        for (var time = 0; time < 3; time++)
        {
            using var answer = await Deliveries.SendAsync(bank, changed);
            Assert.True(answer.IsSuccessStatusCode);
        }

        Assert.Contains(StepUpEventKind.EventChanged, bank.Events.Kinds);
        Assert.Equal(ChallengeState.InReview, (await bank.ChallengeAsync(id)).State);
        var entry = Assert.Single(await bank.EntriesAsync(id), entry => entry["kind"]!.GetValue<string>() == "Delivered" && entry["outcome"] is null);
        Assert.Equal("Approved", entry["content"]!["verdict"]!["status"]!.GetValue<string>());
        Assert.Null(entry["content"]!["verdict"]!["judgement"]);
    }

    [Fact]
    public async Task A_verdict_on_a_session_whose_place_another_way_took_is_recorded()
    {
        await using var bank = await RiskyBank.StartAsync();
        using var browser = await bank.SignedInAsync("alice");
        var id = await browser.AskAsync();
        await browser.StartedAsync(id);
        await browser.ProveAsync("alternative", id, "hwk pin", (await bank.ChallengeAsync(id)).Digest);
        await bank.Provider.CompleteAsync(bank.LastSession().Id);
        await RepeatAsync(bank);
        Assert.Equal(
            [(EvidenceKind.Asked, "Pending"), (EvidenceKind.Shown, null), (EvidenceKind.Evidenced, "Approved"), (EvidenceKind.Delivered, null)],
            await bank.KindsAsync(id));
    }

    /// <summary>The parties of the entries tell it (protocol 1.5): a take-over has no entry of its own.</summary>
    [Fact]
    public async Task A_binding_that_was_taken_over_shows_in_who_asked_and_who_claimed_and_used()
    {
        await using var bank = await RelyingParty.StartAsync();
        using var browser = await bank.SignedInAsync("alice");
        var id = await browser.AskAsync();
        var asked = (await bank.ChallengeAsync(id)).Binding.SessionHash;
        await browser.StartedAsync(id);
        var callback = await bank.Provider.CompleteAsync(bank.LastSession().Id);
        browser.Cookies.GetCookies(bank.Address)[".AspNetCore.Cookies"]!.Expired = true; // the session idled out meanwhile
        await browser.SignInAsync("alice");
        await browser.ClaimAsync(callback!);
        using var done = await browser.ResumeAsync(id);

        var after = (await bank.ChallengeAsync(id)).Binding.SessionHash;
        Assert.NotEqual(asked, after);
        var entries = await bank.EntriesAsync(id);
        Assert.Equal(asked, SessionOf(entries, "Asked", "asked", "by"));
        Assert.Equal(after, SessionOf(entries, "Claimed", "party"));
        Assert.Equal(after, SessionOf(entries, "Used", "use", "by"));
    }

    /// <summary>Every delivery that was taken comes three times more.</summary>
    private static async Task RepeatAsync(RelyingParty bank)
    {
        await bank.Provider.WebhooksIdleAsync();
        var before = (await bank.ChainAsync()).Count;
        foreach (var delivery in bank.Provider.Deliveries.Where(delivery => delivery.Outcome == WebhookDeliveryOutcome.Accepted).ToArray())
        {
            for (var time = 0; time < 3; time++)
            {
                await bank.Provider.RedeliverAsync(delivery);
            }
        }

        Assert.Equal(before, (await bank.ChainAsync()).Count);
    }

    private static string SessionOf(IReadOnlyList<JsonObject> entries, string kind, params string[] path)
    {
        JsonNode node = Assert.Single(entries, entry => entry["kind"]!.GetValue<string>() == kind)["content"]!;
        return path.Aggregate(node, (inner, name) => inner[name]!)["sessionHash"]!.GetValue<string>();
    }
}
