using BiometricTwoFactor.Emulator;

namespace BiometricTwoFactor.AspNetCore.Tests;

/// <summary>The readable report: everything that a regulator asks, in words, without script.</summary>
public sealed class ReportTests
{
    [Fact]
    public async Task The_report_of_a_payment_tells_what_was_asked_shown_judged_and_used()
    {
        await using var bank = await RelyingParty.StartAsync();
        using var alice = await bank.SignedInAsync("alice");
        var id = await Payments.ApprovedAsync(bank, alice);
        using var done = await alice.ResumeAsync(id);
        var page = await ReportAsync(bank, id);
        foreach (var told in new[]
        {
            "Approved and used", "alice (signed in by Cookies)", "250.00 EUR", "Ada Lovelace", "DE89370400440532013000", "What was shown",
            "in a delivery signed by the provider", "A living person", "at least 80 of 100", "✓ passed", "The browser that asked claimed the verdict",
            "The approval was used", "Place in the chain", (await bank.ChainAsync())[^1].Hash is var hash ? Convert.ToHexStringLower(hash) : "",
        })
        {
            Assert.Contains(told, page, StringComparison.Ordinal);
        }

        Assert.DoesNotContain("<script", page, StringComparison.OrdinalIgnoreCase);
        Assert.DoesNotContain("style=\"", page, StringComparison.Ordinal);
        Assert.DoesNotContain("✗", page, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_report_of_a_refusal_names_the_check_that_refused()
    {
        await using var bank = await RelyingParty.StartAsync();
        using var alice = await bank.SignedInAsync("alice");
        var id = await alice.AskAsync();
        await Payments.CompleteAsync(bank, alice, id, SandboxScenario.DeclineFaceMatchLowSimilarity);
        var page = await ReportAsync(bank, id);
        Assert.Contains("Declined", page, StringComparison.Ordinal);
        Assert.Contains("The provider&#x27;s status is Declined, not Approved.", page, StringComparison.Ordinal);
        Assert.Contains("not reached", page, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_people_write_is_text_in_the_report_and_no_formula_in_the_table()
    {
        await using var bank = await RelyingParty.StartAsync();
        using var alice = await bank.SignedInAsync("alice");
        var token = await alice.TokenAsync();
        using var asked = await alice.PostAsync(
            "/transfers", ("Amount", "10.00"), ("Currency", "EUR"), ("Account", "DE89370400440532013000"), ("Name", "=HYPERLINK(\"x\")<script>alert(1)</script>"), token);
        var id = Browser.IdOf(asked)!;
        var page = await ReportAsync(bank, id);
        Assert.DoesNotContain("<script", page, StringComparison.OrdinalIgnoreCase);
        Assert.Contains("&lt;script&gt;alert(1)", page, StringComparison.Ordinal);
        Assert.Contains(",\"'=HYPERLINK(\"\"x\"\")<script>alert(1)</script>\",", await bank.ExportCsvAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_challenge_of_which_nothing_is_known_has_no_report()
    {
        await using var bank = await RelyingParty.StartAsync();
        Assert.Null(await bank.WithEvidenceAsync(evidence => evidence.RenderReportAsync("nothing")));
    }

    [Theory]
    [InlineData("=1+1", "'=1+1")]
    [InlineData("+49", "'+49")]
    [InlineData("-1", "'-1")]
    [InlineData("@SUM(A1)", "'@SUM(A1)")]
    [InlineData("\tx", "\"'\tx\"")]
    [InlineData("a,b", "\"a,b\"")]
    [InlineData("a\"b", "\"a\"\"b\"")]
    [InlineData("plain", "plain")]
    public void A_cell_never_begins_as_a_formula_does(string text, string cell) => Assert.Equal(cell, EvidenceTable.Cell(text));

    [Fact]
    public async Task The_table_has_a_row_for_each_challenge_and_filters_apply()
    {
        await using var bank = await RelyingParty.StartAsync();
        using var alice = await bank.SignedInAsync("alice");
        using var bob = await bank.SignedInAsync("bob");
        var used = await Payments.ApprovedAsync(bank, alice);
        using var done = await alice.ResumeAsync(used);
        var asked = await bob.AskAsync("12.50");

        var table = await bank.ExportCsvAsync();
        Assert.Equal(3, table.Split("\r\n", StringSplitOptions.RemoveEmptyEntries).Length);
        Assert.Contains($"{used},", table, StringComparison.Ordinal);
        Assert.Contains(",Consumed,all-passed,", table, StringComparison.Ordinal);
        Assert.Contains(",12.50,EUR,Ada Lovelace,", table, StringComparison.Ordinal);

        // The same factors as in the report. One id in 64 begins with a hyphen, before which the table puts an apostrophe for spreadsheets.
        var factors = table.Split("\r\n").Single(row => string.Equals(row.Split(',')[0].TrimStart('\''), used, StringComparison.Ordinal)).Split(',')[14];
        Assert.Contains("face", factors.Split(' '));
        Assert.Contains($"<th scope=\"row\">Factors</th><td>{factors.Replace(" ", ", ", StringComparison.Ordinal)}</td>", await ReportAsync(bank, used), StringComparison.Ordinal);

        Assert.DoesNotContain("alice", await bank.ExportCsvAsync(new EvidenceFilter { Subject = "bob" }), StringComparison.Ordinal);
        Assert.DoesNotContain(asked, await bank.ExportCsvAsync(new EvidenceFilter { Outcome = ChallengeState.Consumed }), StringComparison.Ordinal);
        Assert.DoesNotContain(used, await bank.ExportCsvAsync(new EvidenceFilter { From = DateTimeOffset.UtcNow.AddHours(1) }), StringComparison.Ordinal);

        var part = await bank.ExportAsync(new EvidenceFilter { Outcome = ChallengeState.Consumed });
        Assert.Contains("\"partial\":true,\"filter\":\"outcome\"", part, StringComparison.Ordinal);
        var result = await LedgerFile.VerifyAsync(part);
        Assert.Equal((true, true, 5), (result.IsIntact, result.IsPartial, result.Entries));
        var nobody = await bank.ExportAsync(new EvidenceFilter { Subject = "nobody" });
        Assert.Equal((true, 0), ((await LedgerFile.VerifyAsync(nobody)).IsIntact, (await LedgerFile.VerifyAsync(nobody)).Entries));
    }

    private static async Task<string> ReportAsync(RelyingParty bank, string id) => (await bank.WithEvidenceAsync(evidence => evidence.RenderReportAsync(id)))!;
}
