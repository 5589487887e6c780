using System.Net;
using BiometricTwoFactor.Emulator;
using Microsoft.Extensions.DependencyInjection;

namespace BiometricTwoFactor.AspNetCore.Tests;

/// <summary>Protocol 6.4 and 6.6 while a store, an observer or a hook of the application is in trouble.</summary>
public sealed partial class Section6VerdictTests
{
    [Fact]
    public async Task Rule_6_6_One_that_nobody_can_judge_keeps_no_other_from_its_end()
    {
        var time = new ManualTime();
        await using var bank = await Enrolments.StartAsync(setup =>
        {
            setup.Time = time;
            setup.ConfigureServicesLast = services => services.AddSingleton<IAccountHolderCheck, ThrowingCheck>();
        });
        bank.Provider.Faults.DropWebhooks = true;
        using var newcomer = await bank.SignedInAsync("newcomer");
        var enrolment = await Enrolments.EnrolAsync(newcomer);
        await newcomer.StartedAsync(enrolment);
        await bank.Provider.CompleteAsync(bank.LastSession().Id);

        time.Advance(TimeSpan.FromSeconds(30));
        using var alice = await bank.SignedInAsync("alice");
        var payment = await alice.AskAsync();
        await alice.StartedAsync(payment);
        var session = bank.LastSession().Id;
        time.Advance(TimeSpan.FromMinutes(10));
        await bank.SweepAsync();
        await bank.SweepAsync();
        Assert.Equal(ChallengeState.Expired, (await bank.ChallengeAsync(payment)).State);
        Assert.True(bank.Provider.FindSession(session) is null or { IsDeleted: true });
        Assert.Equal(ChallengeState.Expired, (await bank.ChallengeAsync(enrolment)).State);
    }

    [Fact]
    public async Task Rule_6_6_What_got_more_time_meanwhile_is_not_ended_by_an_older_look_at_it()
    {
        var time = new ManualTime();
        var (store, proxy) = StoreProxy.Create(time);
        await using var bank = await RelyingParty.StartAsync(setup =>
        {
            setup.Time = time;
            setup.ConfigureServices = services => services.AddSingleton(store);
        });
        using var browser = await bank.SignedInAsync("alice");
        var id = await browser.AskAsync();
        await browser.StartedAsync(id);
        await bank.Provider.CompleteAsync(bank.LastSession().Id);
        var approved = await bank.UntilAsync(id, challenge => challenge.State == ChallengeState.Approved);
        proxy.After = async method =>
        {
            if (method == nameof(IStepUpStore.ListDueAsync))
            {
                // A claim on another machine, whose clock is a moment behind.
                proxy.After = _ => Task.CompletedTask;
                var present = (await store.FindAsync(id))!;
                await store.TryReplaceAsync(present with
                {
                    ClaimedAt = approved.Deadline.AddSeconds(-1), ExecuteBy = approved.Deadline.AddMinutes(5), Version = present.Version + 1,
                });
            }
        };
        time.Advance(TimeSpan.FromMinutes(10));
        await bank.SweepAsync();
        Assert.Equal(ChallengeState.Approved, (await bank.ChallengeAsync(id)).State);
    }

    [Fact]
    public async Task Rule_6_6_An_observer_that_runs_out_of_time_takes_nobodys_approval()
    {
        await using var bank = await RelyingParty.StartAsync(setup => setup.ConfigureServicesLast = services => services.AddSingleton<IStepUpObserver, SlowObserver>());
        using var browser = await bank.SignedInAsync("alice");
        var id = await Payments.ApprovedAsync(bank, browser);
        using var done = await browser.ResumeAsync(id);
        Assert.Equal($"executed {id}", await done.Content.ReadAsStringAsync());
    }

    private sealed class ThrowingCheck : IAccountHolderCheck
    {
        public ValueTask<bool> IsAccountHolderAsync(string subject, IdVerification document, CancellationToken cancellationToken = default) =>
            throw new InvalidOperationException("A document without a birth date.");
    }

    /// <summary>As an HTTP client does whose server is too slow: cancelled, and by nobody who called.</summary>
    private sealed class SlowObserver : IStepUpObserver
    {
        public ValueTask OnEventAsync(StepUpEvent stepUpEvent, CancellationToken cancellationToken = default) =>
            stepUpEvent.Kind == StepUpEventKind.Consumed ? throw new TaskCanceledException("The request was canceled due to the configured HttpClient.Timeout.") : ValueTask.CompletedTask;
    }
}
