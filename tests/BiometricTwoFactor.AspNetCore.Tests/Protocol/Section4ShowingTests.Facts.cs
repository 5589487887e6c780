using System.Net;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Mvc;

namespace BiometricTwoFactor.AspNetCore.Tests;

public sealed partial class Section4ShowingTests
{
    [Fact]
    public async Task Rule_4_1_The_page_shows_the_stored_facts_whatever_its_address_says()
    {
        await using var bank = await RelyingParty.StartAsync();
        using var browser = await bank.SignedInAsync("alice");
        var id = await browser.AskAsync("250.00");
        var html = await PageAsync(browser, $"/biometric/confirm/{id}?amount=1.00&Amount=1.00&name=Mallory&account=GB33BUKB20201555555555");
        foreach (var fact in new[] { "250.00 EUR", "Ada Lovelace", "DE89370400440532013000" })
        {
            Assert.Contains(fact, html, StringComparison.Ordinal);
        }

        foreach (var forged in new[] { "1.00", "Mallory", "GB33" })
        {
            Assert.DoesNotContain(forged, html, StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task Rule_4_1_Every_payee_of_a_batch_and_the_reference_are_shown()
    {
        await using var bank = await RelyingParty.StartAsync(setup => setup.Map = app =>
            app.MapPost("/salaries", ([FromForm] TransferRequest transfer) => "executed").RequireBiometric(
                StepUpReason.HighValueTransaction,
                (TransferRequest transfer) => Transaction.CreateBatch(
                    transfer.Currency,
                    [new TransactionItem(100m, transfer.Account, transfer.Name), new TransactionItem(50.5m, "FR1420041010050500013M02606", "Grace")],
                    reference: "Salaries of May")));
        using var browser = await bank.SignedInAsync("alice");
        using var asked = await browser.PostAsync(
            "/salaries", ("Amount", "1"), ("Currency", "EUR"), ("Account", "DE89370400440532013000"), ("Name", "Ada"), await browser.TokenAsync());
        var html = await PageAsync(browser, $"/biometric/confirm/{Browser.IdOf(asked)}");
        foreach (var fact in new[] { "150.50 EUR", "Ada, DE89370400440532013000: 100.00 EUR", "Grace, FR1420041010050500013M02606: 50.50 EUR", "Salaries of May" })
        {
            Assert.Contains(fact, html, StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task Rule_4_3_Every_page_with_a_form_is_unframed_unstored_and_free_of_inline_code()
    {
        await using var bank = await Enrolments.StartAsync();
        using var browser = await bank.SignedInAsync("alice");
        var pending = await browser.AskAsync("10.00");
        var approved = await Payments.ApprovedAsync(bank, browser);
        foreach (var path in new[] { $"/biometric/confirm/{pending}", $"/biometric/confirm/{approved}", $"/biometric/resume/{approved}", "/biometric/enrol", "/biometric/confirm/none" })
        {
            using var page = await browser.GetAsync(path);
            var policy = page.Headers.GetValues("Content-Security-Policy").Single();
            Assert.Contains("frame-ancestors 'none'", policy, StringComparison.Ordinal);
            Assert.DoesNotContain("unsafe", policy, StringComparison.Ordinal);
            Assert.True(page.Headers.CacheControl!.NoStore, path);
            Assert.Equal("no-referrer", page.Headers.GetValues("Referrer-Policy").Single());
            var html = await page.Content.ReadAsStringAsync();
            Assert.DoesNotMatch("(?i)<style|<script(?![^>]* src=)|\\son[a-z]+=|\\sstyle=|javascript:", html);
        }
    }

    private static async Task<string> PageAsync(Browser browser, string url)
    {
        using var page = await browser.GetAsync(url);
        await Browser.ExpectAsync(HttpStatusCode.OK, page);
        return await page.Content.ReadAsStringAsync();
    }
}
