using System.Security.Cryptography;
using System.Text.RegularExpressions;
using Microsoft.Extensions.DependencyInjection;

namespace BiometricTwoFactor.AspNetCore.Tests;

/// <summary>A master key that is wrong or was replaced without keeping the former one is noticed at the start, and told wherever evidence is handed out.</summary>
public sealed class MasterKeyTests
{
    private readonly string _key = NewKey();

    [Fact]
    public async Task Another_master_key_than_the_evidence_was_sealed_under_stops_the_start_and_the_former_one_lets_it()
    {
        var (store, _) = StoreProxy.Create(TimeProvider.System);
        await using (var bank = await StartAsync(store, _key))
        {
            using var alice = await bank.SignedInAsync("alice");
            await alice.AskAsync();
            await bank.ChainAsync();
        }

        var replaced = NewKey();
        var failure = await Assert.ThrowsAsync<InvalidOperationException>(() => StartAsync(store, replaced));
        Assert.Contains("Biometric:Evidence:FormerMasterKeys:0", failure.Message, StringComparison.Ordinal);
        Assert.DoesNotContain(replaced, failure.ToString(), StringComparison.Ordinal);

        await using var rotated = await StartAsync(store, replaced, former: _key);
        Assert.Contains("alice", await rotated.ExportAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_no_key_opens_is_told_as_unreadable_and_logged_once()
    {
        EvidenceOptions? evidence = null;
        await using var bank = await RelyingParty.StartAsync(setup => setup.Options = options => evidence = options.Evidence);
        using var alice = await bank.SignedInAsync("alice");
        var id = await Payments.ApprovedAsync(bank, alice);
        using var done = await alice.ResumeAsync(id);
        await bank.ChainAsync();
        evidence!.MasterKey = NewKey();

        var row = (await bank.ExportCsvAsync()).Split("\r\n")[1];
        Assert.Matches($"^{Regex.Escape(id)},20[^,]+,unreadable,unreadable,,unreadable,", row);
        Assert.EndsWith(",unreadable", row, StringComparison.Ordinal);
        Assert.Contains(",Consumed,", row, StringComparison.Ordinal);
        Assert.Single(Regex.Matches(bank.Logs.All, " 2808: "));
        Assert.Contains("Biometric:Evidence:FormerMasterKeys", bank.Logs.All, StringComparison.Ordinal);

        var page = (await bank.WithEvidenceAsync(reading => reading.RenderReportAsync(id)))!;
        Assert.Contains("their key is missing", page, StringComparison.Ordinal);
        Assert.DoesNotContain("The person was erased", page, StringComparison.Ordinal);
        Assert.Contains("It was used;", page, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_erasure_that_cannot_be_read_is_not_told_as_one_that_was_never_recorded()
    {
        EvidenceOptions? evidence = null;
        await using var bank = await RelyingParty.StartAsync(setup => setup.Options = options => evidence = options.Evidence);
        using var alice = await bank.SignedInAsync("alice");
        await alice.AskAsync();
        await bank.WithEvidenceAsync(reading => reading.EraseAsync("alice"));
        Assert.True((await LedgerFile.VerifyAsync(await bank.ExportAsync())).IsIntact);
        evidence!.MasterKey = NewKey();

        var problems = (await LedgerFile.VerifyAsync(await bank.ExportAsync())).Problems;
        Assert.DoesNotContain(problems, problem => problem.Message.Contains("said to be of an erased person", StringComparison.Ordinal));
        Assert.Contains(problems, problem => problem.Message.Contains("Whether their person was erased cannot be told", StringComparison.Ordinal));
        Assert.All(problems, problem => Assert.Equal(EvidenceProblemKind.KeyMissing, problem.Kind));
    }

    private static Task<RelyingParty> StartAsync(IStepUpStore store, string key, string? former = null) => RelyingParty.StartAsync(setup =>
    {
        setup.Options = options =>
        {
            options.Evidence.MasterKey = key;
            if (former is not null)
            {
                options.Evidence.FormerMasterKeys.Add(former);
            }
        };
        setup.ConfigureServices = services => services.AddSingleton(store);
    });

    private static string NewKey() => Convert.ToBase64String(RandomNumberGenerator.GetBytes(32));
}
