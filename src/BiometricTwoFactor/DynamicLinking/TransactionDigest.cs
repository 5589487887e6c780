using System.Diagnostics.CodeAnalysis;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Security.Cryptography;

namespace BiometricTwoFactor;

/// <summary>
/// The SHA-256 of a transaction's canonical fields, 32 bytes. Compared in fixed time. What the digest is of can
/// be guessed by whoever guesses the payment, so it is a fingerprint and not a secret.
/// </summary>
public readonly struct TransactionDigest : IEquatable<TransactionDigest>
{
    /// <summary>The length of a digest in bytes: 32.</summary>
    public const int Size = 32;

    private readonly Buffer _bytes;

    private TransactionDigest(ReadOnlySpan<byte> bytes)
    {
        Buffer buffer = default;
        bytes.CopyTo(buffer);
        _bytes = buffer;
    }

    private ReadOnlySpan<byte> Bytes => MemoryMarshal.CreateReadOnlySpan(ref Unsafe.As<Buffer, byte>(ref Unsafe.AsRef(in _bytes)), Size);

    /// <summary>Reads what <see cref="ToString"/> wrote: exactly 64 lower-case hexadecimal digits.</summary>
    /// <exception cref="FormatException">The text is something else.</exception>
    public static TransactionDigest Parse(string text) =>
        TryParse(text, out var digest) ? digest : throw new FormatException("A transaction digest is 64 lower-case hexadecimal digits.");

    /// <summary>Reads exactly 64 lower-case hexadecimal digits; false for anything else.</summary>
    public static bool TryParse([NotNullWhen(true)] string? text, out TransactionDigest digest)
    {
        digest = default;
        if (text is not { Length: 2 * Size } || text.AsSpan().ContainsAnyExcept("0123456789abcdef"))
        {
            return false;
        }

        digest = new TransactionDigest(Convert.FromHexString(text));
        return true;
    }

    /// <summary>The 32 bytes.</summary>
    public byte[] ToByteArray() => Bytes.ToArray();

    /// <summary>Compares in fixed time.</summary>
    public bool Equals(TransactionDigest other) => CryptographicOperations.FixedTimeEquals(Bytes, other.Bytes);

    /// <inheritdoc/>
    public override bool Equals(object? obj) => obj is TransactionDigest other && Equals(other);

    /// <inheritdoc/>
    public override int GetHashCode() => MemoryMarshal.Read<int>(Bytes);

    /// <summary>64 lower-case hexadecimal digits.</summary>
    public override string ToString() => Convert.ToHexStringLower(Bytes);

    /// <summary>The same digest.</summary>
    public static bool operator ==(TransactionDigest left, TransactionDigest right) => left.Equals(right);

    /// <summary>Another digest.</summary>
    public static bool operator !=(TransactionDigest left, TransactionDigest right) => !left.Equals(right);

    internal static TransactionDigest FromHash(ReadOnlySpan<byte> hash) => new(hash);

    [InlineArray(Size)]
    private struct Buffer
    {
        private byte _first;
    }
}
