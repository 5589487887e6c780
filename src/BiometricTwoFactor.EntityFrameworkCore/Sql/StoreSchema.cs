using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Storage;

namespace BiometricTwoFactor.EntityFrameworkCore;

/// <summary>The tables as the context's model names them (its schema may be the application's own), ready for SQL.</summary>
internal sealed class StoreSchema
{
    private readonly List<StoreTable> _tables = [];

    public StoreSchema(DbContext context, StoreEngine engine)
    {
        Engine = engine;
        Challenges = Table<ChallengeRow>();
        Sessions = Table<SessionRow>();
        Deliveries = Table<DeliveryRow>();
        Events = Table<EventRow>();
        Leases = Table<LeaseRow>();
        Starts = Table<StartRow>();
        Parked = Table<ParkedRow>();
        Deletions = Table<DeletionRow>();
        Enrolments = Table<EnrolmentRow>();
        Devices = Table<DeviceRow>();
        Blocks = Table<BlockRow>();
        Unblocks = Table<UnblockRow>();
        Access = Table<AccessRow>();
        Drafts = Table<EvidenceDraftRow>();
        Evidence = Table<EvidenceRow>();
        EvidenceKeys = Table<EvidenceKeyRow>();
        Checkpoints = Table<EvidenceCheckpointRow>();
        Version = Table<SchemaVersionRow>();
        Keys = Table<DataProtectionKeyRow>();

        string Table<TRow>()
        {
            var entity = context.Model.FindEntityType(typeof(TRow)) ?? throw new InvalidOperationException(
                $"{context.GetType().Name} holds no biometric store. Call modelBuilder.AddBiometricStepUp() in its OnModelCreating, then add a migration and apply it.");
            var delimited = context.GetService<ISqlGenerationHelper>().DelimitIdentifier(entity.GetTableName()!, entity.GetSchema());
            _tables.Add(new StoreTable(
                entity.GetTableName()!,
                delimited,
                [.. entity.GetProperties().Select(property => property.GetColumnName())],
                [
                    .. entity.GetKeys().Select(key => key.Properties).Concat(entity.GetIndexes().Where(index => index.IsUnique).Select(index => index.Properties))
                        .Select(properties => properties.Select(property => property.GetColumnName()).ToArray()),
                ]));
            return delimited;
        }
    }

    public StoreEngine Engine { get; }

    /// <summary>All of them.</summary>
    public IReadOnlyList<StoreTable> Tables => _tables;

    public string Challenges { get; }

    public string Sessions { get; }

    public string Deliveries { get; }

    public string Events { get; }

    public string Leases { get; }

    public string Starts { get; }

    public string Parked { get; }

    public string Deletions { get; }

    public string Enrolments { get; }

    public string Devices { get; }

    public string Blocks { get; }

    public string Unblocks { get; }

    public string Access { get; }

    public string Drafts { get; }

    public string Evidence { get; }

    public string EvidenceKeys { get; }

    public string Checkpoints { get; }

    public string Version { get; }

    public string Keys { get; }
}
