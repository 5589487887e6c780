namespace BiometricTwoFactor.AspNetCore;

/// <summary>Whether a delivery that one tenant's secret signed names what is another tenant's (protocol 10, attack 44).</summary>
internal sealed class ForeignSessions(IStepUpStore store, Tenants tenants)
{
    /// <summary>The other tenant's challenge; null where the session is nobody's. Only asked for a session that is not the tenant's own.</summary>
    public async Task<StepUpChallenge?> FindAsync(string tenant, WebhookEvent delivery, SessionId session, CancellationToken cancellationToken)
    {
        if (!tenants.AreNamed)
        {
            return null;
        }

        if (delivery.Metadata.GetString(SessionMetadataNames.Nonce) is { } nonce && ChallengeIds.HasShape(nonce)
            && await store.FindAsync(nonce, cancellationToken).ConfigureAwait(false) is { } named
            && !string.Equals(named.Binding.Tenant, tenant, StringComparison.Ordinal))
        {
            return named;
        }

        foreach (var other in tenants.Names.Where(name => !string.Equals(name, tenant, StringComparison.Ordinal)))
        {
            if (await store.FindBySessionAsync(other, session, cancellationToken).ConfigureAwait(false) is { } challenge)
            {
                return challenge;
            }
        }

        return null;
    }
}
