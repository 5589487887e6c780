namespace BiometricTwoFactor.AspNetCore;

/// <summary>Who is enrolled, and the last step of an enrolment (protocol 8).</summary>
internal sealed class EnrolmentService(
    IStepUpStore store,
    ChallengeWriter writer,
    EvidenceRecorder recorder,
    TimeProvider timeProvider,
    IEnrolmentVoucher? voucher = null,
    IPortraitSource? portraits = null)
{
    /// <summary>True when a face that somebody vouches for is on file: enrolled here, vouched for, or a portrait of the application's own.</summary>
    public async Task<bool> IsEnrolledAsync(string tenant, string subject, string vendorData, CancellationToken cancellationToken)
    {
        if (await store.FindEnrolmentAsync(tenant, vendorData, cancellationToken).ConfigureAwait(false) is not null)
        {
            return true;
        }

        if (voucher is not null && await voucher.IsEnrolledAsync(tenant, subject, cancellationToken).ConfigureAwait(false))
        {
            return true;
        }

        if (portraits is null)
        {
            return false;
        }

        using var portrait = await portraits.FindAsync(tenant, subject, cancellationToken).ConfigureAwait(false);
        return portrait is not null;
    }

    /// <summary>Completes an enrolment whose approval is usable: uses it up, once, and records the enrolment.</summary>
    public async Task<StepUpChallenge> CompleteAsync(StepUpChallenge challenge, CancellationToken cancellationToken)
    {
        var now = timeProvider.GetUtcNow();
        if (!challenge.IsEnrolment || !challenge.IsUsableAt(now))
        {
            return challenge;
        }

        // The challenge is its own operation: a repeat gets AlreadyYours and records the same enrolment again.
        var request = recorder.Using(new ConsumeRequest(challenge.Binding, challenge.Reason, challenge.Digest, challenge.Id, challenge.Id, now), challenge.Factors);
        var used = await store.TryConsumeAsync(request, cancellationToken).ConfigureAwait(false);
        if (used is not { Outcome: ConsumeOutcome.Consumed or ConsumeOutcome.AlreadyYours, Challenge: { } consumed })
        {
            return await store.FindAsync(challenge.Id, cancellationToken).ConfigureAwait(false) ?? challenge;
        }

        // It is used up, and whoever leaves now would have to prove the identity once more.
        await store.SetEnrolmentAsync(
            consumed.Binding.Tenant, consumed.VendorData, new EnrolmentRecord(now, consumed.Id), CancellationToken.None).ConfigureAwait(false);
        await writer.TellAsync(new StepUpEvent(StepUpEventKind.Enrolled, consumed), cancellationToken).ConfigureAwait(false);
        return consumed;
    }
}
