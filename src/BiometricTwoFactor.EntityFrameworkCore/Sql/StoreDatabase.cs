using System.Transactions;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Storage;

namespace BiometricTwoFactor.EntityFrameworkCore;

/// <summary>Gives each operation a context of its own: from the application's factory where it has one, else from a scope.</summary>
internal sealed class StoreDatabase<TContext>(IServiceProvider services) : IStoreDatabase
    where TContext : DbContext
{
    private readonly Lock _gate = new();
    private StoreSchema? _schema;

    public string ContextName => typeof(TContext).Name;

    public bool IsOwn => IsOurs;

    /// <summary>True for a context of this package.</summary>
    public static bool IsOurs => typeof(TContext).Assembly == typeof(StoreSchema).Assembly;

    public StoreSchema Schema
    {
        get
        {
            if (Volatile.Read(ref _schema) is { } known)
            {
                return known;
            }

            using var scope = services.CreateScope();
            if (scope.ServiceProvider.GetService<IDbContextFactory<TContext>>() is { } factory)
            {
                using var made = factory.CreateDbContext();
                return SchemaOf(made);
            }

            return SchemaOf(Registered(scope.ServiceProvider));
        }
    }

    public async Task<StoreContext> ContextAsync(CancellationToken cancellationToken)
    {
        // In a scope in any case: an application's factory may be a scoped one.
        var scope = services.CreateAsyncScope();
        try
        {
            return scope.ServiceProvider.GetService<IDbContextFactory<TContext>>() is { } factory
                ? new StoreContext(await factory.CreateDbContextAsync(cancellationToken).ConfigureAwait(false), isMade: true, scope)
                : new StoreContext(Registered(scope.ServiceProvider), isMade: false, scope);
        }
        catch
        {
            await scope.DisposeAsync().ConfigureAwait(false);
            throw;
        }
    }

    public async Task<StoreConnection> OpenAsync(bool write, CancellationToken cancellationToken)
    {
        var schema = Schema;
        var turn = write ? await schema.Engine.EnterWriteAsync(cancellationToken).ConfigureAwait(false) : null;
        StoreContext? context = null;
        try
        {
            context = await ContextAsync(cancellationToken).ConfigureAwait(false);
            await OpenAloneAsync(context.Context, cancellationToken).ConfigureAwait(false);
            var connection = context.Context.Database.GetDbConnection();
            await schema.Engine.OpenedAsync(connection, cancellationToken).ConfigureAwait(false);
            var opened = context;
            return new StoreConnection(connection, schema, () => CloseAsync(opened, turn));
        }
        catch
        {
            await CloseAsync(context, turn).ConfigureAwait(false);
            throw;
        }
    }

    /// <summary>
    /// Outside of a <see cref="TransactionScope"/> that the application may have open: what is told as stored would be taken back
    /// with it, and a used approval could be used again. Only what is joined on purpose belongs to the application's transaction.
    /// </summary>
    private static async Task OpenAloneAsync(DbContext context, CancellationToken cancellationToken)
    {
        using var alone = System.Transactions.Transaction.Current is null ? null : new TransactionScope(TransactionScopeOption.Suppress, TransactionScopeAsyncFlowOption.Enabled);

        // Not through the execution strategy: one that retries would keep a request waiting for minutes while the database is gone.
        await context.GetService<IRelationalConnection>().OpenAsync(cancellationToken).ConfigureAwait(false);
    }

    private static TContext Registered(IServiceProvider scoped) => scoped.GetService<TContext>() ?? throw new StoreUnusableException(
        $"AddEntityFrameworkStore<{typeof(TContext).Name}>() was called, and {typeof(TContext).Name} is not registered. Call builder.Services.AddDbContext<{typeof(TContext).Name}>(…) or AddDbContextFactory.");

    private static async ValueTask CloseAsync(StoreContext? context, IDisposable? turn)
    {
        try
        {
            if (context is not null)
            {
                await context.DisposeAsync().ConfigureAwait(false);
            }
        }
        finally
        {
            turn?.Dispose();
        }
    }

    private StoreSchema SchemaOf(DbContext context)
    {
        // One schema only: the engine in it holds the turn of those who write.
        lock (_gate)
        {
            return _schema ??= new StoreSchema(context, StoreEngine.Of(context.Database.ProviderName));
        }
    }
}
