using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;

namespace BiometricTwoFactor.EntityFrameworkCore;

/// <summary>
/// What serialises the making of challenges: the subject, and the browser where there is one. Always in this order, so that
/// two never wait for each other. Numbers, since advisory locks have no names; two that collide wait in vain and err in nothing.
/// </summary>
internal readonly record struct StoreLocks(int Subject, int? Browser)
{
    /// <summary>The first number of an advisory lock: which kind it is. Far from the small ones that applications like.</summary>
    public const int SubjectKind = 0x42324601;

    public const int BrowserKind = 0x42324602;

    public const int KeysKind = 0x42324603;

    public static StoreLocks Of(StepUpChallenge challenge) => new(
        Hash(challenge.Binding.Tenant, challenge.Binding.Subject),
        challenge.AskedFrom.BrowserHash is { } browser ? Hash(challenge.Binding.Tenant, browser) : null);

    private static int Hash(string tenant, string name) =>
        BinaryPrimitives.ReadInt32BigEndian(SHA256.HashData(Encoding.UTF8.GetBytes(tenant + "\n" + name)));
}
