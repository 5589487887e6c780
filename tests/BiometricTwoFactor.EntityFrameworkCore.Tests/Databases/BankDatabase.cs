using BiometricTwoFactor.AspNetCore.Tests;
using Npgsql;

namespace BiometricTwoFactor.EntityFrameworkCore.Tests;

/// <summary>A database with the bank's own tables and the step-ups beside them.</summary>
internal sealed class BankDatabase : IAsyncDisposable
{
    private readonly SqliteFile? _file;

    private BankDatabase(SqliteFile? file, Action<DbContextOptionsBuilder> use)
    {
        _file = file;
        Use = use;
    }

    public Action<DbContextOptionsBuilder> Use { get; }

    /// <param name="engine">Where.</param>
    /// <param name="more">What is added to PostgreSQL's connection string.</param>
    public static async Task<BankDatabase> CreateAsync(Engine engine, string more = "")
    {
        var file = engine == Engine.Sqlite ? new SqliteFile() : null;
        var connectionString = file?.ConnectionString ?? await (await PostgreSqlServer.Shared).EmptyAsync() + more;
        var database = new BankDatabase(file, file is null ? options => options.UseNpgsql(connectionString) : options => options.UseSqlite(connectionString));
        await using var context = database.Open();
        await context.Database.EnsureCreatedAsync();
        return database;
    }

    /// <summary>A relying party whose own context holds the step-ups.</summary>
    public Task<RelyingParty> StartAsync(Action<IServiceCollection>? addContext = null) => RelyingParty.StartAsync(setup =>
    {
        setup.ConfigureServices = services =>
        {
            (addContext ?? (to => to.AddDbContext<BankContext>(Use)))(services);
            services.AddSingleton(setup);
            services.AddControllersWithViews().AddApplicationPart(typeof(LimitController).Assembly);
        };
        setup.ConfigureServicesLast = _ => setup.StepUp!.AddEntityFrameworkStore<BankContext>();
        setup.Map = LimitEndpoints.Map;
    });

    public async Task<int> TransfersAsync()
    {
        await using var context = Open();
        return await context.Transfers.CountAsync();
    }

    public ValueTask DisposeAsync()
    {
        if (_file is null)
        {
            NpgsqlConnection.ClearAllPools();
        }
        else
        {
            _file.Dispose();
        }

        return ValueTask.CompletedTask;
    }

    private BankContext Open()
    {
        var options = new DbContextOptionsBuilder<BankContext>();
        Use(options);
        return new BankContext(options.Options);
    }
}

/// <summary>Where the bank's tables are.</summary>
public enum Engine
{
    Sqlite = 0,
    PostgreSql,
}
