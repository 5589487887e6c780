namespace BiometricTwoFactor.EntityFrameworkCore;

/// <summary>A device or network that became known by an approval that was used on it (protocol 9).</summary>
internal sealed class DeviceRow
{
    public string Tenant { get; set; } = "";

    public string Subject { get; set; } = "";

    public int Kind { get; set; }

    public string Hash { get; set; } = "";

    public long SeenAt { get; set; }
}
