using System.Security.Cryptography;

namespace BiometricTwoFactor.AspNetCore;

/// <summary>Makes entries, each linked to the one before.</summary>
internal sealed class EntryWriter(EvidenceHead head)
{
    private readonly EvidenceFormat _format = new();
    private long _sequence = head.Sequence;
    private byte[] _hash = head.Hash;

    public ChainedEvidence Append(EvidenceDraft draft, string keyId, ReadOnlySpan<byte> personKey, ReadOnlySpan<byte> plaintext)
    {
        var entry = new EvidenceFields(draft.Tenant, ++_sequence, draft.ChallengeId, draft.Kind, draft.Outcome, EvidenceFormat.Truncated(draft.At), keyId);
        Span<byte> key = stackalloc byte[EvidenceFormat.KeyLength];
        _format.DeriveKey(personKey, entry.Tenant, entry.Sequence, key);
        var commitment = new byte[EvidenceFormat.HashLength];
        _format.Commit(key, commitment);
        var ciphertext = _format.Encrypt(in entry, key, plaintext);
        CryptographicOperations.ZeroMemory(key);
        var previous = _hash;
        var hash = new byte[EvidenceFormat.HashLength];
        _format.Hash(in entry, commitment, ciphertext, previous, hash);
        _hash = hash;
        return new ChainedEvidence
        {
            Tenant = entry.Tenant,
            Sequence = entry.Sequence,
            ChallengeId = entry.ChallengeId,
            Kind = entry.Kind,
            Outcome = entry.Outcome,
            At = entry.At,
            KeyId = entry.KeyId,
            KeyCommitment = commitment,
            Ciphertext = ciphertext,
            PreviousHash = previous,
            Hash = hash,
        };
    }
}
