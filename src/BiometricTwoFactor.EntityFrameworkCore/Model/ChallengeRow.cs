namespace BiometricTwoFactor.EntityFrameworkCore;

/// <summary>What a conditional write compares or a query filters of a challenge, and the rest as one document. A column wins over the document.</summary>
internal sealed class ChallengeRow
{
    public long Number { get; set; }

    public string Id { get; set; } = "";

    public string Facts { get; set; } = "";

    public int Kind { get; set; }

    public string Tenant { get; set; } = "";

    public string Scheme { get; set; } = "";

    public string Subject { get; set; } = "";

    public string SessionHash { get; set; } = "";

    public string Reason { get; set; } = "";

    public string Digest { get; set; } = "";

    public string WorkflowId { get; set; } = "";

    public long? FaceFloor { get; set; }

    public long? LivenessFloor { get; set; }

    public string DeviceGroup { get; set; } = "";

    public string? BrowserHash { get; set; }

    public long CreatedAt { get; set; }

    public long Deadline { get; set; }

    public int State { get; set; }

    public long Version { get; set; }

    public bool ClaimRequired { get; set; }

    public long? ClaimedAt { get; set; }

    public long? ApprovedAt { get; set; }

    public long? ExecuteBy { get; set; }

    public long? FrozenAt { get; set; }

    public bool CameOutOfReview { get; set; }

    public long? ConfirmedAt { get; set; }

    public int Demand { get; set; }

    public long? DemandMetAt { get; set; }

    public string? CodeHash { get; set; }

    public string? SessionId { get; set; }

    public string? OperationId { get; set; }

    public long? ConsumedAt { get; set; }

    public long? NextDeadline { get; set; }

    public long? ReadDueAt { get; set; }

    public string Document { get; set; } = "";
}
