using System.Security.Cryptography;
using Microsoft.Extensions.DependencyInjection;

namespace BiometricTwoFactor.AspNetCore.Tests;

/// <summary>Protocol 11: chaining happens after the write, by any number of instances, and loses nothing.</summary>
public sealed class ChainingTests
{
    [Fact]
    public async Task Several_chainers_at_once_make_one_chain_without_gaps()
    {
        await using var bank = await RelyingParty.StartAsync();
        var recorder = bank.Services.GetRequiredService<EvidenceRecorder>();
        for (var round = 0; round < 400; round++)
        {
            await bank.Store.AddEvidenceAsync(Draft(recorder, $"person {round % 7}", $"challenge {round}"));
        }

        var chainers = Enumerable.Range(0, 4).Select(_ => ActivatorUtilities.CreateInstance<EvidenceChainer>(bank.Services)).ToArray();
        await Task.WhenAll(chainers.Select(chainer => Task.Run(() => chainer.ChainAsync(CancellationToken.None))));
        var entries = await bank.ChainAsync();
        Assert.Equal(400, entries.Count);
        Assert.Equal(Enumerable.Range(1, 400).Select(place => (long)place), entries.Select(entry => entry.Sequence));
        Assert.Equal(400, entries.Select(entry => entry.ChallengeId).Distinct().Count());
        Assert.True((await LedgerFile.VerifyAsync(await bank.ExportAsync())).IsIntact);
    }

    [Fact]
    public async Task What_was_written_before_a_crash_is_chained_by_whoever_comes_next()
    {
        var (store, proxy) = StoreProxy.Create(TimeProvider.System);
        proxy.Before = name => name == nameof(IStepUpStore.TryChainAsync) ? throw new IOException("the process died") : Task.CompletedTask;
        await using var bank = await RelyingParty.StartAsync(setup => setup.ConfigureServices = services => services.AddSingleton(store));
        using var alice = await bank.SignedInAsync("alice");
        var id = await alice.AskAsync();
        await Assert.ThrowsAsync<IOException>(() => bank.Chainer().ChainAsync(CancellationToken.None));
        Assert.Single(await store.ListWaitingEvidenceAsync(10));

        proxy.Before = _ => Task.CompletedTask;
        Assert.Equal([(EvidenceKind.Asked, "Pending")], await bank.KindsAsync(id));
    }

    [Fact]
    public async Task A_draft_whose_seal_cannot_be_opened_keeps_its_place_and_says_so()
    {
        var time = new ManualTime();
        await using var bank = await RelyingParty.StartAsync(setup => setup.Time = time);
        await bank.Store.AddEvidenceAsync(new EvidenceDraft("", "alice", "sealed by a key that is gone", EvidenceKind.Claimed, null, time.GetUtcNow(), [1, 2, 3]));
        await bank.Chainer().ChainAsync(CancellationToken.None);
        Assert.Single(await bank.Store.ListWaitingEvidenceAsync(10)); // the key may be one that another instance has just made

        time.Advance(TimeSpan.FromHours(2));
        Assert.Equal("sealed by a key that is gone", Assert.Single(await bank.ChainAsync()).ChallengeId);
        Assert.Contains("\"unreadable\":true", await bank.ExportAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Many_drafts_that_cannot_be_sealed_now_do_not_hold_up_all_others()
    {
        EvidenceOptions? options = null;
        await using var bank = await RelyingParty.StartAsync(setup => setup.Options = step => (options = step.Evidence).MasterKey = Convert.ToBase64String(RandomNumberGenerator.GetBytes(32)));
        var recorder = bank.Services.GetRequiredService<EvidenceRecorder>();
        await bank.Store.AddEvidenceAsync(Draft(recorder, "alice", "before"));
        await bank.ChainAsync();

        // Alice's key is under the former master key, which somebody forgot to keep.
        options!.MasterKey = Convert.ToBase64String(RandomNumberGenerator.GetBytes(32));
        for (var number = 0; number < 300; number++)
        {
            await bank.Store.AddEvidenceAsync(Draft(recorder, "alice", "waits"));
        }

        await bank.Store.AddEvidenceAsync(Draft(recorder, "bob", "goes on"));
        await bank.Chainer().ChainAsync(CancellationToken.None);
        Assert.All(await bank.Store.ListWaitingEvidenceAsync(1_000), waiting => Assert.Equal("alice", waiting.Draft.Subject));
    }

    [Fact]
    public async Task A_process_that_has_just_begun_gives_no_draft_up()
    {
        // A command, or an instance with another ring of keys, after an outage of hours.
        await using var bank = await RelyingParty.StartAsync();
        await bank.Store.AddEvidenceAsync(new EvidenceDraft("", "alice", "challenge", EvidenceKind.Claimed, null, DateTimeOffset.UtcNow.AddHours(-5), [1, 2, 3]));
        await bank.Chainer().ChainAsync(CancellationToken.None);
        Assert.Single(await bank.Store.ListWaitingEvidenceAsync(10));
    }

    [Fact]
    public async Task No_person_gets_a_key_that_ends_with_the_process_where_the_store_does_not()
    {
        var (store, _) = StoreProxy.Create(TimeProvider.System);
        EvidenceOptions? options = null;
        await using var bank = await RelyingParty.StartAsync(setup =>
        {
            setup.Options = step => options = step.Evidence;
            setup.ConfigureServices = services => services.AddSingleton(store);
        });
        options!.MasterKey = null; // as in a command, which no check at the start has stopped
        await store.AddEvidenceAsync(Draft(bank.Services.GetRequiredService<EvidenceRecorder>(), "alice", "challenge"));
        var failure = await Assert.ThrowsAsync<InvalidOperationException>(() => bank.Chainer().ChainAsync(CancellationToken.None));
        Assert.Contains("Biometric:Evidence:MasterKey", failure.Message, StringComparison.Ordinal);
        Assert.Empty(await store.FindEvidenceKeysOfAsync("", "alice"));
        Assert.Single(await store.ListWaitingEvidenceAsync(10));
    }

    [Fact]
    public async Task Evidence_under_a_former_master_key_is_still_read_and_without_it_is_withheld()
    {
        var former = Convert.ToBase64String(RandomNumberGenerator.GetBytes(32));
        EvidenceOptions? options = null;
        await using var bank = await RelyingParty.StartAsync(setup => setup.Options = step => (options = step.Evidence).MasterKey = former);
        using var alice = await bank.SignedInAsync("alice");
        await alice.AskAsync();
        Assert.Contains("250.00", await bank.ExportAsync(), StringComparison.Ordinal);

        options!.MasterKey = Convert.ToBase64String(RandomNumberGenerator.GetBytes(32));
        options.FormerMasterKeys.Add(former);
        Assert.Contains("250.00", await bank.ExportAsync(), StringComparison.Ordinal);

        options.FormerMasterKeys.Clear();
        var export = await bank.ExportAsync();
        Assert.DoesNotContain("250.00", export, StringComparison.Ordinal);
        Assert.All((await LedgerFile.VerifyAsync(export)).Problems, problem => Assert.Equal(EvidenceProblemKind.KeyMissing, problem.Kind));
    }

    [Fact]
    public async Task Retention_removes_up_to_a_checkpoint_and_the_rest_still_verifies()
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var time = new ManualTime();
        await using var bank = await RelyingParty.StartAsync(setup =>
        {
            setup.Time = time;
            setup.Options = options =>
            {
                options.Evidence.SigningKey = Convert.ToBase64String(key.ExportPkcs8PrivateKey());
                options.Evidence.Retention = TimeSpan.FromDays(1);
            };
        });
        var recorder = bank.Services.GetRequiredService<EvidenceRecorder>();
        await ChainedAsync(3, "old");
        time.Advance(TimeSpan.FromHours(25));
        await ChainedAsync(2, "new");
        var retention = ActivatorUtilities.CreateInstance<EvidenceRetention>(bank.Services);
        await retention.KeepAsync(CancellationToken.None);

        var export = await bank.ExportAsync();
        Assert.DoesNotContain("\"challenge\":\"old", export, StringComparison.Ordinal);
        var result = await LedgerFile.VerifyAsync(export, options => options.PublicKeys.Add(key));
        Assert.Equal([], result.Problems);
        Assert.Equal((4, 5), (result.FirstSequence, result.LastSequence));

        async Task ChainedAsync(int count, string name)
        {
            for (var round = 0; round < count; round++)
            {
                await bank.Store.AddEvidenceAsync(Draft(recorder, "alice", $"{name} {round}") with { At = time.GetUtcNow() });
            }

            await bank.ChainAsync();
            await bank.Chainer().CheckpointAsync(force: true, CancellationToken.None);
        }
    }

    private static EvidenceDraft Draft(EvidenceRecorder recorder, string subject, string challenge)
    {
        var request = new ConsumeRequest(
            new StepUpBinding { Scheme = "Cookies", Subject = subject, SessionHash = "hash" }, StepUpReason.SettingsChange, "digest", "operation", challenge, DateTimeOffset.UtcNow);
        return recorder.Using(request).Evidence!;
    }
}
