namespace BiometricTwoFactor.EntityFrameworkCore;

/// <summary>A person's key, wrapped. Deleting it erases the person.</summary>
internal sealed class EvidenceKeyRow
{
    public string Id { get; set; } = "";

    public string Tenant { get; set; } = "";

    public string Subject { get; set; } = "";

    public byte[] Wrapped { get; set; } = [];

    public long CreatedAt { get; set; }
}
