using Microsoft.AspNetCore.DataProtection;
using Microsoft.EntityFrameworkCore;

namespace Bank;

/// <summary>The bank on a database: several instances then serve the same customers, and a restart loses nothing.</summary>
internal static class BankDatabase
{
    /// <summary>False, and everything stays in memory, where <c>Bank:Database</c> names none.</summary>
    public static bool AddBankDatabase(this WebApplicationBuilder builder)
    {
        var section = builder.Configuration.GetSection(BankDatabaseOptions.Section);
        builder.Services.Configure<BankDatabaseOptions>(section);
        var database = section.Get<BankDatabaseOptions>() ?? new BankDatabaseOptions();
        if (database.Provider is null)
        {
            return false;
        }

        builder.Services.AddDbContextPool<BankDbContext>(options => _ = database.Provider switch
        {
            "Sqlite" => options.UseSqlite(database.ConnectionString),
            "PostgreSql" => options.UseNpgsql(database.ConnectionString, npgsql => npgsql.EnableRetryOnFailure()),
            _ => throw new InvalidOperationException($"{BankDatabaseOptions.Section}:Provider is Sqlite or PostgreSql, and not '{database.Provider}'."),
        });
        builder.Services.AddScoped<ICustomers, DatabaseCustomers>();
        builder.Services.AddScoped<ILedger, DatabaseLedger>();

        // Cookies, and what step-ups seal, are opened by any instance, and after a restart. At rest these keys want protection of
        // their own (ProtectKeysWith…), which a sample has nothing for.
        builder.Services.AddDataProtection().SetApplicationName("Alder Bank").PersistKeysToBiometricStore();
        return true;
    }

    /// <summary>Makes the tables where there are none. A bank would have migrations, and apply them when it deploys.</summary>
    public static async Task CreateBankDatabaseAsync(this WebApplication app)
    {
        await using var scope = app.Services.CreateAsyncScope();
        if (scope.ServiceProvider.GetService<BankDbContext>() is { } bank)
        {
            await bank.Database.EnsureCreatedAsync();
        }
    }
}
