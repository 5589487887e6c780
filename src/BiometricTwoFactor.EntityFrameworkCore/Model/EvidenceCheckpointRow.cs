namespace BiometricTwoFactor.EntityFrameworkCore;

/// <summary>A signed statement of how a chain ended at a time.</summary>
internal sealed class EvidenceCheckpointRow
{
    public long Id { get; set; }

    public string Tenant { get; set; } = "";

    public long Sequence { get; set; }

    public byte[] Hash { get; set; } = [];

    public long SignedAt { get; set; }

    public string KeyId { get; set; } = "";

    public byte[] Signature { get; set; } = [];
}
