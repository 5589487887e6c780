namespace BiometricTwoFactor.EntityFrameworkCore.Tests;

/// <summary>A bank's own context: its transfers, and the step-ups beside them.</summary>
public sealed class BankContext(DbContextOptions<BankContext> options) : DbContext(options)
{
    public DbSet<TransferRow> Transfers => Set<TransferRow>();

    protected override void OnModelCreating(ModelBuilder modelBuilder)
    {
        modelBuilder.Entity<TransferRow>().HasKey(row => row.Id);
        modelBuilder.AddBiometricStepUp();
    }
}

/// <summary>Money that moved.</summary>
public sealed class TransferRow
{
    public long Id { get; set; }

    public string Account { get; set; } = "";
}

/// <summary>A payment as it is sent.</summary>
public sealed record Payment(string Amount, string Account)
{
    public Transaction ToTransaction() => Transaction.Create(Amount, "EUR", Account, "Ada Lovelace");
}
