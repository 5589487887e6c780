using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;

namespace BiometricTwoFactor.EntityFrameworkCore;

/// <summary>
/// Before anything else starts: migrates where that was asked for, and looks at the database. A bank that cannot keep its
/// approvals is not to open.
/// </summary>
internal sealed class StoreStartup(IStoreDatabase database, IOptions<EntityFrameworkStoreOptions> options, IServiceProvider services) : IHostedLifecycleService, IStepUpStartCheck
{
    public Task StartingAsync(CancellationToken cancellationToken) => CheckAsync(cancellationToken);

    public async Task CheckAsync(CancellationToken cancellationToken = default)
    {
        // Throws for a context without these tables and for another engine, each with its remedy.
        var schema = database.Schema;
        try
        {
            var context = await database.ContextAsync(cancellationToken).ConfigureAwait(false);
            await using (context.ConfigureAwait(false))
            {
                await schema.Engine.CheckAsync(database, context.Context, options.Value.MigrateOnStart && database.IsOwn, cancellationToken).ConfigureAwait(false);
            }

            if (options.Value.MigrateOnStart && database.IsOwn)
            {
                await StoreMigration.ApplyAsync(database, cancellationToken).ConfigureAwait(false);
            }
        }
        catch (Exception failure) when (failure is not (OperationCanceledException or StoreUnusableException))
        {
            throw new StoreUnusableException(schema.Engine.Explain(failure), failure);
        }

        await SchemaCheck.RunAsync(database, cancellationToken).ConfigureAwait(false);
        new FirstKey(services).Ensure();
    }

    public Task StartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StartedAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StoppingAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StoppedAsync(CancellationToken cancellationToken) => Task.CompletedTask;
}
