using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;

namespace BiometricTwoFactor.EntityFrameworkCore;

/// <summary>One SHA-256 over several fields, each with its length before it, so that no boundary can be moved.</summary>
internal static class FactsHash
{
    public static string Of(params ReadOnlySpan<string> fields)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        Span<byte> length = stackalloc byte[sizeof(int)];
        foreach (var field in fields)
        {
            var bytes = Encoding.UTF8.GetBytes(field);
            BinaryPrimitives.WriteInt32BigEndian(length, bytes.Length);
            hash.AppendData(length);
            hash.AppendData(bytes);
        }

        return Convert.ToHexStringLower(hash.GetHashAndReset());
    }
}
