using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;

namespace BiometricTwoFactor.AspNetCore;

/// <summary>One SHA-256 over several fields, each with its length before it, so that no boundary can be moved (attack 50).</summary>
internal static class FieldHash
{
    /// <summary>Lower-hex; the first field is the version tag of what is hashed.</summary>
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
