using Npgsql;

namespace BiometricTwoFactor.EntityFrameworkCore.Tests;

/// <summary>On PostgreSQL, with an execution strategy that retries.</summary>
public sealed class PostgreSqlJoinedUseTests : JoinedUseContract
{
    internal override async Task<Bank> StartAsync()
    {
        var connection = await (await PostgreSqlServer.Shared).EmptyAsync();
        return await Bank.StartAsync(options => options.UseNpgsql(connection, npgsql => npgsql.EnableRetryOnFailure()));
    }

    protected override Task CleanAsync()
    {
        NpgsqlConnection.ClearAllPools();
        return Task.CompletedTask;
    }
}
