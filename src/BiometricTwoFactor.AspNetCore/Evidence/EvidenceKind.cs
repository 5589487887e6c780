namespace BiometricTwoFactor.AspNetCore;

/// <summary>What an entry of the evidence says. The names are stable: they stand in exports.</summary>
public enum EvidenceKind
{
    /// <summary>A face was asked: for what, by whom, on which device, under which policy.</summary>
    Asked = 0,

    /// <summary>What was asked was shown, and the provider's session was opened.</summary>
    Shown,

    /// <summary>A signed delivery came with a verdict, judged where anything was left to judge; the raw bytes and headers are part of it.</summary>
    Delivered,

    /// <summary>A decision was read at the provider: judged, or what it says after the end.</summary>
    Read,

    /// <summary>The browser that asked claimed the verdict.</summary>
    Claimed,

    /// <summary>The subject confirmed once more: an approval out of a review, or the payee.</summary>
    Confirmed,

    /// <summary>Another factor was evidenced beside the face, or an alternative in its place.</summary>
    Evidenced,

    /// <summary>A reviewer of the application decided.</summary>
    Reviewed,

    /// <summary>The approval was used.</summary>
    Used,

    /// <summary>It ended without having been used.</summary>
    Ended,

    /// <summary>The provider took back what was used already.</summary>
    ReversedAfterUse,

    /// <summary>The person was erased: what the entries before say of them can be read no longer.</summary>
    Erased,
}
