namespace BiometricTwoFactor.EntityFrameworkCore;

/// <summary>The store's own context on SQLite, for an application that has none to put the tables into.</summary>
internal sealed class SqliteStepUpContext(DbContextOptions<SqliteStepUpContext> options) : DbContext(options)
{
    protected override void OnModelCreating(ModelBuilder modelBuilder) => modelBuilder.AddBiometricStepUp();
}
