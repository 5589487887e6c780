using System.Security.Cryptography;
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
        var services = new ServiceCollection();
        services.AddLogging();
        services.AddDataProtection().SetApplicationName("bank").PersistKeysToBiometricStore();
        new StoreOnly(services).Builder.AddSqliteStore(file.ConnectionString);
        var provider = services.BuildServiceProvider();
        await provider.MigrateBiometricStoreAsync();
        return provider;
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
        public IReadOnlyCollection<System.Xml.Linq.XElement> GetAllElements() => [];

        public void StoreElement(System.Xml.Linq.XElement element, string friendlyName)
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
