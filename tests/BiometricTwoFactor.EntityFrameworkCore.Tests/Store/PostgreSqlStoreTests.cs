namespace BiometricTwoFactor.EntityFrameworkCore.Tests;

/// <summary>The store on PostgreSQL keeps the contract.</summary>
public sealed class PostgreSqlStoreTests : IAsyncLifetime
{
    private readonly List<StoreHost> _hosts = [];

    public static TheoryData<string> Promises => [.. StepUpStoreConformance.Cases.Select(one => one.Name)];

    [Theory]
    [MemberData(nameof(Promises))]
    public Task It_keeps_every_promise_of_a_store(string promise) =>
        StepUpStoreConformance.Cases.Single(one => one.Name == promise).RunAsync(async clock =>
        {
            var host = StoreHost.OnPostgreSql(await (await PostgreSqlServer.Shared).MigratedAsync(), clock);
            _hosts.Add(host);
            return host.Store;
        });

    public Task InitializeAsync() => Task.CompletedTask;

    public async Task DisposeAsync()
    {
        foreach (var host in _hosts)
        {
            await host.DisposeAsync();
        }
    }
}
