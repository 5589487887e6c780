namespace BiometricTwoFactor.EntityFrameworkCore;

/// <summary>The store's own context on PostgreSQL, for an application that has none to put the tables into.</summary>
internal sealed class PostgreSqlStepUpContext(DbContextOptions<PostgreSqlStepUpContext> options) : DbContext(options)
{
    protected override void OnModelCreating(ModelBuilder modelBuilder) => modelBuilder.AddBiometricStepUp();
}
