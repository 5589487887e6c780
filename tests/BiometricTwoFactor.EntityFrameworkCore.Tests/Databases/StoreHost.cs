using Npgsql;

namespace BiometricTwoFactor.EntityFrameworkCore.Tests;

/// <summary>A store in a container of its own, as one process has it.</summary>
internal sealed class StoreHost : IAsyncDisposable
{
    private readonly ServiceProvider _services;
    private readonly string? _pool;

    private StoreHost(ServiceProvider services, string? pool)
    {
        _services = services;
        _pool = pool;
    }

    public IStepUpStore Store => _services.GetRequiredService<IStepUpStore>();

    public IServiceProvider Services => _services;

    public static StoreHost OnPostgreSql(string connectionString, TimeProvider? clock = null) =>
        new(Build(clock, builder => builder.AddPostgreSqlStore(connectionString)), connectionString);

    public static StoreHost OnSqlite(string connectionString, TimeProvider? clock = null) =>
        new(Build(clock, builder => builder.AddSqliteStore(connectionString)), pool: null);

    public async ValueTask DisposeAsync()
    {
        await _services.DisposeAsync();
        if (_pool is not null)
        {
            // Many databases on one server: what is pooled for one that nobody uses any more counts against the next.
            NpgsqlConnection.ClearAllPools();
        }
    }

    private static ServiceProvider Build(TimeProvider? clock, Action<BiometricStepUpBuilder> addStore)
    {
        var services = new ServiceCollection();
        if (clock is not null)
        {
            services.AddSingleton(clock);
        }

        addStore(services.AddBiometricStepUp(_ => { }, _ => { }));
        return services.BuildServiceProvider();
    }
}
