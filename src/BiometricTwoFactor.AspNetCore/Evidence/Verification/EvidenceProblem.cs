namespace BiometricTwoFactor.AspNetCore;

/// <summary>Something that is wrong with a file of evidence.</summary>
/// <param name="Line">The line where it was noticed, from 1; 0 for the file as a whole.</param>
/// <param name="Sequence">The place in the chain that it is about; null where none can be told.</param>
/// <param name="Kind">What is wrong.</param>
/// <param name="Message">The same in words. Nothing of the content is in them.</param>
public sealed record EvidenceProblem(long Line, long? Sequence, EvidenceProblemKind Kind, string Message);

/// <summary>What can be wrong with a file of evidence. The names are stable: they stand in the tool's JSON.</summary>
public enum EvidenceProblemKind
{
    /// <summary>The line cannot be read.</summary>
    Corrupt = 0,

    /// <summary>An entry is not what was chained.</summary>
    Changed,

    /// <summary>Entries are missing.</summary>
    Removed,

    /// <summary>An entry is there that was not chained.</summary>
    Inserted,

    /// <summary>An entry stands in another place than its own.</summary>
    Reordered,

    /// <summary>The key does not belong to the entry.</summary>
    KeyDiffers,

    /// <summary>An entry has no key, and no entry says that its person was erased.</summary>
    KeyMissing,

    /// <summary>The content is not what the ciphertext holds.</summary>
    ContentDiffers,

    /// <summary>The provider's signature of a delivery is not right under any of the secrets.</summary>
    SignatureDiffers,

    /// <summary>A checkpoint does not agree with the chain, or its signature is not right.</summary>
    CheckpointDiffers,

    /// <summary>The file ends before its end.</summary>
    Truncated,

    /// <summary>The chain does not begin where it should.</summary>
    BeginningMissing,

    /// <summary>Checkpoints were demanded, and none covers the chain, or more entries than allowed stand behind the last.</summary>
    Uncovered,
}
