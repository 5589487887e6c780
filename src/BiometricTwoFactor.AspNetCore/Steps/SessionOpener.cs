using Microsoft.Extensions.Logging;

namespace BiometricTwoFactor.AspNetCore;

/// <summary>
/// Opens the provider's session of a challenge, or finds the one that it has (protocol 3): one challenge at a time for a
/// subject and workflow, a session that was never seen before, its id stored before its address is shown.
/// </summary>
internal sealed class SessionOpener(
    Tenants tenants,
    IStepUpStore store,
    ChallengeWriter writer,
    SessionFreshness freshness,
    LeasePrecedence precedence,
    DeclineLimits declines,
    EnrolmentService enrolments,
    DecisionReadQueue reads,
    SessionUrls urls,
    ReconcilerSchedule schedule,
    EvidenceRecorder recorder,
    TimeProvider timeProvider,
    ILogger<SessionOpener> logger,
    IPortraitSource? portraits = null,
    IAccountHolderCheck? accountHolder = null)
{
    private const int MaxCreations = 2;
    private const int MostDeletions = 100;
    /// <summary>The end of the challenge gives the lease back, after its session is queued for deletion; its own end is for a process that died.</summary>
    private static readonly TimeSpan LeaseGrace = TimeSpan.FromSeconds(30);

    private static readonly TimeSpan StartPatience = TimeSpan.FromMinutes(1);

    /// <param name="challenge">The challenge, for its own caller.</param>
    /// <param name="device">The families of the device that pressed start.</param>
    /// <param name="from">The device that pressed start, as it is recognised now: the challenge's own says what it was when it was made.</param>
    /// <param name="callbackOf">Makes the callback's address from its code.</param>
    /// <param name="cancellationToken">Ends the call.</param>
    public async Task<StartResult> StartAsync(
        StepUpChallenge challenge, DeviceTraits device, AskingDevice from, Func<string, Uri> callbackOf, CancellationToken cancellationToken)
    {
        var now = timeProvider.GetUtcNow();
        if (challenge.State != ChallengeState.Pending || now >= challenge.Deadline || challenge.WithoutFace)
        {
            return StartResult.Of(StartOutcome.Ended);
        }

        if (urls.Open(challenge) is { } known)
        {
            return new(StartOutcome.Started, known);
        }

        // Challenges that were made before the limit was reached are tries like any other.
        var limit = await declines.FindAsync(challenge.Binding, challenge.AskedFrom.Group, cancellationToken).ConfigureAwait(false);
        if (limit.IsReached)
        {
            return new(StartOutcome.Blocked, Url: null, limit.RetryAfter);
        }

        var binding = challenge.Binding;
        if (!challenge.IsEnrolment
            && !await enrolments.IsEnrolledAsync(binding.Tenant, binding.Subject, challenge.VendorData, cancellationToken).ConfigureAwait(false))
        {
            // The enrolment was taken back after this was asked (protocol 8.4).
            return await OfMissingFaceAsync(challenge).ConfigureAwait(false);
        }

        await SupersedeOlderAsync(challenge, cancellationToken).ConfigureAwait(false);

        var lease = new SessionLease(binding.Tenant, challenge.VendorData, challenge.Id, challenge.Deadline + LeaseGrace);
        var holder = await store.LeaseAsync(lease, now, cancellationToken).ConfigureAwait(false);
        if (!string.Equals(holder, challenge.Id, StringComparison.Ordinal)
            && await precedence.TryEndHolderAsync(challenge, from, holder, cancellationToken).ConfigureAwait(false))
        {
            holder = await store.LeaseAsync(lease, now, cancellationToken).ConfigureAwait(false);
        }

        if (!string.Equals(holder, challenge.Id, StringComparison.Ordinal))
        {
            return StartResult.Of(StartOutcome.Busy);
        }

        if (!await store.TryBeginStartAsync(binding.Tenant, challenge.Id, now, now + StartPatience, cancellationToken).ConfigureAwait(false))
        {
            return await AwaitOtherStartAsync(challenge, cancellationToken).ConfigureAwait(false);
        }

        try
        {
            // Another start may have come and gone since this value was read.
            var asked = challenge;
            challenge = await store.FindAsync(challenge.Id, cancellationToken).ConfigureAwait(false) ?? challenge;
            if (challenge.State != ChallengeState.Pending)
            {
                // It ended before it had the lease to give back.
                await store.ReleaseLeaseAsync(binding.Tenant, challenge.VendorData, challenge.Id, CancellationToken.None).ConfigureAwait(false);
                return StartResult.Of(StartOutcome.Ended);
            }

            if (!HandOver.HasSameStarter(challenge, asked))
            {
                // It was handed over meanwhile, or taken back: it is another device's to start (protocol 4.2).
                return challenge.SessionId is null ? await NothingOpenedAsync(challenge, StartOutcome.Ended).ConfigureAwait(false) : StartResult.Of(StartOutcome.Ended);
            }

            if (urls.Open(challenge) is { } existing)
            {
                return new(StartOutcome.Started, existing);
            }

            // From here on the caller's leaving must not leave half a session behind; the client's own time limit ends it.
            return await CreateAsync(challenge, device, callbackOf, CancellationToken.None).ConfigureAwait(false);
        }
        catch (BiometricException failure)
        {
            Log.StartFailed(logger, challenge.Id, failure.Code, failure.Status, failure.RequestId);
            return await OfFailureAsync(challenge, failure).ConfigureAwait(false);
        }
        finally
        {
            await store.EndStartAsync(binding.Tenant, challenge.Id, CancellationToken.None).ConfigureAwait(false);
        }
    }

    private async Task<StartResult> CreateAsync(StepUpChallenge challenge, DeviceTraits device, Func<string, Uri> callbackOf, CancellationToken cancellationToken)
    {
        // Identity proofing takes the face from the document; everything else compares with one that is on file or given here.
        using var portrait = challenge.Kind != ChallengeKind.Enrolment && portraits is not null
            ? await portraits.FindAsync(challenge.Binding.Tenant, challenge.Binding.Subject, cancellationToken).ConfigureAwait(false)
            : null;
        if (portrait is null && challenge.Kind != ChallengeKind.Enrolment && await IsStoredFaceInDoubtAsync(challenge, cancellationToken).ConfigureAwait(false))
        {
            Log.StoredFaceInDoubt(logger, challenge.Id);
            return await NothingOpenedAsync(challenge).ConfigureAwait(false);
        }

        var expected = challenge.Kind == ChallengeKind.Enrolment && accountHolder is not null
            ? await accountHolder.DescribeAsync(challenge.Binding.Tenant, challenge.Binding.Subject, cancellationToken).ConfigureAwait(false)
            : null;
        for (var creation = 0; creation < MaxCreations; creation++)
        {
            var code = ChallengeIds.New();
            var calledAt = timeProvider.GetUtcNow();
            var session = await tenants.ClientOf(challenge.Binding.Tenant).CreateSessionAsync(SessionRequests.For(challenge, callbackOf(code), portrait, expected), cancellationToken).ConfigureAwait(false);
            if (!await freshness.IsFreshAsync(challenge, session, calledAt, cancellationToken).ConfigureAwait(false))
            {
                await DiscardAsync(challenge, session.SessionId, cancellationToken).ConfigureAwait(false);
                continue;
            }

            var url = session.Url.Reveal();
            var (result, attached) = await AttachAsync(
                challenge,
                current => current with
                {
                    SessionId = session.SessionId,
                    SealedSessionUrl = urls.Seal(challenge.Id, url),
                    CodeHash = ChallengeIds.Hash(code),
                    StartedOn = device,
                    NextReadAt = schedule.First(challenge, timeProvider.GetUtcNow()),
                    Version = current.Version + 1,
                },
                cancellationToken).ConfigureAwait(false);
            switch (result)
            {
                case AttachResult.Attached:
                    Log.SessionOpened(logger, challenge.Id, session.SessionId.ToString());
                    if (await store.TakeParkedAsync(challenge.Binding.Tenant, session.SessionId, timeProvider.GetUtcNow(), cancellationToken).ConfigureAwait(false))
                    {
                        reads.Ask(attached);
                    }

                    return new(StartOutcome.Started, url);

                case AttachResult.SessionKnown:
                    // Two challenges stored the same session at the same time: neither may keep it (protocol 3.1).
                    await DiscardAsync(challenge, session.SessionId, cancellationToken).ConfigureAwait(false);
                    await writer.EndAsync(challenge, ChallengeState.Superseded, JudgementReason.SessionReturnedTwice, cancellationToken).ConfigureAwait(false);
                    return StartResult.Of(StartOutcome.Ended);

                default:
                    // It was cancelled or taken over meanwhile; the session belongs to nobody. Not to the next one either, whose
                    // call the provider may have answered with this very session while the lease was free (protocol 3.3).
                    await ForgetAsync(challenge, session.SessionId, cancellationToken).ConfigureAwait(false);
                    await DeleteAsync(challenge, session.SessionId, cancellationToken).ConfigureAwait(false);
                    return StartResult.Of(StartOutcome.Ended);
            }
        }

        Log.NoFreshSession(logger, challenge.Id);
        return await NothingOpenedAsync(challenge).ConfigureAwait(false);
    }

    /// <summary>What has no session at the provider keeps nobody else waiting. After a lost answer there may be one: then the lease stays.</summary>
    private async Task<StartResult> NothingOpenedAsync(StepUpChallenge challenge, StartOutcome outcome = StartOutcome.Unavailable)
    {
        await store.ReleaseLeaseAsync(challenge.Binding.Tenant, challenge.VendorData, challenge.Id, CancellationToken.None).ConfigureAwait(false);
        return StartResult.Of(outcome);
    }

    /// <summary>Another tab may have asked the same again meanwhile, which changes the challenge and not whose it is.</summary>
    private async Task<(AttachResult Result, StepUpChallenge Attached)> AttachAsync(
        StepUpChallenge challenge, Func<StepUpChallenge, StepUpChallenge> attach, CancellationToken cancellationToken)
    {
        for (var current = challenge; ;)
        {
            var attached = attach(current);
            var result = await store.TryAttachSessionAsync(attached, recorder.Shown(attached), cancellationToken).ConfigureAwait(false);
            if (result != AttachResult.Conflict
                || await store.FindAsync(challenge.Id, cancellationToken).ConfigureAwait(false) is not { State: ChallengeState.Pending, SessionId: null } again
                || again.Binding != challenge.Binding
                || !HandOver.HasSameStarter(again, challenge)
                || again.Version == current.Version)
            {
                return (result, attached);
            }

            current = again;
        }
    }

    /// <summary>A session that is not fresh counts for nobody: marked, its earlier challenge ended, deleted at the provider.</summary>
    private async Task DiscardAsync(StepUpChallenge challenge, SessionId session, CancellationToken cancellationToken)
    {
        Log.SessionNotFresh(logger, session.ToString(), challenge.Id);
        await ForgetAsync(challenge, session, cancellationToken).ConfigureAwait(false);
        await writer.TellAsync(new StepUpEvent(StepUpEventKind.SessionReturnedTwice, challenge), cancellationToken).ConfigureAwait(false);
        await DeleteAsync(challenge, session, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Nobody's from now on: whoever has stored it meanwhile ends (protocol 3.1).</summary>
    private async Task ForgetAsync(StepUpChallenge challenge, SessionId session, CancellationToken cancellationToken)
    {
        var owner = await store.TaintSessionAsync(challenge.Binding.Tenant, session, cancellationToken).ConfigureAwait(false);
        if (owner is not null && !string.Equals(owner.Id, challenge.Id, StringComparison.Ordinal))
        {
            await writer.EndAsync(owner, ChallengeState.Superseded, JudgementReason.SessionReturnedTwice, cancellationToken).ConfigureAwait(false);
        }
    }

    /// <summary>At once, since the next creation would meet it again; what fails is tried on in the background.</summary>
    private async Task DeleteAsync(StepUpChallenge challenge, SessionId session, CancellationToken cancellationToken)
    {
        var deletion = new SessionDeletion(challenge.Binding.Tenant, session, challenge.VendorData, FaceInDoubt: true, timeProvider.GetUtcNow());
        await store.QueueDeletionAsync(deletion, cancellationToken).ConfigureAwait(false);
        await TryDeleteAsync(deletion, cancellationToken).ConfigureAwait(false);
    }

    private async Task TryDeleteAsync(SessionDeletion deletion, CancellationToken cancellationToken)
    {
        try
        {
            await tenants.ClientOf(deletion.Tenant).DeleteSessionAsync(deletion.SessionId, cancellationToken).ConfigureAwait(false);
            await store.CompleteDeletionAsync(deletion, cancellationToken).ConfigureAwait(false);
        }
        catch (BiometricException failure)
        {
            Log.DeletionPostponed(logger, deletion.SessionId.ToString(), failure.Code, deletion.DueAt);
        }
    }

    /// <summary>Whether the face on file may be another's (protocol 8.4). What is due to be deleted is deleted now: somebody waits.</summary>
    private async Task<bool> IsStoredFaceInDoubtAsync(StepUpChallenge challenge, CancellationToken cancellationToken)
    {
        var tenant = challenge.Binding.Tenant;
        if (!await store.IsStoredFaceInDoubtAsync(tenant, challenge.VendorData, cancellationToken).ConfigureAwait(false))
        {
            return false;
        }

        foreach (var deletion in await store.ListDeletionsAsync(timeProvider.GetUtcNow(), MostDeletions, cancellationToken).ConfigureAwait(false))
        {
            if (string.Equals(deletion.Tenant, tenant, StringComparison.Ordinal) && string.Equals(deletion.VendorData, challenge.VendorData, StringComparison.Ordinal))
            {
                await TryDeleteAsync(deletion, cancellationToken).ConfigureAwait(false);
            }
        }

        return await store.IsStoredFaceInDoubtAsync(tenant, challenge.VendorData, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Starting this one ends an older pending challenge of the same sign-in session, and no other (protocol 2.3).</summary>
    private async Task SupersedeOlderAsync(StepUpChallenge challenge, CancellationToken cancellationToken)
    {
        foreach (var other in await store.ListOpenAsync(challenge.Binding.Tenant, challenge.Binding.Subject, cancellationToken).ConfigureAwait(false))
        {
            if (other.Binding == challenge.Binding && other.State == ChallengeState.Pending && !string.Equals(other.Id, challenge.Id, StringComparison.Ordinal))
            {
                await writer.ChangeAsync(
                    other,
                    current => current.State == ChallengeState.Pending ? current with { State = ChallengeState.Superseded, ReasonCodes = [JudgementReason.NewerStarted] } : null,
                    cancellationToken).ConfigureAwait(false);
            }
        }
    }

    /// <summary>A double click, or two tabs: the first one's address serves both.</summary>
    private async Task<StartResult> AwaitOtherStartAsync(StepUpChallenge challenge, CancellationToken cancellationToken)
    {
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(10), timeProvider);
        using var both = CancellationTokenSource.CreateLinkedTokenSource(patience.Token, cancellationToken);
        try
        {
            await store.WaitForChangeAsync(challenge.Id, challenge.Version, both.Token).ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            return StartResult.Of(StartOutcome.Busy);
        }

        var present = await store.FindAsync(challenge.Id, cancellationToken).ConfigureAwait(false);
        return present is { State: ChallengeState.Pending } && HandOver.HasSameStarter(present, challenge) && urls.Open(present) is { } url
            ? new(StartOutcome.Started, url)
            : StartResult.Of(StartOutcome.Ended);
    }

    private async Task<StartResult> OfMissingFaceAsync(StepUpChallenge challenge)
    {
        await writer.EndAsync(challenge, ChallengeState.NotFinished, JudgementReason.NoFaceOnFile, CancellationToken.None).ConfigureAwait(false);
        return StartResult.Of(StartOutcome.NotEnrolled);
    }

    private async Task<StartResult> OfFailureAsync(StepUpChallenge challenge, BiometricException failure)
    {
        switch (failure.Code)
        {
            case BiometricErrorCode.NoStoredFace:
                // The provider has no face on file whatever we remembered: the way out is enrolment (protocol 8.1).
                await store.SetEnrolmentAsync(challenge.Binding.Tenant, challenge.VendorData, enrolment: null, CancellationToken.None).ConfigureAwait(false);
                return await OfMissingFaceAsync(challenge).ConfigureAwait(false);
            case BiometricErrorCode.BlockedUser:
                await writer.EndAsync(challenge, ChallengeState.NotFinished, JudgementReason.StatusPrefix + "Blocked", CancellationToken.None).ConfigureAwait(false);
                return StartResult.Of(StartOutcome.Blocked);
            default:
                // The challenge stays: the provider being away loses nothing (its lease's holder creates again, protocol 3.1).
                return new(StartOutcome.Unavailable, Url: null, failure.RetryAfter);
        }
    }
}
