namespace BiometricTwoFactor.EntityFrameworkCore;

/// <summary>Making, finding and changing challenges.</summary>
internal sealed partial class EntityFrameworkStepUpStore
{
    private static readonly ChallengeState[] States = Enum.GetValues<ChallengeState>();

    /// <inheritdoc/>
    public async ValueTask<StepUpChallenge?> AddOrGetAsync(
        StepUpChallenge challenge,
        int limit,
        DateTimeOffset limitSince,
        int deviceLimit = int.MaxValue,
        EvidenceDraft? evidence = null,
        CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(challenge);
        var statements = Statements;
        var values = ChallengeMap.ValuesOf(challenge);
        values.Add(SqlValue.Long("@limit", limit));
        values.Add(SqlValue.Time("@limit_since", limitSince));
        values.Add(SqlValue.Long("@device_limit", deviceLimit));
        AddDraft(values, evidence);
        var (found, written) = await WriteAsync(
            connection => Tables.Engine.FindOrChangeAsync(
                connection, StoreLocks.Of(challenge), statements.FindSame, statements.Add(evidence is not null), [.. values], cancellationToken),
            cancellationToken).ConfigureAwait(false);
        return found ?? (written is null ? null : challenge);
    }

    /// <inheritdoc/>
    public ValueTask<StepUpChallenge?> FindAsync(string id, CancellationToken cancellationToken = default) =>
        FindOneAsync(Statements.FindById, cancellationToken, SqlValue.Text("@id", id));

    /// <inheritdoc/>
    public ValueTask<StepUpChallenge?> FindByCodeAsync(string codeHash, CancellationToken cancellationToken = default) =>
        FindOneAsync($"SELECT {ChallengeMap.ReadColumns} FROM {Tables.Challenges} WHERE code_hash = @code", cancellationToken, SqlValue.Text("@code", codeHash));

    /// <inheritdoc/>
    public ValueTask<IReadOnlyList<StepUpChallenge>> ListOpenAsync(string tenant, string subject, CancellationToken cancellationToken = default) =>
        ListAsync(
            $"SELECT {ChallengeMap.ReadColumns} FROM {Tables.Challenges} WHERE tenant = @tenant AND subject = @subject AND next_deadline IS NOT NULL ORDER BY created_at DESC, number",
            cancellationToken,
            SqlValue.Text("@tenant", tenant),
            SqlValue.Text("@subject", subject));

    /// <inheritdoc/>
    public ValueTask<IReadOnlyList<StepUpChallenge>> ListDueAsync(DateTimeOffset now, int count, CancellationToken cancellationToken = default) =>
        ListAsync(
            $"SELECT {ChallengeMap.ReadColumns} FROM {Tables.Challenges} WHERE next_deadline <= @now ORDER BY next_deadline LIMIT @count",
            cancellationToken,
            SqlValue.Time("@now", now),
            SqlValue.Int("@count", count));

    /// <inheritdoc/>
    public ValueTask<IReadOnlyList<StepUpChallenge>> ListToReadAsync(DateTimeOffset now, int count, CancellationToken cancellationToken = default) =>
        ListAsync(
            $"SELECT {ChallengeMap.ReadColumns} FROM {Tables.Challenges} WHERE read_due_at <= @now ORDER BY read_due_at LIMIT @count",
            cancellationToken,
            SqlValue.Time("@now", now),
            SqlValue.Int("@count", count));

    /// <inheritdoc/>
    public ValueTask<IReadOnlyList<StepUpChallenge>> ListInReviewAsync(string tenant, int count, CancellationToken cancellationToken = default) =>
        ListAsync(
            $"SELECT {ChallengeMap.ReadColumns} FROM {Tables.Challenges} WHERE tenant = @tenant AND state = 1 ORDER BY created_at LIMIT @count",
            cancellationToken,
            SqlValue.Text("@tenant", tenant),
            SqlValue.Int("@count", count));

    /// <inheritdoc/>
    public async ValueTask<ReplaceResult> TryReplaceAsync(
        StepUpChallenge changed,
        DeliveryMark? delivery = null,
        EvidenceDraft? evidence = null,
        SessionDeletion? deletion = null,
        CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(changed);
        var values = ChangeOf(changed, evidence);
        values.Add(SqlValue.Text("@lease_vendor", changed.VendorData));
        if (deletion is not null)
        {
            values.AddRange(ValuesOf(deletion));
        }

        if (delivery is not null)
        {
            values.Add(SqlValue.Text("@delivery_key", delivery.Id));
            values.Add(SqlValue.Time("@recorded_at", timeProvider.GetUtcNow()));
        }

        if (delivery?.EventId is not null)
        {
            values.Add(SqlValue.Text("@event_id", delivery.EventId));
            values.Add(SqlValue.Text("@body_hash", delivery.BodyHash));
        }

        var change = Statements.Replace(delivery is not null, delivery?.EventId is not null, evidence is not null, deletion is not null);
        return await TryChangeAsync(changed, change, values, cancellationToken).ConfigureAwait(false);
    }

    /// <inheritdoc/>
    public async ValueTask<AttachResult> TryAttachSessionAsync(StepUpChallenge changed, EvidenceDraft? evidence = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(changed);
        if (changed.SessionId is null)
        {
            throw new ArgumentException("The challenge has no session.", nameof(changed));
        }

        return await TryChangeAsync(changed, Statements.Attach(evidence is not null), ChangeOf(changed, evidence), cancellationToken).ConfigureAwait(false) switch
        {
            ReplaceResult.Replaced => AttachResult.Attached,
            ReplaceResult.DuplicateDelivery => AttachResult.SessionKnown,
            _ => AttachResult.Conflict,
        };
    }

    /// <inheritdoc/>
    public ValueTask<int> CountDeclinesInARowAsync(string tenant, string subject, string deviceGroup, DateTimeOffset since, CancellationToken cancellationToken = default)
    {
        // Of two that were made in one tick of the clock, the one that was added last is the later one.
        var counted = $"tenant = @tenant AND subject = @subject AND device_group = @device_group AND created_at >= @since "
            + $"AND created_at >= coalesce((SELECT unblocked_at FROM {Tables.Unblocks} WHERE tenant = @tenant AND subject = @subject), 0)";
        var success = "approved_at IS NOT NULL AND (claimed_at IS NOT NULL OR NOT claim_required) AND state IN (2, 3, 6, 7, 8)";
        var sql = $"SELECT count(*) FROM {Tables.Challenges} AS declined WHERE {counted} AND state = 4 AND NOT EXISTS (SELECT 1 FROM {Tables.Challenges} AS later WHERE {counted} AND {success} "
            + "AND (later.created_at > declined.created_at OR (later.created_at = declined.created_at AND later.number > declined.number)))";
        return ReadAsync(
            async connection => (int)await connection.FirstAsync(
                sql,
                static row => row.GetInt64(0),
                cancellationToken,
                SqlValue.Text("@tenant", tenant),
                SqlValue.Text("@subject", subject),
                SqlValue.Text("@device_group", deviceGroup),
                SqlValue.Time("@since", since)).ConfigureAwait(false),
            cancellationToken);
    }

    /// <inheritdoc/>
    public ValueTask<int> ForgetEndedAsync(DateTimeOffset before, int count, CancellationToken cancellationToken = default) =>
        WriteAsync(
            async connection =>
            {
                SqlValue[] values = [SqlValue.Time("@before", before), SqlValue.Int("@count", count)];
                var gone = await connection.ExecuteAsync(
                    $"DELETE FROM {Tables.Challenges} WHERE number IN (SELECT number FROM {Tables.Challenges} WHERE next_deadline IS NULL AND deadline < @before ORDER BY deadline LIMIT @count)",
                    cancellationToken,
                    values).ConfigureAwait(false);
                await connection.ExecuteAsync(
                    $"DELETE FROM {Tables.Deliveries} WHERE delivery_key IN (SELECT delivery_key FROM {Tables.Deliveries} WHERE recorded_at < @before ORDER BY recorded_at LIMIT @count)",
                    cancellationToken,
                    values).ConfigureAwait(false);
                await connection.ExecuteAsync(
                    $"DELETE FROM {Tables.Events} WHERE (tenant, event_id) IN (SELECT tenant, event_id FROM {Tables.Events} WHERE recorded_at < @before ORDER BY recorded_at LIMIT @count)",
                    cancellationToken,
                    values).ConfigureAwait(false);

                // What ended by itself and was never taken away.
                foreach (var table in new[] { Tables.Access, Tables.Leases, Tables.Starts, Tables.Parked })
                {
                    await connection.ExecuteAsync($"DELETE FROM {table} WHERE ends_at < @before", cancellationToken, values[0]).ConfigureAwait(false);
                }

                return gone;
            },
            cancellationToken);

    private static List<SqlValue> ChangeOf(StepUpChallenge changed, EvidenceDraft? evidence)
    {
        var values = ChallengeMap.ValuesOf(changed);
        values.Add(SqlValue.Long("@from", StatesBefore(changed.State)));
        AddDraft(values, evidence);
        return values;
    }

    /// <summary>A bit for each state from which the table allows this one. An approval is used by <see cref="TryConsumeAsync"/> alone.</summary>
    private static long StatesBefore(ChallengeState state) => state == ChallengeState.Consumed
        ? 0
        : States.Where(from => ChallengeTransitions.IsAllowed(from, state)).Aggregate(0L, (bits, from) => bits | (1L << (int)from));

    private static void AddDraft(List<SqlValue> values, EvidenceDraft? draft)
    {
        if (draft is null)
        {
            return;
        }

        values.Add(SqlValue.Text("@draft_tenant", draft.Tenant));
        values.Add(SqlValue.Text("@draft_subject", draft.Subject));
        values.Add(SqlValue.Text("@draft_challenge", draft.ChallengeId));
        values.Add(SqlValue.Int("@draft_kind", (int)draft.Kind));
        values.Add(SqlValue.Text("@draft_outcome", draft.Outcome));
        values.Add(SqlValue.Time("@draft_at", draft.At));
        values.Add(SqlValue.Bytes("@draft_content", draft.SealedContent));
    }

    private async ValueTask<ReplaceResult> TryChangeAsync(StepUpChallenge changed, StoreChange change, List<SqlValue> values, CancellationToken cancellationToken)
    {
        ReplaceResult result;
        try
        {
            result = await WriteAsync(
                async connection => await Tables.Engine.ChangeAsync(connection, change, [.. values], cancellationToken).ConfigureAwait(false) is null
                    ? await WhyNotAsync(connection, changed, cancellationToken).ConfigureAwait(false)
                    : ReplaceResult.Replaced,
                cancellationToken).ConfigureAwait(false);
        }
        catch (Exception failure) when (change.Companions.Count > 0 && Tables.Engine.IsDuplicate(failure))
        {
            // Rolled back whole: the companion's key was there already.
            return ReplaceResult.DuplicateDelivery;
        }
        catch (Exception failure) when (change.Companions.Count > 0 && Tables.Engine.IsMissingValue(failure))
        {
            // Rolled back whole too: the event has another body already, see ChallengeStatements.
            return ReplaceResult.EventChanged;
        }

        if (result == ReplaceResult.Replaced)
        {
            _signals.Release(changed.Id);
        }

        return result;
    }

    /// <summary>Says why nothing was changed. Versions only grow, so that a later look cannot turn a refusal into something else.</summary>
    private async Task<ReplaceResult> WhyNotAsync(StoreConnection connection, StepUpChallenge changed, CancellationToken cancellationToken)
    {
        var version = await connection.FirstAsync(
            Statements.FindVersion, static row => (long?)row.GetInt64(1), cancellationToken, SqlValue.Text("@id", changed.Id)).ConfigureAwait(false);
        return version is null ? ReplaceResult.Missing
            : version + 1 != changed.Version ? ReplaceResult.Conflict
            : ReplaceResult.NotAllowed;
    }
}
