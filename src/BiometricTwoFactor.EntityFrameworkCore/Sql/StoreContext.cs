namespace BiometricTwoFactor.EntityFrameworkCore;

/// <summary>A context with the scope that it is from; what a factory has made is not the scope's to end.</summary>
internal sealed class StoreContext(DbContext context, bool isMade, IAsyncDisposable scope) : IAsyncDisposable
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
            if (isMade)
            {
                await Context.DisposeAsync().ConfigureAwait(false);
            }

            await scope.DisposeAsync().ConfigureAwait(false);
        }
    }
}
