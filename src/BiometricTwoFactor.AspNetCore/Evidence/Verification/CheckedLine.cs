namespace BiometricTwoFactor.AspNetCore;

/// <summary>A line with all that can be said of it alone, before it is held against its neighbours.</summary>
internal sealed class CheckedLine
{
    public EvidenceLine Line { get; } = new();

    /// <summary>Where its text stands in its batch.</summary>
    public Range Text { get; set; }

    /// <summary>True when it was too long and is not there.</summary>
    public bool IsTooLong { get; set; }

    /// <summary>False when the last line of the file has no line feed.</summary>
    public bool IsWhole { get; set; }

    /// <summary>True when it is a line of an export.</summary>
    public bool IsRead { get; set; }

    /// <summary>Of an entry: true when its hash is the hash of what stands there.</summary>
    public bool HasItsHash { get; set; }

    /// <summary>Of an entry: what its key opens.</summary>
    public RecordFinding Finding { get; set; }

    /// <summary>Of an entry about an erasure: whose keys are gone.</summary>
    public IReadOnlyList<string> ErasedKeys { get; set; } = [];
}

/// <summary>What an entry's key, ciphertext and content say of it.</summary>
internal enum RecordFinding
{
    /// <summary>Everything agrees.</summary>
    Valid = 0,

    /// <summary>A delivery, and no secret was given to check it with.</summary>
    Unchecked,

    /// <summary>Read by API: nothing of it is signed.</summary>
    Unsigned,

    /// <summary>It says that its person was erased.</summary>
    Erased,

    /// <summary>It says that its person was erased, and has a key.</summary>
    ErasedWithKey,

    /// <summary>A content without a key.</summary>
    ContentWithoutKey,

    /// <summary>Neither a key nor an erasure.</summary>
    NoKey,

    /// <summary>Another key than the one that it was sealed under.</summary>
    KeyDiffers,

    /// <summary>It does not open.</summary>
    DoesNotOpen,

    /// <summary>Its content is not what its ciphertext holds.</summary>
    ContentDiffers,

    /// <summary>Its content is nothing that the application writes.</summary>
    MadeUp,

    /// <summary>A delivery that is not signed.</summary>
    SignatureDiffers,
}
