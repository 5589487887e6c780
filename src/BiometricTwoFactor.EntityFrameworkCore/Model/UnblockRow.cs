namespace BiometricTwoFactor.EntityFrameworkCore;

/// <summary>When a subject was last unblocked; declines before it count no longer.</summary>
internal sealed class UnblockRow
{
    public string Tenant { get; set; } = "";

    public string Subject { get; set; } = "";

    public long UnblockedAt { get; set; }
}
