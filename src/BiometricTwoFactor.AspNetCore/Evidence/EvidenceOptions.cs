using System.Diagnostics;

namespace BiometricTwoFactor.AspNetCore;

/// <summary>How the evidence is sealed, signed and kept (protocol 11). The tool's <c>biometric2fa evidence keys</c> makes both keys.</summary>
public sealed class EvidenceOptions
{
    /// <summary>
    /// The key that wraps each person's own, 32 random bytes as base64 (<c>Biometric:Evidence:MasterKey</c>). Keep it where the
    /// database's backups are not. Who loses it can read no evidence any more; the chain still verifies. A store that survives a
    /// restart does not start without it; the in-memory store makes one that ends with the process.
    /// </summary>
    [DebuggerBrowsable(DebuggerBrowsableState.Never)]
    public string? MasterKey { get; set; }

    /// <summary>
    /// Master keys from before a rotation: they open what they wrapped and wrap nothing new. Keep one as long as evidence is
    /// kept that began under it.
    /// </summary>
    [DebuggerBrowsable(DebuggerBrowsableState.Never)]
    public IList<string> FormerMasterKeys { get; } = [];

    /// <summary>
    /// The key that signs checkpoints: ECDSA on P-256, PKCS#8 as PEM or as base64 (<c>Biometric:Evidence:SigningKey</c>). Without
    /// one the checkpoints are unsigned: they end what retention removes, and prove nothing.
    /// </summary>
    [DebuggerBrowsable(DebuggerBrowsableState.Never)]
    public string? SigningKey { get; set; }

    /// <summary>A checkpoint is made after this many entries at the latest. Default 1000; 1 to 1,000,000.</summary>
    public int CheckpointEvery { get; set; } = 1_000;

    /// <summary>A checkpoint is made after this time at the latest, where there are new entries. Default one hour; at most 31 days.</summary>
    public TimeSpan CheckpointInterval { get; set; } = TimeSpan.FromHours(1);

    /// <summary>How long the evidence is kept. Default 1827 days, which are five years; at least one day. It goes up to a checkpoint at a time.</summary>
    public TimeSpan Retention { get; set; } = TimeSpan.FromDays(1827);

    /// <summary>
    /// How long challenges are kept after their deadline once they have ended; their evidence stays. Default 90 days; at least
    /// one day. A row of declined captures (<see cref="BiometricStepUpOptions.BlockAfterDeclines"/>) counts those that are kept.
    /// </summary>
    public TimeSpan KeepEndedFor { get; set; } = TimeSpan.FromDays(90);
}
