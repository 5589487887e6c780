using System.Security.Cryptography;
using Microsoft.AspNetCore.Identity;

namespace Bank;

/// <summary>The customers and their passwords.</summary>
internal sealed class CustomerRegister(IPasswordHasher<Customer> passwords, ICustomers customers, TimeProvider timeProvider)
{
    /// <summary>Length instead of rules about characters (NIST SP 800-63B).</summary>
    public const int ShortestPassword = 10;

    private static readonly Customer Nobody = new() { Id = "", FirstName = "", LastName = "", BirthDate = default, Email = "" };
    private static readonly string NobodysHash = new PasswordHasher<Customer>().HashPassword(Nobody, RandomNumberGenerator.GetHexString(32));

    public static string NewId() => RandomNumberGenerator.GetHexString(16, lowercase: true);

    public async Task<Customer?> FindAsync(string? id) => id is not null ? await customers.FindAsync(id) : null;

    public async Task<Customer?> FindByEmailAsync(string? email) => email is not null ? await customers.FindByEmailAsync(email) : null;

    /// <summary>False when the e-mail has an account already.</summary>
    public Task<bool> TryAddAsync(Customer customer, string password)
    {
        customer.PasswordHash = passwords.HashPassword(customer, password);
        return customers.TryAddAsync(customer, Account.OfNewCustomer(timeProvider.GetUtcNow()));
    }

    /// <summary>The customer, or null. An unknown e-mail costs a hash too, so that the time tells nothing.</summary>
    public async Task<Customer?> CheckAsync(string email, string password)
    {
        var customer = await customers.FindByEmailAsync(email);
        var result = passwords.VerifyHashedPassword(customer ?? Nobody, customer?.PasswordHash ?? NobodysHash, password);
        return result == PasswordVerificationResult.Failed ? null : customer;
    }

    public Task ChangePasswordAsync(Customer customer, string password)
    {
        customer.PasswordHash = passwords.HashPassword(customer, password);
        return customers.SaveAsync(customer);
    }

    public Task ChangeDailyLimitAsync(Customer customer, decimal limit)
    {
        customer.DailyLimit = limit;
        return customers.SaveAsync(customer);
    }
}
