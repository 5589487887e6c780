using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace BiometricTwoFactor.AspNetCore;

/// <summary>
/// Once a day, removes what is kept long enough: evidence up to the last checkpoint that is older than the retention, and
/// challenges that ended long ago.
/// </summary>
internal sealed class EvidenceRetention(
    IStepUpStore store,
    Tenants tenants,
    TimeProvider timeProvider,
    ILogger<EvidenceRetention> logger) : BackgroundService
{
    private const int Batch = 500;
    private static readonly TimeSpan AfterStart = TimeSpan.FromMinutes(10);
    private static readonly TimeSpan Interval = TimeSpan.FromDays(1);

    public async Task KeepAsync(CancellationToken cancellationToken)
    {
        var now = timeProvider.GetUtcNow();
        foreach (var tenant in await store.ListEvidenceTenantsAsync(cancellationToken).ConfigureAwait(false))
        {
            // Every entry that a checkpoint covers is older than it.
            if (await store.FindLastEvidenceCheckpointAsync(tenant, now - tenants.EvidenceOf(tenant).Retention, cancellationToken).ConfigureAwait(false) is { } last
                && await store.PruneEvidenceAsync(tenant, last.Sequence, cancellationToken).ConfigureAwait(false) is > 0 and var gone)
            {
                Log.EvidencePruned(logger, gone, last.Sequence);
            }
        }

        while (await store.ForgetEndedAsync(now - tenants.Shared.Evidence.KeepEndedFor, Batch, cancellationToken).ConfigureAwait(false) == Batch)
        {
            cancellationToken.ThrowIfCancellationRequested();
        }
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        var wait = AfterStart;
        while (!stoppingToken.IsCancellationRequested)
        {
            await Task.Delay(wait, timeProvider, stoppingToken).ConfigureAwait(false);
            wait = Interval;
            try
            {
                await KeepAsync(stoppingToken).ConfigureAwait(false);
            }
            catch (Exception failure) when (!stoppingToken.IsCancellationRequested)
            {
                Log.RetentionFailed(logger, failure);
            }
        }
    }
}
