using System.Security.Cryptography;

namespace BiometricTwoFactor.AspNetCore;

/// <summary>Signs checkpoints with the configured key; without one they are made unsigned.</summary>
internal sealed class EvidenceSigner(Tenants tenants)
{
    public EvidenceCheckpoint Sign(EvidenceHead head, DateTimeOffset at)
    {
        var time = EvidenceFormat.Truncated(at);
        using var key = tenants.EvidenceOf(head.Tenant).SigningKey is { } text ? EvidenceKeyText.SigningKey(text) : null;
        if (key is null)
        {
            return new EvidenceCheckpoint(head.Tenant, head.Sequence, head.Hash, time, KeyId: "", Signature: []);
        }

        var name = EvidenceKeyText.NameOf(key);
        var input = new EvidenceFormat().CheckpointInput(head.Tenant, head.Sequence, head.Hash, time, name);
        return new EvidenceCheckpoint(head.Tenant, head.Sequence, head.Hash, time, name, key.SignData(input, HashAlgorithmName.SHA256, DSASignatureFormat.IeeeP1363FixedFieldConcatenation));
    }

    public static bool IsSignedBy(ECDsa key, EvidenceCheckpoint checkpoint) => key.VerifyData(
        new EvidenceFormat().CheckpointInput(checkpoint.Tenant, checkpoint.Sequence, checkpoint.Hash, checkpoint.At, checkpoint.KeyId),
        checkpoint.Signature,
        HashAlgorithmName.SHA256,
        DSASignatureFormat.IeeeP1363FixedFieldConcatenation);
}
