using Microsoft.Extensions.DependencyInjection;

namespace BiometricTwoFactor.AspNetCore.Tests;

/// <summary>Protocol 11: the evidence. The classes beside <see cref="TamperedFileTests"/> have the cases one by one.</summary>
public sealed partial class Section11EvidenceTests
{
    [Fact]
    public async Task Rule_11_1_Erasing_the_key_erases_the_person_and_the_chain_still_verifies()
    {
        await using var bank = await RelyingParty.StartAsync();
        using var alice = await bank.SignedInAsync("alice");
        using var bob = await bank.SignedInAsync("bob");
        await Payments.ApprovedAsync(bank, alice);
        await bob.AskAsync();
        var before = await bank.ChainAsync();
        Assert.All(before, entry => Assert.Equal(-1, entry.Ciphertext.AsSpan().IndexOf("alice"u8)));

        await bank.WithEvidenceAsync(evidence => evidence.EraseAsync("alice"));

        // Not one entry of the chain was touched.
        Assert.Equal(before.Select(entry => Convert.ToHexString(entry.Hash)), (await bank.ChainAsync()).Take(before.Count).Select(entry => Convert.ToHexString(entry.Hash)));
        var export = await bank.ExportAsync();
        Assert.DoesNotContain("alice", export, StringComparison.Ordinal);
        Assert.Contains("bob", export, StringComparison.Ordinal);
        var result = await LedgerFile.VerifyAsync(export);
        Assert.Equal([], result.Problems);
        Assert.True(result.Erased > 0);
    }

    [Fact]
    public async Task Rule_11_2_A_record_comes_with_what_it_is_about_and_what_waits_is_named()
    {
        var (store, proxy) = StoreProxy.Create(TimeProvider.System);
        proxy.Before = name => name == nameof(IStepUpStore.TryChainAsync) ? Task.FromException(new StepUpStoreException("not now")) : Task.CompletedTask;
        await using var bank = await RelyingParty.StartAsync(setup => setup.ConfigureServices = services => services.AddSingleton(store));
        using var alice = await bank.SignedInAsync("alice");
        var id = await alice.AskAsync(); // nobody waits for the chain

        Assert.Contains(await store.ListWaitingEvidenceAsync(10), waiting => waiting.Draft.ChallengeId == id && waiting.Draft.Kind == EvidenceKind.Asked);
        await using (var scope = bank.Services.CreateAsyncScope())
        {
            using var export = new MemoryStream();
            Assert.Equal(0, await scope.ServiceProvider.GetRequiredService<StepUpEvidence>().ExportAsync(export));
            export.Position = 0;
            Assert.Equal(1, (await EvidenceVerifier.VerifyAsync(export)).Waiting);
        }

        proxy.Before = _ => Task.CompletedTask;
        Assert.Equal([(EvidenceKind.Asked, nameof(ChallengeState.Pending))], await bank.KindsAsync(id));
    }

    [Fact]
    public async Task Rule_11_3_A_verifier_needs_no_application_and_names_what_was_changed()
    {
        string text;
        string secret;
        await using (var bank = await RelyingParty.StartAsync())
        {
            secret = bank.Provider.WebhookSecret;
            using var alice = await bank.SignedInAsync("alice");
            await Payments.ApprovedAsync(bank, alice);
            bank.Provider.WebhookUrl = null; // what follows is read, not delivered
            using var bob = await bank.SignedInAsync("bob");
            await Payments.ApprovedAsync(bank, bob);
            text = await bank.ExportAsync();
        }

        var whole = await LedgerFile.VerifyAsync(text, options => options.Secrets.Add(new WebhookSecret(secret)));
        Assert.Equal((0, 1L, whole.Entries - 1), (whole.Problems.Count, whole.Unsigned, whole.Valid));
        var file = new LedgerFile(text);
        file.Change(2, entry => entry["at"] = "2020-01-01T00:00:00.000000Z");
        Assert.Equal([2], (await file.VerifyAsync()).Problems.Select(problem => problem.Sequence!.Value).Distinct());
        var forged = await LedgerFile.VerifyAsync(text, options => options.Secrets.Add(new WebhookSecret("another secret of enough bytes")));
        Assert.Equal([EvidenceProblemKind.SignatureDiffers], forged.Problems.Select(problem => problem.Kind));
    }

    [Fact]
    public async Task Rule_11_4_A_master_key_that_does_not_open_what_is_stored_stops_the_start()
    {
        var (store, _) = StoreProxy.Create(TimeProvider.System);
        await using (var bank = await RelyingParty.StartAsync(setup => setup.ConfigureServices = services => services.AddSingleton(store)))
        {
            using var alice = await bank.SignedInAsync("alice");
            await alice.AskAsync();
            await bank.ChainAsync();
        }

        var failure = await Assert.ThrowsAsync<InvalidOperationException>(() => RelyingParty.StartAsync(setup =>
        {
            setup.Options = options => options.Evidence.MasterKey = Convert.ToBase64String(new byte[32]);
            setup.ConfigureServices = services => services.AddSingleton(store);
        }));
        Assert.Contains("FormerMasterKeys", failure.Message, StringComparison.Ordinal);
    }
}
