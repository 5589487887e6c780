namespace BiometricTwoFactor.EntityFrameworkCore;

/// <summary>An entry of a tenant's chain.</summary>
internal sealed class EvidenceRow
{
    public string Tenant { get; set; } = "";

    public long Sequence { get; set; }

    public string ChallengeId { get; set; } = "";

    public int Kind { get; set; }

    public string? Outcome { get; set; }

    public long HappenedAt { get; set; }

    public string KeyId { get; set; } = "";

    public byte[] KeyCommitment { get; set; } = [];

    public byte[] Ciphertext { get; set; } = [];

    public byte[] PreviousHash { get; set; } = [];

    public byte[] Hash { get; set; } = [];
}
