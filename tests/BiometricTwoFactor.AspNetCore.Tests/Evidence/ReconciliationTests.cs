using BiometricTwoFactor.Emulator;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace BiometricTwoFactor.AspNetCore.Tests;

/// <summary>"Reconcile from … to …": the provider's sessions of a gap, through the same judge.</summary>
public sealed class ReconciliationTests
{
    [Fact]
    public async Task What_was_lost_in_a_gap_is_judged_and_a_second_run_changes_nothing()
    {
        await using var bank = await RelyingParty.StartAsync();
        bank.Provider.WebhookUrl = null; // the gap
        using var alice = await bank.SignedInAsync("alice");
        var id = await alice.AskAsync();
        await alice.StartedAsync(id);
        await bank.Provider.CompleteAsync(bank.LastSession().Id, SandboxScenario.Approve);

        var (from, to) = (DateTimeOffset.UtcNow.AddHours(-1), DateTimeOffset.UtcNow.AddHours(1));
        Assert.Equal(new ReconciliationResult(1, 1, 0, 0, 0), await RunAsync(bank, from, to));
        Assert.Equal(ChallengeState.Approved, (await bank.ChallengeAsync(id)).State);
        var entries = (await bank.ChainAsync()).Count;
        await RunAsync(bank, from, to);
        Assert.Equal(entries, (await bank.ChainAsync()).Count);
    }

    [Fact]
    public async Task What_has_ended_stays_ended_and_the_status_is_recorded_once()
    {
        await using var bank = await RelyingParty.StartAsync();
        using var alice = await bank.SignedInAsync("alice");
        var id = await alice.AskAsync();
        await Payments.CompleteAsync(bank, alice, id, SandboxScenario.DeclineFaceMatchLowSimilarity);
        var (from, to) = (DateTimeOffset.UtcNow.AddHours(-1), DateTimeOffset.UtcNow.AddHours(1));
        Assert.Equal(new ReconciliationResult(1, 0, 1, 0, 0), await RunAsync(bank, from, to));
        Assert.Equal(new ReconciliationResult(1, 0, 0, 0, 0), await RunAsync(bank, from, to));
        Assert.Equal(ChallengeState.Declined, (await bank.ChallengeAsync(id)).State);
        Assert.Equal((EvidenceKind.Read, null), (await bank.KindsAsync(id))[^1]);
    }

    [Fact]
    public async Task The_command_runs_within_the_application_and_says_what_it_did()
    {
        await using var bank = await RelyingParty.StartAsync();
        using var alice = await bank.SignedInAsync("alice");
        await Payments.ApprovedAsync(bank, alice);
        using var host = new Host(bank.Services);
        using var output = new StringWriter();
        Assert.Null(await host.RunBiometricCommandAsync(["--urls", "http://localhost"], output));
        Assert.Equal(2, await host.RunBiometricCommandAsync(["biometric", "reconcile", "--from", "yesterday"], output));
        Assert.StartsWith("Usage: ", output.ToString(), StringComparison.Ordinal);
        var code = await host.RunBiometricCommandAsync(["biometric", "reconcile", "--from", "2026-01-01", "--to", DateTimeOffset.UtcNow.AddHours(1).ToString("O")], output);
        Assert.Equal(0, code);
        Assert.Contains("1 sessions: 1 judged, 0 recorded, 0 of no challenge here, 0 could not be read", output.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_command_does_not_run_without_the_master_key_of_a_durable_store()
    {
        var (store, _) = StoreProxy.Create(TimeProvider.System);
        EvidenceOptions? options = null;
        await using var bank = await RelyingParty.StartAsync(setup =>
        {
            setup.Options = step => options = step.Evidence;
            setup.ConfigureServices = services => services.AddSingleton(store);
        });
        options!.MasterKey = null;
        using var host = new Host(bank.Services);
        using var output = new StringWriter();
        Assert.Equal(2, await host.RunBiometricCommandAsync(["biometric", "reconcile", "--from", "2026-01-01", "--to", "2026-01-02"], output));
        Assert.Contains("Biometric:Evidence:MasterKey is missing", output.ToString(), StringComparison.Ordinal);
    }

    private static async Task<ReconciliationResult> RunAsync(RelyingParty bank, DateTimeOffset from, DateTimeOffset to)
    {
        await using var scope = bank.Services.CreateAsyncScope();
        return await scope.ServiceProvider.GetRequiredService<StepUpReconciliation>().RunAsync(from, to);
    }

    private sealed class Host(IServiceProvider services) : IHost
    {
        public IServiceProvider Services => services;

        public Task StartAsync(CancellationToken cancellationToken = default) => Task.CompletedTask;

        public Task StopAsync(CancellationToken cancellationToken = default) => Task.CompletedTask;

        public void Dispose()
        {
        }
    }
}
