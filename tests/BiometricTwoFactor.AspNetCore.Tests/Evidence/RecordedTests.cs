using BiometricTwoFactor.Emulator;
using Microsoft.Extensions.DependencyInjection;

namespace BiometricTwoFactor.AspNetCore.Tests;

/// <summary>Protocol 11: what each way through a step-up leaves in the evidence.</summary>
public sealed class RecordedTests
{
    [Fact]
    public async Task A_whole_step_up_leaves_what_was_asked_shown_delivered_claimed_and_used()
    {
        await using var bank = await RelyingParty.StartAsync();
        using var browser = await bank.SignedInAsync("alice");
        var id = await Payments.ApprovedAsync(bank, browser);
        using var done = await browser.ResumeAsync(id);
        Assert.Single(bank.Executed);

        Assert.Equal(
            [
                (EvidenceKind.Asked, "Pending"), (EvidenceKind.Shown, null), (EvidenceKind.Delivered, "Approved"),
                (EvidenceKind.Claimed, null), (EvidenceKind.Used, "Consumed"),
            ],
            await bank.KindsAsync(id));
    }

    [Fact]
    public async Task A_lost_webhook_leaves_the_decision_that_was_read()
    {
        await using var bank = await RelyingParty.StartAsync();
        bank.Provider.WebhookUrl = null;
        using var browser = await bank.SignedInAsync("alice");
        var id = await Payments.ApprovedAsync(bank, browser);
        Assert.Equal(
            [(EvidenceKind.Asked, "Pending"), (EvidenceKind.Shown, null), (EvidenceKind.Read, "Approved"), (EvidenceKind.Claimed, null)],
            await bank.KindsAsync(id));
    }

    [Fact]
    public async Task A_refusal_leaves_the_delivery_that_refused_and_no_use()
    {
        await using var bank = await RelyingParty.StartAsync();
        using var browser = await bank.SignedInAsync("alice");
        var id = await browser.AskAsync();
        await Payments.CompleteAsync(bank, browser, id, SandboxScenario.DeclineFaceMatchLowSimilarity);
        Assert.Equal(
            [(EvidenceKind.Asked, "Pending"), (EvidenceKind.Shown, null), (EvidenceKind.Delivered, "Declined")],
            await bank.KindsAsync(id));
    }

    [Fact]
    public async Task Giving_up_leaves_an_end_with_its_reason()
    {
        await using var bank = await RelyingParty.StartAsync();
        using var browser = await bank.SignedInAsync("alice");
        var id = await browser.AskAsync();
        await using var scope = bank.Services.CreateAsyncScope();
        await scope.ServiceProvider.GetRequiredService<ChallengeWriter>()
            .EndAsync(await bank.ChallengeAsync(id), ChallengeState.Abandoned, JudgementReason.GivenUp, CancellationToken.None);
        Assert.Equal([(EvidenceKind.Asked, "Pending"), (EvidenceKind.Ended, "Abandoned")], await bank.KindsAsync(id));
        Assert.Contains("\"reasons\":[\"given-up\"]", await bank.ExportAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_same_question_asked_twice_is_recorded_once()
    {
        await using var bank = await RelyingParty.StartAsync();
        using var browser = await bank.SignedInAsync("alice");
        var id = await browser.AskAsync();
        Assert.Equal(id, await browser.AskAsync());
        Assert.Equal([(EvidenceKind.Asked, "Pending")], await bank.KindsAsync(id));
    }

    [Fact]
    public async Task No_session_token_callback_code_or_secret_stands_in_an_export_or_a_log()
    {
        await using var bank = await RelyingParty.StartAsync();
        using var browser = await bank.SignedInAsync("alice");
        var id = await browser.AskAsync();
        var page = await browser.StartedAsync(id);
        var callback = await bank.Provider.CompleteAsync(bank.LastSession().Id, SandboxScenario.Approve);
        await browser.ClaimAsync(callback!);
        using var done = await browser.ResumeAsync(id);

        var export = await bank.ExportAsync();
        var everything = export + await bank.ExportCsvAsync() + bank.Logs.All;
        var code = callback!.AbsolutePath.Split('/')[^1];
        Assert.True(code.Length >= 22);
        var token = page.AbsolutePath.Split('/')[^1];
        Assert.True(token.Length >= 12);
        foreach (var secret in new[] { code, token, bank.Provider.WebhookSecret, bank.Provider.ApiKey })
        {
            Assert.DoesNotContain(secret, everything, StringComparison.Ordinal);
        }
    }
}
