using BiometricTwoFactor.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore;

namespace Bank;

/// <summary>Customers, money and step-ups in one database: what one transaction changes is changed whole or not at all.</summary>
internal sealed class BankDbContext(DbContextOptions<BankDbContext> options) : DbContext(options)
{
    public DbSet<Customer> Customers => Set<Customer>();

    public DbSet<AccountRow> Accounts => Set<AccountRow>();

    public DbSet<MovementRow> Movements => Set<MovementRow>();

    public DbSet<TransferRow> Transfers => Set<TransferRow>();

    /// <summary>An e-mail as it is compared.</summary>
    public static string EmailKey(string email) => email.ToUpperInvariant();

    protected override void OnModelCreating(ModelBuilder modelBuilder)
    {
        modelBuilder.Entity<Customer>().Property<string>(nameof(EmailKey));
        modelBuilder.Entity<Customer>().HasIndex(nameof(EmailKey)).IsUnique();
        modelBuilder.Entity<AccountRow>().HasKey(account => account.Iban);
        modelBuilder.Entity<AccountRow>().HasIndex(account => account.CustomerId);
        modelBuilder.Entity<MovementRow>().HasIndex(movement => movement.Iban);
        modelBuilder.Entity<TransferRow>().HasIndex(transfer => new { transfer.CustomerId, transfer.Day });
        modelBuilder.AddBiometricStepUp();
    }
}
