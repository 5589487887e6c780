namespace BiometricTwoFactor.EntityFrameworkCore;

/// <summary>The use of an approval (protocol 7), on a connection of the store's own or within the application's transaction.</summary>
internal sealed partial class EntityFrameworkStepUpStore
{
    /// <inheritdoc/>
    public async ValueTask<ConsumeResult> TryConsumeAsync(ConsumeRequest request, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(request);
        for (var attempt = 1; ; attempt++)
        {
            try
            {
                var result = await WriteAsync(connection => ConsumeAsync(connection, request, cancellationToken), cancellationToken).ConfigureAwait(false);
                if (result.Outcome == ConsumeOutcome.Consumed)
                {
                    _signals.Release(result.Challenge!.Id);
                }

                return result;
            }
            catch (Exception failure) when (attempt < MaxTries && Tables.Engine.IsDuplicate(failure))
            {
                // The same operation got an approval at this very moment: the next look finds it.
            }
        }
    }

    /// <inheritdoc/>
    public ValueTask<ConsumeResult> FindUsableAsync(ConsumeRequest request, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(request);
        return ReadAsync(connection => FindUsableAsync(connection, request, cancellationToken), cancellationToken);
    }

    /// <summary>The same look on a given connection.</summary>
    internal async Task<ConsumeResult> FindUsableAsync(StoreConnection connection, ConsumeRequest request, CancellationToken cancellationToken)
    {
        var values = ValuesOf(request);
        return await OwnAsync(connection, values, cancellationToken).ConfigureAwait(false)
            ?? (await connection.FirstAsync(Statements.FindUsable, ChallengeMap.Read, cancellationToken, values).ConfigureAwait(false) is { } usable
                ? new ConsumeResult(ConsumeOutcome.Consumed, usable)
                : await RefusalAsync(connection, request, values, cancellationToken).ConfigureAwait(false));
    }

    /// <summary>
    /// The conditional write on a given connection. On the application's own it is part of its transaction, and nothing is tried
    /// again: a failed statement has ended the transaction.
    /// </summary>
    internal async Task<ConsumeResult> ConsumeAsync(StoreConnection connection, ConsumeRequest request, CancellationToken cancellationToken)
    {
        var values = ValuesOf(request);
        for (var attempt = 1; ; attempt++)
        {
            if (await Tables.Engine.ChangeAsync(connection, Statements.Consume(request.Evidence is not null), values, cancellationToken).ConfigureAwait(false) is { } used)
            {
                return new ConsumeResult(ConsumeOutcome.Consumed, used);
            }

            if (await OwnAsync(connection, values, cancellationToken).ConfigureAwait(false) is { } own)
            {
                return own;
            }

            // Two approvals of one question, and another operation took the one that was looked at: there is one left.
            var another = attempt < MaxTries
                && await connection.AnyAsync(Statements.FindUsable, cancellationToken, values).ConfigureAwait(false);
            if (!another)
            {
                return await RefusalAsync(connection, request, values, cancellationToken).ConfigureAwait(false);
            }
        }
    }

    /// <summary>Tells those of this process who wait, after the application has committed.</summary>
    internal void Changed(string challengeId) => _signals.Release(challengeId);

    private static SqlValue[] ValuesOf(ConsumeRequest request)
    {
        List<SqlValue> values =
        [
            SqlValue.Text("@facts", ChallengeMap.FactsOf(request.Binding, request.Reason, request.Digest)),
            SqlValue.Text("@tenant", request.Binding.Tenant),
            SqlValue.Text("@scheme", request.Binding.Scheme),
            SqlValue.Text("@subject", request.Binding.Subject),
            SqlValue.Text("@session_hash", request.Binding.SessionHash),
            SqlValue.Text("@reason", request.Reason),
            SqlValue.Text("@digest", request.Digest),
            SqlValue.Text("@operation", request.OperationId),
            SqlValue.Text("@challenge", request.ChallengeId),
            SqlValue.Time("@now", request.Now),
            SqlValue.Text("@workflow", request.WorkflowId),
            SqlValue.Text("@stronger", request.StrongerWorkflowId),
            SqlValue.Long("@face_demanded", Floor.Demanded(request.FaceMatchFloorPercent)),
            SqlValue.Long("@liveness_demanded", Floor.Demanded(request.LivenessFloorPercent)),
        ];
        AddDraft(values, request.Evidence);
        return [.. values];
    }

    private async Task<ConsumeResult?> OwnAsync(StoreConnection connection, SqlValue[] values, CancellationToken cancellationToken) =>
        await connection.FirstAsync(Statements.FindOwn, ChallengeMap.Read, cancellationToken, values).ConfigureAwait(false) is { } own
            ? new ConsumeResult(ConsumeOutcome.AlreadyYours, own)
            : null;

    private async Task<ConsumeResult> RefusalAsync(StoreConnection connection, ConsumeRequest request, SqlValue[] values, CancellationToken cancellationToken)
    {
        var used = request.ChallengeId is null
            ? null
            : await connection.FirstAsync(Statements.FindUsed, ChallengeMap.Read, cancellationToken, values).ConfigureAwait(false);
        return new ConsumeResult(used is null ? ConsumeOutcome.NotUsable : ConsumeOutcome.AlreadyUsed, used);
    }
}
