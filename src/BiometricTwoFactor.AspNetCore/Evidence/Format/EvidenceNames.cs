namespace BiometricTwoFactor.AspNetCore;

/// <summary>The members of an exported line.</summary>
internal static class EvidenceNames
{
    public const string Type = "type";
    public const string Header = "evidence";
    public const string Entry = "entry";
    public const string Checkpoint = "checkpoint";
    public const string End = "end";
    public const string Version = "version";
    public const string Tenant = "tenant";
    public const string ExportedAt = "exportedAt";
    public const string Partial = "partial";
    public const string Filter = "filter";
    public const string Sequence = "sequence";
    public const string Challenge = "challenge";
    public const string Kind = "kind";
    public const string Outcome = "outcome";
    public const string At = "at";
    public const string KeyId = "keyId";
    public const string Commitment = "commitment";
    public const string Previous = "previous";
    public const string Hash = "hash";
    public const string Ciphertext = "ciphertext";
    public const string Key = "key";
    public const string Erased = "erased";
    public const string Content = "content";
    public const string Signature = "signature";
    public const string Entries = "entries";
    public const string Waiting = "waiting";

    /// <summary>UTC to the microsecond, 27 characters: what is hashed.</summary>
    public const string TimeFormat = "yyyy-MM-dd'T'HH:mm:ss.ffffff'Z'";
}
