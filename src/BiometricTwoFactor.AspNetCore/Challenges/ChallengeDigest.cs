using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;

namespace BiometricTwoFactor.AspNetCore;

/// <summary>
/// What an approval is for, as one SHA-256: a version tag and length-prefixed fields, so that no two different
/// questions share an input (attack 50). A payment contributes the digest of its transaction, an action its name.
/// </summary>
internal static class ChallengeDigest
{
    public static string Of(string tenant, string reason, string action, Transaction? transaction)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        Append(hash, "biometric-step-up/1");
        Append(hash, tenant);
        Append(hash, reason);
        Append(hash, transaction is null ? "action" : "transaction");
        // A payment is bound to amount and payee, not to the URL that carried it: the form, the API and a resumed request agree.
        Append(hash, transaction is null ? action : transaction.Digest.ToString());
        return Convert.ToHexStringLower(hash.GetHashAndReset());
    }

    private static void Append(IncrementalHash hash, string field)
    {
        var bytes = Encoding.UTF8.GetBytes(field);
        Span<byte> length = stackalloc byte[sizeof(int)];
        BinaryPrimitives.WriteInt32BigEndian(length, bytes.Length);
        hash.AppendData(length);
        hash.AppendData(bytes);
    }
}
