namespace BiometricTwoFactor.EntityFrameworkCore;

/// <summary>A context with whatever it has to be given back to.</summary>
internal sealed class StoreContext(DbContext context, IAsyncDisposable owner) : IAsyncDisposable
{
    public DbContext Context { get; } = context;

    public async ValueTask DisposeAsync()
    {
        try
        {
            // A pooled context goes back with whatever was opened by hand still open, and would sit on a connection that others
            // wait for.
            await Context.Database.CloseConnectionAsync().ConfigureAwait(false);
        }
        finally
        {
            await owner.DisposeAsync().ConfigureAwait(false);
        }
    }
}
