namespace BiometricTwoFactor.AspNetCore;

/// <summary>An entry with what its key opens.</summary>
/// <param name="Entry">The entry.</param>
/// <param name="Key">The entry's own key; null where the person was erased, or no master key opens theirs.</param>
/// <param name="Content">The content as JSON; empty without the key.</param>
/// <param name="IsErased">True when the person's key is gone.</param>
internal sealed record OpenedEvidence(ChainedEvidence Entry, byte[]? Key, byte[] Content, bool IsErased)
{
    /// <summary>True when nobody erased the person, and yet the entry does not open: its master key is not configured, or it was changed.</summary>
    public bool IsUnreadable => !IsErased && Content.Length == 0;

    public EvidenceContent? Facts => Content.Length == 0 ? null : EvidenceJson.Read(Content);
}
