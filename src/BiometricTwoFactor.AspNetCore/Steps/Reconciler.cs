using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace BiometricTwoFactor.AspNetCore;

/// <summary>
/// Reads the decisions of open challenges by itself, for the webhook that never comes (protocol 6.1, 6.6), through the same
/// reads and the same judge as everything else; and reminds of a challenge that nobody has opened.
/// </summary>
internal sealed class Reconciler(
    IStepUpStore store,
    IServiceScopeFactory scopes,
    ReconcilerSchedule schedule,
    Tenants tenants,
    TimeProvider timeProvider,
    ILogger<Reconciler> logger) : BackgroundService
{
    private const int AtOnce = 4;
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(5);

    /// <summary>Rounds over what is due, until nothing more is; what the provider asked to wait with is put off.</summary>
    internal async Task ReconcileAsync(CancellationToken cancellationToken)
    {
        for (;;)
        {
            var batch = tenants.Shared.Reconciler.BatchSize;
            var due = await store.ListToReadAsync(timeProvider.GetUtcNow(), batch, cancellationToken).ConfigureAwait(false);
            var taken = 0;
            var parallel = new ParallelOptions { MaxDegreeOfParallelism = AtOnce, CancellationToken = cancellationToken };
            await Parallel.ForEachAsync(
                due,
                parallel,
                async (challenge, token) =>
                {
                    if (await GuardedAsync(challenge, token).ConfigureAwait(false))
                    {
                        Interlocked.Increment(ref taken);
                    }
                }).ConfigureAwait(false);

            // A round that took none would meet the same ones again at once.
            if (due.Count < batch || taken == 0)
            {
                return;
            }
        }
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Interval, timeProvider);
        while (await timer.WaitForNextTickAsync(stoppingToken).ConfigureAwait(false))
        {
            try
            {
                await ReconcileAsync(stoppingToken).ConfigureAwait(false);
            }
            catch (Exception failure) when (!stoppingToken.IsCancellationRequested)
            {
                Log.ReconcilerFailed(logger, failure);
            }
        }
    }

    /// <summary>One that fails must not keep the others from their turn; its next date was written before it was read.</summary>
    private async Task<bool> GuardedAsync(StepUpChallenge challenge, CancellationToken cancellationToken)
    {
        try
        {
            return await TakeAsync(challenge, cancellationToken).ConfigureAwait(false);
        }
        catch (Exception failure) when (!cancellationToken.IsCancellationRequested)
        {
            Log.ReconcilerFailed(logger, failure);
            return false;
        }
    }

    private async Task<bool> TakeAsync(StepUpChallenge challenge, CancellationToken cancellationToken)
    {
        using var ofTenant = TenantScope.Begin(logger, challenge.Binding.Tenant);
        using var scope = scopes.CreateScope();
        var reading = await scope.ServiceProvider.GetRequiredService<DecisionReads>().ReadByItselfAsync(challenge, cancellationToken).ConfigureAwait(false);
        if (reading.HadTurn && (reading.Status == SessionStatus.NotStarted || reading.Challenge.SessionId is null))
        {
            await RemindAsync(reading.Challenge, scope.ServiceProvider.GetRequiredService<ChallengeWriter>(), cancellationToken).ConfigureAwait(false);
        }

        return reading.HadTurn;
    }

    private async Task RemindAsync(StepUpChallenge challenge, ChallengeWriter writer, CancellationToken cancellationToken)
    {
        var now = timeProvider.GetUtcNow();
        var isMine = false;
        var reminded = await writer.ChangeAsync(
            challenge,
            current =>
            {
                isMine = schedule.ReminderOf(current) <= now && now < current.Deadline;
                return isMine ? current with { RemindedAt = now } : null;
            },
            cancellationToken).ConfigureAwait(false);
        if (isMine && reminded is not null)
        {
            Log.Unopened(logger, challenge.Id);
            await writer.TellAsync(new StepUpEvent(StepUpEventKind.Unopened, reminded), cancellationToken).ConfigureAwait(false);
        }
    }
}
