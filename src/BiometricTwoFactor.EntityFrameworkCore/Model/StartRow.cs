namespace BiometricTwoFactor.EntityFrameworkCore;

/// <summary>A call that creates a session, while it is under way.</summary>
internal sealed class StartRow
{
    public string Tenant { get; set; } = "";

    public string ChallengeId { get; set; } = "";

    public long EndsAt { get; set; }
}
