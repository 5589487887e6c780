namespace BiometricTwoFactor.EntityFrameworkCore;

/// <summary>A provider session that is still to be deleted there.</summary>
internal sealed class DeletionRow
{
    public string Tenant { get; set; } = "";

    public string SessionId { get; set; } = "";

    public string VendorData { get; set; } = "";

    public bool FaceInDoubt { get; set; }

    public long DueAt { get; set; }

    public int Attempts { get; set; }
}
