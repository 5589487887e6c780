using Microsoft.EntityFrameworkCore.Design;

namespace BiometricTwoFactor.EntityFrameworkCore;

/// <summary>For <c>dotnet ef migrations add</c>; never connects.</summary>
internal sealed class PostgreSqlDesignTimeFactory : IDesignTimeDbContextFactory<PostgreSqlStepUpContext>
{
    public PostgreSqlStepUpContext CreateDbContext(string[] args)
    {
        var options = new DbContextOptionsBuilder<PostgreSqlStepUpContext>();
        StoreContexts.UsePostgreSql(options, "Host=localhost;Database=design");
        return new PostgreSqlStepUpContext(options.Options);
    }
}
