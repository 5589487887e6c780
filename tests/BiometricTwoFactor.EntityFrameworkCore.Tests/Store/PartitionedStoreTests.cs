using Npgsql;

namespace BiometricTwoFactor.EntityFrameworkCore.Tests;

/// <summary>The store keeps the contract where an operator has cut the two tables that grow for years into partitions.</summary>
public sealed class PartitionedStoreTests : IAsyncLifetime
{
    /// <summary>As the repository's README has it, with small partitions, so that the cases cross from one into the next.</summary>
    private const string Partition =
        """
        ALTER TABLE biometric_evidence RENAME TO evidence_whole;
        CREATE TABLE biometric_evidence (LIKE evidence_whole INCLUDING ALL) PARTITION BY RANGE (sequence);
        CREATE TABLE evidence_1 PARTITION OF biometric_evidence FOR VALUES FROM (MINVALUE) TO (2);
        CREATE TABLE evidence_2 PARTITION OF biometric_evidence FOR VALUES FROM (2) TO (5);
        CREATE TABLE evidence_rest PARTITION OF biometric_evidence DEFAULT;
        DROP TABLE evidence_whole;
        ALTER TABLE biometric_sessions RENAME TO sessions_whole;
        CREATE TABLE biometric_sessions (LIKE sessions_whole INCLUDING ALL) PARTITION BY HASH (session_id);
        CREATE TABLE sessions_0 PARTITION OF biometric_sessions FOR VALUES WITH (MODULUS 2, REMAINDER 0);
        CREATE TABLE sessions_1 PARTITION OF biometric_sessions FOR VALUES WITH (MODULUS 2, REMAINDER 1);
        DROP TABLE sessions_whole;
        """;

    private readonly List<StoreHost> _hosts = [];

    /// <summary>What the promises are called that are about the two tables.</summary>
    private static readonly string[] Words = ["session", "chain", "entry", "evidence", "prun", "eras", "tenants"];

    public static TheoryData<string> Promises =>
        [.. StepUpStoreConformance.Cases.Select(one => one.Name).Where(name => Words.Any(word => name.Contains(word, StringComparison.OrdinalIgnoreCase)))];

    [Theory]
    [MemberData(nameof(Promises))]
    public Task It_keeps_every_promise_of_a_store(string promise) =>
        StepUpStoreConformance.Cases.Single(one => one.Name == promise).RunAsync(async clock => (await StartAsync(clock)).Store);

    [Fact]
    public async Task At_the_start_nothing_is_missed()
    {
        var host = await StartAsync(TimeProvider.System);
        await Assert.Single(host.Services.GetServices<IStepUpStartCheck>()).CheckAsync(CancellationToken.None);
    }

    private async Task<StoreHost> StartAsync(TimeProvider clock)
    {
        var connectionString = await (await PostgreSqlServer.Shared).MigratedAsync();
        await using (var connection = new NpgsqlConnection(connectionString))
        {
            await connection.OpenAsync();
            await using var command = new NpgsqlCommand(Partition, connection);
            await command.ExecuteNonQueryAsync();
        }

        var host = StoreHost.OnPostgreSql(connectionString, clock);
        _hosts.Add(host);
        return host;
    }

    public Task InitializeAsync() => Task.CompletedTask;

    public async Task DisposeAsync()
    {
        foreach (var host in _hosts)
        {
            await host.DisposeAsync();
        }
    }
}
