using System.Net;
using BiometricTwoFactor.Emulator;

namespace BiometricTwoFactor.AspNetCore.Tests;

/// <summary>Protocol 7: an approval is used once, by its own binding, for exactly its facts.</summary>
public sealed partial class Section7UseTests
{
    [Fact]
    public async Task Rule_7_1_An_approved_transfer_is_carried_out_once_and_exactly()
    {
        await using var bank = await RelyingParty.StartAsync();
        using var browser = await bank.SignedInAsync("alice");

        var id = await browser.AskAsync("250.00");
        Assert.Empty(bank.Executed);
        await browser.StartedAsync(id);
        var callback = await bank.Provider.CompleteAsync(bank.LastSession().Id, SandboxScenario.Approve);
        var claim = await browser.ClaimAsync(callback!);
        Assert.Equal((HttpStatusCode.OK, "approved", $"/biometric/resume/{id}"), claim);

        using var done = await browser.ResumeAsync(id);
        Assert.Equal($"executed {id}", await done.Content.ReadAsStringAsync());
        Assert.Equal(["250.00 EUR to DE89370400440532013000"], bank.Executed);
        Assert.Equal(ChallengeState.Consumed, (await bank.ChallengeAsync(id)).State);
    }

    [Fact]
    public async Task Rule_7_1_A_second_use_asks_for_a_new_face()
    {
        await using var bank = await RelyingParty.StartAsync();
        using var browser = await bank.SignedInAsync("alice");
        var id = await Payments.ApprovedAsync(bank, browser);
        using var first = await browser.TransferAsync();
        Assert.Equal($"executed {id}", await first.Content.ReadAsStringAsync());

        using var second = await browser.TransferAsync();
        await Browser.ExpectAsync(HttpStatusCode.SeeOther, second);
        Assert.NotEqual(id, Browser.IdOf(second));
        Assert.Single(bank.Executed);
    }

    [Fact]
    public async Task Rule_7_1_A_hundred_requests_at_once_use_one_approval_once()
    {
        await using var bank = await RelyingParty.StartAsync();
        using var browser = await bank.SignedInAsync("alice");
        await Payments.ApprovedAsync(bank, browser);
        var token = await browser.TokenAsync();

        var answers = await Task.WhenAll(Enumerable.Range(0, 100).Select(_ => browser.PostAsync(
            "/transfers", ("Amount", "250.00"), ("Currency", "EUR"), ("Account", "DE89370400440532013000"), ("Name", "Ada Lovelace"), token)));
        Assert.Single(answers, answer => answer.StatusCode == HttpStatusCode.OK);
        Assert.Single(bank.Executed);
    }

    [Theory]
    [InlineData("250.01", "DE89370400440532013000")]
    [InlineData("2500.00", "DE89370400440532013000")]
    [InlineData("250.00", "FR1420041010050500013M02606")]
    public async Task Rule_7_1_A_changed_amount_or_payee_is_not_what_was_approved(string amount, string account)
    {
        await using var bank = await RelyingParty.StartAsync();
        using var browser = await bank.SignedInAsync("alice");
        var id = await Payments.ApprovedAsync(bank, browser);

        using var changed = await browser.TransferAsync(amount, account);
        await Browser.ExpectAsync(HttpStatusCode.SeeOther, changed);
        Assert.NotEqual(id, Browser.IdOf(changed));
        Assert.Empty(bank.Executed);
    }

    [Fact]
    public async Task Rule_7_2_The_same_amount_in_another_spelling_is_the_same_payment()
    {
        await using var bank = await RelyingParty.StartAsync();
        using var browser = await bank.SignedInAsync("alice");
        await Payments.ApprovedAsync(bank, browser);
        using var answer = await browser.TransferAsync("250.0", "de89 3704 0044 0532 0130 00");
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
    }

    [Fact]
    public async Task Rule_7_1_An_approval_that_is_named_for_a_changed_payment_is_void_from_then_on()
    {
        await using var bank = await RelyingParty.StartAsync();
        using var browser = await bank.SignedInAsync("alice");
        var id = await Payments.ApprovedAsync(bank, browser);

        using var changed = await Payments.ApiAsync(browser, Payments.OtherAmount, challenge: id);
        Assert.Equal(HttpStatusCode.Conflict, changed.StatusCode);
        Assert.Equal("urn:biometric-step-up:changed", await Payments.TypeOfAsync(changed));
        Assert.Contains(StepUpEventKind.TransactionChanged, bank.Events.Kinds);
        using var honest = await Payments.ApiAsync(browser, Payments.Payment, challenge: id);
        Assert.Equal(HttpStatusCode.Unauthorized, honest.StatusCode);
        Assert.Empty(bank.Executed);
    }

    [Fact]
    public async Task Rule_7_1_The_same_operation_again_neither_runs_nor_asks_for_a_second_face()
    {
        await using var bank = await RelyingParty.StartAsync();
        using var browser = await bank.SignedInAsync("alice");
        await Payments.ApprovedAsync(bank, browser);
        using var first = await Payments.ApiAsync(browser, Payments.Payment, operation: "op-1");
        using var second = await Payments.ApiAsync(browser, Payments.Payment, operation: "op-1");
        Assert.Equal((HttpStatusCode.OK, HttpStatusCode.Conflict), (first.StatusCode, second.StatusCode));
        Assert.Single(bank.Executed);
    }

    [Fact]
    public async Task Rule_7_1_A_resumed_form_that_is_sent_twice_runs_once()
    {
        await using var bank = await RelyingParty.StartAsync();
        using var browser = await bank.SignedInAsync("alice");
        var id = await Payments.ApprovedAsync(bank, browser);
        using var page = await browser.GetAsync($"/biometric/resume/{id}");
        var (action, fields) = Browser.FormOf(await page.Content.ReadAsStringAsync());
        using var first = await browser.PostAsync(action, fields);
        using var second = await browser.PostAsync(action, fields);
        Assert.Equal((HttpStatusCode.OK, HttpStatusCode.Conflict), (first.StatusCode, second.StatusCode));
        Assert.Single(bank.Executed);
    }

    [Fact]
    public async Task Rule_7_2_A_resumed_form_whose_amount_was_changed_is_refused_and_voids_the_approval()
    {
        await using var bank = await RelyingParty.StartAsync();
        using var browser = await bank.SignedInAsync("alice");
        var id = await Payments.ApprovedAsync(bank, browser);
        using var page = await browser.GetAsync($"/biometric/resume/{id}");
        var (action, fields) = Browser.FormOf(await page.Content.ReadAsStringAsync());
        var changed = fields.Select(field => field.Name == "Amount" ? (field.Name, "2500.00") : field).ToArray();
        using var refused = await browser.PostAsync(action, changed);
        Assert.Equal(HttpStatusCode.Conflict, refused.StatusCode);
        using var honest = await browser.PostAsync(action, fields);
        await Browser.ExpectAsync(HttpStatusCode.SeeOther, honest);
        Assert.NotEqual(id, Browser.IdOf(honest));
        Assert.Empty(bank.Executed);
    }

    [Fact]
    public async Task Rule_7_2_What_a_settings_form_says_is_what_the_face_approves()
    {
        await using var bank = await RelyingParty.StartAsync();
        using var browser = await bank.SignedInAsync("alice");
        using var asked = await browser.PostAsync("/settings/limit", ("value", "9000"), await browser.TokenAsync());
        var id = Browser.IdOf(asked);
        await Payments.CompleteAsync(bank, browser, id);

        using var changed = await browser.PostAsync("/settings/limit", ("value", "90000"), await browser.TokenAsync());
        await Browser.ExpectAsync(HttpStatusCode.SeeOther, changed);
        Assert.NotEqual(id, Browser.IdOf(changed));
        Assert.Empty(bank.Executed);
    }
}
