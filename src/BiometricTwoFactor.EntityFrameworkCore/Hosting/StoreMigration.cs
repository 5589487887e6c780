namespace BiometricTwoFactor.EntityFrameworkCore;

/// <summary>Applies the migrations of the store's own contexts.</summary>
internal static class StoreMigration
{
    public static async Task ApplyAsync(IStoreDatabase database, CancellationToken cancellationToken)
    {
        var context = await database.ContextAsync(cancellationToken).ConfigureAwait(false);
        await using (context.ConfigureAwait(false))
        {
            // EF locks the database for it, so that instances that start at once do it once.
            await context.Context.Database.MigrateAsync(cancellationToken).ConfigureAwait(false);
        }
    }
}
