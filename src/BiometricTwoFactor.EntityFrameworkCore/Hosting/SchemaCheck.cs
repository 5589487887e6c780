namespace BiometricTwoFactor.EntityFrameworkCore;

/// <summary>Holds the database's tables against the version that this package was built for.</summary>
internal static class SchemaCheck
{
    private const int Expected = BiometricStepUpModelBuilderExtensions.SchemaVersion;

    public static async Task RunAsync(IStoreDatabase database, CancellationToken cancellationToken)
    {
        if (await VersionAsync(database, cancellationToken).ConfigureAwait(false) is not { } version || version < Expected)
        {
            throw new StoreUnusableException(database.IsOwn
                ? "The biometric store's tables are missing or of an older version. Apply the migrations: await app.Services.MigrateBiometricStoreAsync() in a deployment step, or MigrateOnStart = true."
                : $"The biometric store's tables are missing from the database of {database.ContextName}, or of an older version. Add a migration (dotnet ef migrations add BiometricStepUp --context {database.ContextName}) and apply it.");
        }

        if (version > Expected)
        {
            throw new StoreUnusableException(
                $"The biometric store's tables are of version {version}, and this package knows version {Expected}: a newer version of BiometricTwoFactor.EntityFrameworkCore has migrated the database. Deploy that version, or restore the database from before it.");
        }
    }

    /// <summary>Null where the table is missing; any other failure is told as what it is.</summary>
    private static async Task<int?> VersionAsync(IStoreDatabase database, CancellationToken cancellationToken)
    {
        var engine = database.Schema.Engine;
        try
        {
            var connection = await database.OpenAsync(write: false, cancellationToken).ConfigureAwait(false);
            await using (connection.ConfigureAwait(false))
            {
                return await connection.FirstAsync($"SELECT max(version) FROM {database.Schema.Version}", static row => row.IsDBNull(0) ? (int?)null : row.GetInt32(0), cancellationToken)
                    .ConfigureAwait(false);
            }
        }
        catch (Exception failure) when (engine.IsMissingTable(failure))
        {
            return null;
        }
        catch (Exception failure) when (failure is not OperationCanceledException)
        {
            throw new StoreUnusableException(engine.Explain(failure), failure);
        }
    }
}
