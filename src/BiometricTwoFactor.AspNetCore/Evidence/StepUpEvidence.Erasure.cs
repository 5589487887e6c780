namespace BiometricTwoFactor.AspNetCore;

/// <summary>Erasure of a person (protocol 11, R-54).</summary>
public sealed partial class StepUpEvidence
{
    /// <summary>
    /// Erases a person, for good: ends what is open, deletes the user at the provider, records that the person was erased, and
    /// deletes the key of their evidence with everything else that is kept about them. The chain still verifies, and a verifier
    /// says "erased" of their entries. When it fails half-way, call it again: nothing is claimed as erased before the provider
    /// has confirmed. The application's own records of the person are not touched.
    /// </summary>
    /// <param name="subject">The application's stable user id.</param>
    /// <param name="cancellationToken">Ends the call.</param>
    /// <exception cref="BiometricException">The provider could not be asked; nothing has been erased here.</exception>
    public async Task<EvidenceErasure> EraseAsync(string subject, CancellationToken cancellationToken = default)
    {
        ArgumentException.ThrowIfNullOrEmpty(subject);
        var vendorData = _tenants.VendorDataOf(Tenant, subject);
        foreach (var open in await _store.ListOpenAsync(Tenant, subject, cancellationToken).ConfigureAwait(false))
        {
            await _writer.EndAsync(open, ChallengeState.Abandoned, JudgementReason.PersonErased, cancellationToken).ConfigureAwait(false);
        }

        await _chainer.ChainAsync(cancellationToken).ConfigureAwait(false);
        var known = await _tenants.ClientOf(Tenant).DeleteUserAsync(vendorData, cancellationToken).ConfigureAwait(false);
        var keys = await _store.FindEvidenceKeysOfAsync(Tenant, subject, cancellationToken).ConfigureAwait(false);
        string[] ids = [.. keys.Select(key => key.Id)];
        if (ids.Length > 0)
        {
            // Chained before the key goes: an export in between must not hold entries that nobody can open and nobody explains.
            await _store.AddEvidenceAsync(_recorder.Erased(Tenant, ids, known), deliveryKey: null, cancellationToken).ConfigureAwait(false);
            await _chainer.ChainAsync(cancellationToken).ConfigureAwait(false);
        }

        var gone = await _store.EraseSubjectAsync(Tenant, subject, vendorData, cancellationToken).ConfigureAwait(false);
        return new EvidenceErasure(gone, known);
    }
}
