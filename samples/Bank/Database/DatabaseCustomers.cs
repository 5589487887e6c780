using Microsoft.EntityFrameworkCore;

namespace Bank;

/// <summary>The customers in the database.</summary>
internal sealed class DatabaseCustomers(BankDbContext bank) : ICustomers
{
    public Task<Customer?> FindAsync(string id) => bank.Customers.FirstOrDefaultAsync(customer => customer.Id == id);

    public Task<Customer?> FindByEmailAsync(string email)
    {
        var key = BankDbContext.EmailKey(email);
        return bank.Customers.FirstOrDefaultAsync(customer => EF.Property<string>(customer, nameof(BankDbContext.EmailKey)) == key);
    }

    public async Task<bool> TryAddAsync(Customer customer, IReadOnlyList<Account> accounts)
    {
        if (await FindByEmailAsync(customer.Email) is not null)
        {
            return false;
        }

        bank.Add(customer).Property(nameof(BankDbContext.EmailKey)).CurrentValue = BankDbContext.EmailKey(customer.Email);
        foreach (var (position, account) in accounts.Index())
        {
            bank.Add(new AccountRow { Iban = account.Iban, CustomerId = customer.Id, Position = position, Name = account.Name, Balance = account.Balance });
            bank.AddRange(account.Movements.Reverse().Select(movement => new MovementRow
            {
                Iban = account.Iban,
                At = movement.At,
                Counterparty = movement.Counterparty,
                Text = movement.Text,
                Amount = movement.Amount,
            }));
        }

        try
        {
            await bank.SaveChangesAsync();
            return true;
        }
        catch (DbUpdateException)
        {
            // Somebody took the e-mail at the same moment.
            bank.ChangeTracker.Clear();
            if (await FindByEmailAsync(customer.Email) is not null)
            {
                return false;
            }

            throw;
        }
    }

    public Task SaveAsync(Customer customer) => bank.SaveChangesAsync();
}
