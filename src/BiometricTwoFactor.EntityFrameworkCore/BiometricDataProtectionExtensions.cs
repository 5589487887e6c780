using BiometricTwoFactor.EntityFrameworkCore;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.DataProtection.KeyManagement;
using Microsoft.Extensions.Options;

namespace Microsoft.Extensions.DependencyInjection;

/// <summary>Keeps the keys of Data Protection where the step-ups are.</summary>
public static class BiometricDataProtectionExtensions
{
    /// <summary>
    /// Keeps the key ring in the biometric store's database, so that it survives a restart and all instances share it: what one
    /// sealed (cookies, the request that asked for a face, the evidence that waits) another can open. Give all instances one name
    /// (<c>SetApplicationName</c>), and protect the keys at rest (<c>ProtectKeysWith…</c>): whoever reads the database reads them otherwise.
    /// </summary>
    /// <param name="builder">From <c>AddDataProtection()</c>.</param>
    public static IDataProtectionBuilder PersistKeysToBiometricStore(this IDataProtectionBuilder builder)
    {
        ArgumentNullException.ThrowIfNull(builder);
        builder.Services.AddSingleton<IConfigureOptions<KeyManagementOptions>>(services => new ConfigureOptions<KeyManagementOptions>(options =>
            options.XmlRepository = new StoreKeyRepository(services.GetService<IStoreDatabase>() ?? throw new InvalidOperationException(
                "PersistKeysToBiometricStore needs a durable store: AddEntityFrameworkStore<TContext>(), AddSqliteStore(…) or AddPostgreSqlStore(…)."))));
        return builder;
    }
}
