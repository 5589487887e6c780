namespace BiometricTwoFactor.EntityFrameworkCore.Tests;

/// <summary>Who waits on one machine is released by what happens on another.</summary>
public sealed class WaitingTests
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    [Fact]
    public async Task A_change_on_another_machine_releases_who_waits_here_on_PostgreSql_at_once()
    {
        var connection = await (await PostgreSqlServer.Shared).MigratedAsync();
        await using var here = StoreHost.OnPostgreSql(connection);
        await using var there = StoreHost.OnPostgreSql(connection);
        var started = TimeProvider.System.GetTimestamp();
        await ReleasedAsync(here, there);

        // Announced, and not found by the slow look every five seconds.
        Assert.True(TimeProvider.System.GetElapsedTime(started) < new PostgreSqlEngine().PollInterval * 4);
    }

    [Fact]
    public async Task A_change_by_another_process_on_the_same_file_releases_who_waits_here_on_Sqlite()
    {
        using var file = new SqliteFile();
        await using var here = StoreHost.OnSqlite(file.ConnectionString);
        await using var there = StoreHost.OnSqlite(file.ConnectionString);
        await here.Services.MigrateBiometricStoreAsync();
        await ReleasedAsync(here, there);
    }

    [Fact]
    public async Task Who_waits_when_the_connection_is_lost_is_released_all_the_same()
    {
        var server = await PostgreSqlServer.Shared;
        var connection = await server.MigratedAsync();
        await using var here = StoreHost.OnPostgreSql(connection);
        await using var there = StoreHost.OnPostgreSql(connection);
        var one = await Samples.AddAsync(there.Store, Samples.New("one"));
        var waiting = here.Store.WaitForChangeAsync("one", 0).AsTask();
        await Task.WhenAny(waiting, Task.Delay(TimeSpan.FromMilliseconds(500)));
        Assert.False(waiting.IsCompleted);

        await server.ExecuteAsync("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE query LIKE 'LISTEN%'");
        Assert.Equal(ReplaceResult.Replaced, await there.Store.TryReplaceAsync(one with { Title = "changed", Version = 1 }));

        await waiting.WaitAsync(Patience);
    }

    /// <summary>Twenty times, each change as soon as the wait has begun: none falls between the look and the wait.</summary>
    private static async Task ReleasedAsync(StoreHost here, StoreHost there)
    {
        var current = await Samples.AddAsync(there.Store, Samples.New("one"));
        for (var round = 0; round < 20; round++)
        {
            var waiting = here.Store.WaitForChangeAsync("one", current.Version).AsTask();
            current = current with { Title = "round " + round, Version = current.Version + 1 };
            Assert.Equal(ReplaceResult.Replaced, await there.Store.TryReplaceAsync(current));
            await waiting.WaitAsync(Patience);
        }
    }
}
