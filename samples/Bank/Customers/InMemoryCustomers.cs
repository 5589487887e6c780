using System.Collections.Concurrent;

namespace Bank;

/// <summary>The customers in memory, by e-mail and by id.</summary>
internal sealed class InMemoryCustomers(InMemoryLedger ledger) : ICustomers
{
    private readonly ConcurrentDictionary<string, Customer> _byEmail = new(StringComparer.OrdinalIgnoreCase);
    private readonly ConcurrentDictionary<string, Customer> _byId = new(StringComparer.Ordinal);

    public Task<Customer?> FindAsync(string id) => Task.FromResult(_byId.GetValueOrDefault(id));

    public Task<Customer?> FindByEmailAsync(string email) => Task.FromResult(_byEmail.GetValueOrDefault(email));

    public Task<bool> TryAddAsync(Customer customer, IReadOnlyList<Account> accounts)
    {
        if (!_byEmail.TryAdd(customer.Email, customer))
        {
            return Task.FromResult(false);
        }

        ledger.Open(customer.Id, accounts);
        _byId[customer.Id] = customer;
        return Task.FromResult(true);
    }

    public Task SaveAsync(Customer customer) => Task.CompletedTask;
}
