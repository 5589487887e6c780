namespace BiometricTwoFactor.AspNetCore;

/// <summary>
/// How long a face for account access is good for (protocol 2.1): activity keeps the window open, an absolute end closes it.
/// It lives in the store and nowhere else; a claim in a long-lived cookie is never enough (attack 33).
/// </summary>
internal sealed class AccessWindows(IStepUpStore store, Tenants tenants, TimeProvider timeProvider)
{
    /// <summary>Opens the binding's window by a face that was used for it. Both ends count from when the face was approved and from now.</summary>
    public ValueTask OpenAsync(StepUpBinding binding, StepUpChallenge consumed, CancellationToken cancellationToken)
    {
        var now = timeProvider.GetUtcNow();
        var shownAt = consumed.ApprovedAt ?? now;
        var window = new AccessWindow(binding, consumed.Id, consumed.Digest, shownAt, now, shownAt + tenants.Of(binding.Tenant).Access.Lifetime)
        {
            Factors = FactorEvidence.MethodsOf(consumed),
        };
        return store.OpenAccessAsync(window, cancellationToken);
    }

    /// <summary>The binding's window, kept open by this activity; null when it is closed.</summary>
    public async ValueTask<AccessWindow?> TouchAsync(StepUpBinding binding, CancellationToken cancellationToken)
    {
        var access = tenants.Of(binding.Tenant).Access;
        var now = timeProvider.GetUtcNow();
        var window = await store.TryTouchAccessAsync(binding, now, access.Inactivity, cancellationToken).ConfigureAwait(false);
        // A lifetime that was shortened meanwhile counts at once.
        return window is not null && now < window.AuthenticatedAt + access.Lifetime ? window : null;
    }

    public ValueTask CloseAsync(StepUpBinding binding, CancellationToken cancellationToken) => store.CloseAccessAsync(binding, cancellationToken);
}
