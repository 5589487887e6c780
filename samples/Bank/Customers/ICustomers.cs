namespace Bank;

/// <summary>Where the customers are kept.</summary>
internal interface ICustomers
{
    Task<Customer?> FindAsync(string id);

    Task<Customer?> FindByEmailAsync(string email);

    /// <summary>Keeps a new customer with new accounts, both or none. False when the e-mail has an account already.</summary>
    Task<bool> TryAddAsync(Customer customer, IReadOnlyList<Account> accounts);

    /// <summary>Keeps what was changed.</summary>
    Task SaveAsync(Customer customer);
}
