using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace BiometricTwoFactor.AspNetCore;

/// <summary>Verifies a delivery and gives it to the one gate, or decides that only a decision read can tell (protocol 6.2 to 6.4).</summary>
internal sealed class WebhookReceiver(
    IStepUpStore store,
    VerdictProcessor processor,
    ChallengeWriter writer,
    EvidenceRecorder recorder,
    DecisionReadQueue reads,
    ForeignSessions foreign,
    StepUpMetrics metrics,
    Tenants tenants,
    TimeProvider timeProvider,
    ILogger<WebhookReceiver> logger,
    IWebhookEventHandler? otherEvents = null)
{
    private static readonly TimeSpan ParkedFor = TimeSpan.FromMinutes(10);

    /// <param name="tenant">Whose secrets signed it, as its route says; a delivery concerns this tenant's challenges and no other's (protocol 10).</param>
    /// <param name="body">The bytes as they came.</param>
    /// <param name="headers">The headers that sign them.</param>
    /// <param name="cancellationToken">Ends the call.</param>
    /// <returns>The HTTP status to answer with.</returns>
    public async Task<int> ReceiveAsync(string tenant, ReadOnlyMemory<byte> body, WebhookHeaders headers, CancellationToken cancellationToken)
    {
        using var activity = Traces.Begin("biometric.webhook");
        var verification = Verifier(tenant).Verify(body.Span, headers);
        metrics.Delivered(verification.Outcome, tenant);
        activity.CameTo(verification.Outcome.ToString());
        switch (verification.Outcome)
        {
            case WebhookOutcome.Valid:
                break;
            case WebhookOutcome.Stale or WebhookOutcome.TimestampMissing or WebhookOutcome.HintOnly:
                Log.WebhookRefused(logger, verification.Outcome);
                await AskAsync(tenant, verification.SessionIdHint, cancellationToken).ConfigureAwait(false);
                return StatusCodes.Status200OK;
            case WebhookOutcome.Malformed:
                Log.WebhookRefused(logger, verification.Outcome);
                return StatusCodes.Status400BadRequest;
            case WebhookOutcome.TooLarge:
                return StatusCodes.Status413PayloadTooLarge;
            default:
                Log.WebhookRefused(logger, verification.Outcome);
                return StatusCodes.Status401Unauthorized;
        }

        var delivery = verification.Event!;
        Log.WebhookVerified(logger, delivery.SessionId?.ToString(), delivery.Status, verification.Form, verification.SecretLabel);
        if (delivery.IsTest)
        {
            return StatusCodes.Status200OK; // the console's trial run authorises nothing
        }

        if (!delivery.IsStatusUpdate || delivery.SessionId is not { } session)
        {
            if (otherEvents is not null)
            {
                await otherEvents.HandleAsync(tenant, delivery, cancellationToken).ConfigureAwait(false);
            }

            return StatusCodes.Status200OK;
        }

        var mark = new DeliveryMark($"{tenant}\n{verification.BodyHash}")
        {
            EventId = string.IsNullOrEmpty(delivery.EventId) ? null : delivery.EventId,
            BodyHash = verification.BodyHash!,
        };
        var proof = new DeliveryProof(mark, body, headers, verification.Form, verification.SecretLabel);
        return await ApplyAsync(tenant, delivery, session, proof, cancellationToken).ConfigureAwait(false);
    }

    private async Task<int> ApplyAsync(string tenant, WebhookEvent delivery, SessionId session, DeliveryProof proof, CancellationToken cancellationToken)
    {
        var (found, standing) = await store.FindForDeliveryAsync(tenant, session, proof.Mark, cancellationToken).ConfigureAwait(false);
        if (standing == DeliveryStanding.Applied)
        {
            metrics.Replayed("delivery", tenant);
            if (found is { IsOpen: false })
            {
                // What follows from an end is no part of that write, and may have failed after it: a retry makes up for it.
                var effect = await processor.ApplyAsync(found, delivery.Decision, DecisionSource.Delivery, proof, cancellationToken).ConfigureAwait(false);
                if (effect.NeedsRead)
                {
                    reads.Ask(effect.Challenge);
                }
            }
            else if (found is not null && !CanBeJudged(tenant, delivery))
            {
                reads.Ask(found);
            }

            return StatusCodes.Status200OK;
        }

        return found is { } challenge
            ? await ApplyAsync(delivery, challenge, standing, proof, cancellationToken).ConfigureAwait(false)
            : await OfUnknownSessionAsync(tenant, delivery, session, standing, proof, cancellationToken).ConfigureAwait(false);
    }

    private async Task<int> ApplyAsync(WebhookEvent delivery, StepUpChallenge challenge, DeliveryStanding standing, DeliveryProof proof, CancellationToken cancellationToken)
    {
        if (standing == DeliveryStanding.EventChanged
            || !CanBeJudged(challenge.Binding.Tenant, delivery)
            || await IsSentBackAsync(delivery, challenge, proof, cancellationToken).ConfigureAwait(false))
        {
            reads.Ask(challenge);
            await processor.RecordUnjudgedAsync(challenge, delivery.Decision, proof, cancellationToken).ConfigureAwait(false);
            await KeepEventAsync(proof.Mark, challenge, cancellationToken).ConfigureAwait(false);
            return StatusCodes.Status200OK;
        }

        var effect = await processor.ApplyAsync(challenge, delivery.Decision, DecisionSource.Delivery, proof, cancellationToken).ConfigureAwait(false);
        if (effect.NeedsRead)
        {
            reads.Ask(effect.Challenge);
        }

        if (!effect.IsDeliveryKept)
        {
            await KeepEventAsync(proof.Mark, effect.Challenge, cancellationToken).ConfigureAwait(false);
        }

        return StatusCodes.Status200OK;
    }

    /// <summary>Judged as it is only with everything that the judge compares (protocol 6.2); otherwise it is a reason to read.</summary>
    private bool CanBeJudged(string tenant, WebhookEvent delivery)
    {
        var decision = delivery.Decision;
        if (decision.VendorData is null)
        {
            return false;
        }

        return decision.IsGuideShape && JudgePolicies.AllowsGuideShape(tenants.ClientOptionsOf(tenant).Edition, DecisionSource.Delivery)
            ? true
            : decision.WorkflowId is not null && decision.HasEnvironment && decision.Metadata.GetString(SessionMetadataNames.Nonce) is not null;
    }

    /// <summary>
    /// After a review sent steps back, only a decision read can tell (protocol 6.7). A delivery of an earlier state that
    /// comes late looks the same, and must not end a review.
    /// </summary>
    private async Task<bool> IsSentBackAsync(WebhookEvent delivery, StepUpChallenge challenge, DeliveryProof proof, CancellationToken cancellationToken)
    {
        if (delivery.Status == SessionStatus.Resubmitted && challenge is { State: ChallengeState.Pending, AwaitsReview: true })
        {
            var now = timeProvider.GetUtcNow();
            var until = now + tenants.Of(challenge.Binding.Tenant).ReviewLifetime;
            await writer.ChangeAsync(
                challenge,
                // A review is no second life for a challenge whose time is over.
                current => current.State == ChallengeState.Pending && now < current.Deadline ? current with { State = ChallengeState.InReview, ReviewDeadline = until } : null,
                (_, held) => recorder.Noted(held, delivery.Decision, DecisionSource.Delivery, proof, outcome: ChallengeState.InReview),
                proof.Mark,
                cancellationToken).ConfigureAwait(false);
            return true;
        }

        return challenge.State == ChallengeState.InReview
            && delivery.Status is SessionStatus.Resubmitted or SessionStatus.NotStarted or SessionStatus.InProgress or SessionStatus.AwaitingUser;
    }

    /// <summary>
    /// The same event id with another body is not trusted as it is (attack 40); a retry may renew its timestamp, so that it is no
    /// refusal. Of a delivery that changed nothing the event is kept here, and of one that did, with the change.
    /// </summary>
    private async Task KeepEventAsync(DeliveryMark mark, StepUpChallenge challenge, CancellationToken cancellationToken)
    {
        if (mark.EventId is not { } eventId
            || string.Equals(await store.RecordEventAsync(challenge.Binding.Tenant, eventId, mark.BodyHash, cancellationToken).ConfigureAwait(false), mark.BodyHash, StringComparison.Ordinal))
        {
            return;
        }

        Log.EventChanged(logger);
        await writer.TellAsync(new StepUpEvent(StepUpEventKind.EventChanged, challenge), cancellationToken).ConfigureAwait(false);
    }

    /// <summary>A delivery can be faster than the answer to the call that made its session; anything else unknown is nobody's.</summary>
    private async Task<int> OfUnknownSessionAsync(string tenant, WebhookEvent delivery, SessionId session, DeliveryStanding standing, DeliveryProof proof, CancellationToken cancellationToken)
    {
        var now = timeProvider.GetUtcNow();
        if (await store.IsKnownSessionAsync(tenant, session, cancellationToken).ConfigureAwait(false))
        {
            // Stored since it was looked for just now, or tainted: then no verdict of it counts.
            return await store.FindBySessionAsync(tenant, session, cancellationToken).ConfigureAwait(false) is { } stored
                ? await ApplyAsync(delivery, stored, standing, proof, cancellationToken).ConfigureAwait(false)
                : StatusCodes.Status200OK;
        }

        if (await foreign.FindAsync(tenant, delivery, session, cancellationToken).ConfigureAwait(false) is { } others)
        {
            Log.ForeignTenant(logger, others.Id);
            await writer.TellAsync(new StepUpEvent(StepUpEventKind.ForeignTenant, others), cancellationToken).ConfigureAwait(false);
            return StatusCodes.Status200OK;
        }

        var expected = await store.IsStartInFlightAsync(tenant, now, cancellationToken).ConfigureAwait(false)
            || (delivery.Metadata.GetString(SessionMetadataNames.Nonce) is { } nonce && ChallengeIds.HasShape(nonce)
                && await store.FindAsync(nonce, cancellationToken).ConfigureAwait(false) is { IsOpen: true } named
                && string.Equals(named.Binding.Tenant, tenant, StringComparison.Ordinal));
        if (!expected)
        {
            return StatusCodes.Status200OK;
        }

        await store.ParkAsync(tenant, session, now + ParkedFor, cancellationToken).ConfigureAwait(false);
        // Stored between the first look and the mark: nobody will take the mark any more, so that the row is asked for here.
        await AskAsync(tenant, session, cancellationToken).ConfigureAwait(false);
        return StatusCodes.Status503ServiceUnavailable;
    }

    private async Task AskAsync(string tenant, SessionId? session, CancellationToken cancellationToken)
    {
        if (session is { } known && await store.FindBySessionAsync(tenant, known, cancellationToken).ConfigureAwait(false) is { } challenge)
        {
            reads.Ask(challenge);
        }
    }

    /// <summary>Made for each delivery, so that a changed secret counts at once (attack 43).</summary>
    private WebhookVerifier Verifier(string tenant)
    {
        var current = tenants.Of(tenant);
        return new WebhookVerifier(
            new WebhookVerifierOptions
            {
                Secrets = current.WebhookSecrets,
                MaxBodyBytes = current.MaxWebhookBytes,
                TimestampTolerance = current.WebhookTimestampTolerance,
                RequireTimestamp = current.RequireWebhookTimestamp,
                AcceptRawSignatureHeader = current.AcceptRawSignatureHeader,
            },
            timeProvider);
    }
}
