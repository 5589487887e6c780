using Npgsql;

namespace BiometricTwoFactor.EntityFrameworkCore.Tests;

/// <summary>The store in an application's own context, whatever that says of its own columns and however it is registered.</summary>
public sealed class ApplicationsModelTests
{
    [Theory]
    [InlineData("SQLite")]
    [InlineData("PostgreSQL")]
    public async Task A_default_for_all_texts_of_the_application_is_not_the_stores(string engine)
    {
        using var file = new SqliteFile();
        var server = engine == "SQLite" ? null : await (await PostgreSqlServer.Shared).EmptyAsync();
        await using var services = await BuildAsync(services => services.AddDbContext<StrictContext>(options => _ = server is null ? options.UseSqlite(file.ConnectionString) : options.UseNpgsql(server)));
        var store = services.GetRequiredService<IStepUpStore>();

        // Longer than a text of the application may be; and of another person than one whose name differs by case.
        await Samples.AddAsync(store, Samples.New("one") with { Title = new string('x', 300) });
        Assert.Equal(300, (await store.FindAsync("one"))!.Title!.Length);
        Assert.Empty(await store.ListOpenAsync("bank", "ALICE"));
        Assert.Single(await store.ListOpenAsync("bank", "alice"));
        NpgsqlConnection.ClearAllPools();
    }

    [Fact]
    public async Task A_factory_of_contexts_may_be_scoped()
    {
        using var file = new SqliteFile();
        await using var services = await BuildAsync(services => services.AddDbContextFactory<StrictContext>(options => options.UseSqlite(file.ConnectionString), ServiceLifetime.Scoped));
        await Samples.AddAsync(services.GetRequiredService<IStepUpStore>(), Samples.New("one"));
    }

    private static async Task<ServiceProvider> BuildAsync(Action<IServiceCollection> addContext)
    {
        var services = new ServiceCollection();
        addContext(services);
        services.AddBiometricStepUp(_ => { }, _ => { }).AddEntityFrameworkStore<StrictContext>();
        var built = services.BuildServiceProvider(new ServiceProviderOptions { ValidateScopes = true });
        await using var scope = built.CreateAsyncScope();
        await scope.ServiceProvider.GetRequiredService<StrictContext>().Database.EnsureCreatedAsync();
        return built;
    }

    private sealed class StrictContext(DbContextOptions<StrictContext> options) : DbContext(options)
    {
        protected override void ConfigureConventions(ModelConfigurationBuilder configurationBuilder)
        {
            var texts = configurationBuilder.Properties<string>().HaveMaxLength(100);
            if (Database.ProviderName!.EndsWith("Sqlite", StringComparison.Ordinal))
            {
                texts.UseCollation("NOCASE");
            }

            configurationBuilder.Properties<bool>().HaveConversion<string>();
        }

        protected override void OnModelCreating(ModelBuilder modelBuilder) => modelBuilder.AddBiometricStepUp();
    }
}
