using Microsoft.EntityFrameworkCore.Design;

namespace BiometricTwoFactor.EntityFrameworkCore;

/// <summary>For <c>dotnet ef migrations add</c>; never connects.</summary>
internal sealed class SqliteDesignTimeFactory : IDesignTimeDbContextFactory<SqliteStepUpContext>
{
    public SqliteStepUpContext CreateDbContext(string[] args)
    {
        var options = new DbContextOptionsBuilder<SqliteStepUpContext>();
        StoreContexts.UseSqlite(options, "Data Source=design.db");
        return new SqliteStepUpContext(options.Options);
    }
}
