namespace BiometricTwoFactor.EntityFrameworkCore;

/// <summary>A device group of a subject that is blocked until somebody lifts it.</summary>
internal sealed class BlockRow
{
    public string Tenant { get; set; } = "";

    public string Subject { get; set; } = "";

    public string DeviceGroup { get; set; } = "";

    public long BlockedAt { get; set; }
}
