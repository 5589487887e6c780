using Microsoft.Extensions.Logging;

namespace BiometricTwoFactor.AspNetCore;

/// <summary>
/// A recognised device goes before an unrecognised one (protocol 2.3, 3.1, attack 78): a stranger with the password, who
/// keeps a session of the owner's open, does not keep the owner out. Everybody else waits: the unrecognised always, and
/// two recognised for each other.
/// </summary>
internal sealed class LeasePrecedence(
    IStepUpStore store,
    ChallengeWriter writer,
    Tenants tenants,
    TimeProvider timeProvider,
    ILogger<LeasePrecedence> logger)
{
    private static readonly TimeSpan StartPatience = TimeSpan.FromMinutes(1);

    /// <summary>Ends the challenge that holds the lease, where it may be ended. True when the lease is worth another try.</summary>
    public async Task<bool> TryEndHolderAsync(StepUpChallenge challenge, AskingDevice from, string holderId, CancellationToken cancellationToken)
    {
        var holder = await store.FindAsync(holderId, cancellationToken).ConfigureAwait(false);
        if (holder is not { State: ChallengeState.Pending })
        {
            return await TryReleaseAsync(challenge, holderId, cancellationToken).ConfigureAwait(false);
        }

        if (!from.IsKnown
            || holder.Binding == challenge.Binding
            // One reference at the provider may serve several subjects of the application; this is about sign-ins of one.
            || !string.Equals(holder.Binding.Subject, challenge.Binding.Subject, StringComparison.Ordinal)
            || await IsRecognisedAsync(holder, cancellationToken).ConfigureAwait(false))
        {
            return false;
        }

        // While its session is being made at the provider, ending it could make ours the same one: it waits for that answer.
        var now = timeProvider.GetUtcNow();
        if (!await store.TryBeginStartAsync(holder.Binding.Tenant, holder.Id, now, now + StartPatience, cancellationToken).ConfigureAwait(false))
        {
            return false;
        }

        try
        {
            var ended = await writer.ChangeAsync(
                holder,
                current => current.State == ChallengeState.Pending
                    ? current with { State = ChallengeState.Superseded, ReasonCodes = [JudgementReason.RecognisedDeviceFirst] }
                    : null,
                cancellationToken).ConfigureAwait(false);
            if (ended is { State: ChallengeState.Superseded })
            {
                Log.RecognisedDeviceFirst(logger, challenge.Id, holder.Id);
            }

            return true;
        }
        finally
        {
            await store.EndStartAsync(holder.Binding.Tenant, holder.Id, CancellationToken.None).ConfigureAwait(false);
        }
    }

    /// <summary>What is no longer waiting for its capture needs no lease, and would give none back that it got after its end.</summary>
    private async Task<bool> TryReleaseAsync(StepUpChallenge challenge, string holderId, CancellationToken cancellationToken)
    {
        var tenant = challenge.Binding.Tenant;
        var now = timeProvider.GetUtcNow();
        // As above: its session may just be under way.
        if (!await store.TryBeginStartAsync(tenant, holderId, now, now + StartPatience, cancellationToken).ConfigureAwait(false))
        {
            return false;
        }

        try
        {
            await store.ReleaseLeaseAsync(tenant, challenge.VendorData, holderId, cancellationToken).ConfigureAwait(false);
            return true;
        }
        finally
        {
            await store.EndStartAsync(tenant, holderId, CancellationToken.None).ConfigureAwait(false);
        }
    }

    /// <summary>When it was made, or since: the device may have become known by another approval meanwhile.</summary>
    private async Task<bool> IsRecognisedAsync(StepUpChallenge holder, CancellationToken cancellationToken)
    {
        if (holder.AskedFrom.IsKnown || holder.AskedFrom.DeviceHash is not { } device)
        {
            return holder.AskedFrom.IsKnown;
        }

        var since = timeProvider.GetUtcNow() - tenants.Of(holder.Binding.Tenant).Devices.RememberFor;
        var trust = await store.FindDeviceAsync(
            holder.Binding.Tenant, holder.Binding.Subject, device, networkHash: null, since, cancellationToken).ConfigureAwait(false);
        return trust.IsDeviceKnown;
    }
}
