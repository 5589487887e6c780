using System.Net;
using BiometricTwoFactor.Emulator;
using Microsoft.Extensions.DependencyInjection;

namespace BiometricTwoFactor.AspNetCore.Tests;

/// <summary>Protocol 6.1, 6.4, 6.6, 6.7: verdicts in any order, lost, doubled and late, have the one effect that they should have.</summary>
public sealed partial class Section6VerdictTests
{
    public static TheoryData<string, string, ChallengeState, StepUpEventKind> Orders()
    {
        var orders = new TheoryData<string, string, ChallengeState, StepUpEventKind>();
        foreach (var order in new[] { "before the browser", "after the browser", "never", "twice", "twenty at once", "out of order" })
        {
            orders.Add(order, SandboxScenario.Approve, ChallengeState.Approved, StepUpEventKind.Approved);
            orders.Add(order, SandboxScenario.DeclineLivenessAttack, ChallengeState.Declined, StepUpEventKind.Declined);
            orders.Add(order, SandboxScenario.ReviewFaceMatchBorderline, ChallengeState.InReview, StepUpEventKind.Held);
        }

        return orders;
    }

    [Theory]
    [MemberData(nameof(Orders))]
    public async Task Rule_6_1_A_verdict_has_one_effect_in_whatever_order_it_comes(string order, string scenario, ChallengeState end, StepUpEventKind effect)
    {
        await using var bank = await RelyingParty.StartAsync();
        using var browser = await bank.SignedInAsync("alice");
        var id = await browser.AskAsync();
        await browser.StartedAsync(id);
        var session = bank.LastSession().Id;
        var faults = bank.Provider.Faults;
        faults.HoldWebhooks = order is "after the browser" or "out of order";
        faults.DropWebhooks = order is "never" or "twenty at once";
        if (order == "twice")
        {
            faults.Plan(new EmulatorFault { Kind = EmulatorFaultKind.WebhookDuplicate, Times = null });
        }

        await bank.Provider.OpenAsync(session);
        if (order == "out of order")
        {
            faults.HoldWebhooks = false; // "In Progress" stays held, and comes after the verdict
        }

        var callback = await bank.Provider.CompleteAsync(session, scenario);
        if (order == "twenty at once")
        {
            faults.DropWebhooks = false;
            var verdict = bank.Provider.Deliveries.Last(delivery => delivery.SessionId == session);
            await Task.WhenAll(Enumerable.Range(0, 20).Select(_ => bank.Provider.RedeliverAsync(verdict)));
            Assert.Equal(20, bank.Provider.Deliveries.Count(delivery => delivery.ResponseStatus == 200));
        }

        await browser.ClaimAsync(callback!);
        await faults.ReleaseWebhooksAsync();
        await bank.Provider.WebhooksIdleAsync();

        var settled = await bank.UntilAsync(id, challenge => challenge.FrozenAt is null);
        Assert.Equal(end, settled.State);
        Assert.Single(bank.Events.Kinds, effect);
        Assert.All(bank.Provider.Deliveries.Where(delivery => delivery.ResponseStatus is not null), delivery => Assert.Equal(200, delivery.ResponseStatus));
        if (end == ChallengeState.Approved)
        {
            using var done = await browser.ResumeAsync(id);
            Assert.Equal($"executed {id}", await done.Content.ReadAsStringAsync());
            Assert.Single(bank.Executed);
        }
    }

    [Fact]
    public async Task Rule_6_4_A_verdict_that_is_faster_than_the_row_of_its_session_is_judged_as_soon_as_that_is_there()
    {
        var time = new ManualTime(); // so that neither a repeat nor the reconciler comes to help
        var (store, proxy) = StoreProxy.Create(time);
        await using var bank = await RelyingParty.StartAsync(setup =>
        {
            setup.Time = time;
            setup.ConfigureServices = services => services.AddSingleton(store);
        });
        using var browser = await bank.SignedInAsync("alice");
        var id = await browser.AskAsync();
        proxy.Before = method => method == nameof(IStepUpStore.TryAttachSessionAsync) ? bank.Provider.CompleteAsync(bank.LastSession().Id) : Task.CompletedTask;
        await browser.StartedAsync(id);

        Assert.Equal(503, Assert.Single(bank.Provider.Deliveries).ResponseStatus); // so that the provider sends it again
        Assert.Equal(ChallengeState.Approved, (await bank.UntilAsync(id, challenge => challenge.State != ChallengeState.Pending)).State);
        Assert.False(await bank.Store.TakeParkedAsync("", bank.LastSession().Id, DateTimeOffset.MinValue));

        // The repeat finds the row, and nothing left to do.
        await bank.Provider.RedeliverAsync(bank.Provider.Deliveries[0]);
        Assert.Equal(200, bank.Provider.Deliveries[^1].ResponseStatus);
        Assert.Single(bank.Events.Kinds, StepUpEventKind.Approved);
    }

    [Theory]
    [InlineData(nameof(IStepUpStore.IsKnownSessionAsync))] // stored after the delivery did not find it
    [InlineData(nameof(IStepUpStore.ParkAsync))] // stored, and parked deliveries asked for, before this one was parked
    public async Task Rule_6_4_A_row_that_is_stored_while_its_verdict_looks_for_it_loses_nothing(string where)
    {
        var time = new ManualTime(); // so that neither a repeat nor the reconciler comes to help
        var (store, proxy) = StoreProxy.Create(time);
        await using var bank = await RelyingParty.StartAsync(setup =>
        {
            setup.Time = time;
            setup.ConfigureServices = services => services.AddSingleton(store);
        });
        using var browser = await bank.SignedInAsync("alice");
        var id = await browser.AskAsync();
        var looking = new TaskCompletionSource();
        var stored = new TaskCompletionSource();
        var delivering = Task.CompletedTask;
        proxy.Before = async method =>
        {
            if (method == nameof(IStepUpStore.TryAttachSessionAsync))
            {
                proxy.Before = other => other == where ? Meet() : Task.CompletedTask; // the start asked before; from now on it is the delivery
                delivering = bank.Provider.CompleteAsync(bank.LastSession().Id);
                await looking.Task;
            }

            Task Meet()
            {
                looking.TrySetResult();
                return stored.Task;
            }
        };
        proxy.After = method =>
        {
            if (method == nameof(IStepUpStore.TakeParkedAsync))
            {
                stored.TrySetResult();
            }

            return Task.CompletedTask;
        };

        await browser.StartedAsync(id);
        await delivering;
        Assert.Equal(ChallengeState.Approved, (await bank.UntilAsync(id, challenge => challenge.State != ChallengeState.Pending)).State);
    }

    [Fact]
    public async Task Rule_6_6_A_verdict_after_the_end_changes_nothing_and_its_face_is_taken_off_the_file()
    {
        var time = new ManualTime(); // so that nothing is deleted in the background meanwhile
        await using var bank = await RelyingParty.StartAsync(setup => setup.Time = time);
        using var browser = await bank.SignedInAsync("alice");
        var id = await browser.AskAsync();
        await browser.StartedAsync(id);
        using var cancelled = await browser.PostAsync($"/biometric/cancel/{id}", await browser.TokenAsync());
        var ended = await bank.ChallengeAsync(id);
        await bank.Provider.CompleteAsync(bank.LastSession().Id);
        await bank.Provider.WebhooksIdleAsync();

        Assert.Equal(200, bank.Provider.Deliveries[^1].ResponseStatus);
        Assert.Equal(ended, await bank.ChallengeAsync(id));
        Assert.True(await bank.Store.IsStoredFaceInDoubtAsync("", "alice")); // approved there, and by nobody here
        Assert.DoesNotContain(StepUpEventKind.Approved, bank.Events.Kinds);
        using var asked = await browser.TransferAsync();
        await Browser.ExpectAsync(HttpStatusCode.SeeOther, asked);
        Assert.Empty(bank.Executed);
    }

    [Fact]
    public async Task Rule_6_6_A_reversal_revokes_an_unused_approval_and_is_recorded_once()
    {
        await using var bank = await RelyingParty.StartAsync();
        using var browser = await bank.SignedInAsync("alice");
        var id = await Payments.ApprovedAsync(bank, browser);
        bank.Provider.Faults.Plan(new EmulatorFault { Kind = EmulatorFaultKind.WebhookDuplicate, Count = 3 });
        await bank.Provider.ReviewAsync(bank.LastSession().Id, approved: false);
        var revoked = await bank.UntilAsync(id, challenge => !challenge.IsOpen);
        await bank.Provider.WebhooksIdleAsync();
        Assert.Equal(ChallengeState.Revoked, revoked.State);
        Assert.Equal([JudgementReason.Reversed, JudgementReason.StatusPrefix + nameof(SessionStatus.Declined)], revoked.ReasonCodes);
        Assert.Single(bank.Events.Kinds, StepUpEventKind.Revoked);
        using var asked = await browser.TransferAsync();
        Assert.NotEqual(id, Browser.IdOf(asked));
        Assert.Empty(bank.Executed);
    }

    [Fact]
    public async Task Rule_6_6_A_reversal_of_a_used_approval_is_one_event_however_often_it_is_told()
    {
        await using var bank = await RelyingParty.StartAsync();
        using var browser = await bank.SignedInAsync("alice");
        var id = await Payments.ApprovedAsync(bank, browser);
        using var done = await browser.ResumeAsync(id);
        await bank.Provider.ReviewAsync(bank.LastSession().Id, approved: false);
        var reversal = bank.Provider.Deliveries[^1];
        await Task.WhenAll(Enumerable.Range(0, 20).Select(_ => bank.Provider.RedeliverAsync(reversal)));
        Assert.Equal(ChallengeState.Consumed, (await bank.ChallengeAsync(id)).State);
        Assert.Single(bank.Events.Kinds, StepUpEventKind.ReversedAfterUse);
    }

    [Theory]
    [InlineData("In Review")]
    [InlineData("Resubmitted")]
    public async Task Rule_6_7_A_review_that_was_overtaken_by_its_own_approval_is_confirmed_all_the_same(string late)
    {
        await using var bank = await RelyingParty.StartAsync();
        using var browser = await bank.SignedInAsync("alice");
        var id = await browser.AskAsync();
        await browser.StartedAsync(id);
        var session = bank.LastSession().Id;
        bank.Provider.Faults.HoldWebhooks = true;
        bank.Provider.Faults.NextWebhookBody = body => WithStatus(body, late);
        var callback = await bank.Provider.CompleteAsync(session, SandboxScenario.ReviewFaceMatchBorderline);
        bank.Provider.Faults.HoldWebhooks = false;
        await bank.Provider.ReviewAsync(session, approved: true);
        await browser.ClaimAsync(callback!);
        await bank.Provider.Faults.ReleaseWebhooksAsync(); // after "Approved"

        var settled = await bank.UntilAsync(id, challenge => challenge.FrozenAt is null && challenge.CameOutOfReview);
        Assert.Equal((ChallengeState.Approved, OutwardState.AwaitsConfirmation), (settled.State, OutwardState.Of(settled)));
        Assert.NotNull(settled.ReviewDeadline);
        using var early = await browser.TransferAsync();
        Assert.Equal(HttpStatusCode.SeeOther, early.StatusCode);
        using var confirmed = await browser.PostAsync($"/biometric/confirm/{id}", await browser.TokenAsync());
        using var done = await browser.ResumeAsync(id);
        Assert.Equal($"executed {id}", await done.Content.ReadAsStringAsync());
    }

    [Fact]
    public async Task Rule_6_7_After_Resubmitted_the_latest_decision_counts_and_is_out_of_review()
    {
        await using var bank = await RelyingParty.StartAsync();
        using var browser = await bank.SignedInAsync("alice");
        var id = await browser.AskAsync();
        await browser.StartedAsync(id);
        bank.Provider.Faults.NextWebhookBody = body => WithStatus(body, "Resubmitted"); // the news of then; the decision is of now
        var callback = await bank.Provider.CompleteAsync(bank.LastSession().Id);
        var settled = await bank.UntilAsync(id, challenge => challenge.State is not (ChallengeState.Pending or ChallengeState.InReview));
        Assert.Equal((ChallengeState.Approved, true), (settled.State, settled.CameOutOfReview));
        Assert.Equal("awaits-confirmation", (await browser.ClaimAsync(callback!)).State);
        Assert.Empty(bank.Executed);
    }

    [Fact]
    public async Task Rule_6_7_Resubmitted_gives_a_challenge_whose_time_is_over_no_second_life()
    {
        var time = new ManualTime();
        await using var bank = await RelyingParty.StartAsync(setup => Alone(setup, time)); // so that the delivery is the first to meet the overdue challenge
        using var browser = await bank.SignedInAsync("alice");
        var id = await browser.AskAsync();
        await browser.StartedAsync(id);
        time.Advance(TimeSpan.FromMinutes(10));
        bank.Provider.Faults.NextWebhookBody = body => WithStatus(body, "Resubmitted");
        await bank.Provider.CompleteAsync(bank.LastSession().Id);
        Assert.Equal(200, bank.Provider.Deliveries[^1].ResponseStatus);
        var overdue = await bank.ChallengeAsync(id);
        Assert.Equal((ChallengeState.Pending, null), (overdue.State, overdue.ReviewDeadline));
    }

    [Fact]
    public async Task Rule_6_6_Twenty_that_wait_are_released_by_one_verdict()
    {
        var time = new ManualTime(); // its clock stands still: no time limit could release a poll
        await using var bank = await RelyingParty.StartAsync(setup => setup.Time = time);
        using var browser = await bank.SignedInAsync("alice");
        var id = await browser.AskAsync();
        await browser.StartedAsync(id);
        var version = (await bank.ChallengeAsync(id)).Version;
        var polls = Enumerable.Range(0, 20).Select(_ => browser.GetAsync($"/biometric/challenges/{id}?wait=30&version={version}")).ToArray();
        await bank.Provider.CompleteAsync(bank.LastSession().Id, SandboxScenario.DeclineLivenessAttack);
        foreach (var poll in polls)
        {
            using var answer = await poll;
            Assert.Contains("\"declined\"", await answer.Content.ReadAsStringAsync(), StringComparison.Ordinal);
        }
    }

    internal static System.Text.Json.Nodes.JsonObject WithStatus(System.Text.Json.Nodes.JsonObject body, string status)
    {
        body["status"] = status;
        if (body["decision"] is System.Text.Json.Nodes.JsonObject decision && decision.ContainsKey("status"))
        {
            decision["status"] = status;
        }

        return body;
    }

    internal static async Task AssertLeadsToEnrolmentAsync(RelyingParty bank, Browser browser, string id)
    {
        Assert.Null(await bank.Store.FindEnrolmentAsync("", "alice"));
        using var state = await browser.GetAsync($"/biometric/challenges/{id}");
        Assert.Contains("\"not-enrolled\"", await state.Content.ReadAsStringAsync(), StringComparison.Ordinal);
        using var page = await browser.GetAsync($"/biometric/confirm/{id}");
        Assert.Contains("href=\"/biometric/enrol?returnUrl=%2F\"", await page.Content.ReadAsStringAsync(), StringComparison.Ordinal);
        using var enrol = await browser.GetAsync("/biometric/enrol?returnUrl=%2F");
        Assert.Equal(HttpStatusCode.OK, enrol.StatusCode);
    }
}
