using BiometricTwoFactor.Emulator;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

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
        Assert.Equal(new ReconciliationResult(1, 1, 0, 0, 0, 0), await RunAsync(bank, from, to));
        Assert.Equal(ChallengeState.Approved, (await bank.ChallengeAsync(id)).State);
        var entries = (await bank.ChainAsync()).Count;
        await RunAsync(bank, from, to);
        Assert.Equal(entries, (await bank.ChainAsync()).Count);
    }

    [Fact]
    public async Task What_has_ended_stays_ended_and_the_status_is_recorded_once()
    {
        await using var bank = await RelyingParty.StartAsync();
        bank.Provider.WebhookUrl = null; // the gap
        using var alice = await bank.SignedInAsync("alice");
        var id = await alice.AskAsync();
        await alice.StartedAsync(id);
        var session = bank.LastSession().Id;
        using var writing = bank.Services.CreateScope();
        await writing.ServiceProvider.GetRequiredService<ChallengeWriter>().EndAsync(await bank.ChallengeAsync(id), ChallengeState.Expired, JudgementReason.TooLate, CancellationToken.None);
        await bank.Provider.CompleteAsync(session, SandboxScenario.DeclineFaceMatchLowSimilarity);

        var (from, to) = (DateTimeOffset.UtcNow.AddHours(-1), DateTimeOffset.UtcNow.AddHours(1));
        Assert.Equal(new ReconciliationResult(1, 0, 1, 0, 0, 0), await RunAsync(bank, from, to));
        Assert.Equal(new ReconciliationResult(1, 0, 0, 1, 0, 0), await RunAsync(bank, from, to));
        Assert.Equal(ChallengeState.Expired, (await bank.ChallengeAsync(id)).State);
        Assert.Equal((EvidenceKind.Read, null), (await bank.KindsAsync(id))[^1]);
    }

    [Fact]
    public async Task What_a_signed_delivery_said_already_is_not_recorded_again_without_a_signature()
    {
        await using var bank = await RelyingParty.StartAsync();
        using var alice = await bank.SignedInAsync("alice");
        var declined = await alice.AskAsync();
        await Payments.CompleteAsync(bank, alice, declined, SandboxScenario.DeclineFaceMatchLowSimilarity);
        using var bob = await bank.SignedInAsync("bob");
        var used = await Payments.ApprovedAsync(bank, bob);
        using var done = await bob.ResumeAsync(used);

        var (from, to) = (DateTimeOffset.UtcNow.AddHours(-1), DateTimeOffset.UtcNow.AddHours(1));
        Assert.Equal(new ReconciliationResult(2, 0, 0, 2, 0, 0), await RunAsync(bank, from, to));
        Assert.DoesNotContain(await bank.ChainAsync(), entry => entry.Kind == EvidenceKind.Read);
    }

    [Fact]
    public async Task Sessions_from_outside_of_the_range_are_left_out()
    {
        await using var bank = await RelyingParty.StartAsync();
        using var alice = await bank.SignedInAsync("alice");
        await alice.StartedAsync(await alice.AskAsync());
        var made = bank.LastSession().CreatedAt;
        var review = bank.Services.GetRequiredService<IOptions<BiometricStepUpOptions>>().Value.ReviewLifetime;

        // The same day each time, which is all that the provider's list can tell apart.
        Assert.Equal(0, (await RunAsync(bank, made.AddSeconds(-20), made.AddSeconds(-10))).Sessions);
        Assert.Equal(0, (await RunAsync(bank, made + review + TimeSpan.FromSeconds(10), made + review + TimeSpan.FromSeconds(20))).Sessions);
        Assert.Equal(1, (await RunAsync(bank, made.AddSeconds(-10), made.AddSeconds(10))).Sessions);
        Assert.Equal(1, (await RunAsync(bank, made.AddHours(1), made.AddHours(2))).Sessions); // a review may have ended there
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
        Assert.Contains("Usage: ", output.ToString(), StringComparison.Ordinal);
        var code = await host.RunBiometricCommandAsync(["biometric", "reconcile", "--from", "2026-01-01", "--to", DateTimeOffset.UtcNow.AddHours(1).ToString("O")], output);
        Assert.Equal(0, code);
        Assert.Contains("1 sessions: 1 judged, 0 recorded, 0 unchanged, 0 of no challenge here, 0 could not be read", output.ToString(), StringComparison.Ordinal);
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

    [Theory]
    [InlineData("'yesterday' is no time", "biometric", "reconcile", "--from", "yesterday", "--to", "2026-01-02")]
    [InlineData("--from is not before --to", "biometric", "reconcile", "--from", "2026-01-02", "--to", "2026-01-02")]
    [InlineData("--to is missing", "biometric", "reconcile", "--from", "2026-01-02")]
    [InlineData("--to needs a time", "biometric", "reconcile", "--from", "2026-01-02", "--to")]
    [InlineData("--from is given twice", "biometric", "reconcile", "--from", "2026-01-02", "--from", "2026-01-02")]
    [InlineData("'--until' is not understood", "biometric", "reconcile", "--from", "2026-01-02", "--until", "2026-01-03")]
    [InlineData("There is no command 'reconsile'", "biometric", "reconsile", "--from", "2026-01-01", "--to", "2026-01-02")]
    [InlineData("The command is missing", "biometric")]
    [InlineData("is the first argument", "--urls", "http://localhost", "biometric", "reconcile", "--from", "2026-01-01", "--to", "2026-01-02")]
    [InlineData("is the first argument", "--verbose", "biometric", "reconcile")]
    public async Task What_is_wrong_with_the_arguments_is_said(string reason, params string[] args)
    {
        using var host = new Host(new ServiceCollection().BuildServiceProvider());
        using var output = new StringWriter();
        Assert.Equal(2, await host.RunBiometricCommandAsync(args, output));
        Assert.Contains(reason, output.ToString(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("--user", "biometric")]
    [InlineData("serve")]
    public async Task Arguments_of_the_applications_own_are_none_of_ours(params string[] args)
    {
        using var host = new Host(new ServiceCollection().BuildServiceProvider());
        Assert.Null(await host.RunBiometricCommandAsync(args));
    }

    [Fact]
    public async Task Help_says_what_the_times_mean()
    {
        using var host = new Host(new ServiceCollection().BuildServiceProvider());
        using var output = new StringWriter();
        Assert.Equal(0, await host.RunBiometricCommandAsync(["biometric", "reconcile", "--help"], output));
        Assert.Contains("without an offset is UTC", output.ToString(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("http://127.0.0.1:1", "a-key", "could not be reached")]
    [InlineData(null, "not-the-providers-key", "refuses the key")]
    public async Task A_provider_that_cannot_be_asked_is_told_in_one_line(string? address, string key, string told)
    {
        await using var bank = await RelyingParty.StartAsync(setup => setup.Client = client =>
        {
            client.BaseAddress = address is null ? client.BaseAddress : new Uri(address);
            client.ApiKey = key;
        });
        using var host = new Host(bank.Services);
        using var output = new StringWriter();
        Assert.Equal(1, await host.RunBiometricCommandAsync(["biometric", "reconcile", "--from", "2026-01-01", "--to", "2026-01-02"], output));
        var line = Assert.Single(output.ToString().Split(output.NewLine, StringSplitOptions.RemoveEmptyEntries));
        Assert.Contains(told, line, StringComparison.Ordinal);
        Assert.DoesNotContain(key, line, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("Biometric:Evidence:MasterKey", "")]
    [InlineData("Biometric:PublicOrigin", "bank.example")]
    public async Task What_would_stop_the_start_stops_the_command(string setting, string value)
    {
        var starting = new Starting { Settings = { [setting] = value } };
        var builder = WebApplication.CreateSlimBuilder();
        builder.Configuration.AddInMemoryCollection(starting.Settings);
        builder.Logging.ClearProviders();
        builder.Services.AddAuthentication().AddCookie();
        builder.Services.AddBiometricStepUp(builder.Configuration.GetSection("Biometric"));
        await using var app = builder.Build();
        using var output = new StringWriter();
        Assert.Equal(2, await app.RunBiometricCommandAsync(["biometric", "reconcile", "--from", "2026-01-01", "--to", "2026-01-02"], output));
        Assert.StartsWith(setting, Assert.Single(output.ToString().Split(output.NewLine, StringSplitOptions.RemoveEmptyEntries)), StringComparison.Ordinal);
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
