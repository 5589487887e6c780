using System.Data.Common;
using System.Text.Json;

namespace BiometricTwoFactor.EntityFrameworkCore;

/// <summary>A challenge as a row: columns for what is compared and filtered, one document for the rest.</summary>
internal static class ChallengeMap
{
    /// <summary>What is read; in the order of <see cref="Read"/>.</summary>
    public const string ReadColumns =
        "id, document, kind, tenant, scheme, subject, session_hash, reason, digest, workflow_id, created_at, deadline, state, version, claim_required, claimed_at, "
        + "approved_at, execute_by, frozen_at, came_out_of_review, confirmed_at, demand, demand_met_at, code_hash, session_id, operation_id, consumed_at";

    private static readonly string[] Written =
    [
        "facts", "kind", "tenant", "scheme", "subject", "session_hash", "reason", "digest", "workflow_id", "face_floor", "liveness_floor", "device_group", "browser_hash",
        "created_at", "deadline", "state", "version", "claim_required", "claimed_at", "approved_at", "execute_by", "frozen_at", "came_out_of_review", "confirmed_at",
        "demand", "demand_met_at", "code_hash", "session_id", "operation_id", "consumed_at", "next_deadline", "read_due_at", "document",
    ];

    /// <summary>The columns of a new challenge.</summary>
    public static string InsertColumns { get; } = "id, " + string.Join(", ", Written);

    /// <summary>Their parameters.</summary>
    public static string InsertValues { get; } = "@id, " + string.Join(", ", Written.Select(column => "@" + column));

    /// <summary>What a change writes: everything, but the id.</summary>
    public static string Assignments { get; } = string.Join(", ", Written.Select(column => $"{column} = @{column}"));

    /// <summary>One value over who asks for what, so that one short index finds it. Every column is compared all the same.</summary>
    public static string FactsOf(StepUpBinding binding, string reason, string digest) =>
        FactsHash.Of(binding.Tenant, binding.Scheme, binding.Subject, binding.SessionHash, reason, digest);

    /// <summary>All parameters of <see cref="InsertValues"/> and <see cref="Assignments"/>.</summary>
    public static List<SqlValue> ValuesOf(StepUpChallenge challenge) =>
    [
        SqlValue.Text("@id", challenge.Id),
        SqlValue.Text("@facts", FactsOf(challenge.Binding, challenge.Reason, challenge.Digest)),
        SqlValue.Int("@kind", (int)challenge.Kind),
        SqlValue.Text("@tenant", challenge.Binding.Tenant),
        SqlValue.Text("@scheme", challenge.Binding.Scheme),
        SqlValue.Text("@subject", challenge.Binding.Subject),
        SqlValue.Text("@session_hash", challenge.Binding.SessionHash),
        SqlValue.Text("@reason", challenge.Reason),
        SqlValue.Text("@digest", challenge.Digest),
        SqlValue.Text("@workflow_id", challenge.WorkflowId),
        SqlValue.Long("@face_floor", Floor.Given(challenge.FaceMatchFloorPercent)),
        SqlValue.Long("@liveness_floor", Floor.Given(challenge.LivenessFloorPercent)),
        SqlValue.Text("@device_group", challenge.AskedFrom.Group),
        SqlValue.Text("@browser_hash", challenge.AskedFrom.BrowserHash),
        SqlValue.Time("@created_at", challenge.CreatedAt),
        SqlValue.Time("@deadline", challenge.Deadline),
        SqlValue.Int("@state", (int)challenge.State),
        SqlValue.Long("@version", challenge.Version),
        SqlValue.Bool("@claim_required", challenge.ClaimRequired),
        SqlValue.Time("@claimed_at", challenge.ClaimedAt),
        SqlValue.Time("@approved_at", challenge.ApprovedAt),
        SqlValue.Time("@execute_by", challenge.ExecuteBy),
        SqlValue.Time("@frozen_at", challenge.FrozenAt),
        SqlValue.Bool("@came_out_of_review", challenge.CameOutOfReview),
        SqlValue.Time("@confirmed_at", challenge.ConfirmedAt),
        SqlValue.Int("@demand", (int)challenge.Demand),
        SqlValue.Time("@demand_met_at", challenge.DemandMetAt),
        SqlValue.Text("@code_hash", challenge.CodeHash),
        SqlValue.Text("@session_id", challenge.SessionId?.ToString()),
        SqlValue.Text("@operation_id", challenge.OperationId),
        SqlValue.Time("@consumed_at", challenge.ConsumedAt),
        SqlValue.Time("@next_deadline", challenge.NextDeadline),
        SqlValue.Time("@read_due_at", challenge.IsOpen ? challenge.NextReadAt : null),
        SqlValue.Text("@document", JsonSerializer.Serialize(challenge, ChallengeJson.Default.StepUpChallenge)),
    ];

    /// <summary>Reads a row of <see cref="ReadColumns"/>. A column wins over the document, which a use does not rewrite.</summary>
    /// <exception cref="JsonException">The document cannot be read.</exception>
    public static StepUpChallenge Read(DbDataReader row)
    {
        var document = JsonSerializer.Deserialize(row.GetString(1), ChallengeJson.Default.StepUpChallenge) ?? throw new JsonException("A challenge's document is empty.");
        return document with
        {
            Id = row.GetString(0),
            Kind = (ChallengeKind)row.GetInt32(2),
            Binding = new StepUpBinding { Tenant = row.GetString(3), Scheme = row.GetString(4), Subject = row.GetString(5), SessionHash = row.GetString(6) },
            Reason = row.GetString(7),
            Digest = row.GetString(8),
            WorkflowId = row.GetString(9),
            CreatedAt = row.Time(10),
            Deadline = row.Time(11),
            State = (ChallengeState)row.GetInt32(12),
            Version = row.GetInt64(13),
            ClaimRequired = row.GetBoolean(14),
            ClaimedAt = row.TimeOrNull(15),
            ApprovedAt = row.TimeOrNull(16),
            ExecuteBy = row.TimeOrNull(17),
            FrozenAt = row.TimeOrNull(18),
            CameOutOfReview = row.GetBoolean(19),
            ConfirmedAt = row.TimeOrNull(20),
            Demand = (ExtraDemand)row.GetInt32(21),
            DemandMetAt = row.TimeOrNull(22),
            CodeHash = row.TextOrNull(23),
            SessionId = row.TextOrNull(24) is { } session ? SessionId.Parse(session) : null,
            OperationId = row.TextOrNull(25),
            ConsumedAt = row.TimeOrNull(26),
        };
    }

    /// <summary>A challenge or none, and behind its columns what is known of a delivery (<see cref="ChallengeStatements.FindForDelivery"/>).</summary>
    public static DeliveryTarget ReadTarget(DbDataReader row)
    {
        var standing = row.GetBoolean(row.FieldCount - 2) ? DeliveryStanding.Applied
            : row.GetBoolean(row.FieldCount - 1) ? DeliveryStanding.EventChanged
            : DeliveryStanding.New;
        return new DeliveryTarget(row.IsDBNull(0) ? null : Read(row), standing);
    }
}
