using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace BiometricTwoFactor.AspNetCore;

/// <summary>
/// What happens by itself: the decision reads that webhooks asked for, the last read and the end at each deadline
/// (protocol 6.6), and deletions at the provider until they are confirmed (protocol 3.3).
/// </summary>
internal sealed class StepUpSweeper(
    IStepUpStore store,
    IServiceScopeFactory scopes,
    DecisionReadQueue queue,
    ProviderPause pause,
    Tenants tenants,
    TimeProvider timeProvider,
    ILogger<StepUpSweeper> logger) : BackgroundService
{
    private const int Batch = 100;

    /// <summary>So that one slow answer, or one pause of the throttle, does not hold up the verdicts of all others.</summary>
    private const int Readers = 4;

    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan LongestPostponement = TimeSpan.FromHours(1);

    protected override Task ExecuteAsync(CancellationToken stoppingToken) =>
        Task.WhenAll([SweepOnAndOnAsync(stoppingToken), .. Enumerable.Range(0, Readers).Select(_ => ReadAsAskedAsync(stoppingToken))]);

    /// <summary>One round over what is due; public to the tests of this assembly, which own the clock.</summary>
    internal async Task SweepAsync(CancellationToken cancellationToken)
    {
        using var scope = scopes.CreateScope();
        var reads = scope.ServiceProvider.GetRequiredService<DecisionReads>();
        var writer = scope.ServiceProvider.GetRequiredService<ChallengeWriter>();
        foreach (var challenge in await store.ListDueAsync(timeProvider.GetUtcNow(), Batch, cancellationToken).ConfigureAwait(false))
        {
            await GuardedAsync(() => EndAsync(challenge, reads, writer, cancellationToken), cancellationToken).ConfigureAwait(false);
        }

        foreach (var deletion in await store.ListDeletionsAsync(timeProvider.GetUtcNow(), Batch, cancellationToken).ConfigureAwait(false))
        {
            await GuardedAsync(() => DeleteAsync(deletion, cancellationToken), cancellationToken).ConfigureAwait(false);
        }
    }

    private async Task EndAsync(StepUpChallenge challenge, DecisionReads reads, ChallengeWriter writer, CancellationToken cancellationToken)
    {
        using var scope = TenantScope.Begin(logger, challenge.Binding.Tenant);
        try
        {
            // A lost webhook and a closed tab still end well. The judge says whether it is too late, here as everywhere.
            challenge = (await reads.ReadAsync(challenge, force: true, cancellationToken).ConfigureAwait(false)).Challenge;
        }
        catch (Exception failure) when (!cancellationToken.IsCancellationRequested)
        {
            Log.SweepFailed(logger, failure); // what cannot be judged is over all the same
        }

        // Whatever was due when it was listed may have been given more time since: only what is due as it is now ends.
        await writer.ChangeAsync(
            challenge,
            current => current.NextDeadline is { } end && end <= timeProvider.GetUtcNow() ? current with { State = EndOf(current), ReasonCodes = [JudgementReason.TooLate] } : null,
            cancellationToken).ConfigureAwait(false);
    }

    private static ChallengeState EndOf(StepUpChallenge challenge) =>
        challenge is { ClaimRequired: true, ClaimedAt: null, State: not ChallengeState.Pending } ? ChallengeState.Unclaimed : ChallengeState.Expired;

    private async Task DeleteAsync(SessionDeletion deletion, CancellationToken cancellationToken)
    {
        using var scope = TenantScope.Begin(logger, deletion.Tenant);
        // Left alone, or of a tenant that is not configured at present. Put off, so that it does not keep others from their turn.
        if ((tenants.Knows(deletion.Tenant) ? pause.Until(deletion.Tenant) : timeProvider.GetUtcNow() + LongestPostponement) is { } later)
        {
            await store.PostponeDeletionAsync(deletion, later, cancellationToken).ConfigureAwait(false);
            return;
        }

        try
        {
            // Gone already is as good as deleted.
            await tenants.ClientOf(deletion.Tenant).DeleteSessionAsync(deletion.SessionId, cancellationToken).ConfigureAwait(false);
            await store.CompleteDeletionAsync(deletion, cancellationToken).ConfigureAwait(false);
        }
        catch (BiometricException failure)
        {
            pause.Note(deletion.Tenant, failure);
            var wait = TimeSpan.FromSeconds(Math.Min(5 * Math.Pow(2, deletion.Attempts), LongestPostponement.TotalSeconds));
            var dueAt = timeProvider.GetUtcNow() + wait;
            Log.DeletionPostponed(logger, deletion.SessionId.ToString(), failure.Code, dueAt);
            await store.PostponeDeletionAsync(deletion, dueAt, cancellationToken).ConfigureAwait(false);
        }
    }

    private async Task ReadAsAskedAsync(CancellationToken stoppingToken)
    {
        await foreach (var id in queue.Reader.ReadAllAsync(stoppingToken).ConfigureAwait(false))
        {
            await GuardedAsync(
                async () =>
                {
                    if (await store.FindAsync(id, stoppingToken).ConfigureAwait(false) is not { SessionId: not null } challenge)
                    {
                        return;
                    }

                    if (challenge.LastReadAt is { } last && tenants.OfOrShared(challenge.Binding.Tenant).DecisionReadInterval - (timeProvider.GetUtcNow() - last) is { Ticks: > 0 } pause)
                    {
                        await Task.Delay(pause, timeProvider, stoppingToken).ConfigureAwait(false);
                        challenge = await store.FindAsync(id, stoppingToken).ConfigureAwait(false) ?? challenge;
                    }

                    using var scope = scopes.CreateScope();
                    await scope.ServiceProvider.GetRequiredService<DecisionReads>().ReadAsync(challenge, force: false, stoppingToken).ConfigureAwait(false);
                },
                stoppingToken).ConfigureAwait(false);
        }
    }

    private async Task SweepOnAndOnAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Interval, timeProvider);
        while (await timer.WaitForNextTickAsync(stoppingToken).ConfigureAwait(false))
        {
            await GuardedAsync(() => SweepAsync(stoppingToken), stoppingToken).ConfigureAwait(false);
        }
    }

    private async Task GuardedAsync(Func<Task> work, CancellationToken stoppingToken)
    {
        try
        {
            await work().ConfigureAwait(false);
        }
        catch (Exception failure) when (!stoppingToken.IsCancellationRequested)
        {
            // Neither must one that fails keep the others from their turn, nor one round end all that come.
            Log.SweepFailed(logger, failure);
        }
    }
}
