using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace BiometricTwoFactor.AspNetCore;

/// <summary>
/// Imports from the provider what became of its sessions in a gap of time: after an outage that outlasted the deliveries'
/// retries, or a restored backup. Through the same judge as everything else: an open challenge is judged, one that has ended
/// never opens again, and what the provider says of it now is recorded as evidence.
/// </summary>
public sealed class StepUpReconciliation
{
    private const string Tenant = "";

    private readonly IStepUpStore _store;
    private readonly BiometricClient _client;
    private readonly DecisionReads _reads;
    private readonly VerdictProcessor _processor;
    private readonly IOptionsMonitor<BiometricStepUpOptions> _options;
    private readonly ILogger<StepUpReconciliation> _logger;

    internal StepUpReconciliation(
        IStepUpStore store,
        BiometricClient client,
        DecisionReads reads,
        VerdictProcessor processor,
        IOptionsMonitor<BiometricStepUpOptions> options,
        ILogger<StepUpReconciliation> logger)
    {
        _store = store;
        _client = client;
        _reads = reads;
        _processor = processor;
        _options = options;
        _logger = logger;
    }

    /// <summary>
    /// Goes through the provider's sessions that can have changed between two times: those made on the days from
    /// <paramref name="from"/>, less the longest review, to <paramref name="to"/>. Running it again changes nothing more.
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

        var filter = new SessionFilter
        {
            DateFrom = DateOnly.FromDateTime((from - _options.CurrentValue.ReviewLifetime).UtcDateTime),
            DateTo = DateOnly.FromDateTime(to.UtcDateTime),
        };
        var result = new ReconciliationResult(0, 0, 0, 0, 0);
        await foreach (var session in _client.ListSessionsAsync(filter, cancellationToken).ConfigureAwait(false))
        {
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

        var decision = await _client.GetDecisionAsync(session, cancellationToken).ConfigureAwait(false);
        var effect = await _processor.ApplyAsync(challenge, decision, DecisionSource.Read, delivery: null, cancellationToken).ConfigureAwait(false);
        return effect.IsRecorded ? result with { Recorded = result.Recorded + 1 } : result;
    }
}
