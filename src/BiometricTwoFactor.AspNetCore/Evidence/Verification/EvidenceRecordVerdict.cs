namespace BiometricTwoFactor.AspNetCore;

/// <summary>What a verifier says of one entry.</summary>
/// <param name="Line">Its line in the file, from 1.</param>
/// <param name="Sequence">Its place in the chain.</param>
/// <param name="Kind">What it says.</param>
/// <param name="ChallengeId">The challenge; empty where it is about a person.</param>
/// <param name="State">What it is worth.</param>
public sealed record EvidenceRecordVerdict(long Line, long Sequence, EvidenceKind Kind, string ChallengeId, EvidenceRecordState State);

/// <summary>What an entry is worth.</summary>
public enum EvidenceRecordState
{
    /// <summary>Something is wrong with it; a problem says what.</summary>
    Broken = 0,

    /// <summary>Hash, key and content agree, and the provider's signature where it is a delivery and the secrets were given.</summary>
    Valid,

    /// <summary>As valid, but it is a delivery and no secret was given to check the provider's signature with.</summary>
    Unchecked,

    /// <summary>As valid, and what the provider said was read from its API: it has no signature of the provider's.</summary>
    Unsigned,

    /// <summary>The person was erased: the hash is right, and nobody can read the content.</summary>
    Erased,
}
