using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Microsoft.EntityFrameworkCore.Storage.ValueConversion;

namespace BiometricTwoFactor.EntityFrameworkCore;

/// <summary>Puts the tables of the biometric store into an application's own model.</summary>
public static class BiometricStepUpModelBuilderExtensions
{
    /// <summary>The version of the tables; grows with every change of them, and every migration writes it.</summary>
    internal const int SchemaVersion = 1;

    /// <summary>
    /// Adds the tables that <c>AddEntityFrameworkStore&lt;TContext&gt;()</c> works on, all named <c>biometric_…</c>, in the
    /// model's default schema. Call it in <c>OnModelCreating</c>, then add a migration (<c>dotnet ef migrations add</c>). Times are UTC ticks.
    /// </summary>
    /// <param name="modelBuilder">The model.</param>
    public static ModelBuilder AddBiometricStepUp(this ModelBuilder modelBuilder)
    {
        ArgumentNullException.ThrowIfNull(modelBuilder);
        AddChallenges(modelBuilder);
        AddSessions(modelBuilder);
        AddSubjects(modelBuilder);
        AddEvidence(modelBuilder);
        Add<DataProtectionKeyRow>(modelBuilder, "biometric_data_protection_keys").HasKey(row => row.Id);
        var version = Add<SchemaVersionRow>(modelBuilder, "biometric_schema");
        version.HasKey(row => row.Id);
        version.Property(row => row.Id).ValueGeneratedNever();
        version.HasData(new SchemaVersionRow { Id = 1, Version = SchemaVersion });
        return modelBuilder;
    }

    private static void AddChallenges(ModelBuilder modelBuilder)
    {
        var challenge = Add<ChallengeRow>(modelBuilder, "biometric_challenges");
        challenge.HasKey(row => row.Number);
        challenge.HasIndex(row => row.Id).IsUnique().HasDatabaseName("ux_biometric_challenges_id");

        // Finds the question and its approval; and no operation ever has two approvals of one question (protocol 7.1).
        challenge.HasIndex(row => new { row.Facts, row.OperationId }).IsUnique().HasDatabaseName("ux_biometric_challenges_facts");
        challenge.HasIndex(row => new { row.Tenant, row.Subject, row.CreatedAt }).HasDatabaseName("ix_biometric_challenges_subject");

        // Partial: most challenges have ended, and an ended one is in none of these but the last.
        challenge.HasIndex(row => new { row.Tenant, row.BrowserHash, row.CreatedAt }).HasFilter("browser_hash IS NOT NULL").HasDatabaseName("ix_biometric_challenges_browser");
        challenge.HasIndex(row => row.CodeHash).HasFilter("code_hash IS NOT NULL").HasDatabaseName("ix_biometric_challenges_code");
        challenge.HasIndex(row => row.NextDeadline).HasFilter("next_deadline IS NOT NULL").HasDatabaseName("ix_biometric_challenges_due");
        challenge.HasIndex(row => row.ReadDueAt).HasFilter("read_due_at IS NOT NULL").HasDatabaseName("ix_biometric_challenges_read");
        challenge.HasIndex(row => new { row.Tenant, row.CreatedAt }).HasFilter($"state = {(int)ChallengeState.InReview}").HasDatabaseName("ix_biometric_challenges_review");
        challenge.HasIndex(row => row.Deadline).HasFilter("next_deadline IS NULL").HasDatabaseName("ix_biometric_challenges_ended");
    }

    private static void AddSessions(ModelBuilder modelBuilder)
    {
        Add<SessionRow>(modelBuilder, "biometric_sessions").HasKey(row => new { row.Tenant, row.SessionId });
        var delivery = Add<DeliveryRow>(modelBuilder, "biometric_deliveries");
        delivery.HasKey(row => row.DeliveryKey);
        delivery.HasIndex(row => row.RecordedAt).HasDatabaseName("ix_biometric_deliveries_recorded");
        var received = Add<EventRow>(modelBuilder, "biometric_events");
        received.HasKey(row => new { row.Tenant, row.EventId });
        received.HasIndex(row => row.RecordedAt).HasDatabaseName("ix_biometric_events_recorded");
        Add<LeaseRow>(modelBuilder, "biometric_leases").HasKey(row => new { row.Tenant, row.VendorData });
        Add<StartRow>(modelBuilder, "biometric_starts").HasKey(row => new { row.Tenant, row.ChallengeId });
        Add<ParkedRow>(modelBuilder, "biometric_parked").HasKey(row => new { row.Tenant, row.SessionId });
        var deletion = Add<DeletionRow>(modelBuilder, "biometric_deletions");
        deletion.HasKey(row => new { row.Tenant, row.SessionId });
        deletion.HasIndex(row => row.DueAt).HasDatabaseName("ix_biometric_deletions_due");
        deletion.HasIndex(row => new { row.Tenant, row.VendorData }).HasDatabaseName("ix_biometric_deletions_subject");
    }

    private static void AddSubjects(ModelBuilder modelBuilder)
    {
        Add<EnrolmentRow>(modelBuilder, "biometric_enrolments").HasKey(row => new { row.Tenant, row.VendorData });
        Add<DeviceRow>(modelBuilder, "biometric_devices").HasKey(row => new { row.Tenant, row.Subject, row.Kind, row.Hash });
        Add<BlockRow>(modelBuilder, "biometric_blocks").HasKey(row => new { row.Tenant, row.Subject, row.DeviceGroup });
        Add<UnblockRow>(modelBuilder, "biometric_unblocks").HasKey(row => new { row.Tenant, row.Subject });
        var access = Add<AccessRow>(modelBuilder, "biometric_access");
        access.HasKey(row => new { row.Tenant, row.Subject, row.Scheme, row.SessionHash });
        access.HasIndex(row => row.EndsAt).HasDatabaseName("ix_biometric_access_ends");
    }

    private static void AddEvidence(ModelBuilder modelBuilder)
    {
        var draft = Add<EvidenceDraftRow>(modelBuilder, "biometric_evidence_drafts");
        draft.HasKey(row => row.Id);
        draft.HasIndex(row => new { row.Tenant, row.Subject }).HasDatabaseName("ix_biometric_evidence_drafts_subject");

        // The key is the compare-and-swap: two that chain at once write the same place, and one of them fails.
        var entry = Add<EvidenceRow>(modelBuilder, "biometric_evidence");
        entry.HasKey(row => new { row.Tenant, row.Sequence });
        entry.HasIndex(row => new { row.Tenant, row.ChallengeId, row.Sequence }).HasDatabaseName("ix_biometric_evidence_challenge");
        entry.HasIndex(row => new { row.Tenant, row.KeyId, row.Sequence }).HasDatabaseName("ix_biometric_evidence_key");
        entry.HasIndex(row => new { row.Tenant, row.HappenedAt }).HasDatabaseName("ix_biometric_evidence_time");
        var key = Add<EvidenceKeyRow>(modelBuilder, "biometric_evidence_keys");
        key.HasKey(row => row.Id);
        key.HasIndex(row => new { row.Tenant, row.Subject }).IsUnique().HasDatabaseName("ux_biometric_evidence_keys_subject");
        var checkpoint = Add<EvidenceCheckpointRow>(modelBuilder, "biometric_evidence_checkpoints");
        checkpoint.HasKey(row => row.Id);
        checkpoint.HasIndex(row => new { row.Tenant, row.Sequence }).HasDatabaseName("ix_biometric_evidence_checkpoints_place");
    }

    /// <summary>
    /// Every name is given and every column is of its plain type, so that no naming convention, no default for all texts of the
    /// application's model (a length, a collation, a conversion) and no other version of EF changes what the statements rely on.
    /// </summary>
    private static EntityTypeBuilder<TRow> Add<TRow>(ModelBuilder modelBuilder, string table)
        where TRow : class
    {
        var entity = modelBuilder.Entity<TRow>();
        entity.ToTable(table);
        foreach (var property in entity.Metadata.GetProperties())
        {
            property.SetColumnName(SnakeCase(property.Name));
            property.SetMaxLength(null);
            property.SetIsUnicode(null);
            property.SetIsFixedLength(null);
            property.SetCollation(null);
            property.SetColumnType(null);
            property.SetProviderClrType(null);
            property.SetValueConverter((ValueConverter?)null);
        }

        return entity;
    }

    private static string SnakeCase(string name) =>
        string.Concat(name.Select((letter, index) => char.IsAsciiLetterUpper(letter) ? (index == 0 ? "" : "_") + char.ToLowerInvariant(letter) : letter.ToString()));
}
