namespace BiometricTwoFactor.EntityFrameworkCore;

/// <summary>A context with whatever it has to be given back to.</summary>
internal sealed class StoreContext(DbContext context, IAsyncDisposable owner) : IAsyncDisposable
{
    public DbContext Context { get; } = context;

    public ValueTask DisposeAsync() => owner.DisposeAsync();
}
