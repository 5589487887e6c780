using System.Diagnostics.CodeAnalysis;
using System.Runtime.CompilerServices;
using BiometricTwoFactor.AspNetCore;
using BiometricTwoFactor.EntityFrameworkCore;
using Microsoft.AspNetCore.Hosting;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Hosting;

namespace Microsoft.Extensions.DependencyInjection;

/// <summary>Keeps step-ups in a database: SQLite on one machine, PostgreSQL where several serve.</summary>
public static class BiometricStepUpStoreExtensions
{
    /// <summary>
    /// Keeps step-ups in the application's own context, beside its own tables, so that an approval can be used in the transaction
    /// of what it approves (<see cref="StepUpDbContextExtensions"/>). The context is registered by the application
    /// (<c>AddDbContext</c> or <c>AddDbContextFactory</c>), runs on SQLite or PostgreSQL, and calls
    /// <see cref="BiometricStepUpModelBuilderExtensions.AddBiometricStepUp"/> in <c>OnModelCreating</c>.
    /// </summary>
    /// <typeparam name="TContext">The application's context.</typeparam>
    /// <param name="builder">The step-up's builder.</param>
    public static BiometricStepUpBuilder AddEntityFrameworkStore<TContext>(this BiometricStepUpBuilder builder)
        where TContext : DbContext
    {
        ArgumentNullException.ThrowIfNull(builder);
        return builder.AddStoreOn<TContext>(configure: null);
    }

    /// <summary>Keeps step-ups in a SQLite file: for one machine.</summary>
    /// <param name="builder">The step-up's builder.</param>
    /// <param name="connectionString">As <c>Data Source=step-up.db</c>.</param>
    /// <param name="configure">Sets the options.</param>
    public static BiometricStepUpBuilder AddSqliteStore(
        this BiometricStepUpBuilder builder, string connectionString, Action<EntityFrameworkStoreOptions>? configure = null)
    {
        ArgumentNullException.ThrowIfNull(builder);
        ThrowIfMissing(connectionString, "Data Source=step-up.db");
        builder.Services.AddPooledDbContextFactory<SqliteStepUpContext>(options => StoreContexts.UseSqlite(options, connectionString));
        return builder.AddStoreOn<SqliteStepUpContext>(configure);
    }

    /// <summary>Keeps step-ups in a PostgreSQL database: for any number of machines.</summary>
    /// <param name="builder">The step-up's builder.</param>
    /// <param name="connectionString">As <c>Host=db;Database=bank;Username=bank</c>.</param>
    /// <param name="configure">Sets the options.</param>
    public static BiometricStepUpBuilder AddPostgreSqlStore(
        this BiometricStepUpBuilder builder, string connectionString, Action<EntityFrameworkStoreOptions>? configure = null)
    {
        ArgumentNullException.ThrowIfNull(builder);
        ThrowIfMissing(connectionString, "Host=db;Database=bank;Username=bank");
        builder.Services.AddPooledDbContextFactory<PostgreSqlStepUpContext>(options => StoreContexts.UsePostgreSql(options, connectionString));
        return builder.AddStoreOn<PostgreSqlStepUpContext>(configure);
    }

    /// <summary>
    /// Applies the migrations of the store's own context (<see cref="AddSqliteStore"/>, <see cref="AddPostgreSqlStore"/>): for a
    /// deployment step or a test. An application's own context migrates itself.
    /// </summary>
    /// <param name="services">The application's services.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <exception cref="InvalidOperationException">The store is in memory, or in the application's own context.</exception>
    public static Task MigrateBiometricStoreAsync(this IServiceProvider services, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(services);
        return services.GetService<IStoreDatabase>() is { IsOwn: true } database
            ? StoreMigration.ApplyAsync(database, cancellationToken)
            : throw new InvalidOperationException("The biometric store has no context of its own to migrate. An application's own context is migrated by the application.");
    }

    /// <summary>Mostly it comes from a configuration in which it is missing, and the parameter's name alone says nothing of that.</summary>
    private static void ThrowIfMissing([NotNull] string? connectionString, string example, [CallerArgumentExpression(nameof(connectionString))] string? name = null)
    {
        if (connectionString is null)
        {
            throw new ArgumentNullException(name, $"The biometric store has no connection string: the setting that it is read from is missing (ConnectionStrings:…). It looks like: {example}");
        }

        if (string.IsNullOrWhiteSpace(connectionString))
        {
            throw new ArgumentException($"The biometric store's connection string is empty. It looks like: {example}", name);
        }
    }

    private static BiometricStepUpBuilder AddStoreOn<TContext>(this BiometricStepUpBuilder builder, Action<EntityFrameworkStoreOptions>? configure)
        where TContext : DbContext
    {
        if (builder.Services.LastOrDefault(service => service.ServiceType == typeof(IStoreDatabase)) is { } other)
        {
            if (other.ImplementationType == typeof(StoreDatabase<TContext>) && !StoreDatabase<TContext>.IsOurs)
            {
                return builder; // the same once more
            }

            throw new InvalidOperationException(
                "The biometric store was added twice (AddEntityFrameworkStore, AddSqliteStore, AddPostgreSqlStore): step-ups are kept in one database. Keep one of the calls.");
        }

        builder.Services.AddOptions<EntityFrameworkStoreOptions>().Configure(options => configure?.Invoke(options));
        builder.Services.Replace(ServiceDescriptor.Singleton<IStoreDatabase, StoreDatabase<TContext>>());
        builder.Services.TryAddSingleton<EntityFrameworkStepUpStore>();
        builder.Services.Replace(ServiceDescriptor.Singleton<IStepUpStore>(provider => provider.GetRequiredService<EntityFrameworkStepUpStore>()));
        builder.Services.TryAddEnumerable(ServiceDescriptor.Singleton<IHostedService, StoreStartup>());
        builder.Services.TryAddEnumerable(ServiceDescriptor.Singleton<IStepUpStartCheck, StoreStartup>());
        builder.Services.TryAddEnumerable(ServiceDescriptor.Transient<IStartupFilter, JoinedUseCheck>());
        return builder;
    }
}
