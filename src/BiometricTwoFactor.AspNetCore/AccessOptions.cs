namespace BiometricTwoFactor.AspNetCore;

/// <summary>How long a face for account access is good for (<c>Biometric:Access</c>; protocol 2.1).</summary>
public sealed class AccessOptions
{
    /// <summary>The longest time without activity. Default, and at most, 5 minutes (RTS article 4(3)(d)).</summary>
    public TimeSpan Inactivity { get; set; } = TimeSpan.FromMinutes(5);

    /// <summary>When it ends whatever the activity. Default 8 hours, at most 24.</summary>
    public TimeSpan Lifetime { get; set; } = TimeSpan.FromHours(8);
}
