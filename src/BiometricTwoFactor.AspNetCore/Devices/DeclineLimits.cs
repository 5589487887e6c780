using Microsoft.Extensions.Logging;

namespace BiometricTwoFactor.AspNetCore;

/// <summary>
/// What declined captures lead to (protocol 2.4): a wait after some in a row, and where the application says so a block that
/// only somebody lifts. Each recognised device has a count of its own and all others share one, so that a stranger with the
/// password never locks the owner out of a device that is the owner's.
/// </summary>
internal sealed class DeclineLimits(
    IStepUpStore store,
    Tenants tenants,
    TimeProvider timeProvider,
    ILogger<DeclineLimits> logger,
    IBlockHook? hook = null)
{
    /// <summary>Whether this device group of the subject may be asked for a face now.</summary>
    public async Task<DeclineLimit> FindAsync(StepUpBinding binding, string deviceGroup, CancellationToken cancellationToken)
    {
        if (await store.IsBlockedAsync(binding.Tenant, binding.Subject, deviceGroup, cancellationToken).ConfigureAwait(false))
        {
            return new(IsReached: true, RetryAfter: null);
        }

        var current = tenants.Of(binding.Tenant);
        var since = timeProvider.GetUtcNow() - current.DeclinesWindow;
        var declines = await store.CountDeclinesInARowAsync(binding.Tenant, binding.Subject, deviceGroup, since, cancellationToken).ConfigureAwait(false);
        return declines >= current.MaxDeclinesInARow ? new(IsReached: true, current.DeclinesWindow) : default;
    }

    /// <summary>Called after a decline was stored. True when it led to a block that nobody has been told of yet.</summary>
    public async Task<bool> BlockedByAsync(StepUpChallenge declined, CancellationToken cancellationToken)
    {
        if (tenants.OfOrShared(declined.Binding.Tenant).BlockAfterDeclines is not { } limit)
        {
            return false;
        }

        var (binding, group) = (declined.Binding, declined.AskedFrom.Group);
        var declines = await store.CountDeclinesInARowAsync(binding.Tenant, binding.Subject, group, DateTimeOffset.UnixEpoch, cancellationToken).ConfigureAwait(false);
        if (declines < limit
            || await store.IsBlockedAsync(binding.Tenant, binding.Subject, group, cancellationToken).ConfigureAwait(false)
            || !await IsAllowedAsync(declined, declines, cancellationToken).ConfigureAwait(false))
        {
            return false;
        }

        await store.BlockAsync(binding.Tenant, binding.Subject, group, timeProvider.GetUtcNow(), cancellationToken).ConfigureAwait(false);
        Log.BlockedForGood(logger, declined.Id, declines);
        return true;
    }

    private async Task<bool> IsAllowedAsync(StepUpChallenge declined, int declines, CancellationToken cancellationToken)
    {
        if (hook is null)
        {
            return true;
        }

        try
        {
            return await hook.AllowBlockAsync(declined, declines, cancellationToken).ConfigureAwait(false);
        }
        catch (Exception failure) when (failure is not OperationCanceledException || !cancellationToken.IsCancellationRequested)
        {
            Log.BlockHookFailed(logger, failure, declined.Id);
            return true;
        }
    }
}

/// <summary>Whether declines stand in the way.</summary>
/// <param name="IsReached">True when no face is asked for now.</param>
/// <param name="RetryAfter">How long that lasts; null until somebody lifts it.</param>
internal readonly record struct DeclineLimit(bool IsReached, TimeSpan? RetryAfter);
