namespace BiometricTwoFactor.AspNetCore;

/// <summary>
/// An entry of a tenant's evidence: what is public about it, the details as ciphertext under the subject's key, and the
/// link to the entry before (protocol 11). It is never changed.
/// </summary>
public sealed record ChainedEvidence
{
    /// <summary>The tenant.</summary>
    public required string Tenant { get; init; }

    /// <summary>Its place in the tenant's chain: 1 for the first, no gaps.</summary>
    public required long Sequence { get; init; }

    /// <summary>The challenge that it is about; empty where it is about a person.</summary>
    public required string ChallengeId { get; init; }

    /// <summary>What it says.</summary>
    public required EvidenceKind Kind { get; init; }

    /// <summary>The challenge's state after it; null where it changed none.</summary>
    public string? Outcome { get; init; }

    /// <summary>When it happened, in whole microseconds: what every engine keeps.</summary>
    public required DateTimeOffset At { get; init; }

    /// <summary>Names the subject's key; says nothing of the person.</summary>
    public required string KeyId { get; init; }

    /// <summary>SHA-256 that binds the entry to the one key that opens it.</summary>
    public required byte[] KeyCommitment { get; init; }

    /// <summary>The details, AES-256-GCM under a key derived from the subject's.</summary>
    public required byte[] Ciphertext { get; init; }

    /// <summary>The hash of the entry before; 32 zero bytes for the first.</summary>
    public required byte[] PreviousHash { get; init; }

    /// <summary>SHA-256 over all of the above, length-prefixed.</summary>
    public required byte[] Hash { get; init; }

    /// <summary>Place, kind and challenge.</summary>
    public override string ToString() => $"{Sequence} {Kind} {ChallengeId}";
}

/// <summary>The end of a tenant's chain.</summary>
/// <param name="Tenant">The tenant.</param>
/// <param name="Sequence">The last entry's place; 0 before there is one.</param>
/// <param name="Hash">Its hash; 32 zero bytes before there is one.</param>
public sealed record EvidenceHead(string Tenant, long Sequence, byte[] Hash)
{
    /// <summary>The end of a chain that has no entry.</summary>
    public static EvidenceHead Empty(string tenant) => new(tenant, 0, new byte[32]);
}
