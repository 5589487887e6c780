namespace BiometricTwoFactor.EntityFrameworkCore;

/// <summary>Holds the database's tables against the version that this package was built for.</summary>
internal static class SchemaCheck
{
    private const int MostShown = 10;
    private const int Expected = BiometricStepUpModelBuilderExtensions.SchemaVersion;

    public static async Task RunAsync(IStoreDatabase database, CancellationToken cancellationToken)
    {
        if (await VersionAsync(database, cancellationToken).ConfigureAwait(false) is not { } version || version < Expected)
        {
            throw new StoreUnusableException(database.IsOwn
                ? "The biometric store's tables are missing or of an older version. Apply the migrations: await app.Services.MigrateBiometricStoreAsync() in a deployment step, or MigrateOnStart = true."
                : $"The biometric store's tables are missing from the database of {database.ContextName}, or of an older version. Add a migration (dotnet ef migrations add BiometricStepUp --context {database.ContextName}) and apply it (dotnet ef database update --context {database.ContextName}).");
        }

        if (version > Expected)
        {
            throw new StoreUnusableException(
                $"The biometric store's tables are of version {version}, and this package knows version {Expected}: a newer version of BiometricTwoFactor.EntityFrameworkCore has migrated the database. Deploy that version, or restore the database from before it.");
        }

        if (await MissingAsync(database, cancellationToken).ConfigureAwait(false) is { Count: > 0 } missing)
        {
            var shown = string.Join(", ", missing.Take(MostShown)) + (missing.Count > MostShown ? $" and {missing.Count - MostShown} more" : "");
            throw new StoreUnusableException(database.IsOwn
                ? $"The biometric store's tables say that they are of version {version}, and lack: {shown}. Somebody has changed them. Restore the database, or make that again as the package's migrations do."
                : $"The biometric store's tables in the database of {database.ContextName} say that they are of version {version}, and lack: {shown}. A migration was edited, squashed or left out. Add one that makes it again (dotnet ef migrations add RestoreBiometricStepUp --context {database.ContextName}; where it comes out empty, the model's snapshot knows it already: write it by hand) and apply it.");
        }
    }

    /// <summary>
    /// The version is one row that a migration writes, whatever else was taken out of it. What is missing would fail the first
    /// request that needs it; a unique index that is missing fails nothing, and lets an approval be used twice (protocol 7.1).
    /// </summary>
    private static async Task<IReadOnlyList<string>> MissingAsync(IStoreDatabase database, CancellationToken cancellationToken)
    {
        List<string> missing = [];
        var connection = await database.OpenAsync(write: false, cancellationToken).ConfigureAwait(false);
        await using (connection.ConfigureAwait(false))
        {
            foreach (var table in database.Schema.Tables)
            {
                await AddMissingAsync(connection, table, missing, cancellationToken).ConfigureAwait(false);
            }
        }

        return missing;
    }

    private static async Task AddMissingAsync(StoreConnection connection, StoreTable table, List<string> missing, CancellationToken cancellationToken)
    {
        var engine = connection.Schema.Engine;
        var name = SqlValue.Text("@table", engine.TableParameter(table));
        var columns = await connection.ListAsync(engine.ColumnsOfTable, static row => row.GetString(0), cancellationToken, name).ConfigureAwait(false);
        if (columns.Count == 0)
        {
            missing.Add($"the table {table.Name}");
            return;
        }

        missing.AddRange(table.Columns.Except(columns, StringComparer.Ordinal).Select(column => $"the column {table.Name}.{column}"));
        var unique = await connection.ListAsync(
            engine.UniqueColumnsOfTable, static row => (Index: row.GetString(0), Column: row.GetString(1)), cancellationToken, name).ConfigureAwait(false);
        var found = unique.GroupBy(part => part.Index, part => part.Column, StringComparer.Ordinal).Select(index => index.ToHashSet(StringComparer.Ordinal)).ToArray();
        missing.AddRange(table.Unique.Where(wanted => !found.Any(index => index.SetEquals(wanted)))
            .Select(wanted => $"the unique index over {table.Name} ({string.Join(", ", wanted)})"));
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
