namespace BiometricTwoFactor.AspNetCore;

/// <summary>
/// Whether a session that the provider returned is a new one (protocol 3.3): its id was never stored here, nobody has
/// opened it, and, where the store forgets with the process, it was not created before the call.
/// </summary>
internal sealed class SessionFreshness(Tenants tenants, IStepUpStore store)
{
    /// <summary>How far the provider's clock may be behind ours.</summary>
    private static readonly TimeSpan ClockSkew = TimeSpan.FromSeconds(5);

    public async Task<bool> IsFreshAsync(StepUpChallenge challenge, BiometricSession session, DateTimeOffset calledAt, CancellationToken cancellationToken)
    {
        if (await store.IsKnownSessionAsync(challenge.Binding.Tenant, session.SessionId, cancellationToken).ConfigureAwait(false))
        {
            return false;
        }

        if (store.SurvivesRestart && session.StatusText is not null)
        {
            return session.Status == SessionStatus.NotStarted;
        }

        var decision = await tenants.ClientOf(challenge.Binding.Tenant).GetDecisionAsync(session.SessionId, cancellationToken).ConfigureAwait(false);
        return decision.Status == SessionStatus.NotStarted
            && (session.StatusText is null || session.Status == SessionStatus.NotStarted)
            && (store.SurvivesRestart || IsCreatedAfter(decision.CreatedAt, calledAt));
    }

    private bool IsCreatedAfter(DateTimeOffset? createdAt, DateTimeOffset calledAt)
    {
        // Whatever was created before this process began is unknown here, so that the skew never reaches back behind it.
        var since = calledAt - ClockSkew;
        since = since < store.KnowsSessionsSince ? store.KnowsSessionsSince : since;
        // The provider may round down to whole seconds.
        return createdAt is { } created && created >= TruncateToSecond(since);
    }

    private static DateTimeOffset TruncateToSecond(DateTimeOffset time) => time.AddTicks(-(time.Ticks % TimeSpan.TicksPerSecond));
}
