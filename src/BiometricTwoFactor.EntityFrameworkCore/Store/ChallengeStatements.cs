namespace BiometricTwoFactor.EntityFrameworkCore;

/// <summary>
/// The statements of every step-up, made once: their texts stay the same, so that the database's plan for each can be kept.
/// </summary>
internal sealed class ChallengeStatements
{
    /// <summary>Who asks for what (protocol 1.1, 7.1). The first comparison finds it by one index, the others are the rule.</summary>
    private const string Facts =
        "facts = @facts AND tenant = @tenant AND scheme = @scheme AND subject = @subject AND session_hash = @session_hash AND reason = @reason AND digest = @digest";

    /// <summary>As <see cref="StepUpChallenge.IsUsableAt"/>.</summary>
    private const string Usable =
        "state = 2 AND frozen_at IS NULL AND (claimed_at IS NOT NULL OR NOT claim_required) AND (confirmed_at IS NOT NULL OR NOT came_out_of_review) "
        + "AND (demand_met_at IS NOT NULL OR demand = 0) AND execute_by > @now";

    /// <summary>Asked with what is demanded now, or with more.</summary>
    private const string StrongEnough =
        "(@workflow IS NULL OR workflow_id = @workflow OR workflow_id = @stronger) AND (@face_demanded IS NULL OR face_floor >= @face_demanded) "
        + "AND (@liveness_demanded IS NULL OR liveness_floor >= @liveness_demanded)";

    private const string Named = "(@challenge IS NULL OR id = @challenge)";

    private readonly StoreChange[] _add;
    private readonly StoreChange[] _replace;
    private readonly StoreChange[] _attach;
    private readonly StoreChange[] _consume;

    public ChallengeStatements(StoreSchema tables)
    {
        var challenges = tables.Challenges;
        var same = $"{challenges} WHERE {Facts} AND kind = @kind AND workflow_id = @workflow_id AND face_floor IS NOT DISTINCT FROM @face_floor "
            + "AND liveness_floor IS NOT DISTINCT FROM @liveness_floor AND next_deadline > @created_at";
        FindSame = $"SELECT {ChallengeMap.ReadColumns} FROM {same} ORDER BY number LIMIT 1";
        // One row in any case: what is known of the delivery, and its session's challenge where there is one.
        FindForDelivery = $"SELECT {ChallengeMap.ReadColumns}, EXISTS (SELECT 1 FROM {tables.Deliveries} WHERE delivery_key = @key), "
            + $"EXISTS (SELECT 1 FROM {tables.Events} AS told WHERE told.tenant = @tenant AND told.event_id = @event AND told.body_hash <> @hash) "
            + $"FROM (SELECT 1 AS one) AS asked LEFT JOIN {challenges} ON id = (SELECT challenge_id FROM {tables.Sessions} AS marked WHERE marked.tenant = @tenant AND marked.session_id = @session)";
        FindById = $"SELECT {ChallengeMap.ReadColumns} FROM {challenges} WHERE id = @id";
        FindVersion = $"SELECT state, version FROM {challenges} WHERE id = @id";

        var draft = new StoreCompanion(
            tables.Drafts,
            "tenant, subject, challenge_id, kind, outcome, happened_at, content",
            "@draft_tenant, @draft_subject, @draft_challenge, @draft_kind, @draft_outcome, @draft_at, @draft_content");
        var draftOfUse = draft with { Expressions = draft.Expressions.Replace("@draft_challenge", "changed.id", StringComparison.Ordinal) };
        var delivery = new StoreCompanion(tables.Deliveries, "delivery_key, recorded_at", "@delivery_key, @recorded_at");
        // A value that may not be missing is missing where the event came with another body: then nothing is written at all.
        var told = new StoreCompanion(
            $"{tables.Events} AS first",
            "tenant, event_id, body_hash, recorded_at",
            "changed.tenant, @event_id, @body_hash, @recorded_at",
            "ON CONFLICT (tenant, event_id) DO UPDATE SET body_hash = CASE WHEN first.body_hash = excluded.body_hash THEN first.body_hash END");
        var deletion = new StoreCompanion(
            $"{tables.Deletions} AS queued",
            "tenant, session_id, vendor_data, face_in_doubt, due_at, attempts",
            "@deletion_tenant, @deletion_session, @deletion_vendor, @deletion_doubt, @deletion_due, @deletion_attempts",
            // Doubt, once raised, stays until the provider has confirmed the deletion.
            "ON CONFLICT (tenant, session_id) DO UPDATE SET face_in_doubt = (queued.face_in_doubt OR excluded.face_in_doubt)");
        QueueDeletion = $"INSERT INTO {deletion.Table} ({deletion.Columns}) VALUES ({deletion.Expressions}) {deletion.OnConflict}";
        var lease = new StoreRemoval(tables.Leases, "tenant, vendor_data, challenge_id", "changed.tenant, @lease_vendor, changed.id", "changed.state <> 0");
        var session = new StoreCompanion(tables.Sessions, "tenant, session_id, challenge_id", "changed.tenant, changed.session_id, changed.id");

        var add = $"INSERT INTO {challenges} ({ChallengeMap.InsertColumns}) SELECT {ChallengeMap.InsertValues} WHERE NOT EXISTS (SELECT 1 FROM {same}) "
            + $"AND (SELECT count(*) FROM {challenges} WHERE tenant = @tenant AND subject = @subject AND device_group = @device_group AND created_at >= @limit_since) < @limit "
            + $"AND (@browser_hash IS NULL OR (SELECT count(*) FROM {challenges} WHERE tenant = @tenant AND browser_hash = @browser_hash AND created_at >= @limit_since) < @device_limit)";
        _add = [new StoreChange(add, [], Announced: false), new StoreChange(add, [draft], Announced: false)];

        // The bits of @from are the states from which the table allows the new one (protocol 6.6).
        var replace = $"UPDATE {challenges} SET {ChallengeMap.Assignments} WHERE id = @id AND version = @version - 1 AND ((@from >> state) & 1) = 1";
        _replace =
        [
            .. from queued in new StoreCompanion[][] { [], [deletion] }
               from delivered in new StoreCompanion[][] { [], [delivery], [delivery, told] }
               from evidence in new StoreCompanion[][] { [], [draft] }
               select new StoreChange(replace, [.. delivered, .. evidence, .. queued], Announced: true) { Removal = lease },
        ];
        _attach = [new StoreChange(replace, [session], Announced: true), new StoreChange(replace, [session, draft], Announced: true)];

        // Protocol 7.1 in one statement. The conditions stand twice: inside to find the row, outside since another machine may have
        // changed it before this one got to it, and PostgreSQL then looks at the outer ones again.
        var use = $"UPDATE {challenges} SET state = 3, operation_id = @operation, consumed_at = @now, version = version + 1, next_deadline = NULL, read_due_at = NULL "
            + $"WHERE number = (SELECT number FROM {challenges} WHERE {Facts} AND {Usable} AND {StrongEnough} AND {Named} "
            + $"AND NOT EXISTS (SELECT 1 FROM {challenges} WHERE facts = @facts AND operation_id = @operation) ORDER BY number LIMIT 1) "
            + $"AND {Facts} AND {Usable} AND {StrongEnough} AND {Named}";
        _consume = [new StoreChange(use, [], Announced: true), new StoreChange(use, [draftOfUse], Announced: true)];
        FindOwn = $"SELECT {ChallengeMap.ReadColumns} FROM {challenges} WHERE {Facts} AND operation_id = @operation AND state = 3";
        FindUsed = $"SELECT {ChallengeMap.ReadColumns} FROM {challenges} WHERE {Facts} AND id = @challenge AND state = 3";
        FindUsable = $"SELECT {ChallengeMap.ReadColumns} FROM {challenges} WHERE {Facts} AND {Usable} AND {StrongEnough} AND {Named} ORDER BY number LIMIT 1";
    }

    public string FindSame { get; }

    public string QueueDeletion { get; }

    public string FindForDelivery { get; }

    public string FindById { get; }

    public string FindVersion { get; }

    public string FindOwn { get; }

    public string FindUsed { get; }

    public string FindUsable { get; }

    public StoreChange Add(bool withEvidence) => _add[withEvidence ? 1 : 0];

    public StoreChange Replace(bool withDelivery, bool withEvent, bool withEvidence, bool withDeletion) =>
        _replace[(withDeletion ? 6 : 0) + (withEvent ? 4 : withDelivery ? 2 : 0) + (withEvidence ? 1 : 0)];

    public StoreChange Attach(bool withEvidence) => _attach[withEvidence ? 1 : 0];

    public StoreChange Consume(bool withEvidence) => _consume[withEvidence ? 1 : 0];
}
