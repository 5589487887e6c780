using Microsoft.Extensions.Logging;

namespace BiometricTwoFactor.AspNetCore;

/// <summary>
/// Imports from the provider what became of its sessions in a gap of time: after an outage that outlasted the deliveries'
/// retries, or a restored backup. Through the same judge as everything else: an open challenge is judged, one that has ended
/// never opens again, and what the provider says of it now is recorded as evidence.
/// </summary>
public sealed partial class StepUpReconciliation
{
    private readonly IStepUpStore _store;
    private readonly DecisionReads _reads;
    private readonly VerdictProcessor _processor;
    private readonly RecordedStatuses _recorded;
    private readonly EvidenceChainer _chainer;
    private readonly Tenants _tenants;
    private readonly ILogger<StepUpReconciliation> _logger;
    private string? _tenant;

    internal StepUpReconciliation(
        IStepUpStore store,
        DecisionReads reads,
        VerdictProcessor processor,
        RecordedStatuses recorded,
        EvidenceChainer chainer,
        Tenants tenants,
        ILogger<StepUpReconciliation> logger)
    {
        _store = store;
        _reads = reads;
        _processor = processor;
        _recorded = recorded;
        _chainer = chainer;
        _tenants = tenants;
        _logger = logger;
    }

    /// <summary>
    /// Goes through the provider's sessions that can have changed between two times: those made from <paramref name="from"/>, less
    /// <see cref="BiometricStepUpOptions.ReviewLifetime"/> (a review that began before the gap may have ended in it), until
    /// <paramref name="to"/>. The provider lists whole days (UTC); what was made outside of the range is left out. What stands in
    /// the evidence with the same status already is not recorded again, and running it again changes nothing more.
    /// </summary>
    /// <param name="from">Where the gap begins.</param>
    /// <param name="to">Where it ends.</param>
    /// <param name="cancellationToken">Ends the run; what was judged stays judged.</param>
    /// <exception cref="BiometricException">The list could not be read, or is longer than <see cref="BiometricClientOptions.MaxListPages"/>: take a shorter gap.</exception>
    public async Task<ReconciliationResult> RunAsync(DateTimeOffset from, DateTimeOffset to, CancellationToken cancellationToken = default)
    {
        if (from >= to)
        {
            throw new ArgumentException("The gap begins before it ends.", nameof(from));
        }

        // A delivery that came a moment ago is news to nobody.
        await _chainer.ChainAsync(cancellationToken).ConfigureAwait(false);
        var begin = from - _tenants.Of(Tenant).ReviewLifetime;
        var filter = new SessionFilter
        {
            DateFrom = DateOnly.FromDateTime(begin.UtcDateTime),
            DateTo = DateOnly.FromDateTime(to.UtcDateTime),
        };
        var result = new ReconciliationResult(0, 0, 0, 0, 0, 0);
        await foreach (var session in _tenants.ClientOf(Tenant).ListSessionsAsync(filter, cancellationToken).ConfigureAwait(false))
        {
            if (session.CreatedAt is { } created && (created < begin || created > to))
            {
                continue;
            }

            result = result with { Sessions = result.Sessions + 1 };
            try
            {
                result = await TakeAsync(session.SessionId, result, cancellationToken).ConfigureAwait(false);
            }
            catch (BiometricException failure)
            {
                Log.SessionNotReconciled(_logger, session.SessionId.ToString(), failure.Code, failure.Status);
                result = result with { Failed = result.Failed + 1 };
            }
        }

        return result;
    }

    private async Task<ReconciliationResult> TakeAsync(SessionId session, ReconciliationResult result, CancellationToken cancellationToken)
    {
        if (await _store.FindBySessionAsync(Tenant, session, cancellationToken).ConfigureAwait(false) is not { } challenge)
        {
            return result with { Unknown = result.Unknown + 1 };
        }

        if (challenge.IsOpen)
        {
            var reading = await _reads.ReadAsync(challenge, force: true, cancellationToken).ConfigureAwait(false);
            return reading.Status is null ? result with { Failed = result.Failed + 1 } : result with { Judged = result.Judged + 1 };
        }

        var decision = await _tenants.ClientOf(Tenant).GetDecisionAsync(session, cancellationToken).ConfigureAwait(false);
        var last = await _recorded.LastAsync(Tenant, challenge.Id, cancellationToken).ConfigureAwait(false);
        var isKnown = string.Equals(last, decision.StatusText ?? decision.Status.ToString(), StringComparison.Ordinal);
        var effect = await _processor.ApplyReadAsync(challenge, decision, isKnown, cancellationToken).ConfigureAwait(false);
        return effect.IsRecorded ? result with { Recorded = result.Recorded + 1 } : result with { Unchanged = result.Unchanged + 1 };
    }
}
