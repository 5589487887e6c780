using System.Text.Json;

namespace BiometricTwoFactor.EntityFrameworkCore;

/// <summary>Known devices and networks, blocks, and the windows of account access.</summary>
internal sealed partial class EntityFrameworkStepUpStore
{
    private const int Device = 0;
    private const int Network = 1;

    /// <inheritdoc/>
    public ValueTask<DeviceTrust> FindDeviceAsync(
        string tenant, string subject, string? deviceHash, string? networkHash, DateTimeOffset since, CancellationToken cancellationToken = default)
    {
        if (deviceHash is null && networkHash is null)
        {
            return new(default(DeviceTrust));
        }

        return ReadAsync(
            async connection =>
            {
                var known = await connection.ListAsync(
                    $"SELECT kind FROM {Tables.Devices} WHERE tenant = @tenant AND subject = @subject AND seen_at >= @since "
                    + "AND ((kind = 0 AND hash = @device) OR (kind = 1 AND hash = @network))",
                    static row => row.GetInt32(0),
                    cancellationToken,
                    SqlValue.Text("@tenant", tenant),
                    SqlValue.Text("@subject", subject),
                    SqlValue.Time("@since", since),
                    SqlValue.Text("@device", deviceHash),
                    SqlValue.Text("@network", networkHash)).ConfigureAwait(false);
                return new DeviceTrust(known.Contains(Device), known.Contains(Network));
            },
            cancellationToken);
    }

    /// <inheritdoc/>
    public async ValueTask RememberDeviceAsync(
        string tenant, string subject, string? deviceHash, string? networkHash, DateTimeOffset now, CancellationToken cancellationToken = default)
    {
        if (deviceHash is null && networkHash is null)
        {
            return;
        }

        // One statement for both, the device first: two that meet wait for each other in one order only.
        await ExecuteAsync(
            $"INSERT INTO {Tables.Devices} (tenant, subject, kind, hash, seen_at) SELECT tenant, subject, kind, hash, seen_at FROM "
            + "(SELECT @tenant AS tenant, @subject AS subject, 0 AS kind, @device AS hash, @now AS seen_at UNION ALL SELECT @tenant, @subject, 1, @network, @now) AS seen "
            + "WHERE hash IS NOT NULL ORDER BY kind ON CONFLICT (tenant, subject, kind, hash) DO UPDATE SET seen_at = excluded.seen_at",
            cancellationToken,
            SqlValue.Text("@tenant", tenant),
            SqlValue.Text("@subject", subject),
            SqlValue.Text("@device", deviceHash),
            SqlValue.Text("@network", networkHash),
            SqlValue.Time("@now", now)).ConfigureAwait(false);
    }

    /// <inheritdoc/>
    public ValueTask ForgetDevicesAsync(string tenant, string subject, CancellationToken cancellationToken = default) =>
        ExecuteAsync(
            $"DELETE FROM {Tables.Devices} WHERE tenant = @tenant AND subject = @subject", cancellationToken, SqlValue.Text("@tenant", tenant), SqlValue.Text("@subject", subject));

    /// <inheritdoc/>
    public ValueTask BlockAsync(string tenant, string subject, string deviceGroup, DateTimeOffset now, CancellationToken cancellationToken = default) =>
        ExecuteAsync(
            $"INSERT INTO {Tables.Blocks} (tenant, subject, device_group, blocked_at) VALUES (@tenant, @subject, @group, @now) ON CONFLICT (tenant, subject, device_group) DO NOTHING",
            cancellationToken,
            SqlValue.Text("@tenant", tenant),
            SqlValue.Text("@subject", subject),
            SqlValue.Text("@group", deviceGroup),
            SqlValue.Time("@now", now));

    /// <inheritdoc/>
    public ValueTask<bool> IsBlockedAsync(string tenant, string subject, string deviceGroup, CancellationToken cancellationToken = default) =>
        AnyAsync(
            $"SELECT 1 FROM {Tables.Blocks} WHERE tenant = @tenant AND subject = @subject AND device_group = @group",
            cancellationToken,
            SqlValue.Text("@tenant", tenant),
            SqlValue.Text("@subject", subject),
            SqlValue.Text("@group", deviceGroup));

    /// <inheritdoc/>
    public async ValueTask UnblockAsync(string tenant, string subject, DateTimeOffset now, CancellationToken cancellationToken = default)
    {
        SqlValue[] values = [SqlValue.Text("@tenant", tenant), SqlValue.Text("@subject", subject), SqlValue.Time("@now", now)];
        await WriteAsync(
            async connection =>
            {
                await connection.BeginAsync(cancellationToken).ConfigureAwait(false);
                await connection.ExecuteAsync(
                    $"INSERT INTO {Tables.Unblocks} (tenant, subject, unblocked_at) VALUES (@tenant, @subject, @now) "
                    + "ON CONFLICT (tenant, subject) DO UPDATE SET unblocked_at = excluded.unblocked_at",
                    cancellationToken,
                    values).ConfigureAwait(false);
                await connection.ExecuteAsync($"DELETE FROM {Tables.Blocks} WHERE tenant = @tenant AND subject = @subject", cancellationToken, values).ConfigureAwait(false);
                await connection.CommitAsync(cancellationToken).ConfigureAwait(false);
                return true;
            },
            cancellationToken).ConfigureAwait(false);
    }

    /// <inheritdoc/>
    public ValueTask OpenAccessAsync(AccessWindow window, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(window);
        return ExecuteAsync(
            $"INSERT INTO {Tables.Access} (tenant, scheme, subject, session_hash, challenge_id, digest, authenticated_at, seen_at, ends_at, factors) "
            + "VALUES (@tenant, @scheme, @subject, @session, @challenge, @digest, @authenticated, @seen, @ends, @factors) "
            + "ON CONFLICT (tenant, subject, scheme, session_hash) DO UPDATE SET challenge_id = excluded.challenge_id, digest = excluded.digest, "
            + "authenticated_at = excluded.authenticated_at, seen_at = excluded.seen_at, ends_at = excluded.ends_at, factors = excluded.factors",
            cancellationToken,
            [
                .. ValuesOf(window.Binding),
                SqlValue.Text("@challenge", window.ChallengeId),
                SqlValue.Text("@digest", window.Digest),
                SqlValue.Time("@authenticated", window.AuthenticatedAt),
                SqlValue.Time("@seen", window.SeenAt),
                SqlValue.Time("@ends", window.EndsAt),
                SqlValue.Text("@factors", JsonSerializer.Serialize(window.Factors, ChallengeJson.Default.IReadOnlyListString)),
            ]);
    }

    /// <inheritdoc/>
    public ValueTask<AccessWindow?> TryTouchAccessAsync(StepUpBinding binding, DateTimeOffset now, TimeSpan inactivity, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(binding);
        return WriteAsync(
            connection => connection.FirstAsync(
                $"UPDATE {Tables.Access} SET seen_at = CASE WHEN @now > seen_at THEN @now ELSE seen_at END "
                + "WHERE tenant = @tenant AND scheme = @scheme AND subject = @subject AND session_hash = @session "
                + "AND @now >= authenticated_at AND @now - seen_at < @inactivity AND @now < ends_at "
                + "RETURNING challenge_id, digest, authenticated_at, seen_at, ends_at, factors",
                row => new AccessWindow(binding, row.GetString(0), row.GetString(1), row.Time(2), row.Time(3), row.Time(4))
                {
                    Factors = JsonSerializer.Deserialize(row.GetString(5), ChallengeJson.Default.IReadOnlyListString) ?? [],
                },
                cancellationToken,
                [.. ValuesOf(binding), SqlValue.Time("@now", now), SqlValue.Long("@inactivity", inactivity.Ticks)]),
            cancellationToken);
    }

    /// <inheritdoc/>
    public ValueTask CloseAccessAsync(StepUpBinding binding, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(binding);
        return ExecuteAsync(
            $"DELETE FROM {Tables.Access} WHERE tenant = @tenant AND scheme = @scheme AND subject = @subject AND session_hash = @session", cancellationToken, ValuesOf(binding));
    }

    private static SqlValue[] ValuesOf(StepUpBinding binding) =>
    [
        SqlValue.Text("@tenant", binding.Tenant),
        SqlValue.Text("@scheme", binding.Scheme),
        SqlValue.Text("@subject", binding.Subject),
        SqlValue.Text("@session", binding.SessionHash),
    ];
}
