namespace BiometricTwoFactor.EntityFrameworkCore;

/// <summary>Evidence that waits to be chained (protocol 11).</summary>
internal sealed class EvidenceDraftRow
{
    public long Id { get; set; }

    public string Tenant { get; set; } = "";

    public string Subject { get; set; } = "";

    public string ChallengeId { get; set; } = "";

    public int Kind { get; set; }

    public string? Outcome { get; set; }

    public long HappenedAt { get; set; }

    public byte[] Content { get; set; } = [];
}
