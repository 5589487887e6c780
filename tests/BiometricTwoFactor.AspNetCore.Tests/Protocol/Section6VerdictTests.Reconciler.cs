using BiometricTwoFactor.Emulator;
using Microsoft.Extensions.DependencyInjection;

namespace BiometricTwoFactor.AspNetCore.Tests;

/// <summary>Protocol 6.1, 6.6 and R-45: what is read without being asked.</summary>
public sealed partial class Section6VerdictTests
{
    private static readonly TimeSpan FirstPause = new ReconcilerOptions().FirstPause;

    [Theory]
    [InlineData(SandboxScenario.Approve, ChallengeState.Approved)]
    [InlineData(SandboxScenario.DeclineLivenessAttack, ChallengeState.Declined)]
    [InlineData(SandboxScenario.ReviewFaceMatchBorderline, ChallengeState.InReview)]
    [InlineData(SandboxScenario.Abandon, ChallengeState.NotFinished)]
    public async Task Rule_6_1_A_verdict_whose_webhook_never_comes_is_read_and_releases_who_waits(string scenario, ChallengeState end)
    {
        var time = new ManualTime();
        await using var bank = await RelyingParty.StartAsync(setup => Alone(setup, time));
        bank.Provider.Faults.DropWebhooks = true;
        using var browser = await bank.SignedInAsync("alice");
        var id = await browser.AskAsync();
        await browser.StartedAsync(id);
        await bank.Provider.CompleteAsync(bank.LastSession().Id, scenario);
        var waiting = bank.UntilAsync(id, challenge => challenge.State != ChallengeState.Pending);

        await ReconcileAsync(bank); // too early
        Assert.Equal((ChallengeState.Pending, 0), await StateAndReadsAsync(bank, id));
        time.Advance(FirstPause);
        await ReconcileAsync(bank);
        Assert.Equal(end, (await waiting).State);
    }

    [Fact]
    public async Task Rule_6_1_Several_instances_read_one_challenge_once()
    {
        var time = new ManualTime();
        await using var bank = await RelyingParty.StartAsync(setup => Alone(setup, time));
        using var browser = await bank.SignedInAsync("alice");
        var id = await browser.AskAsync();
        await browser.StartedAsync(id);
        time.Advance(FirstPause);
        await Task.WhenAll(Enumerable.Range(0, 20).Select(_ => Task.Run(() => ActivatorUtilities.CreateInstance<Reconciler>(bank.Services).ReconcileAsync(CancellationToken.None))));
        var read = await bank.ChallengeAsync(id);
        Assert.Equal((ChallengeState.Pending, 1, time.GetUtcNow()), (read.State, read.ReadCount, read.LastReadAt));
        Assert.True(read.NextReadAt > time.GetUtcNow() + FirstPause);
    }

    [Fact]
    public async Task Rule_6_1_A_provider_that_asks_to_wait_is_left_alone_for_every_challenge()
    {
        var time = new ManualTime();
        await using var bank = await RelyingParty.StartAsync(setup => Alone(setup, time));
        bank.Provider.Faults.DropWebhooks = true;
        using var alice = await bank.SignedInAsync("alice");
        using var bob = await bank.SignedInAsync("bob");
        var first = await alice.AskAsync();
        await alice.StartedAsync(first);
        await bank.Provider.CompleteAsync(bank.LastSession().Id);
        bank.Provider.Faults.FailNextRequests(1, 429, headers: new Dictionary<string, string>(StringComparer.Ordinal) { ["Retry-After"] = "120" });
        time.Advance(FirstPause);
        await ReconcileAsync(bank);
        Assert.Equal((ChallengeState.Pending, 1), await StateAndReadsAsync(bank, first));

        var second = await bob.AskAsync();
        bank.Provider.Faults.Clear();
        bank.Provider.Faults.DropWebhooks = true;
        await bob.StartedAsync(second); // somebody waits for it: creating goes on
        await bank.Provider.CompleteAsync(bank.LastSession().Id);
        time.Advance(TimeSpan.FromSeconds(100));
        await ReconcileAsync(bank);
        Assert.Equal((ChallengeState.Pending, 0), await StateAndReadsAsync(bank, second));
        Assert.Equal((ChallengeState.Pending, 1), await StateAndReadsAsync(bank, first));

        time.Advance(TimeSpan.FromSeconds(25));
        await ReconcileAsync(bank);
        foreach (var id in new[] { first, second })
        {
            Assert.Equal(ChallengeState.Approved, (await bank.UntilAsync(id, challenge => challenge.State != ChallengeState.Pending)).State);
        }
    }

    [Fact]
    public async Task Rule_6_1_Deletions_leave_a_provider_alone_too_that_asks_to_wait()
    {
        var time = new ManualTime();
        await using var bank = await RelyingParty.StartAsync(setup => setup.Time = time);
        foreach (var user in new[] { "alice", "bob" })
        {
            using var browser = await bank.SignedInAsync(user);
            var id = await browser.AskAsync();
            await browser.StartedAsync(id);
            using var cancelled = await browser.PostAsync($"/biometric/cancel/{id}", await browser.TokenAsync());
        }

        bank.Provider.Faults.FailNextRequests(1, 429, headers: new Dictionary<string, string>(StringComparer.Ordinal) { ["Retry-After"] = "120" });
        await bank.SweepAsync();
        await bank.SweepAsync();
        Assert.Equal(2, bank.Provider.Sessions.Count(session => !session.IsDeleted));
        time.Advance(TimeSpan.FromSeconds(121));
        await bank.SweepAsync();
        Assert.Empty(await bank.Store.ListDeletionsAsync(DateTimeOffset.MaxValue, 10));
        Assert.All(bank.Provider.Sessions, session => Assert.True(session.IsDeleted));
    }

    [Fact]
    public async Task Rule_6_1_More_than_one_batch_is_read_in_one_round()
    {
        var time = new ManualTime();
        await using var bank = await RelyingParty.StartAsync(setup =>
        {
            Alone(setup, time);
            setup.Options = options => options.Reconciler.BatchSize = 1;
        });
        bank.Provider.Faults.DropWebhooks = true;
        List<string> ids = [];
        foreach (var user in new[] { "alice", "bob", "carol" })
        {
            using var browser = await bank.SignedInAsync(user);
            ids.Add(await browser.AskAsync());
            await browser.StartedAsync(ids[^1]);
            await bank.Provider.CompleteAsync(bank.LastSession().Id);
        }

        time.Advance(FirstPause);
        await ReconcileAsync(bank);
        foreach (var id in ids)
        {
            Assert.Equal(ChallengeState.Approved, (await bank.UntilAsync(id, challenge => challenge.State != ChallengeState.Pending)).State);
        }
    }

    [Fact]
    public async Task Rule_6_6_An_approval_is_read_only_while_it_is_frozen()
    {
        var time = new ManualTime();
        await using var bank = await RelyingParty.StartAsync(setup => Alone(setup, time));
        using var browser = await bank.SignedInAsync("alice");
        var id = await Payments.ApprovedAsync(bank, browser);
        var before = await bank.ChallengeAsync(id);
        time.Advance(FirstPause);
        await ReconcileAsync(bank);
        var after = await bank.UntilAsync(id, challenge => challenge.ReadCount == 1);
        Assert.Equal(before.LastReadAt, after.LastReadAt);

        // A contradiction whose own read came to nothing is settled later by itself.
        Assert.Equal(ReplaceResult.Replaced, await bank.Store.TryReplaceAsync(after with { FrozenAt = time.GetUtcNow(), Version = after.Version + 1 }));
        time.Advance(TimeSpan.FromMinutes(1));
        await ReconcileAsync(bank);
        Assert.Equal(ChallengeState.Approved, (await bank.UntilAsync(id, challenge => challenge.FrozenAt is null)).State);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Rule_6_6_A_challenge_that_nobody_opened_reminds_its_user_once(bool started)
    {
        var time = new ManualTime();
        await using var bank = await RelyingParty.StartAsync(setup =>
        {
            Alone(setup, time);
            setup.Options = options => options.Reconciler.RemindAfter = TimeSpan.FromMinutes(2);
        });
        using var browser = await bank.SignedInAsync("alice");
        var id = await browser.AskAsync();
        if (started)
        {
            await browser.StartedAsync(id);
        }

        time.Advance(TimeSpan.FromSeconds(119));
        await ReconcileAsync(bank);
        Assert.DoesNotContain(StepUpEventKind.Unopened, bank.Events.Kinds);
        await Task.WhenAll(Enumerable.Range(0, 5).Select(_ => ReconcileAsync(bank)));
        time.Advance(TimeSpan.FromSeconds(1));
        await ReconcileAsync(bank);
        Assert.Equal(time.GetUtcNow(), (await bank.UntilAsync(id, challenge => challenge.RemindedAt is not null)).RemindedAt);
        time.Advance(TimeSpan.FromMinutes(5));
        await ReconcileAsync(bank);
        Assert.Single(bank.Events.Kinds, StepUpEventKind.Unopened);
    }

    [Fact]
    public async Task Rule_6_6_Who_has_opened_it_is_not_reminded()
    {
        var time = new ManualTime();
        await using var bank = await RelyingParty.StartAsync(setup =>
        {
            Alone(setup, time);
            setup.Options = options => options.Reconciler.RemindAfter = TimeSpan.FromMinutes(2);
        });
        using var browser = await bank.SignedInAsync("alice");
        var id = await browser.AskAsync();
        await browser.StartedAsync(id);
        await bank.Provider.OpenAsync(bank.LastSession().Id);
        time.Advance(TimeSpan.FromMinutes(5));
        await ReconcileAsync(bank);
        Assert.True((await bank.ChallengeAsync(id)).ReadCount > 0);
        Assert.DoesNotContain(StepUpEventKind.Unopened, bank.Events.Kinds);
    }

    /// <summary>Nothing happens by itself, so that what a test does by hand is all that happens.</summary>
    private static void Alone(RelyingPartySetup setup, TimeProvider time)
    {
        setup.Time = time;
        setup.ConfigureServicesLast = services =>
        {
            foreach (var own in services.Where(service => service.ImplementationType == typeof(StepUpSweeper) || service.ImplementationType == typeof(Reconciler)).ToArray())
            {
                services.Remove(own);
            }
        };
    }

    private static Task ReconcileAsync(RelyingParty bank) =>
        ActivatorUtilities.CreateInstance<Reconciler>(bank.Services).ReconcileAsync(CancellationToken.None);

    private static async Task<(ChallengeState State, int Reads)> StateAndReadsAsync(RelyingParty bank, string id)
    {
        var challenge = await bank.ChallengeAsync(id);
        return (challenge.State, challenge.ReadCount);
    }
}
