namespace BiometricTwoFactor.EntityFrameworkCore;

/// <summary>Which challenge may have a session open for a subject (protocol 3.1).</summary>
internal sealed class LeaseRow
{
    public string Tenant { get; set; } = "";

    public string VendorData { get; set; } = "";

    public string ChallengeId { get; set; } = "";

    public long EndsAt { get; set; }
}
