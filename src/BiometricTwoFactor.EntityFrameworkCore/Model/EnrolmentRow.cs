namespace BiometricTwoFactor.EntityFrameworkCore;

/// <summary>That a face is on file through an approval of ours (protocol 8.4).</summary>
internal sealed class EnrolmentRow
{
    public string Tenant { get; set; } = "";

    public string VendorData { get; set; } = "";

    public long EnrolledAt { get; set; }

    public string ChallengeId { get; set; } = "";
}
