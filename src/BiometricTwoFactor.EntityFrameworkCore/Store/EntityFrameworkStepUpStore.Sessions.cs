namespace BiometricTwoFactor.EntityFrameworkCore;

/// <summary>The provider's sessions: marks that stay, deliveries and events that were seen, leases, starts, deletions, enrolments.</summary>
internal sealed partial class EntityFrameworkStepUpStore
{
    /// <inheritdoc/>
    public ValueTask<StepUpChallenge?> FindBySessionAsync(string tenant, SessionId sessionId, CancellationToken cancellationToken = default) =>
        FindOneAsync(
            $"SELECT {ChallengeMap.ReadColumns} FROM {Tables.Challenges} WHERE id = (SELECT challenge_id FROM {Tables.Sessions} WHERE tenant = @tenant AND session_id = @session)",
            cancellationToken,
            SqlValue.Text("@tenant", tenant),
            SqlValue.Text("@session", sessionId.ToString()));

    /// <inheritdoc/>
    public ValueTask<DeliveryTarget> FindForDeliveryAsync(string tenant, SessionId sessionId, DeliveryMark delivery, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(delivery);
        return ReadAsync(
            async connection => (await connection.FirstAsync(
                Statements.FindForDelivery,
                ChallengeMap.ReadTarget,
                cancellationToken,
                SqlValue.Text("@tenant", tenant),
                SqlValue.Text("@session", sessionId.ToString()),
                SqlValue.Text("@key", delivery.Id),
                SqlValue.Text("@event", delivery.EventId),
                SqlValue.Text("@hash", delivery.BodyHash)).ConfigureAwait(false))!,
            cancellationToken);
    }

    /// <inheritdoc/>
    public ValueTask<string> RecordEventAsync(string tenant, string eventId, string bodyHash, CancellationToken cancellationToken = default) =>
        WriteAsync(
            async connection =>
            {
                // The row that is there already is written with its own value, so that it is returned whoever was first.
                var first = await connection.FirstAsync(
                    $"INSERT INTO {Tables.Events} (tenant, event_id, body_hash, recorded_at) VALUES (@tenant, @event, @hash, @now) "
                    + $"ON CONFLICT (tenant, event_id) DO UPDATE SET body_hash = {Tables.Events}.body_hash RETURNING body_hash",
                    static row => row.GetString(0),
                    cancellationToken,
                    SqlValue.Text("@tenant", tenant),
                    SqlValue.Text("@event", eventId),
                    SqlValue.Text("@hash", bodyHash),
                    SqlValue.Time("@now", timeProvider.GetUtcNow())).ConfigureAwait(false);
                return first!;
            },
            cancellationToken);

    /// <inheritdoc/>
    public ValueTask<string> LeaseAsync(SessionLease lease, DateTimeOffset now, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(lease);
        SqlValue[] values =
        [
            SqlValue.Text("@tenant", lease.Tenant),
            SqlValue.Text("@vendor", lease.VendorData),
            SqlValue.Text("@challenge", lease.ChallengeId),
            SqlValue.Time("@until", lease.Until),
            SqlValue.Time("@now", now),
        ];
        return WriteAsync(
            async connection =>
            {
                for (;;)
                {
                    if (await connection.FirstAsync(
                        $"INSERT INTO {Tables.Leases} AS held (tenant, vendor_data, challenge_id, ends_at) VALUES (@tenant, @vendor, @challenge, @until) "
                        + "ON CONFLICT (tenant, vendor_data) DO UPDATE SET challenge_id = excluded.challenge_id, ends_at = excluded.ends_at "
                        + "WHERE held.challenge_id = @challenge OR held.ends_at <= @now RETURNING challenge_id",
                        static row => row.GetString(0),
                        cancellationToken,
                        values).ConfigureAwait(false) is { } mine)
                    {
                        return mine;
                    }

                    if (await connection.FirstAsync(
                        $"SELECT challenge_id FROM {Tables.Leases} WHERE tenant = @tenant AND vendor_data = @vendor",
                        static row => row.GetString(0),
                        cancellationToken,
                        values).ConfigureAwait(false) is { } holder)
                    {
                        return holder;
                    }

                    // Given back in between: it is free.
                }
            },
            cancellationToken);
    }

    /// <inheritdoc/>
    public ValueTask ReleaseLeaseAsync(string tenant, string vendorData, string challengeId, CancellationToken cancellationToken = default) =>
        ExecuteAsync(
            $"DELETE FROM {Tables.Leases} WHERE tenant = @tenant AND vendor_data = @vendor AND challenge_id = @challenge",
            cancellationToken,
            SqlValue.Text("@tenant", tenant),
            SqlValue.Text("@vendor", vendorData),
            SqlValue.Text("@challenge", challengeId));

    /// <inheritdoc/>
    public ValueTask<bool> TryBeginStartAsync(string tenant, string challengeId, DateTimeOffset now, DateTimeOffset until, CancellationToken cancellationToken = default) =>
        WriteAsync(
            connection => connection.AnyAsync(
                $"INSERT INTO {Tables.Starts} AS running (tenant, challenge_id, ends_at) VALUES (@tenant, @challenge, @until) "
                + "ON CONFLICT (tenant, challenge_id) DO UPDATE SET ends_at = excluded.ends_at WHERE running.ends_at <= @now RETURNING 1",
                cancellationToken,
                SqlValue.Text("@tenant", tenant),
                SqlValue.Text("@challenge", challengeId),
                SqlValue.Time("@until", until),
                SqlValue.Time("@now", now)),
            cancellationToken);

    /// <inheritdoc/>
    public ValueTask EndStartAsync(string tenant, string challengeId, CancellationToken cancellationToken = default) =>
        ExecuteAsync(
            $"DELETE FROM {Tables.Starts} WHERE tenant = @tenant AND challenge_id = @challenge",
            cancellationToken,
            SqlValue.Text("@tenant", tenant),
            SqlValue.Text("@challenge", challengeId));

    /// <inheritdoc/>
    public ValueTask<bool> IsStartInFlightAsync(string tenant, DateTimeOffset now, CancellationToken cancellationToken = default) =>
        AnyAsync($"SELECT 1 FROM {Tables.Starts} WHERE tenant = @tenant AND ends_at > @now LIMIT 1", cancellationToken, SqlValue.Text("@tenant", tenant), SqlValue.Time("@now", now));

    /// <inheritdoc/>
    public ValueTask ParkAsync(string tenant, SessionId sessionId, DateTimeOffset until, CancellationToken cancellationToken = default) =>
        ExecuteAsync(
            $"INSERT INTO {Tables.Parked} (tenant, session_id, ends_at) VALUES (@tenant, @session, @until) ON CONFLICT (tenant, session_id) DO UPDATE SET ends_at = excluded.ends_at",
            cancellationToken,
            SqlValue.Text("@tenant", tenant),
            SqlValue.Text("@session", sessionId.ToString()),
            SqlValue.Time("@until", until));

    /// <inheritdoc/>
    public ValueTask<bool> TakeParkedAsync(string tenant, SessionId sessionId, DateTimeOffset now, CancellationToken cancellationToken = default) =>
        WriteAsync(
            connection => connection.FirstAsync(
                $"DELETE FROM {Tables.Parked} WHERE tenant = @tenant AND session_id = @session RETURNING ends_at >= @now",
                static row => row.GetBoolean(0),
                cancellationToken,
                SqlValue.Text("@tenant", tenant),
                SqlValue.Text("@session", sessionId.ToString()),
                SqlValue.Time("@now", now)),
            cancellationToken);

    /// <inheritdoc/>
    public ValueTask<bool> IsKnownSessionAsync(string tenant, SessionId sessionId, CancellationToken cancellationToken = default) =>
        AnyAsync(
            $"SELECT 1 FROM {Tables.Sessions} WHERE tenant = @tenant AND session_id = @session",
            cancellationToken,
            SqlValue.Text("@tenant", tenant),
            SqlValue.Text("@session", sessionId.ToString()));

    /// <inheritdoc/>
    public ValueTask<StepUpChallenge?> TaintSessionAsync(string tenant, SessionId sessionId, CancellationToken cancellationToken = default) =>
        WriteAsync(
            async connection =>
            {
                SqlValue[] values = [SqlValue.Text("@tenant", tenant), SqlValue.Text("@session", sessionId.ToString())];
                await connection.BeginAsync(cancellationToken).ConfigureAwait(false);

                // The row is there and locked before it is read, so that of two at once one is told the owner.
                await connection.ExecuteAsync(
                    $"INSERT INTO {Tables.Sessions} (tenant, session_id, challenge_id) VALUES (@tenant, @session, NULL) "
                    + $"ON CONFLICT (tenant, session_id) DO UPDATE SET challenge_id = {Tables.Sessions}.challenge_id",
                    cancellationToken,
                    values).ConfigureAwait(false);
                var owner = await connection.FirstAsync(
                    $"SELECT {ChallengeMap.ReadColumns} FROM {Tables.Challenges} WHERE id = (SELECT challenge_id FROM {Tables.Sessions} WHERE tenant = @tenant AND session_id = @session)",
                    ChallengeMap.Read,
                    cancellationToken,
                    values).ConfigureAwait(false);
                await connection.ExecuteAsync(
                    $"UPDATE {Tables.Sessions} SET challenge_id = NULL WHERE tenant = @tenant AND session_id = @session", cancellationToken, values).ConfigureAwait(false);
                await connection.CommitAsync(cancellationToken).ConfigureAwait(false);
                return owner;
            },
            cancellationToken);

    /// <inheritdoc/>
    public ValueTask<EnrolmentRecord?> FindEnrolmentAsync(string tenant, string vendorData, CancellationToken cancellationToken = default) =>
        ReadAsync(
            connection => connection.FirstAsync(
                $"SELECT enrolled_at, challenge_id FROM {Tables.Enrolments} WHERE tenant = @tenant AND vendor_data = @vendor",
                static row => new EnrolmentRecord(row.Time(0), row.GetString(1)),
                cancellationToken,
                SqlValue.Text("@tenant", tenant),
                SqlValue.Text("@vendor", vendorData)),
            cancellationToken);

    /// <inheritdoc/>
    public ValueTask SetEnrolmentAsync(string tenant, string vendorData, EnrolmentRecord? enrolment, CancellationToken cancellationToken = default) =>
        enrolment is null
            ? ExecuteAsync(
                $"DELETE FROM {Tables.Enrolments} WHERE tenant = @tenant AND vendor_data = @vendor",
                cancellationToken,
                SqlValue.Text("@tenant", tenant),
                SqlValue.Text("@vendor", vendorData))
            : ExecuteAsync(
                $"INSERT INTO {Tables.Enrolments} (tenant, vendor_data, enrolled_at, challenge_id) VALUES (@tenant, @vendor, @at, @challenge) "
                + "ON CONFLICT (tenant, vendor_data) DO UPDATE SET enrolled_at = excluded.enrolled_at, challenge_id = excluded.challenge_id",
                cancellationToken,
                SqlValue.Text("@tenant", tenant),
                SqlValue.Text("@vendor", vendorData),
                SqlValue.Time("@at", enrolment.EnrolledAt),
                SqlValue.Text("@challenge", enrolment.ChallengeId));

    /// <inheritdoc/>
    public ValueTask QueueDeletionAsync(SessionDeletion deletion, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(deletion);
        return ExecuteAsync(Statements.QueueDeletion, cancellationToken, ValuesOf(deletion));
    }

    /// <inheritdoc/>
    public ValueTask<IReadOnlyList<SessionDeletion>> ListDeletionsAsync(DateTimeOffset now, int count, CancellationToken cancellationToken = default) =>
        ReadAsync(
            connection => connection.ListAsync(
                $"SELECT tenant, session_id, vendor_data, face_in_doubt, due_at, attempts FROM {Tables.Deletions} WHERE due_at <= @now ORDER BY due_at LIMIT @count",
                static row => new SessionDeletion(row.GetString(0), SessionId.Parse(row.GetString(1)), row.GetString(2), row.GetBoolean(3), row.Time(4), row.GetInt32(5)),
                cancellationToken,
                SqlValue.Time("@now", now),
                SqlValue.Int("@count", count)),
            cancellationToken);

    /// <inheritdoc/>
    public ValueTask PostponeDeletionAsync(SessionDeletion deletion, DateTimeOffset dueAt, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(deletion);
        return ExecuteAsync(
            $"UPDATE {Tables.Deletions} SET due_at = @due, attempts = attempts + 1 WHERE tenant = @tenant AND session_id = @session",
            cancellationToken,
            SqlValue.Text("@tenant", deletion.Tenant),
            SqlValue.Text("@session", deletion.SessionId.ToString()),
            SqlValue.Time("@due", dueAt));
    }

    /// <inheritdoc/>
    public ValueTask CompleteDeletionAsync(SessionDeletion deletion, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(deletion);
        return ExecuteAsync(
            $"DELETE FROM {Tables.Deletions} WHERE tenant = @tenant AND session_id = @session",
            cancellationToken,
            SqlValue.Text("@tenant", deletion.Tenant),
            SqlValue.Text("@session", deletion.SessionId.ToString()));
    }

    /// <inheritdoc/>
    public ValueTask<bool> IsStoredFaceInDoubtAsync(string tenant, string vendorData, CancellationToken cancellationToken = default) =>
        AnyAsync(
            $"SELECT 1 FROM {Tables.Deletions} WHERE tenant = @tenant AND vendor_data = @vendor AND face_in_doubt LIMIT 1",
            cancellationToken,
            SqlValue.Text("@tenant", tenant),
            SqlValue.Text("@vendor", vendorData));

    private static SqlValue[] ValuesOf(SessionDeletion deletion) =>
    [
        SqlValue.Text("@deletion_tenant", deletion.Tenant),
        SqlValue.Text("@deletion_session", deletion.SessionId.ToString()),
        SqlValue.Text("@deletion_vendor", deletion.VendorData),
        SqlValue.Bool("@deletion_doubt", deletion.FaceInDoubt),
        SqlValue.Time("@deletion_due", deletion.DueAt),
        SqlValue.Int("@deletion_attempts", deletion.Attempts),
    ];
}
