using System.Security.Cryptography;

namespace BiometricTwoFactor.AspNetCore;

/// <summary>
/// The format of the evidence, version 1. Every input below is a sequence of fields, each with its length before it as
/// four bytes, big-endian; texts are UTF-8, numbers eight bytes big-endian, times microseconds since 1970-01-01T00:00:00Z.
/// <list type="bullet">
/// <item>Hash of an entry: SHA-256 of <c>biometric-evidence/1</c>, tenant, sequence, challenge id, kind (its name), outcome (its
/// name, empty for none), time, key id, key commitment (32 bytes), ciphertext, hash of the entry before (32 bytes; zeros for the first).</item>
/// <item>Key of an entry: HKDF-SHA256 (RFC 5869, no salt) of the person's key to 32 bytes, with as its info the fields
/// <c>biometric-evidence/1 key</c>, tenant, sequence. Each place has a key of its own, so that one can be handed out.</item>
/// <item>Key commitment: SHA-256 of <c>biometric-evidence/1 commitment</c>, key of the entry. GCM alone does not commit to a key.</item>
/// <item>Ciphertext: 12 random bytes of nonce, the AES-256-GCM ciphertext, 16 bytes of tag; the associated data are
/// <c>biometric-evidence/1 content</c>, tenant, sequence, challenge id, kind, outcome, time, key id.</item>
/// <item>Plaintext: four bytes big-endian with the length of the content, the content (JSON, UTF-8), and after it the raw
/// bytes of a delivery, if it is one.</item>
/// <item>Checkpoint: ECDSA P-256 with SHA-256, as r and s (IEEE P1363), over <c>biometric-evidence/1 checkpoint</c>, tenant,
/// sequence, hash of that entry, time, key id (lower-hex SHA-256 of the SubjectPublicKeyInfo).</item>
/// </list>
/// </summary>
internal sealed class EvidenceFormat
{
    public const int KeyLength = 32;
    public const int HashLength = 32;
    public const int NonceLength = 12;
    public const int TagLength = 16;

    private static readonly string[] Kinds = Enum.GetNames<EvidenceKind>();

    private readonly FieldBuffer _fields = new();
    private readonly FieldBuffer _public = new();

    /// <summary>Used again and again, as the buffers are. It holds nothing between two hashes, and its handle ends with this object.</summary>
    private readonly IncrementalHash _sha256 = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
    private EvidenceFields? _described;

    /// <summary>What every engine and the export keep.</summary>
    public static DateTimeOffset Truncated(DateTimeOffset at) => new(at.UtcTicks - (at.UtcTicks % TimeSpan.TicksPerMicrosecond), TimeSpan.Zero);

#pragma warning disable RS0030 // Both stand in the same file: nothing here is secret, and it is done a million times.
    public static bool Same(ReadOnlySpan<byte> one, ReadOnlySpan<byte> other) => one.SequenceEqual(other);
#pragma warning restore RS0030

    public static long Microseconds(DateTimeOffset at) => (at.UtcTicks - DateTimeOffset.UnixEpoch.UtcTicks) / TimeSpan.TicksPerMicrosecond;

    public void Hash(in EvidenceFields entry, ReadOnlySpan<byte> commitment, ReadOnlySpan<byte> ciphertext, ReadOnlySpan<byte> previous, Span<byte> hash)
    {
        Public("biometric-evidence/1"u8, in entry).Add(commitment).Add(ciphertext).Add(previous);
        HashOf(_fields.Written, hash);
    }

    public void Commit(ReadOnlySpan<byte> entryKey, Span<byte> commitment) =>
        HashOf(_fields.Begin("biometric-evidence/1 commitment"u8).Add(entryKey).Written, commitment);

    public void DeriveKey(ReadOnlySpan<byte> personKey, string tenant, long sequence, Span<byte> entryKey) =>
        HKDF.DeriveKey(HashAlgorithmName.SHA256, personKey, entryKey, [], _fields.Begin("biometric-evidence/1 key"u8).Add(tenant).Add(sequence).Written);

    public byte[] Encrypt(in EvidenceFields entry, ReadOnlySpan<byte> entryKey, ReadOnlySpan<byte> plaintext)
    {
        var sealedContent = new byte[NonceLength + plaintext.Length + TagLength];
        RandomNumberGenerator.Fill(sealedContent.AsSpan(0, NonceLength));
        using var aes = new AesGcm(entryKey, TagLength);
        aes.Encrypt(
            sealedContent.AsSpan(0, NonceLength),
            plaintext,
            sealedContent.AsSpan(NonceLength, plaintext.Length),
            sealedContent.AsSpan(NonceLength + plaintext.Length),
            Public("biometric-evidence/1 content"u8, in entry).Written);
        return sealedContent;
    }

    /// <summary>False when the key or any of the data is another; <paramref name="plaintext"/> holds as many bytes as the ciphertext less nonce and tag.</summary>
    public bool TryDecrypt(in EvidenceFields entry, ReadOnlySpan<byte> entryKey, ReadOnlySpan<byte> ciphertext, Span<byte> plaintext)
    {
        if (ciphertext.Length < NonceLength + TagLength)
        {
            return false;
        }

        try
        {
            using var aes = new AesGcm(entryKey, TagLength);
            aes.Decrypt(
                ciphertext[..NonceLength],
                ciphertext[NonceLength..^TagLength],
                ciphertext[^TagLength..],
                plaintext[..(ciphertext.Length - NonceLength - TagLength)],
                Public("biometric-evidence/1 content"u8, in entry).Written);
            return true;
        }
        catch (AuthenticationTagMismatchException)
        {
            return false;
        }
    }

    public ReadOnlySpan<byte> CheckpointInput(string tenant, long sequence, ReadOnlySpan<byte> hash, DateTimeOffset at, string keyId) =>
        _fields.Begin("biometric-evidence/1 checkpoint"u8).Add(tenant).Add(sequence).Add(hash).Add(Microseconds(at)).Add(keyId).Written;

    /// <summary>Without asking the type for it each time.</summary>
    private static string NameOf(EvidenceKind kind) => (uint)kind < (uint)Kinds.Length ? Kinds[(int)kind] : kind.ToString();

    private void HashOf(ReadOnlySpan<byte> input, Span<byte> hash)
    {
        _sha256.AppendData(input);
        _sha256.GetHashAndReset(hash);
    }

    private FieldBuffer Public(ReadOnlySpan<byte> tag, in EvidenceFields entry)
    {
        // The hash and the associated data hold the same: who asks for the one mostly asks for the other next.
        if (_described != entry)
        {
            _public
                .Clear()
                .Add(entry.Tenant)
                .Add(entry.Sequence)
                .Add(entry.ChallengeId)
                .Add(NameOf(entry.Kind))
                .Add(entry.Outcome ?? "")
                .Add(Microseconds(entry.At))
                .Add(entry.KeyId);
            _described = entry;
        }

        return _fields.Begin(tag).Append(_public);
    }
}

/// <summary>What is public about an entry.</summary>
internal readonly record struct EvidenceFields(
    string Tenant, long Sequence, string ChallengeId, EvidenceKind Kind, string? Outcome, DateTimeOffset At, string KeyId);
