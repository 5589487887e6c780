using System.Security.Cryptography;
using System.Xml.Linq;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.DataProtection.KeyManagement;
using Microsoft.AspNetCore.DataProtection.Repositories;
using Microsoft.Extensions.FileProviders;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;


namespace BiometricTwoFactor.EntityFrameworkCore.Tests;

/// <summary>What one instance sealed another opens, also after a restart; and where that would not be so, it is said at start.</summary>
public sealed class DataProtectionTests
{
    [Fact]
    public async Task Keys_in_the_store_are_shared_and_survive()
    {
        using var file = new SqliteFile();
        byte[] sealedBytes;
        await using (var one = await BuildAsync(file))
        {
            sealedBytes = one.GetRequiredService<IDataProtectionProvider>().CreateProtector("test").Protect([1, 2, 3]);
        }

        await using (var two = await BuildAsync(file))
        {
            Assert.Equal([1, 2, 3], two.GetRequiredService<IDataProtectionProvider>().CreateProtector("test").Unprotect(sealedBytes));
        }

        using var other = new SqliteFile();
        await using var elsewhere = await BuildAsync(other);
        Assert.Throws<CryptographicException>(() => elsewhere.GetRequiredService<IDataProtectionProvider>().CreateProtector("test").Unprotect(sealedBytes));
    }

    [Theory]
    [InlineData("SQLite")]
    [InlineData("PostgreSQL")]
    public async Task Instances_that_start_at_once_on_an_empty_ring_have_one_key(string engine)
    {
        using var file = new SqliteFile();
        var server = engine == "SQLite" ? null : await (await PostgreSqlServer.Shared).MigratedAsync();
        var instances = await Task.WhenAll(Enumerable.Range(0, 6).Select(_ => server is null ? BuildAsync(file) : Task.FromResult(Build(store => store.AddPostgreSqlStore(server)))));
        using var ready = new Barrier(instances.Length);
        await Task.WhenAll(instances.Select(instance => Task.Factory.StartNew(
            () =>
            {
                ready.SignalAndWait();
                Started(instance);
            },
            CancellationToken.None,
            TaskCreationOptions.LongRunning,
            TaskScheduler.Default)));

        Assert.Single(instances[0].GetRequiredService<IKeyManager>().GetAllKeys());
        var sealedBytes = instances[0].GetRequiredService<IDataProtectionProvider>().CreateProtector("test").Protect([1, 2, 3]);
        Assert.All(instances, instance => Assert.Equal([1, 2, 3], instance.GetRequiredService<IDataProtectionProvider>().CreateProtector("test").Unprotect(sealedBytes)));
        foreach (var instance in instances)
        {
            await instance.DisposeAsync();
        }
    }

    [Fact]
    public async Task Of_two_first_keys_made_from_the_same_look_the_second_is_not_kept()
    {
        using var file = new SqliteFile();
        await using var built = await BuildAsync(file);
        var database = built.GetRequiredService<IStoreDatabase>();
        var (one, other) = (new StoreKeyRepository(database), new StoreKeyRepository(database));
        Assert.Empty(one.GetAllElements());
        Assert.Empty(other.GetAllElements());

        one.KeepOneOf(() => one.StoreElement(new XElement("one"), "one"));
        other.KeepOneOf(() => other.StoreElement(new XElement("other"), "other"));
        Assert.Equal(["one"], one.GetAllElements().Select(element => element.Name.LocalName));

        // A key that is made later, or a revocation, is always kept.
        other.StoreElement(new XElement("later"), "later");
        Assert.Equal(["one", "later"], one.GetAllElements().Select(element => element.Name.LocalName));
    }

    [Fact]
    public async Task A_ring_that_has_a_key_gets_no_other_at_start_and_one_that_makes_none_is_left_alone()
    {
        using var file = new SqliteFile();
        await using (var first = await BuildAsync(file))
        {
            first.GetRequiredService<IDataProtectionProvider>().CreateProtector("test").Protect([1]);
            Started(first);
            Assert.Single(first.GetRequiredService<IKeyManager>().GetAllKeys());
        }

        using var other = new SqliteFile();
        await using var manual = Build(store => store.AddSqliteStore(other.ConnectionString), protection => protection.DisableAutomaticKeyGeneration());
        await manual.MigrateBiometricStoreAsync();
        Started(manual);
        Assert.Empty(manual.GetRequiredService<IKeyManager>().GetAllKeys());
    }

    [Fact]
    public async Task Keys_of_one_machine_are_told_at_start_and_keys_in_the_store_are_not()
    {
        using var file = new SqliteFile();
        var ofOneMachine = await WarningsAsync(file, _ => { });
        Assert.Equal([2902], ofOneMachine);
        Assert.Empty(await WarningsAsync(file, protection => protection.PersistKeysToBiometricStore()));
        Assert.Empty(await WarningsAsync(file, protection => protection.PersistKeysToFileSystem(new DirectoryInfo(Path.GetDirectoryName(file.Path)!))));
        var ephemeral = await WarningsAsync(file, protection => protection.Services.Configure<KeyManagementOptions>(options => options.XmlRepository = new EphemeralKeys()));
        Assert.Equal([2901], ephemeral);
    }

    private static async Task<ServiceProvider> BuildAsync(SqliteFile file)
    {
        var provider = Build(store => store.AddSqliteStore(file.ConnectionString));
        await provider.MigrateBiometricStoreAsync();
        return provider;
    }

    private static ServiceProvider Build(Action<BiometricStepUpBuilder> store, Action<IDataProtectionBuilder>? configure = null)
    {
        var services = new ServiceCollection();
        services.AddLogging();
        var protection = services.AddDataProtection().SetApplicationName("bank").PersistKeysToBiometricStore();
        configure?.Invoke(protection);
        store(new StoreOnly(services).Builder);
        return services.BuildServiceProvider();
    }

    /// <summary>What the store does before anything else starts.</summary>
    private static void Started(ServiceProvider instance)
    {
        var store = Assert.IsType<StoreStartup>(Assert.Single(instance.GetServices<IHostedService>(), service => service is StoreStartup));
        store.StartingAsync(CancellationToken.None).GetAwaiter().GetResult();
    }

    private static async Task<int[]> WarningsAsync(SqliteFile file, Action<IDataProtectionBuilder> configure)
    {
        var logs = new LogCapture();
        var services = new ServiceCollection();
        services.AddLogging(logging => logging.AddProvider(logs));
        services.AddSingleton<IHostEnvironment>(new ProductionEnvironment());
        services.AddSingleton<IStepUpStore>(provider => provider.GetRequiredService<EntityFrameworkStepUpStore>());
        new StoreOnly(services).Builder.AddSqliteStore(file.ConnectionString);
        configure(services.AddDataProtection());
        await using var built = services.BuildServiceProvider();
        await ActivatorUtilities.CreateInstance<KeyRingCheck>(built).StartAsync(CancellationToken.None);
        return [.. logs.Entries.Where(entry => entry.Category.EndsWith(nameof(KeyRingCheck), StringComparison.Ordinal)).Select(entry => entry.EventId.Id)];
    }

    private sealed class EphemeralKeys : IXmlRepository
    {
        public IReadOnlyCollection<XElement> GetAllElements() => [];

        public void StoreElement(XElement element, string friendlyName)
        {
        }
    }

    private sealed class ProductionEnvironment : IHostEnvironment
    {
        public string EnvironmentName { get; set; } = "Production";

        public string ApplicationName { get; set; } = "bank";

        public string ContentRootPath { get; set; } = "";

        public IFileProvider ContentRootFileProvider { get; set; } = new NullFileProvider();
    }
}
