using System.Collections.Concurrent;
using System.Diagnostics.CodeAnalysis;
using System.Security.Cryptography;
using System.Text;

namespace Bank;

/// <summary>
/// The links that are mailed to who forgot the password. A link opens nothing by itself: it only says that the face may be
/// asked for. Kept as hashes, for a quarter of an hour, the newest of each customer only.
/// </summary>
internal sealed class RecoveryLinks(Mailbox mailbox, TimeProvider timeProvider)
{
    private static readonly TimeSpan Lifetime = TimeSpan.FromMinutes(15);
    private readonly ConcurrentDictionary<string, Link> _byCustomer = new(StringComparer.Ordinal);

    /// <summary>Mails a link where there is such an account; the caller is told the same either way.</summary>
    public void Mail(Customer? customer)
    {
        if (customer is null)
        {
            return;
        }

        var now = timeProvider.GetUtcNow();
        var token = RandomNumberGenerator.GetHexString(32, lowercase: true);
        _byCustomer[customer.Id] = new Link(Hash(token), now + Lifetime);
        mailbox.Send(new Mail(
            now, customer.Email, "Get back into your account",
            "Somebody, hopefully you, asked to get back into your account at Alder Bank. The link leads to a look into the camera and works for 15 minutes. If it was not you, do nothing.",
            $"/recovery/{customer.Id}/{token}"));
    }

    /// <summary>True for a link that still counts.</summary>
    public bool Opens([NotNullWhen(true)] string? customerId, string? token) =>
        customerId is not null && token is { Length: 32 }
        && _byCustomer.TryGetValue(customerId, out var link)
        && timeProvider.GetUtcNow() < link.ExpiresAt
        && CryptographicOperations.FixedTimeEquals(Hash(token), link.Hash);

    /// <summary>Ends a customer's link: the new password is set.</summary>
    public void End(string customerId) => _byCustomer.TryRemove(customerId, out _);

    private static byte[] Hash(string token) => SHA256.HashData(Encoding.UTF8.GetBytes(token));

    private sealed record Link(byte[] Hash, DateTimeOffset ExpiresAt);
}
