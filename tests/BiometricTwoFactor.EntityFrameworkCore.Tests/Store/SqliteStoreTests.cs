namespace BiometricTwoFactor.EntityFrameworkCore.Tests;

/// <summary>The store on SQLite keeps the contract.</summary>
public sealed class SqliteStoreTests : IAsyncLifetime
{
    private readonly List<StoreHost> _hosts = [];
    private readonly List<SqliteFile> _files = [];

    public static TheoryData<string> Promises => [.. StepUpStoreConformance.Cases.Select(one => one.Name)];

    [Theory]
    [MemberData(nameof(Promises))]
    public Task It_keeps_every_promise_of_a_store(string promise) =>
        StepUpStoreConformance.Cases.Single(one => one.Name == promise).RunAsync(async clock =>
        {
            var file = new SqliteFile();
            _files.Add(file);
            var host = StoreHost.OnSqlite(file.ConnectionString, clock);
            _hosts.Add(host);
            await host.Services.MigrateBiometricStoreAsync();
            return host.Store;
        });

    public Task InitializeAsync() => Task.CompletedTask;

    public async Task DisposeAsync()
    {
        foreach (var host in _hosts)
        {
            await host.DisposeAsync();
        }

        _files.ForEach(file => file.Dispose());
    }
}
