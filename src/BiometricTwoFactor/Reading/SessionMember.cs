namespace BiometricTwoFactor;

/// <summary>The members of an envelope or a decision that are read (contract 2 and 4.4; the guide's webhook).</summary>
internal enum SessionMember
{
    /// <summary>A member that is not read.</summary>
    Other = 0,
    Status,
    SessionId,
    VendorData,
    WorkflowId,
    Environment,
    Metadata,
    MetadataEcho,
    CreatedAt,
    ExpiresAt,
    Features,
    LivenessChecks,
    Liveness,
    FaceMatches,
    FaceMatch,
    Face,
    IpAnalyses,
    IpAnalysis,
    IdVerifications,
    IdVerification,
    Decision,
    Timestamp,
    WebhookType,
    EventId,
    ApplicationId,
    WorkflowVersion,

    /// <summary>A feature's plural array that is not read, but shows whose edition this is.</summary>
    OtherFeature,
}
