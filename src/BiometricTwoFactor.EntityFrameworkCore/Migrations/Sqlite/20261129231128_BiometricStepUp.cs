using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace BiometricTwoFactor.EntityFrameworkCore.SqliteMigrations
{
    /// <inheritdoc />
    internal sealed partial class BiometricStepUp : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.CreateTable(
                name: "biometric_access",
                columns: table => new
                {
                    tenant = table.Column<string>(type: "TEXT", nullable: false),
                    scheme = table.Column<string>(type: "TEXT", nullable: false),
                    subject = table.Column<string>(type: "TEXT", nullable: false),
                    session_hash = table.Column<string>(type: "TEXT", nullable: false),
                    challenge_id = table.Column<string>(type: "TEXT", nullable: false),
                    digest = table.Column<string>(type: "TEXT", nullable: false),
                    authenticated_at = table.Column<long>(type: "INTEGER", nullable: false),
                    seen_at = table.Column<long>(type: "INTEGER", nullable: false),
                    ends_at = table.Column<long>(type: "INTEGER", nullable: false),
                    factors = table.Column<string>(type: "TEXT", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_biometric_access", x => new { x.tenant, x.subject, x.scheme, x.session_hash });
                });

            migrationBuilder.CreateTable(
                name: "biometric_blocks",
                columns: table => new
                {
                    tenant = table.Column<string>(type: "TEXT", nullable: false),
                    subject = table.Column<string>(type: "TEXT", nullable: false),
                    device_group = table.Column<string>(type: "TEXT", nullable: false),
                    blocked_at = table.Column<long>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_biometric_blocks", x => new { x.tenant, x.subject, x.device_group });
                });

            migrationBuilder.CreateTable(
                name: "biometric_challenges",
                columns: table => new
                {
                    number = table.Column<long>(type: "INTEGER", nullable: false)
                        .Annotation("Sqlite:Autoincrement", true),
                    id = table.Column<string>(type: "TEXT", nullable: true),
                    facts = table.Column<string>(type: "TEXT", nullable: false),
                    kind = table.Column<int>(type: "INTEGER", nullable: false),
                    tenant = table.Column<string>(type: "TEXT", nullable: false),
                    scheme = table.Column<string>(type: "TEXT", nullable: false),
                    subject = table.Column<string>(type: "TEXT", nullable: false),
                    session_hash = table.Column<string>(type: "TEXT", nullable: false),
                    reason = table.Column<string>(type: "TEXT", nullable: false),
                    digest = table.Column<string>(type: "TEXT", nullable: false),
                    workflow_id = table.Column<string>(type: "TEXT", nullable: false),
                    face_floor = table.Column<long>(type: "INTEGER", nullable: true),
                    liveness_floor = table.Column<long>(type: "INTEGER", nullable: true),
                    device_group = table.Column<string>(type: "TEXT", nullable: false),
                    browser_hash = table.Column<string>(type: "TEXT", nullable: true),
                    created_at = table.Column<long>(type: "INTEGER", nullable: false),
                    deadline = table.Column<long>(type: "INTEGER", nullable: false),
                    state = table.Column<int>(type: "INTEGER", nullable: false),
                    version = table.Column<long>(type: "INTEGER", nullable: false),
                    claim_required = table.Column<bool>(type: "INTEGER", nullable: false),
                    claimed_at = table.Column<long>(type: "INTEGER", nullable: true),
                    approved_at = table.Column<long>(type: "INTEGER", nullable: true),
                    execute_by = table.Column<long>(type: "INTEGER", nullable: true),
                    frozen_at = table.Column<long>(type: "INTEGER", nullable: true),
                    came_out_of_review = table.Column<bool>(type: "INTEGER", nullable: false),
                    confirmed_at = table.Column<long>(type: "INTEGER", nullable: true),
                    demand = table.Column<int>(type: "INTEGER", nullable: false),
                    demand_met_at = table.Column<long>(type: "INTEGER", nullable: true),
                    code_hash = table.Column<string>(type: "TEXT", nullable: true),
                    session_id = table.Column<string>(type: "TEXT", nullable: true),
                    operation_id = table.Column<string>(type: "TEXT", nullable: true),
                    consumed_at = table.Column<long>(type: "INTEGER", nullable: true),
                    next_deadline = table.Column<long>(type: "INTEGER", nullable: true),
                    read_due_at = table.Column<long>(type: "INTEGER", nullable: true),
                    document = table.Column<string>(type: "TEXT", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_biometric_challenges", x => x.number);
                });

            migrationBuilder.CreateTable(
                name: "biometric_data_protection_keys",
                columns: table => new
                {
                    id = table.Column<long>(type: "INTEGER", nullable: false)
                        .Annotation("Sqlite:Autoincrement", true),
                    friendly_name = table.Column<string>(type: "TEXT", nullable: false),
                    xml = table.Column<string>(type: "TEXT", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_biometric_data_protection_keys", x => x.id);
                });

            migrationBuilder.CreateTable(
                name: "biometric_deletions",
                columns: table => new
                {
                    tenant = table.Column<string>(type: "TEXT", nullable: false),
                    session_id = table.Column<string>(type: "TEXT", nullable: false),
                    vendor_data = table.Column<string>(type: "TEXT", nullable: false),
                    face_in_doubt = table.Column<bool>(type: "INTEGER", nullable: false),
                    due_at = table.Column<long>(type: "INTEGER", nullable: false),
                    attempts = table.Column<int>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_biometric_deletions", x => new { x.tenant, x.session_id });
                });

            migrationBuilder.CreateTable(
                name: "biometric_deliveries",
                columns: table => new
                {
                    delivery_key = table.Column<string>(type: "TEXT", nullable: false),
                    recorded_at = table.Column<long>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_biometric_deliveries", x => x.delivery_key);
                });

            migrationBuilder.CreateTable(
                name: "biometric_devices",
                columns: table => new
                {
                    tenant = table.Column<string>(type: "TEXT", nullable: false),
                    subject = table.Column<string>(type: "TEXT", nullable: false),
                    kind = table.Column<int>(type: "INTEGER", nullable: false),
                    hash = table.Column<string>(type: "TEXT", nullable: false),
                    seen_at = table.Column<long>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_biometric_devices", x => new { x.tenant, x.subject, x.kind, x.hash });
                });

            migrationBuilder.CreateTable(
                name: "biometric_enrolments",
                columns: table => new
                {
                    tenant = table.Column<string>(type: "TEXT", nullable: false),
                    vendor_data = table.Column<string>(type: "TEXT", nullable: false),
                    enrolled_at = table.Column<long>(type: "INTEGER", nullable: false),
                    challenge_id = table.Column<string>(type: "TEXT", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_biometric_enrolments", x => new { x.tenant, x.vendor_data });
                });

            migrationBuilder.CreateTable(
                name: "biometric_events",
                columns: table => new
                {
                    tenant = table.Column<string>(type: "TEXT", nullable: false),
                    event_id = table.Column<string>(type: "TEXT", nullable: false),
                    body_hash = table.Column<string>(type: "TEXT", nullable: false),
                    recorded_at = table.Column<long>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_biometric_events", x => new { x.tenant, x.event_id });
                });

            migrationBuilder.CreateTable(
                name: "biometric_evidence",
                columns: table => new
                {
                    tenant = table.Column<string>(type: "TEXT", nullable: false),
                    sequence = table.Column<long>(type: "INTEGER", nullable: false),
                    challenge_id = table.Column<string>(type: "TEXT", nullable: false),
                    kind = table.Column<int>(type: "INTEGER", nullable: false),
                    outcome = table.Column<string>(type: "TEXT", nullable: true),
                    happened_at = table.Column<long>(type: "INTEGER", nullable: false),
                    key_id = table.Column<string>(type: "TEXT", nullable: false),
                    key_commitment = table.Column<byte[]>(type: "BLOB", nullable: false),
                    ciphertext = table.Column<byte[]>(type: "BLOB", nullable: false),
                    previous_hash = table.Column<byte[]>(type: "BLOB", nullable: false),
                    hash = table.Column<byte[]>(type: "BLOB", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_biometric_evidence", x => new { x.tenant, x.sequence });
                });

            migrationBuilder.CreateTable(
                name: "biometric_evidence_checkpoints",
                columns: table => new
                {
                    id = table.Column<long>(type: "INTEGER", nullable: false)
                        .Annotation("Sqlite:Autoincrement", true),
                    tenant = table.Column<string>(type: "TEXT", nullable: false),
                    sequence = table.Column<long>(type: "INTEGER", nullable: false),
                    hash = table.Column<byte[]>(type: "BLOB", nullable: false),
                    signed_at = table.Column<long>(type: "INTEGER", nullable: false),
                    key_id = table.Column<string>(type: "TEXT", nullable: false),
                    signature = table.Column<byte[]>(type: "BLOB", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_biometric_evidence_checkpoints", x => x.id);
                });

            migrationBuilder.CreateTable(
                name: "biometric_evidence_drafts",
                columns: table => new
                {
                    id = table.Column<long>(type: "INTEGER", nullable: false)
                        .Annotation("Sqlite:Autoincrement", true),
                    tenant = table.Column<string>(type: "TEXT", nullable: false),
                    subject = table.Column<string>(type: "TEXT", nullable: false),
                    challenge_id = table.Column<string>(type: "TEXT", nullable: false),
                    kind = table.Column<int>(type: "INTEGER", nullable: false),
                    outcome = table.Column<string>(type: "TEXT", nullable: true),
                    happened_at = table.Column<long>(type: "INTEGER", nullable: false),
                    content = table.Column<byte[]>(type: "BLOB", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_biometric_evidence_drafts", x => x.id);
                });

            migrationBuilder.CreateTable(
                name: "biometric_evidence_keys",
                columns: table => new
                {
                    id = table.Column<string>(type: "TEXT", nullable: false),
                    tenant = table.Column<string>(type: "TEXT", nullable: false),
                    subject = table.Column<string>(type: "TEXT", nullable: false),
                    wrapped = table.Column<byte[]>(type: "BLOB", nullable: false),
                    created_at = table.Column<long>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_biometric_evidence_keys", x => x.id);
                });

            migrationBuilder.CreateTable(
                name: "biometric_leases",
                columns: table => new
                {
                    tenant = table.Column<string>(type: "TEXT", nullable: false),
                    vendor_data = table.Column<string>(type: "TEXT", nullable: false),
                    challenge_id = table.Column<string>(type: "TEXT", nullable: false),
                    ends_at = table.Column<long>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_biometric_leases", x => new { x.tenant, x.vendor_data });
                });

            migrationBuilder.CreateTable(
                name: "biometric_parked",
                columns: table => new
                {
                    tenant = table.Column<string>(type: "TEXT", nullable: false),
                    session_id = table.Column<string>(type: "TEXT", nullable: false),
                    ends_at = table.Column<long>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_biometric_parked", x => new { x.tenant, x.session_id });
                });

            migrationBuilder.CreateTable(
                name: "biometric_schema",
                columns: table => new
                {
                    id = table.Column<int>(type: "INTEGER", nullable: false),
                    version = table.Column<int>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_biometric_schema", x => x.id);
                });

            migrationBuilder.CreateTable(
                name: "biometric_sessions",
                columns: table => new
                {
                    tenant = table.Column<string>(type: "TEXT", nullable: false),
                    session_id = table.Column<string>(type: "TEXT", nullable: false),
                    challenge_id = table.Column<string>(type: "TEXT", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_biometric_sessions", x => new { x.tenant, x.session_id });
                });

            migrationBuilder.CreateTable(
                name: "biometric_starts",
                columns: table => new
                {
                    tenant = table.Column<string>(type: "TEXT", nullable: false),
                    challenge_id = table.Column<string>(type: "TEXT", nullable: false),
                    ends_at = table.Column<long>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_biometric_starts", x => new { x.tenant, x.challenge_id });
                });

            migrationBuilder.CreateTable(
                name: "biometric_unblocks",
                columns: table => new
                {
                    tenant = table.Column<string>(type: "TEXT", nullable: false),
                    subject = table.Column<string>(type: "TEXT", nullable: false),
                    unblocked_at = table.Column<long>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_biometric_unblocks", x => new { x.tenant, x.subject });
                });

            migrationBuilder.InsertData(
                table: "biometric_schema",
                columns: new[] { "id", "version" },
                values: new object[] { 1, 1 });

            migrationBuilder.CreateIndex(
                name: "ix_biometric_access_ends",
                table: "biometric_access",
                column: "ends_at");

            migrationBuilder.CreateIndex(
                name: "ix_biometric_challenges_browser",
                table: "biometric_challenges",
                columns: new[] { "tenant", "browser_hash", "created_at" },
                filter: "browser_hash IS NOT NULL");

            migrationBuilder.CreateIndex(
                name: "ix_biometric_challenges_code",
                table: "biometric_challenges",
                column: "code_hash",
                filter: "code_hash IS NOT NULL");

            migrationBuilder.CreateIndex(
                name: "ix_biometric_challenges_due",
                table: "biometric_challenges",
                column: "next_deadline",
                filter: "next_deadline IS NOT NULL");

            migrationBuilder.CreateIndex(
                name: "ix_biometric_challenges_ended",
                table: "biometric_challenges",
                column: "deadline",
                filter: "next_deadline IS NULL");

            migrationBuilder.CreateIndex(
                name: "ix_biometric_challenges_read",
                table: "biometric_challenges",
                column: "read_due_at",
                filter: "read_due_at IS NOT NULL");

            migrationBuilder.CreateIndex(
                name: "ix_biometric_challenges_review",
                table: "biometric_challenges",
                columns: new[] { "tenant", "created_at" },
                filter: "state = 1");

            migrationBuilder.CreateIndex(
                name: "ix_biometric_challenges_subject",
                table: "biometric_challenges",
                columns: new[] { "tenant", "subject", "created_at" });

            migrationBuilder.CreateIndex(
                name: "ux_biometric_challenges_facts",
                table: "biometric_challenges",
                columns: new[] { "facts", "operation_id" },
                unique: true);

            migrationBuilder.CreateIndex(
                name: "ux_biometric_challenges_id",
                table: "biometric_challenges",
                column: "id",
                unique: true);

            migrationBuilder.CreateIndex(
                name: "ix_biometric_deletions_due",
                table: "biometric_deletions",
                column: "due_at");

            migrationBuilder.CreateIndex(
                name: "ix_biometric_deletions_subject",
                table: "biometric_deletions",
                columns: new[] { "tenant", "vendor_data" });

            migrationBuilder.CreateIndex(
                name: "ix_biometric_deliveries_recorded",
                table: "biometric_deliveries",
                column: "recorded_at");

            migrationBuilder.CreateIndex(
                name: "ix_biometric_events_recorded",
                table: "biometric_events",
                column: "recorded_at");

            migrationBuilder.CreateIndex(
                name: "ix_biometric_evidence_challenge",
                table: "biometric_evidence",
                columns: new[] { "tenant", "challenge_id", "sequence" });

            migrationBuilder.CreateIndex(
                name: "ix_biometric_evidence_key",
                table: "biometric_evidence",
                columns: new[] { "tenant", "key_id", "sequence" });

            migrationBuilder.CreateIndex(
                name: "ix_biometric_evidence_time",
                table: "biometric_evidence",
                columns: new[] { "tenant", "happened_at" });

            migrationBuilder.CreateIndex(
                name: "ix_biometric_evidence_checkpoints_place",
                table: "biometric_evidence_checkpoints",
                columns: new[] { "tenant", "sequence" });

            migrationBuilder.CreateIndex(
                name: "ix_biometric_evidence_drafts_subject",
                table: "biometric_evidence_drafts",
                columns: new[] { "tenant", "subject" });

            migrationBuilder.CreateIndex(
                name: "ux_biometric_evidence_keys_subject",
                table: "biometric_evidence_keys",
                columns: new[] { "tenant", "subject" },
                unique: true);
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropTable(
                name: "biometric_access");

            migrationBuilder.DropTable(
                name: "biometric_blocks");

            migrationBuilder.DropTable(
                name: "biometric_challenges");

            migrationBuilder.DropTable(
                name: "biometric_data_protection_keys");

            migrationBuilder.DropTable(
                name: "biometric_deletions");

            migrationBuilder.DropTable(
                name: "biometric_deliveries");

            migrationBuilder.DropTable(
                name: "biometric_devices");

            migrationBuilder.DropTable(
                name: "biometric_enrolments");

            migrationBuilder.DropTable(
                name: "biometric_events");

            migrationBuilder.DropTable(
                name: "biometric_evidence");

            migrationBuilder.DropTable(
                name: "biometric_evidence_checkpoints");

            migrationBuilder.DropTable(
                name: "biometric_evidence_drafts");

            migrationBuilder.DropTable(
                name: "biometric_evidence_keys");

            migrationBuilder.DropTable(
                name: "biometric_leases");

            migrationBuilder.DropTable(
                name: "biometric_parked");

            migrationBuilder.DropTable(
                name: "biometric_schema");

            migrationBuilder.DropTable(
                name: "biometric_sessions");

            migrationBuilder.DropTable(
                name: "biometric_starts");

            migrationBuilder.DropTable(
                name: "biometric_unblocks");
        }
    }
}
