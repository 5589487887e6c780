namespace BiometricTwoFactor.EntityFrameworkCore;

/// <summary>A window of account access (protocol 2.1).</summary>
internal sealed class AccessRow
{
    public string Tenant { get; set; } = "";

    public string Scheme { get; set; } = "";

    public string Subject { get; set; } = "";

    public string SessionHash { get; set; } = "";

    public string ChallengeId { get; set; } = "";

    public string Digest { get; set; } = "";

    public long AuthenticatedAt { get; set; }

    public long SeenAt { get; set; }

    public long EndsAt { get; set; }

    public string Factors { get; set; } = "";
}
