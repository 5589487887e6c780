using System.Data.Common;
using System.Net.Sockets;

namespace BiometricTwoFactor.EntityFrameworkCore;

/// <summary>
/// The durable store. Every change is one conditional write that the database decides, whichever machine asks; nothing is
/// kept in memory but who waits here for a change.
/// </summary>
internal sealed partial class EntityFrameworkStepUpStore(IStoreDatabase database, TimeProvider timeProvider) : IStepUpStore, IAsyncDisposable
{
    private const int MaxTries = 6;
    private readonly Lock _gate = new();
    private ChallengeStatements? _statements;

    /// <summary>The marks of sessions are in the database.</summary>
    public bool SurvivesRestart => true;

    /// <summary>Since ever.</summary>
    public DateTimeOffset KnowsSessionsSince => DateTimeOffset.MinValue;

    internal IStoreDatabase Database => database;

    private StoreSchema Tables => database.Schema;

    private ChallengeStatements Statements => Volatile.Read(ref _statements) ?? MakeStatements();

    public async ValueTask DisposeAsync()
    {
        // The container knows the store by two names, and disposes it under each.
        if (Interlocked.Exchange(ref _listener, null) is { } listener)
        {
            await listener.DisposeAsync().ConfigureAwait(false);
        }
    }

    private ChallengeStatements MakeStatements()
    {
        lock (_gate)
        {
            return _statements ??= new ChallengeStatements(Tables);
        }
    }

    /// <summary>
    /// Runs one operation on a connection of its own, and again a few times where the database says that nothing was written and
    /// it is worth it. Any other failure is the caller's: nobody may believe that something was stored that was not.
    /// </summary>
    private async ValueTask<T> RunAsync<T>(bool write, Func<StoreConnection, Task<T>> work, CancellationToken cancellationToken)
    {
        for (var attempt = 1; ; attempt++)
        {
            try
            {
                var connection = await database.OpenAsync(write, cancellationToken).ConfigureAwait(false);
                await using (connection.ConfigureAwait(false))
                {
                    try
                    {
                        return await work(connection).ConfigureAwait(false);
                    }
                    catch (Exception failure)
                    {
                        Tables.Engine.Forget(connection.Connection, failure);
                        throw;
                    }
                }
            }
            catch (Exception failure) when (attempt < MaxTries && Tables.Engine.IsWorthARetry(failure))
            {
                // On the machine's own clock: the application's may stand still.
                await Task.Delay(TimeSpan.FromMilliseconds(5 << attempt), TimeProvider.System, cancellationToken).ConfigureAwait(false);
            }
            catch (Exception failure) when (failure is DbException or TimeoutException or IOException or SocketException && !Tables.Engine.IsDuplicate(failure) && !Tables.Engine.IsMissingValue(failure))
            {
                throw new StepUpStoreException($"The store of step-ups on {Tables.Engine.Name} failed ({failure.GetType().Name}).", failure);
            }
        }
    }

    private ValueTask<T> ReadAsync<T>(Func<StoreConnection, Task<T>> work, CancellationToken cancellationToken) => RunAsync(write: false, work, cancellationToken);

    private ValueTask<T> WriteAsync<T>(Func<StoreConnection, Task<T>> work, CancellationToken cancellationToken) => RunAsync(write: true, work, cancellationToken);

    /// <summary>One statement.</summary>
    private async ValueTask ExecuteAsync(string sql, CancellationToken cancellationToken, params SqlValue[] values) =>
        await WriteAsync(connection => connection.ExecuteAsync(sql, cancellationToken, values), cancellationToken).ConfigureAwait(false);

    private ValueTask<bool> AnyAsync(string sql, CancellationToken cancellationToken, params SqlValue[] values) =>
        ReadAsync(connection => connection.AnyAsync(sql, cancellationToken, values), cancellationToken);

    private ValueTask<StepUpChallenge?> FindOneAsync(string sql, CancellationToken cancellationToken, params SqlValue[] values) =>
        ReadAsync(connection => connection.FirstAsync(sql, ChallengeMap.Read, cancellationToken, values), cancellationToken);

    private ValueTask<IReadOnlyList<StepUpChallenge>> ListAsync(string sql, CancellationToken cancellationToken, params SqlValue[] values) =>
        ReadAsync(connection => connection.ListAsync(sql, ChallengeMap.Read, cancellationToken, values), cancellationToken);
}
