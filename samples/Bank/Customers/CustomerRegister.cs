using System.Collections.Concurrent;
using System.Security.Cryptography;
using Microsoft.AspNetCore.Identity;

namespace Bank;

/// <summary>The customers, by e-mail and by id.</summary>
internal sealed class CustomerRegister(IPasswordHasher<Customer> passwords, Ledger ledger)
{
    /// <summary>Length instead of rules about characters (NIST SP 800-63B).</summary>
    public const int ShortestPassword = 10;

    private static readonly Customer Nobody = new() { Id = "", FirstName = "", LastName = "", BirthDate = default, Email = "" };
    private readonly ConcurrentDictionary<string, Customer> _byEmail = new(StringComparer.OrdinalIgnoreCase);
    private readonly ConcurrentDictionary<string, Customer> _byId = new(StringComparer.Ordinal);
    private readonly string _nobodysHash = passwords.HashPassword(Nobody, RandomNumberGenerator.GetHexString(32));

    public static string NewId() => RandomNumberGenerator.GetHexString(16, lowercase: true);

    public Customer? Find(string? id) => id is not null ? _byId.GetValueOrDefault(id) : null;

    public Customer? FindByEmail(string? email) => email is not null ? _byEmail.GetValueOrDefault(email) : null;

    /// <summary>False when the e-mail has an account already.</summary>
    public bool TryAdd(Customer customer, string password)
    {
        customer.PasswordHash = passwords.HashPassword(customer, password);
        if (!_byEmail.TryAdd(customer.Email, customer))
        {
            return false;
        }

        _byId[customer.Id] = customer;
        ledger.Open(customer.Id);
        return true;
    }

    /// <summary>The customer, or null. An unknown e-mail costs a hash too, so that the time tells nothing.</summary>
    public Customer? Check(string email, string password)
    {
        var customer = _byEmail.GetValueOrDefault(email);
        var result = passwords.VerifyHashedPassword(customer ?? Nobody, customer?.PasswordHash ?? _nobodysHash, password);
        return result == PasswordVerificationResult.Failed ? null : customer;
    }

    public void ChangePassword(Customer customer, string password) => customer.PasswordHash = passwords.HashPassword(customer, password);
}
