namespace BiometricTwoFactor.AspNetCore.Tests;

/// <summary>Protocol 11, R-54: erasing the key erases the person, and the chain still verifies.</summary>
public sealed class ErasureTests
{
    [Fact]
    public async Task An_erased_person_is_gone_here_and_at_the_provider_and_the_chain_still_verifies()
    {
        await using var bank = await RelyingParty.StartAsync();
        using var alice = await bank.SignedInAsync("alice");
        using var bob = await bank.SignedInAsync("bob");
        var id = await Payments.ApprovedAsync(bank, alice);
        using var done = await alice.ResumeAsync(id);
        await Payments.ApprovedAsync(bank, bob);
        var open = await alice.AskAsync("77.00");
        Assert.True(bank.Provider.HasFace("alice"));

        var erasure = await bank.WithEvidenceAsync(evidence => evidence.EraseAsync("alice"));
        Assert.Single(erasure.KeyIds);
        Assert.True(erasure.KnownAtProvider);
        Assert.False(bank.Provider.HasFace("alice"));
        Assert.Null(await bank.Store.FindAsync(id));
        Assert.Null(await bank.Store.FindAsync(open));

        var export = await bank.ExportAsync();
        Assert.DoesNotContain("alice", export, StringComparison.Ordinal);
        Assert.Contains("bob", export, StringComparison.Ordinal);
        Assert.DoesNotContain("alice", await bank.ExportCsvAsync(), StringComparison.Ordinal);

        var result = await LedgerFile.VerifyAsync(export, options => options.Secrets.Add(new WebhookSecret(bank.Provider.WebhookSecret)));
        Assert.Equal([], result.Problems);
        Assert.Equal(7, result.Erased); // asked, shown, delivered, claimed, used; asked, ended
        Assert.Equal(result.Entries - 7, result.Valid);
    }

    [Fact]
    public async Task Who_comes_back_after_the_erasure_has_a_new_key()
    {
        await using var bank = await RelyingParty.StartAsync();
        using var alice = await bank.SignedInAsync("alice");
        await alice.AskAsync();
        var erased = await bank.WithEvidenceAsync(evidence => evidence.EraseAsync("alice"));
        await alice.AskAsync("12.00");
        var entries = await bank.ChainAsync();
        Assert.DoesNotContain(entries[^1].KeyId, erased.KeyIds);
        Assert.Equal(EvidenceKind.Asked, entries[^1].Kind);
        Assert.True((await LedgerFile.VerifyAsync(await bank.ExportAsync())).IsIntact);
    }

    [Fact]
    public async Task An_erased_person_s_report_says_so_and_no_more()
    {
        await using var bank = await RelyingParty.StartAsync();
        using var alice = await bank.SignedInAsync("alice");
        var id = await alice.AskAsync();
        await bank.WithEvidenceAsync(evidence => evidence.EraseAsync("alice"));
        var page = await bank.WithEvidenceAsync(evidence => evidence.RenderReportAsync(id));
        Assert.Contains("The person was erased.", page, StringComparison.Ordinal);
        Assert.DoesNotContain("alice", page, StringComparison.Ordinal);
        Assert.DoesNotContain("250.00", page, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_report_of_an_erased_person_does_not_deny_a_use()
    {
        await using var bank = await RelyingParty.StartAsync();
        using var alice = await bank.SignedInAsync("alice");
        var id = await Payments.ApprovedAsync(bank, alice);
        using var done = await alice.ResumeAsync(id);
        var used = (await bank.ChainAsync()).Single(entry => entry.Kind == EvidenceKind.Used).At;
        await bank.WithEvidenceAsync(evidence => evidence.EraseAsync("alice"));

        var page = (await bank.WithEvidenceAsync(evidence => evidence.RenderReportAsync(id)))!;
        Assert.Contains("Approved and used", page, StringComparison.Ordinal);
        Assert.Contains($"<th scope=\"row\">Used</th><td>{used.UtcDateTime:yyyy-MM-dd HH:mm:ss} UTC</td>", page, StringComparison.Ordinal);
        Assert.Contains("can be read no longer", page, StringComparison.Ordinal);
        Assert.DoesNotContain("<td>no</td>", page, StringComparison.Ordinal);
        Assert.EndsWith(",yes", (await bank.ExportCsvAsync()).Split("\r\n")[1], StringComparison.Ordinal);
    }

    [Fact]
    public async Task When_the_provider_cannot_be_asked_nothing_is_erased_here()
    {
        await using var bank = await RelyingParty.StartAsync(setup => setup.Client = client => client.ApiKey = "not-the-providers-key");
        using var alice = await bank.SignedInAsync("alice");
        await alice.AskAsync();
        await Assert.ThrowsAsync<BiometricException>(() => bank.WithEvidenceAsync(evidence => evidence.EraseAsync("alice")));
        Assert.Contains("alice", await bank.ExportAsync(), StringComparison.Ordinal);
    }
}
