namespace BiometricTwoFactor.EntityFrameworkCore;

/// <summary>A provider session that was ever stored, and whose it is; without a challenge it counts for nobody. Stays for ever (protocol 3.3).</summary>
internal sealed class SessionRow
{
    public string Tenant { get; set; } = "";

    public string SessionId { get; set; } = "";

    public string? ChallengeId { get; set; }
}
