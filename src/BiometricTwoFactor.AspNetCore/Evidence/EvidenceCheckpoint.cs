namespace BiometricTwoFactor.AspNetCore;

/// <summary>A signed statement of how a tenant's chain ended at a time: whoever holds it sees when the past is rewritten.</summary>
/// <param name="Tenant">The tenant.</param>
/// <param name="Sequence">The last entry that it covers.</param>
/// <param name="Hash">That entry's hash.</param>
/// <param name="At">When it was signed.</param>
/// <param name="KeyId">Names the signing key: the lower-hex SHA-256 of its public half (SubjectPublicKeyInfo).</param>
/// <param name="Signature">ECDSA with SHA-256 over the above (IEEE P1363 form).</param>
public sealed record EvidenceCheckpoint(string Tenant, long Sequence, byte[] Hash, DateTimeOffset At, string KeyId, byte[] Signature);
